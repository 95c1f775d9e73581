"""The fields of Query: where a statement starts, and what the client may filter by."""

from __future__ import annotations

from graph.reads.agreements import state_for, state_of
from graph.reads.derived import BY_PERIOD, page
from graph.reads.encounters import ENCOUNTERS
from graph.reads.measures import measures
from graph.reads.parties import is_party
from graph.reads.read import Arguments, Read
from graph.reads.search import SEARCH
from graph.reads.talks import BY_START, between, of_negotiation, record_value, with_persons
from graph.reads.time import holds, known, may_hold

IN_TIME = "at: Date, asKnownOn: Date"

INPUTS = """
input MeetingFilter { kinds: [MeetingKind!]  status: MeetingStatus  from: Date  to: Date  persons: [ID!]  parties: [String!]  negotiation: ID  topic: ID  text: String }
"`state` holds for every party named; a country counts through a group that it belongs to on that day. `source`: by the facts of that source alone."
input AgreementFilter { parties: [String!]  state: AgreementState  kind: String  binding: Boolean  text: String  source: ID }
input TariffFilter { importer: String  origin: String  product: String  authority: String  instrument: ID  states: [MeasureState!]  effectiveFrom: Date  effectiveTo: Date  minAdValorem: Decimal  retroactive: Boolean  conditional: Boolean }
input PersonFilter { party: String  post: ID  text: String  source: ID }
input PostFilter { party: String  organisation: ID  text: String  source: ID }
input PositionFilter { party: String  towards: String  topic: ID  negotiation: ID  modalities: [Modality!] }
input InstrumentFilter { kinds: [String!]  issuer: String  from: Date  to: Date  text: String }
"""


def by_id(kind: str, type_: str | None = None) -> Read:
    """One node by its id, null where there is none that was known on the day of knowledge."""

    def match(_: str, m: str, a: Arguments) -> str:
        if kind == "Node":
            visible = f"({m}:Entity AND {m}.recorded_at IS NOT NULL) OR {m}.known_from <= $known"
            return f"MATCH ({m}:Entity|Fact {{id: {a['id']}}}) WHERE {visible}"
        return f"MATCH ({m}:{kind} {{id: {a['id']}}}) WHERE {known_of(kind, m)}"

    return Read(type_ or kind, f"id: ID!, {IN_TIME}", match=match)


STATED_BY = {
    "Meeting": "<-[:MEETING]-({f}:MeetingRecord)",
    "Agreement": "<-[:AGREEMENT]-({f}:AgreementEvent|Commitment)",
    "Negotiation": "<-[:NEGOTIATION]-({f}:MeetingRecord|Position)",
}
"""The facts by which one knows that there is such a thing; what nobody stated anything of is shown."""


def known_of(kind: str, node: str) -> str:
    """One knew of the entity on the day of knowledge: its act was issued, or a fact that tells of it was published."""
    if kind == "Instrument":
        return f"coalesce({node}.promulgated, '') <= $known"
    if kind not in STATED_BY:
        return "true"
    fact = f"{node}_k"
    pattern = f"({node}){STATED_BY[kind].replace('{f}', fact)}"
    return f"(NOT EXISTS {{ MATCH {pattern} }} OR EXISTS {{ MATCH {pattern} WHERE {known(fact)} }})"


