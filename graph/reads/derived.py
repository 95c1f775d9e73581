"""The reads that follow from the ontology: every field, end and inverse of every kind, and the envelope of facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from graph.reads.prefer import contradicts, order, preferred
from graph.reads.read import Arguments, Read, expression, nodes
from graph.reads.time import certainty, holds, published
from graph.rows import duty_of
from schema.base import Condition, Evidence, Fact, Source, SourceKind
from schema.dates import PartialDate
from schema.duty import Duty
from schema.ontology import VALUES, FieldSpec, camel, fields_of, inverses

PAGE = "first: Int = {size}, after: String"
ENVELOPE = ("key", "valid_from", "valid_to", "modality", "conditions", "supersedes", "rest_void", "row", "evidence")
SCALAR_NAMES: dict[type, str] = {
    str: "String",
    bool: "Boolean",
    int: "Int",
    Decimal: "Decimal",
    date: "Date",
    PartialDate: "PartialDate",
    timedelta: "Duration",
    Duty: "Duty",
}
BY_PERIOD = "{m}.valid_from_first, {m}.id"


def reads_of(kind: type) -> dict[str, Read]:
    """All reads of one concrete kind that need no rule of their own."""
    own = _fact(kind) if issubclass(kind, Fact) else _entity(kind)
    pointing = {spec.end.inverse: _inverse(by, spec) for by, spec in inverses(kind) if spec.end and spec.end.inverse}
    return {**own, **pointing}


def page(size: int = 20) -> str:
    """The arguments of a connection."""
    return PAGE.format(size=size)


def field_read(spec: FieldSpec) -> Read:
    """One declared field: an end as its node, anything else as a scalar."""
    mark = "" if spec.optional else "!"
    if spec.end:
        return nodes(spec.end.target + mark, f"MATCH ({{n}})-[:{spec.relation}]->({{m}})")
    if spec.many:
        return expression("[String!]!", f"coalesce({{n}}.{spec.name}, [])")
    shape = duty_of if spec.type is Duty else None
    return expression(scalar_name(spec) + mark, f"{{n}}.{spec.name}", shape)


def scalar_name(spec: FieldSpec) -> str:
    """The GraphQL type of one value of a field."""
    if issubclass(spec.type, StrEnum):
        return "String" if spec.open else spec.type.__name__
    return SCALAR_NAMES[spec.type]


def _entity(kind: type) -> dict[str, Read]:
    specs = [spec for spec in fields_of(kind) if spec.name != "id"]
    return {
        **_node(stated("{n}", "name")),
        **{camel(spec.name): field_read(spec) for spec in specs},
        **{camel(spec.name): _stated(spec) for spec in specs if _may_be_stated(kind, spec)},
        "alternativeNames": expression("[String!]!", _NAMES),
    }


def _may_be_stated(kind: type, spec: FieldSpec) -> bool:
    """Any scalar; of a source, those on which the days of knowledge and its terms rest are what it declares."""
    return not (spec.many or spec.end) and (spec.type is str or kind is not Source)


def _stated(spec: FieldSpec) -> Read:
    mark = "" if spec.optional else "!"
    return expression(scalar_name(spec) + mark, stated("{n}", spec.name, _FROM_TEXT.get(spec.type, "{v}")))


_FROM_TEXT: dict[type, str] = {
    int: "toIntegerOrNull({v})",
    bool: "toBooleanOrNull({v})",
    date: "CASE WHEN {v} =~ '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}' THEN {v} END",
}
"""Facts state values as text; what is no value of the type states nothing."""


def stated(entity: str, name: str, read: str = "{v}") -> str:
    """A scalar of an entity: what the preferred of the facts that state it says, else what its declaration says."""
    a = f"{entity}_a"
    value = read.format(v=f"{a}.value")
    return (
        f"CASE WHEN {entity}.attributed THEN coalesce(head(COLLECT {{ MATCH ({entity})<-[:ABOUT]-({a}:Attribute {{name: '{name}'}}) "
        f"WHERE {holds(a)} AND {a}.modality = 'ASSERTED' AND {value} IS NOT NULL "
        f"RETURN {value} ORDER BY {order(a)} LIMIT 1 }}), {entity}.{name}) "
        f"ELSE {entity}.{name} END"
    )


_NAMES = (
    "coalesce({n}.alternative_names, []) + CASE WHEN {n}.attributed THEN COLLECT { MATCH ({n})<-[:ABOUT]-({n}_a:Attribute) "
    f"WHERE {{n}}_a.name IN ['name', 'alternative_name'] AND {holds('{n}_a')} AND {{n}}_a.modality = 'ASSERTED' "
    f"AND {{n}}_a.value <> {stated('{n}', 'name').replace('{n}_a', '{n}_b')} AND NOT {{n}}_a.value IN coalesce({{n}}.alternative_names, []) "
    "RETURN DISTINCT {n}_a.value AS other ORDER BY other } ELSE [] END"
)


def _fact(kind: type[Fact]) -> dict[str, Read]:
    specs = [spec for spec in fields_of(kind) if spec.name not in ENVELOPE and spec.type not in VALUES]
    return {
        **_node(_title(kind)),
        **_envelope(kind),
        **{camel(spec.name): field_read(spec) for spec in specs},
    }


def _node(label: str) -> dict[str, Read]:
    return {
        "id": expression("ID!", "{n}.id"),
        "uri": expression("String!", "$base + '/id/' + {n}.id"),
        "label": expression("String!", label),
    }


def _title(kind: type[Fact]) -> str:
    """The label of a fact: its kind and the fields that `title` names, ends by their names."""
    specs = {spec.name: spec for spec in fields_of(kind)}
    parts = [
        f"head([({{n}})-[:{name.upper()}]->(x) | x.name])" if specs[name].end else _words(specs[name])
        for name in kind.title
    ]
    listed = ", ".join(parts)
    return f"'{kind.__name__}: ' + reduce(s = '', p IN [x IN [{listed}] WHERE x IS NOT NULL] | s + CASE s WHEN '' THEN '' ELSE ' · ' END + p)"


def _words(spec: FieldSpec) -> str:
    return f"{{n}}.{spec.name}_value" if spec.type is Duty else f"{{n}}.{spec.name}"


def _envelope(kind: type[Fact]) -> dict[str, Read]:
    return {
        "validFrom": expression("PartialDate", "{n}.valid_from"),
        "validTo": expression("PartialDate", "{n}.valid_to"),
        "knownFrom": expression("Date!", "{n}.known_from"),
        "knownTo": expression("Date", "CASE WHEN {n}.known_to <= $known THEN {n}.known_to END"),
        "recordedAt": expression("DateTime!", "{n}.recorded_at"),
        "retractedAt": expression("DateTime", "{n}.retracted_at"),
        "modality": expression("Modality!", "{n}.modality"),
        "certainty": expression("Certainty!", certainty("{n}")),
        "conditions": nodes(
            "[Condition!]!",
            "MATCH ({n})-[:CONDITIONS]->({m}:Condition) WHERE {m}.known_from <= $known",
            "{m}.id",
        ),
        "evidence": evidence(),
        "supersedes": _linked(kind, "({n})-[:SUPERSEDES]->(:FactKey)<-[:KEY]-({m}", "The facts that it replaces."),
        "supersededBy": _linked(kind, "({n})-[:KEY]->(:FactKey)<-[:SUPERSEDES]-({m}"),
        "preferred": Read("Boolean!", value=lambda n, _: preferred(kind, n)),
        "contradictedBy": _contradicted(kind),
    }


def _linked(kind: type[Fact], pattern: str, description: str = "") -> Read:
    """Facts in the place of which others stand; both are of one kind, since they are about the same."""
    text = f"MATCH {pattern}:{kind.__name__}) WHERE {{m}}.known_from <= $known AND {{m}}.retracted_at IS NULL"
    return replace(nodes("[Fact!]!", text, BY_PERIOD, description=description), within=kind.__name__)


def evidence() -> Read:
    """Where a fact or a condition stands, as far as it was published by the day of knowledge; acts first."""
    return nodes(
        "[Evidence!]!",
        "MATCH ({n})-[{m}_l:EVIDENCE]->({m}:Evidence)-[:SOURCE]->({m}_s:Source) WHERE "
        + published("{m}_l", "{m}", "{m}_s")
        + " <= $known",
        f"{{m}}_s.kind <> '{SourceKind.ACT}', {published('{m}_l', '{m}', '{m}_s')}, {{m}}.locator, {{m}}.id",
        distinct=False,
    )


def _contradicted(kind: type[Fact]) -> Read:
    def match(n: str, m: str, _: Arguments) -> str:
        where = contradicts(kind, n, m) or "false"
        return f"MATCH ({m}:Fact&{kind.__name__} {{about: {n}.about}}) WHERE {where}"

    return Read("[Fact!]!", match=match, order=order, within=kind.__name__)


def _inverse(pointing: type, spec: FieldSpec) -> Read:
    """The facts (or entities) that point at a node by one of their ends."""
    assert spec.end is not None
    paged = spec.end.paged
    type_ = f"{pointing.__name__}Connection!" if paged else f"[{pointing.__name__}!]!"
    pattern = f"MATCH ({{m}}:{pointing.__name__})-[:{spec.relation}]->({{n}})"
    arguments = page() if paged else ""
    if not issubclass(pointing, Fact):
        return nodes(
            type_,
            pattern,
            "{m}.code, {m}.id" if pointing.__name__ == "Product" else "{m}.name, {m}.id",
            arguments,
        )
    choice = "true" if spec.end.every else preferred(pointing, "{m}")
    return nodes(type_, f"{pattern} WHERE {holds('{m}')} AND {choice}", BY_PERIOD, arguments)


VALUE_READS: dict[str, dict[str, Read]] = {
    Condition.__name__: {
        "id": expression("ID!", "{n}.id", description="By which `assume` names it."),
        "description": expression("String!", "{n}.description"),
        "happens": expression("Boolean!", "{n}.happens"),
        "deadline": expression("Date", "{n}.deadline"),
        "about": nodes("Entity", "MATCH ({n})-[:ABOUT]->({m})"),
        "evidence": evidence(),
    },
    Evidence.__name__: {
        "source": nodes("Source!", "MATCH ({n})-[:SOURCE]->({m})"),
        "chain": nodes(
            "[Source!]!",
            "MATCH ({n})-[{m}_r:SOURCE|CHAIN]->({m})",
            "coalesce({m}_r.position, -1)",
            description="From the document that we read to the origin: each cites the next.",
            distinct=False,
        ),
        "claimedBy": nodes("Entity", "MATCH ({n})-[:CLAIMED_BY]->({m})"),
        "locator": expression("String", "{n}.locator"),
        "quote": expression(
            "String", "CASE WHEN EXISTS { ({n})-[:SOURCE]->({redistribution: 'ALL'}) } THEN {n}.quote END"
        ),
        "published": expression(
            "Date",
            "head([({n})-[:SOURCE]->(s) | coalesce({n}.published, s.published, s.retrieved)])",
            description="The day since when it was public; that of retrieval where its source has none.",
        ),
    },
}
"""The values that are nodes of their own without being entities or facts."""
