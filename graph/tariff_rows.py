"""What the statements of the tariff engine return, as what the engine gets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from graph.reads.prefer import rank
from graph.reads.time import known, published
from graph.rows import duty_of
from schema.base import Modality
from schema.dates import PartialDate, parse_partial
from schema.stacking_inputs import Address, Belonging, Clause, Inputs, Measure, Period, Rule, Scope
from schema.tariffs import StackingEffect

BEARING = "[x IN o.include WHERE x IN origins], [x IN o.exclude WHERE x IN origins]"
"""Of the origins `o` that an act states, those that the origin asked for is or ever was one of."""

FITS = "(size(o.include) = 0 OR any(x IN o.include WHERE x IN origins)) AND NOT origin IN o.exclude"
"""The scope of origins can mean the origin on some day; which days, the engine decides."""


def _gaps(node: str) -> str:
    """What the sources of a fact are known to lack."""
    return (
        f"COLLECT {{ MATCH ({node})-[l:EVIDENCE]->(e:Evidence)-[:SOURCE]->(z:Source) "
        f"WHERE {published('l', 'e', 'z')} <= $known AND z.gap IS NOT NULL RETURN DISTINCT z.name + ': ' + z.gap }}"
    )


def _clauses(node: str) -> str:
    """The conditions of a fact."""
    return (
        f"COLLECT {{ MATCH ({node})-[:CONDITIONS]->(k:Condition) WHERE k.known_from <= $known "
        "RETURN [k.id, k.happens, k.deadline, k.description, COLLECT { MATCH (k)-[:ABOUT]->(ke) RETURN ke.id }] }"
    )


def _measure(agreement: str, gap: str, gaps: str, clauses: str) -> str:
    return f"""[m.id, m.about, m.authority, m.programme, head([(m)-[:INSTRUMENT]->(a) | a.id]), {agreement}, m.duty,
  m.valid_from, m.valid_to, m.modality, toInteger({rank("m")}), m.known_from, m.tests, m.in_transit_until, m.in_transit_before,
  {gap}, {gaps}, {clauses}]"""


MEASURE = _measure("head([(m)-[:AGREEMENT]->(a) | a.id])", "m.gap", _gaps("m"), _clauses("m"))
"""A measure `m`."""
BARE_MEASURE = _measure("null", "null", "[]", "[]")
"""The same without what only claims, gaps and pending conditions need."""


def _rule(gap: str, gaps: str, clauses: str) -> str:
    return f"""[r.id, r.effect, r.subject, r.object, r.description, r.valid_from, r.valid_to, r.modality, r.tests,
  {gap}, {gaps}, {clauses}]"""


RULE = _rule("r.gap", _gaps("r"), _clauses("r"))
"""A rule `r`."""
BARE_RULE = _rule("null", "[]", "[]")
"""The same without what only gaps and pending conditions need: what asserts nothing then never holds."""

BELONGINGS = f"""COLLECT {{ MATCH (:Country {{id: origin}})<-[:MEMBER]-(f:Membership)-[:GROUP]->(g:Group) WHERE {known("f")}
    RETURN [g.id, f.valid_from, f.valid_to] }}"""
"""The groups to which the origin ever belonged, with the periods."""


def addresses(kind: str) -> str:
    """The suspensions or annulments of the measures fetched."""
    return (
        f"COLLECT {{ MATCH (x:{kind}) WHERE x.measure IN abouts AND {known('x')} "
        "RETURN [x.id, x.measure, x.valid_from, x.valid_to, head([(x)-[:INSTRUMENT]->(a) | a.id]), x.modality, "
        f"{_clauses('x')}] }}"
    )


def scope_of(include: Sequence[str], exclude: Sequence[str]) -> Scope:
    """Origins from the two columns of `BEARING`."""
    return Scope(frozenset(include), frozenset(exclude))


def measure_of(row: Sequence[Any], scope: Scope, prefix: int = 0, part: bool = False) -> Measure:
    """A measure from the row of `MEASURE`."""
    id_, about, authority, programme, instrument, agreement, duty, start, end, modality, rank, since, *more = row
    tests, until, before, gap, gaps, clauses = more
    return Measure(
        id=id_,
        about=about,
        authority=authority,
        programme=programme,
        instrument=instrument,
        duty=_duty(duty),
        period=period(start, end),
        modality=Modality(modality),
        conditions=tuple(_clause(each) for each in clauses),
        prefix=prefix,
        part=part,
        rank=rank,
        known_from=date.fromisoformat(since),
        gap=gap,
        source_gaps=tuple(gaps),
        scope=scope,
        agreement=agreement,
        tests=tuple(tests or ()),
        in_transit_until=date.fromisoformat(until) if until else None,
        in_transit_before=date.fromisoformat(before) if before else None,
    )


def rule_of(row: Sequence[Any], scope: Scope) -> Rule:
    """A rule from the row of `RULE`."""
    id_, effect, subject, object_, description, start, end, modality, tests, gap, gaps, clauses = row
    return Rule(
        id=id_,
        effect=StackingEffect(effect),
        subject=subject,
        object=object_,
        description=description,
        gap=gap,
        source_gaps=tuple(gaps),
        period=period(start, end),
        modality=Modality(modality),
        scope=scope,
        tests=tuple(tests or ()),
        conditions=tuple(_clause(each) for each in clauses),
    )


def address_of(row: Sequence[Any]) -> Address:
    """A suspension or annulment."""
    id_, measure, start, end, instrument, modality, clauses = row
    conditions = tuple(_clause(each) for each in clauses)
    return Address(id_, measure, period(start, end), instrument, Modality(modality), conditions)


def rest_of(found: dict[str, Any]) -> Inputs:
    """The inputs without measures and rules: what both statements return under the same names."""
    return Inputs(
        suspensions=tuple(address_of(row) for row in found["suspensions"]),
        annulments=tuple(address_of(row) for row in found["annulments"]),
        origin=found["origin"] or "",
        belongings=tuple(Belonging(group, period(start, end)) for group, start, end in found["belongings"]),
    )


_duty = lru_cache(maxsize=8192)(duty_of)
"""A schedule states few duties, each many times."""


@lru_cache(maxsize=4096)
def period(start: str | None, end: str | None) -> Period:
    """A period from its stored texts."""
    return Period(_partial(start), _partial(end))


def _clause(row: Sequence[Any]) -> Clause:
    id_, happens, deadline, description, about = row
    return Clause(id_, happens, date.fromisoformat(deadline) if deadline else None, description, *about[:1])


def _partial(text: str | None) -> PartialDate | None:
    return parse_partial(text) if text else None