def _where(conditions: list[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _text(node: str, text: str) -> str:
    return f"any(x IN [{node}.name] + coalesce({node}.alternative_names, []) WHERE toLower(x) CONTAINS toLower({text}))"


def _stated_by(node: str, source: str) -> str:
    fact = f"{node}_st"
    return f"EXISTS {{ MATCH ({node})--({fact}:Fact)-[:EVIDENCE]->(:Evidence)-[:SOURCE]->(:Source {{id: {source}}}) WHERE {holds(fact)} }}"


def _party(_: str, m: str, a: Arguments) -> str:
    return f"MATCH ({m}:Party) WHERE {is_party(m, a['code'])}"


def _countries(_: str, m: str, a: Arguments) -> str:
    if "group" not in a:
        return f"MATCH ({m}:Country)"
    g, f = f"{m}_g", f"{m}_f"
    return f"MATCH ({m}:Country)<-[:MEMBER]-({f}:Membership)-[:GROUP]->({g}:Group) WHERE {known(f)} AND {may_hold(f, '$day')} AND {is_party(g, a['group'])}"


def _persons(_: str, m: str, a: Arguments) -> str:
    t = f"{m}_t"
    conditions = [_text(m, a["text"])] if "text" in a else []
    if "party" in a:
        p = f"{m}_p"
        conditions.append(
            f"EXISTS {{ MATCH ({m})<-[:PERSON]-({t}:Tenure)-[:POST]->(:Post)-[:PARTY]->({p}:Party) "
            f"WHERE {holds(t)} AND {is_party(p, a['party'])} }}"
        )
    if "post" in a:
        conditions.append(
            f"EXISTS {{ MATCH ({m})<-[:PERSON]-({t}:Tenure)-[:POST]->(:Post {{id: {a['post']}}}) WHERE {holds(t)} }}"
        )
    if "source" in a:
        conditions.append(_stated_by(m, a["source"]))
    return f"MATCH ({m}:Person){_where(conditions)}"


def _posts(_: str, m: str, a: Arguments) -> str:
    p = f"{m}_p"
    conditions = [_text(m, a["text"])] if "text" in a else []
    if "party" in a:
        conditions.append(f"EXISTS {{ MATCH ({m})-[:PARTY]->({p}:Party) WHERE {is_party(p, a['party'])} }}")
    if "organisation" in a:
        conditions.append(f"EXISTS {{ ({m})-[:ORGANISATION]->(:Organisation {{id: {a['organisation']}}}) }}")
    if "source" in a:
        conditions.append(_stated_by(m, a["source"]))
    return f"MATCH ({m}:Post){_where(conditions)}"


def _negotiations(_: str, m: str, a: Arguments) -> str:
    if "parties" not in a:
        return f"MATCH ({m}:Negotiation) WHERE {known_of('Negotiation', m)}"
    p, link, record, s = f"{m}_p", f"{m}_l", f"{m}_r", f"{m}_s"
    talked = (
        f"EXISTS {{ MATCH ({m})<-[:NEGOTIATION]-({record}:MeetingRecord)-[:MEETING]->(:Meeting)<-[:MEETING]-"
        f"({link}:Participation)-[:ON_BEHALF_OF]->({p}:Party) WHERE {known(record)} AND {known(link)} AND {is_party(p, 'code')} }}"
    )
    took = f"EXISTS {{ MATCH ({m})<-[:NEGOTIATION]-({s}:Position)-[:PARTY]->({p}:Party) WHERE {known(s)} AND {is_party(p, 'code')} }}"
    return f"MATCH ({m}:Negotiation) WHERE all(code IN {a['parties']} WHERE {talked} OR {took})"


def _positions(_: str, m: str, a: Arguments) -> str:
    conditions = [holds(m)]
    for name, end in (("party", "PARTY"), ("towards", "TOWARDS")):
        if name in a:
            p = f"{m}_{name}"
            conditions.append(f"EXISTS {{ MATCH ({m})-[:{end}]->({p}:Party) WHERE {is_party(p, a[name])} }}")
    for name, kind in (("topic", "Topic"), ("negotiation", "Negotiation")):
        if name in a:
            conditions.append(f"EXISTS {{ ({m})-[:{name.upper()}]->(:{kind} {{id: {a[name]}}}) }}")
    if "modalities" in a:
        conditions.append(f"{m}.modality IN {a['modalities']}")
    return f"MATCH ({m}:Position){_where(conditions)}"


def _meetings(_: str, m: str, a: Arguments) -> str:
    record, p, link = f"{m}_v", f"{m}_p", f"{m}_l"
    conditions = [
        f"EXISTS {{ MATCH ({m})<-[:MEETING]-({record}:MeetingRecord) WHERE {holds(record)} }}",
        *between(m, a),
    ]
    if "kinds" in a:
        conditions.append(f"{record_value(m, 'kind')} IN {a['kinds']}")
    if "status" in a:
        conditions.append(f"{record_value(m, 'status')} = {a['status']}")
    if "persons" in a:
        conditions.append(with_persons(m, a["persons"]))
    if "parties" in a:
        conditions.append(
            f"all(code IN {a['parties']} WHERE EXISTS {{ MATCH ({m})<-[:MEETING]-({link}:Participation)-[:ON_BEHALF_OF]->({p}:Party) "
            f"WHERE {holds(link)} AND {is_party(p, 'code')} }})"
        )
    if "negotiation" in a:
        negotiation = f"{m}_g"
        conditions.append(f"EXISTS {{ {of_negotiation(negotiation, m)} AND {negotiation}.id = {a['negotiation']} }}")
    if "topic" in a:
        d = f"{m}_d"
        conditions.append(
            f"EXISTS {{ MATCH ({m})<-[:MEETING]-({d}:Discussion)-[:TOPIC]->(:Topic {{id: {a['topic']}}}) WHERE {holds(d)} }}"
        )
    if "text" in a:
        conditions.append(_text(m, a["text"]))
    return f"MATCH ({m}:Meeting){_where(conditions)}"


def _agreements(_: str, m: str, a: Arguments) -> str:
    conditions = [known_of("Agreement", m)] + ([_text(m, a["text"])] if "text" in a else [])
    if "state" in a and "parties" not in a:
        conditions.append(f"{state_of(m)} = {a['state']}")
    conditions += [f"{m}.{name} = {a[name]}" for name in ("kind", "binding") if name in a]
    if "source" in a:
        conditions.append(_stated_by(m, a["source"]))
    if "parties" in a:
        return _of_parties(m, a, conditions)
    return f"MATCH ({m}:Agreement){_where(conditions)}"


def _of_parties(m: str, a: Arguments, conditions: list[str]) -> str:
    """Sources name each party in the agreement, or a group that it belongs to on the day; then those in that state for each.

    The state is asked for last, of what is left: it is by far the dearest.
    """
    e, p, f, who = (f"{m}_{each}" for each in ("e", "p", "f", "who"))
    called = is_party(p, "code")
    ids = (
        f"COLLECT {{ MATCH ({p}:Party) WHERE {called} RETURN {p}.id AS id UNION MATCH ({p}:Party)<-[:MEMBER]-({f}:Membership)-[:GROUP]->({e}) "
        f"WHERE {called} AND {known(f)} AND {may_hold(f, '$day')} RETURN {e}.id AS id }}"
    )
    named = f"EXISTS {{ MATCH ({m})<-[:AGREEMENT]-({e}:AgreementEvent)-[:PARTY]->({p}) WHERE {p}.id IN ids AND {known(e)} }}"
    found = f"WITH [code IN {a['parties']} | {ids}] AS {who} MATCH ({m}:Agreement){_where([f'all(ids IN {who} WHERE {named})', *conditions])}"
    if "state" not in a:
        return found
    in_state = f"EXISTS {{ MATCH ({p}:Party) WHERE {called} AND {state_for(m, p)} = {a['state']} }}"
    return f"{found} WITH DISTINCT {m} WHERE all(code IN {a['parties']} WHERE {in_state})"


def _product(_: str, m: str, a: Arguments) -> str:
    conditions = [f"{m}.code = replace({a['code']}, '.', '')"]
    if "nomenclature" in a:
        conditions.append(f"{m}.nomenclature = {a['nomenclature']}")
    return f"MATCH ({m}:Product){_where(conditions)}"


def _instruments(_: str, m: str, a: Arguments) -> str:
    p = f"{m}_p"
    conditions = [known_of("Instrument", m)] + ([_text(m, a["text"])] if "text" in a else [])
    if "kinds" in a:
        conditions.append(f"{m}.kind IN {a['kinds']}")
    if "issuer" in a:
        conditions.append(f"EXISTS {{ MATCH ({m})-[:ISSUER]->({p}:Party) WHERE {is_party(p, a['issuer'])} }}")
    if "from" in a:
        conditions.append(f"{m}.promulgated >= {a['from']}")
    if "to" in a:
        conditions.append(f"{m}.promulgated <= {a['to']}")
    return f"MATCH ({m}:Instrument){_where(conditions)}"


def _list(kind: str, filter_: str, match: object, order: str = "{m}.name, {m}.id", size: int = 20) -> Read:
    return Read(
        f"{kind}Connection!",
        f"filter: {filter_}, {IN_TIME}, {page(size)}",
        match=match,  # type: ignore[arg-type]
        order=lambda m: order.replace("{m}", m),
    )


QUERY: dict[str, Read] = {
    "node": by_id("Node"),
    "search": SEARCH,
    "party": Read("Party", f"code: String!, {IN_TIME}", match=_party),
    "countries": Read("[Country!]!", f"group: String, {IN_TIME}", match=_countries),
    "person": by_id("Person"),
    "persons": _list("Person", "PersonFilter", _persons),
    "posts": _list("Post", "PostFilter", _posts),
    "negotiation": by_id("Negotiation"),
    "negotiations": Read("[Negotiation!]!", f"parties: [String!], {IN_TIME}", match=_negotiations),
    "positions": _list("Position", "PositionFilter", _positions, BY_PERIOD),
    "meeting": by_id("Meeting"),
    "meetings": _list("Meeting", "MeetingFilter", _meetings, BY_START),
    "encounters": ENCOUNTERS,
    "agreement": by_id("Agreement"),
    "agreements": _list("Agreement", "AgreementFilter", _agreements),
    "product": Read(
        "Product",
        f"code: String!, nomenclature: String, {IN_TIME}",
        match=_product,
        order=lambda m: f"{m}.nomenclature DESC, {m}.id",
        party_arguments=frozenset(),
    ),
    "instrument": by_id("Instrument"),
    "instruments": _list("Instrument", "InstrumentFilter", _instruments, "{m}.promulgated, {m}.id"),
    "tariffMeasures": _list("TariffMeasure", "TariffFilter", measures, BY_PERIOD),
}
