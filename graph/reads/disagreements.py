"""Facts that sources disagree on: those that show others in `contradictedBy`."""

from __future__ import annotations

from graph.reads.derived import page
from graph.reads.prefer import contradicts, order
from graph.reads.read import Arguments, Read
from graph.reads.time import holds
from schema.ontology import FACTS


def _contradicted(fact: str) -> str:
    """Some known fact contradicts this one, as a condition. It may hold on another day: that can be what they disagree on."""
    other = f"{fact}_o"
    rules = {kind.__name__: contradicts(kind, fact, other) for kind in FACTS}
    cases = [
        f"({fact}:{name} AND EXISTS {{ MATCH ({other}:Fact {{about: {fact}.about}}) WHERE {other}:{name} AND {rule} }})"
        for name, rule in rules.items()
        if rule
    ]
    return f"({' OR '.join(cases)})"


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
    about = f" AND {_concerns(m, a['about'])}" if "about" in a else ""
    return f"MATCH ({m}:Fact) WHERE {holds(m)}{about} AND {_contradicted(m)}"


DISAGREEMENTS = Read(
    "FactConnection!",
    f"about: ID, at: Date, asKnownOn: Date, {page()}",
    "Facts that sources disagree on; those about the same stand together, the preferred first. `about`: an entity that they "
    "concern, or one of the facts.",
    match=_disagreements,
    order=lambda m: f"{m}.about, {order(m)}",
    party_arguments=frozenset(),
)
