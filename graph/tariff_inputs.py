"""What the tariff engine needs to know of one importer, origin and product, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.reads.parties import is_party
from graph.reads.problem import QuestionError
from graph.reads.statement import Database, Moment, Statement, read
from graph.reads.time import known, may_hold, published
from graph.rows import ALL_PRODUCTS, duty_of
from schema.base import Modality
from schema.dates import PartialDate, parse_partial
from schema.stacking_inputs import Address, Clause, Inputs, Measure, Period, Rule
from schema.tariffs import StackingEffect

LENGTHS = range(2, 11)
"""Digits that a product code may have."""

_FITS = (
    "(size(o.include) = 0 OR any(x IN o.include WHERE x IN origins)) "
    "AND none(x IN o.exclude WHERE x IN origins) AND none(x IN s.exclude WHERE $code STARTS WITH x)"
)


def _scoped(kind: str, node: str, codes: str) -> str:
    """Nodes of a kind whose products and origins fit, from the product side: importers and origins are dense nodes."""
    return (
        f"MATCH (c:ProductCode) WHERE {codes} MATCH (c)-[:IN_SCOPE]->(s:ProductScope)<-[:PRODUCTS]-"
        f"({node}:{kind} {{importer: importer}})-[:ORIGINS]->(o:OriginScope) WHERE {known(node)} AND {_FITS}"
    )


_MEASURE = f"""[m.id, m.about, m.authority, m.programme, head([(m)-[:INSTRUMENT]->(a) | a.id]), m.duty,
  m.valid_from, m.valid_to, m.modality, m.rank, m.known_from, m.gap,
  COLLECT {{ MATCH (m)-[l:EVIDENCE]->(e:Evidence)-[:SOURCE]->(z:Source)
    WHERE {published("l", "e", "z")} <= $known AND z.gap IS NOT NULL RETURN DISTINCT z.name + ': ' + z.gap }},
  COLLECT {{ MATCH (m)-[:CONDITIONS]->(k:Condition) WHERE k.known_from <= $known
    RETURN [k.id, k.happens, k.deadline, k.description] }}]"""
_ADDRESSED = "x.measure IN [m IN measures | m[0][1]]"
_BY = "head([(x)-[:INSTRUMENT]->(a) | a.id])"

TEXT = f"""
OPTIONAL MATCH (i:Party) WHERE {is_party("i", "$importer")}
OPTIONAL MATCH (from:Country) WHERE {is_party("from", "$origin")}
WITH i.id AS importer, from.id AS origin, [from.id] + COLLECT {{
  MATCH (from)<-[:MEMBER]-(f:Membership)-[:GROUP]->(g:Group) WHERE {known("f")} AND {may_hold("f", "$day")} RETURN g.id
}} AS origins
WITH importer, origin, origins,
  COLLECT {{ {_scoped("TariffMeasure", "m", "c.id IN $prefixes")}
    WITH m, max(size(c.id)) AS prefix RETURN [{_MEASURE}, prefix, false] }}
  + COLLECT {{ {_scoped("TariffMeasure", "m", "c.id STARTS WITH $code AND c.id <> $code")}
    AND NOT EXISTS {{ MATCH (w:ProductCode)-[:IN_SCOPE]->(s) WHERE w.id IN $prefixes }}
    WITH m, max(size(c.id)) AS prefix RETURN [{_MEASURE}, prefix, true] LIMIT 200 }} AS measures,
  COLLECT {{ {_scoped("StackingRule", "r", "c.id IN $prefixes")} AND {may_hold("r", "$day")}
    RETURN DISTINCT [r.id, r.effect, r.subject, r.object, r.description, r.gap] }} AS rules
RETURN {{
  importer: importer, origin: origin, measures: measures, rules: rules,
  product: head(COLLECT {{ MATCH (p:Product) WHERE p.code IN $prefixes
    RETURN p.id ORDER BY size(p.code) DESC, p.nomenclature DESC LIMIT 1 }}),
  suspensions: COLLECT {{ MATCH (x:Suspension) WHERE {_ADDRESSED} AND {known("x")}
    RETURN [x.id, x.measure, x.valid_from, x.valid_to, {_BY}] }},
  annulments: COLLECT {{ MATCH (x:Annulment) WHERE {_ADDRESSED} AND {known("x")}
    RETURN [x.id, x.measure, x.valid_from, x.valid_to, {_BY}] }}
}} AS found, [] AS unknown
"""


@dataclass(frozen=True)
class Case:
    """The nodes that a question names, by id, and what the engine gets."""

    importer: str
    origin: str
    product: str
    inputs: Inputs


def digits(code: str) -> str:
    """A product code without its dots. Raises QuestionError where it is none."""
    plain = code.replace(".", "").strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) in LENGTHS):
        raise QuestionError(f"product: {code!r} is no code: write 2 to 10 digits, with or without dots")
    return plain


async def fetch(database: Database, when: Moment, importer: str, origin: str, product: str) -> Case:
    """Fetch the case. Raises QuestionError for a party or a product that is not loaded."""
    code = digits(product)
    prefixes = [ALL_PRODUCTS, *(code[:length] for length in range(2, len(code) + 1))]
    parameters = {"importer": importer, "origin": origin, "code": code, "prefixes": prefixes, **when.parameters}
    found = await read(database, Statement(TEXT, parameters, lambda row: row))
    for name, value, given in (("importer", found["importer"], importer), ("origin", found["origin"], origin)):
        if value is None:
            raise QuestionError(
                f"{name}: no {'country' if name == 'origin' else 'party'} with the code {given} is loaded"
            )
    if found["importer"] == found["origin"]:
        raise QuestionError("origin: it is the importer; goods of its own pay no duty of import")
    if found["product"] is None:
        raise QuestionError(f"product: no loaded nomenclature has the code {product} or one above it")
    return Case(found["importer"], found["origin"], found["product"], _inputs(found))


def _inputs(found: dict[str, Any]) -> Inputs:
    return Inputs(
        measures=tuple(_measure(row, prefix, part) for row, prefix, part in found["measures"]),
        rules=tuple(_rule(row) for row in found["rules"]),
        suspensions=tuple(_address(row) for row in found["suspensions"]),
        annulments=tuple(_address(row) for row in found["annulments"]),
    )


def _measure(row: Sequence[Any], prefix: int, part: bool) -> Measure:
    id_, about, authority, programme, instrument, duty, start, end, modality, rank, since, gap, gaps, clauses = row
    return Measure(
        id=id_,
        about=about,
        authority=authority,
        programme=programme,
        instrument=instrument,
        duty=duty_of(duty),
        period=_period(start, end),
        modality=Modality(modality),
        conditions=tuple(_clause(each) for each in clauses),
        prefix=prefix,
        part=part,
        rank=rank,
        known_from=date.fromisoformat(since),
        gap=gap,
        source_gaps=tuple(gaps),
    )


def _rule(row: Sequence[Any]) -> Rule:
    id_, effect, subject, object_, description, gap = row
    return Rule(id_, StackingEffect(effect), subject, object_, description, gap)


def _address(row: Sequence[Any]) -> Address:
    id_, measure, start, end, instrument = row
    return Address(id_, measure, _period(start, end), instrument)


def _clause(row: Sequence[Any]) -> Clause:
    id_, happens, deadline, description = row
    return Clause(id_, happens, date.fromisoformat(deadline) if deadline else None, description)


def _period(start: str | None, end: str | None) -> Period:
    return Period(_partial(start), _partial(end))


def _partial(text: str | None) -> PartialDate | None:
    return parse_partial(text) if text else None
