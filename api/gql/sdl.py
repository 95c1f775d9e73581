"""The schema as SDL: types from the ontology and the table of reads, connections from their use, the rest by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from graph.reads.read import Read
from graph.reads.roots import INPUTS
from graph.reads.search import KINDS
from graph.reads.table import READS
from schema import ontology
from schema.agreements import AgreementState
from schema.assessment import Coverage
from schema.base import Certainty, Condition, Entity, Evidence, Fact
from schema.duty import DutyBound, DutyComponentKind
from schema.parties import Party
from schema.tariffs import MeasureState

COMPUTED = '''
type PageInfo { hasNextPage: Boolean!  endCursor: String  hasPreviousPage: Boolean!  startCursor: String }

"A duty as its parts. `text` is as the source writes it; `readable` is false where it could not be turned into parts."
type Duty { text: String!  readable: Boolean!  free: Boolean!  adValorem: Decimal  components: [DutyComponent!]! }

"""
AD_VALOREM: `amount` per cent of `basis` (the value where null). SPECIFIC: `amount` of `currency` per `per` of `unit`.
Components of one `group` belong together.
"""
type DutyComponent { kind: DutyComponentKind!  bound: DutyBound  group: Int!  amount: Decimal!  basis: String  currency: String  per: Decimal  unit: String }

"What is due on goods of one declared origin entered on one day, as known on one day."
type TariffAnswer {
  importer: Party!  origin: Country!  product: Product!  at: Date!  asKnownOn: Date!
  coverage: Coverage!  "What was not loaded, could not be read, or was assumed." gaps: [String!]!
  "Sum in per cent; null where a part has no ad valorem form or nothing is loaded." adValorem: Decimal
  "null where nothing is loaded." duty: Duty
  components: [TariffComponent!]!  excluded: [ExcludedMeasure!]!  disagreements: [Fact!]!
  "Measures or conditions that would change the answer: the rate if no deal is made." pending: [PendingMeasure!]!
  "Set where a judgment has since annulled what was charged." annulled: [Annulment!]!
}
type TariffComponent { measure: TariffMeasure!  duty: Duty!  "The rules that changed it." rules: [StackingRule!]! }
type ExcludedMeasure { measure: TariffMeasure!  reason: String!  rule: StackingRule  suspension: Suspension  by: [TariffMeasure!]! }
type PendingMeasure { measure: TariffMeasure!  conditions: [Condition!]!  adValoremThen: Decimal }
"One period over which the answer does not change."
type TariffPeriod { from: Date  to: Date  answer: TariffAnswer! }
"""
Simple statistics of the duty over all lines below one product of the tree, none with a preference claimed. `mean` is rounded to
four places; of the lines without a percentage, `unreadable` rest on a duty that was not read or not loaded.
"""
type TariffProfileRow { product: Product!  lines: Int!  minimum: Decimal  mean: Decimal  maximum: Decimal  notAdValorem: Int!  unreadable: Int! }

enum Preference { NONE BEST }
"What one unit of the goods is worth: 4.00 USD per kg."
input UnitValue { amount: Decimal!  currency: String!  unit: String! }
input ContentShare { material: String!  percent: Decimal! }
"Anything else that an act tests, by the name that the measure's rule gives it: melted_and_poured = IND, end_use = civil_aircraft."
input GoodsAttribute { name: String!  value: String! }
"""
What is known of the goods. Without `loadedOn` they are taken as loaded and entered on `at`. `agreement` claims that preference, BEST the
cheapest in total; a claim means that the goods qualify, even where the base is free already; without either none is claimed. A test that
is left unstated is not met: `gaps` names it and `pending` shows the result; with an unstated content share `adValorem` is null.
"""
input Goods { loadedOn: Date  unitValue: UnitValue  preference: Preference = NONE  agreement: ID  inQuota: Boolean = false  contentShares: [ContentShare!]  attributes: [GoodsAttribute!] }

enum ChangeKind { ADDED RETRACTED }
"Exactly one of `fact` and `entity` is set. New evidence of a fact, or a moved `knownTo`, is RETRACTED + ADDED."
type Change { kind: ChangeKind!  fact: Fact  entity: Entity  recordedAt: DateTime! }
type ChangeEdge { node: Change!  cursor: String! }
type ChangeConnection { edges: [ChangeEdge!]!  nodes: [Change!]!  pageInfo: PageInfo! }

type FactEdge { node: Fact!  cursor: String! }
type FactConnection { edges: [FactEdge!]!  nodes: [Fact!]!  pageInfo: PageInfo!  totalCount: Int! }

"`relation` says how one gets from the node before to `node`."
type PathStep { relation: String  node: Node! }
type Path { steps: [PathStep!]!  length: Int! }

"What lies next to an entity. `counts` is of all, `neighbours` of the first of each kind, those with most facts before others."
type Neighbourhood { node: Entity!  counts: [KindCount!]!  neighbours: [Neighbour!]! }
type KindCount { kind: EntityKind!  count: Int! }
"`relations` that are no facts, as one reads them from the entity; `facts` that both are part of, 20 at most, the latest first."
type Neighbour { node: Entity!  relations: [String!]!  factCount: Int!  facts: [Fact!]! }

"How a condition is taken to turn out."
input Assumption { condition: ID  about: ID  happens: Boolean! }
'''

QUERY_DESCRIPTION = '''"""
`at` is the day in the world, `asKnownOn` the day of knowledge; all fields below inherit both.
Without `at`: facts of all periods, and states as of today. With it: only facts that hold, or may hold, on that day.
Without `asKnownOn`: what is known today, without what later facts superseded. With it: what was published up to that day,
superseded since or not, and later evidence, `knownTo`, `supersededBy`, contradictions and annulments are absent; a future day is
an error. A `validTo` after the day of knowledge is scheduled. Days are those of the importer or of the place.
Product codes have 2 to 10 digits, with or without dots; a longer one inherits from the longest loaded parent; a measure on a part of
the code asked for is `pending`. Computed duties read "4.4 cents/kg + 10%" or "6.3 cents/liter, minimum 15%".
`persons: [a, b]` means meetings with both. Party arguments take ISO alpha-2, alpha-3 or numeric codes or a group's code such as
EU; an unknown code is an error. `first` is 1 to 100, for measures and products 1 to 1000. Lists without pages hold at most 1000.
"""'''
COMPUTED_FIELDS = '''\
  tariff(importer: String!, origin: String!, product: String!, at: Date, asKnownOn: Date, goods: Goods, assume: [Assumption!]): TariffAnswer!
  tariffTimeline(importer: String!, origin: String!, product: String!, from: Date, to: Date, asKnownOn: Date, goods: Goods): [TariffPeriod!]!
  "By level of the tree: 2, 4, 6 or 8 digits; the whole schedule without `product`, which level 8 needs. `minAdValorem`: rows with a line at or above it."
  tariffProfile(importer: String!, origin: String!, product: String, level: Int = 2, at: Date, asKnownOn: Date, minAdValorem: Decimal): [TariffProfileRow!]!
  "What loaders added or withdrew, oldest first."
  changes(since: DateTime!, until: DateTime, first: Int = 100, after: String): ChangeConnection!
  """
  Facts that sources disagree on; those about the same stand together, the preferred first. `about`: an entity that they
  concern, or one of the facts.
  """
  disagreements(about: ID, at: Date, asKnownOn: Date, first: Int = 20, after: String): FactConnection!
  "The shortest ways from one node to another, at most 20; `maxLength` is 1 to 6. Evidence, scopes and importers are no way."
  path(from: ID!, to: ID!, maxLength: Int = 4, at: Date, asKnownOn: Date): [Path!]!
  "Who and what lies next to an entity through facts, with counts; `first` of each kind, 1 to 100, and of `kinds` alone."
  neighbourhood(id: ID!, kinds: [EntityKind!], at: Date, asKnownOn: Date, first: Int = 12): Neighbourhood!
'''
_ENUMS: tuple[type[StrEnum], ...] = (
    AgreementState,
    Certainty,
    Coverage,
    DutyBound,
    DutyComponentKind,
    MeasureState,
)


def sdl() -> str:
    """The whole schema."""
    return "\n\n".join([*_enums(), *_interfaces(), *_objects(), *_connections(), INPUTS, COMPUTED, _query()])


def _enums() -> Iterator[str]:
    closed = {
        spec.type
        for kind in ontology.KINDS
        for spec in ontology.fields_of(kind)
        if issubclass(spec.type, StrEnum) and not spec.open
    }
    for enum in sorted({*closed, *_ENUMS}, key=lambda each: each.__name__):
        yield f"{_described(enum)}enum {enum.__name__} {{ {' '.join(enum)} }}"
    yield f"enum EntityKind {{ {' '.join(KINDS)} }}"


def _interfaces() -> Iterator[str]:
    shared = {
        "Node": (None, ["Person", "Tenure"]),
        "Entity": (Entity, ["Person", "Topic"]),
        "Party": (Party, ["Country", "Group"]),
        "Fact": (Fact, ["Tenure", "Participation", "TariffMeasure"]),
    }
    for name, (kind, examples) in shared.items():
        common = set.intersection(*(set(READS[each]) for each in examples))
        fields = {field: read for field, read in READS[examples[0]].items() if field in common}
        above = {"Node": "", "Entity": "Node", "Party": "Entity & Node", "Fact": "Node"}[name]
        yield _type("interface", name, above, fields.items(), _described(kind) if kind else "")


def _objects() -> Iterator[str]:
    for kind in ontology.ENTITIES:
        above = "Party & Entity & Node" if issubclass(kind, Party) else "Entity & Node"
        yield _type("type", kind.__name__, above, READS[kind.__name__].items(), _described(kind))
    for fact in ontology.FACTS:
        yield _type("type", fact.__name__, "Fact & Node", READS[fact.__name__].items(), _described(fact))
    for value in (Evidence, Condition):
        yield _type("type", value.__name__, "", READS[value.__name__].items(), _described(value))
    yield _type(
        "type", "Encounter", "", READS["Encounter"].items(), _quoted("Two people who sat in the same meetings.") + "\n"
    )


def _connections() -> Iterator[str]:
    paged = {read.target: read.on_edge for reads in READS.values() for read in reads.values() if read.paged}
    for name, scalars in sorted(paged.items()):
        more = "".join(f"  {scalar}: {type_}" for scalar, type_ in scalars.items())
        yield f"type {name}Edge {{ node: {name}!  cursor: String!{more} }}"
        yield (
            f"type {name}Connection {{ edges: [{name}Edge!]!  nodes: [{name}!]!  pageInfo: PageInfo!  totalCount: Int! }}"
        )


def _query() -> str:
    fields = "\n".join(_field(name, read) for name, read in READS["Query"].items())
    return f"{QUERY_DESCRIPTION}\ntype Query {{\n{fields}\n{COMPUTED_FIELDS}}}"


def _type(keyword: str, name: str, above: str, fields: Iterable[tuple[str, Read]], description: str) -> str:
    implements = f" implements {above}" if above else ""
    listed = "\n".join(_field(each, read) for each, read in fields)
    return f"{description}{keyword} {name}{implements} {{\n{listed}\n}}"


def _field(name: str, read: Read) -> str:
    arguments = f"({read.arguments})" if read.arguments else ""
    return f"  {_quoted(read.description)}{name}{arguments}: {read.type}"


def _described(kind: type) -> str:
    """The first paragraph of a class; all of an enum's, since they say what its values mean."""
    text = kind.__doc__ or ""
    return _quoted(" ".join((text if issubclass(kind, StrEnum) else text.split("\n\n")[0]).split())) + "\n"


def _quoted(text: str) -> str:
    return f'"""{text}""" ' if text else ""
