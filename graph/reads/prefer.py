"""Contradictions and preference as Cypher (design.md, section 2: "Contradictions stay").

Preferred: what is asserted before what is planned or demanded, acts before datasets before press, later publication before
earlier. The rank of a source's kind is data (`schema.base.SourceKind`).
"""

from __future__ import annotations

from graph.reads.time import known
from schema.base import Fact
from schema.dates import PartialDate
from schema.duty import Duty
from schema.ontology import fields_of


def order(fact: str) -> str:
    """The order of preference, the preferred fact first."""
    return f"{fact}.modality <> 'ASSERTED', {rank(fact)}, {fact}.known_from DESC, {fact}.id"


def rank(fact: str) -> str:
    """The best kind of source that stated a known fact by the day of knowledge, as text: "0" is preferred to "1"."""
    return f"substring({_standing(fact)}, 11, 1)"


def _standing(fact: str) -> str:
    """The step of `standing` (derived) at the day of knowledge: what sources say later prefers nothing before."""
    return f"last([step IN {fact}.standing WHERE left(step, 10) <= $known])"


def contradicts(kind: type[Fact], fact: str, other: str) -> str | None:
    """`other`, a fact about the same, states another value: None where facts of the kind have no value to differ in."""
    if not kind.states:
        return None
    return (
        f"{other}.id <> {fact}.id AND {other}.modality = 'ASSERTED' AND {fact}.modality = 'ASSERTED' "
        f"AND {known(other)} AND {differs(kind, fact, other)}"
    )


def differs(kind: type[Fact], fact: str, other: str) -> str:
    """The values of two known, asserted facts about the same exclude each other."""
    differences = " OR ".join(_differ(kind, name, fact, other) for name in kind.states)
    compared = "" if kind.dated and not kind.several else f" AND {_overlap(fact, other)}"
    return f"({differences}){compared}"


def preferred(kind: type[Fact], fact: str) -> str:
    """No fact that contradicts `fact` is to be preferred to it."""
    other = f"{fact}_o"
    contradiction = contradicts(kind, fact, other)
    if contradiction is None:
        return "true"
    return (
        f"NOT EXISTS {{ MATCH ({other}:Fact&{kind.__name__} {{about: {fact}.about}}) "
        f"WHERE {contradiction} AND {_better(other, fact)} }}"
    )


def _better(one: str, other: str) -> str:
    return (
        f"({rank(one)} < {rank(other)} OR ({rank(one)} = {rank(other)} AND ({one}.known_from > {other}.known_from "
        f"OR ({one}.known_from = {other}.known_from AND {one}.id < {other}.id))))"
    )


def _differ(kind: type[Fact], name: str, one: str, other: str) -> str:
    """A missing value contradicts nothing: a comparison with null is never true. Partial dates differ where they exclude each other."""
    type_ = next(spec.type for spec in fields_of(kind) if spec.name == name)
    if type_ is PartialDate:
        return f"({one}.{name}_last < {other}.{name}_first OR {other}.{name}_last < {one}.{name}_first)"
    stored = f"{name}_value" if type_ is Duty else name
    return f"{one}.{stored} <> {other}.{stored}"


def _overlap(one: str, other: str) -> str:
    return f"{_begins_before_end(one, other)} AND {_begins_before_end(other, one)}"


def _begins_before_end(one: str, other: str) -> str:
    """An open end claims nothing after its source's date, except in an act."""
    return f"({one}.valid_from_first IS NULL OR {one}.valid_from_first < substring({_standing(other)}, 13))"
