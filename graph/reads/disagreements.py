"""Facts that sources disagree on: those that show others in `contradictedBy`."""

from __future__ import annotations

from graph.reads.derived import page
from graph.reads.prefer import contradicts, order
from graph.reads.read import Arguments, Read
from graph.reads.time import holds
from schema.base import Fact
from schema.ontology import FACTS

KINDS = tuple(kind for kind in FACTS if kind.states)
"""Kinds whose facts have a value in which they can differ."""


def _contradicted(kind: type[Fact], fact: str, where: str) -> str:
    """Clause that binds the facts of a kind that some known fact contradicts.

    That other fact may hold on another day than the one asked for: the day can be what they disagree on.
    """
    other = f"{fact}_o"
    return (
        f"MATCH ({fact}:{kind.__name__}) WHERE {where} AND EXISTS {{ MATCH ({other}:Fact {{about: {fact}.about}}) "
        f"WHERE {other}:{kind.__name__} AND {contradicts(kind, fact, other)} }}"
    )


def _concerns(fact: str, entity: str) -> str:
    """The entity is an end of the fact, or an origin or a product that it names; or it is the fact or one about the same."""
    x, s = f"{fact}_x", f"{fact}_s"
    return (
        f"(EXISTS {{ ({fact})-->(:Entity {{id: {entity}}}) }} "
        f"OR EXISTS {{ ({fact})-[:ORIGINS]->()-[:INCLUDE|EXCLUDE]->(:Entity {{id: {entity}}}) }} "
        f"OR EXISTS {{ MATCH ({x}:Fact {{id: {entity}}}) WHERE {x}.about = {fact}.about }} "
        f"OR EXISTS {{ MATCH ({fact})-[:PRODUCTS]->({s}), ({x}:Entity {{id: {entity}}}) "
        f"WHERE any(code IN {s}.include WHERE {x}.code STARTS WITH code) "
        f"AND none(code IN coalesce({s}.exclude, []) WHERE {x}.code STARTS WITH code) }})"
    )


def _disagreements(_: str, m: str, a: Arguments) -> str:
    where = holds(m) + (f" AND {_concerns(m, a['about'])}" if "about" in a else "")
    kinds = " UNION ALL ".join(f"{_contradicted(kind, m, where)} RETURN {m}" for kind in KINDS)
    return f"CALL () {{ {kinds} }}"


DISAGREEMENTS = Read(
    "FactConnection!",
    f"about: ID, at: Date, asKnownOn: Date, {page()}",
    "Facts that sources disagree on; those about the same stand together, the preferred first. `about`: an entity that they "
    "concern, or one of the facts.",
    match=_disagreements,
    order=lambda m: f"{m}.about, {order(m)}",
    party_arguments=frozenset(),
    kinds=tuple(kind.__name__ for kind in KINDS),
)
