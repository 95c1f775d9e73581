"""What the picture of the model shows: its columns, its rows, and where they meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from schema.base import Condition, Entity, Evidence
from schema.ontology import ABSTRACT, BY_NAME, ENTITIES, FACTS, KINDS, VALUES, FieldSpec, concrete, fields_of
from schema.tariffs import Product

WIDTH = 30
"""Characters of a note that fit into a box."""


@dataclass(frozen=True)
class Row:
    """A kind with its ends, by the name of the kind that they point at: (name of the end, whether it is required)."""

    kind: type
    note: str
    ends: dict[str, list[tuple[str, bool]]] = field(default_factory=dict)


def columns() -> list[type]:
    """Everything that ends point at, and entities that nothing covers; the general ones where their kinds begin."""
    targets = {each for kind in (*KINDS, *VALUES) for each in _targets(kind)}
    found: list[type] = []
    for kind in ENTITIES:
        above = [each for each in ABSTRACT if each in targets and each is not Entity and issubclass(kind, each)]
        found += [each for each in (*above, *((kind,) if kind in targets or not above else ())) if each not in found]
    return [*found, *(kind for kind in (*FACTS, Entity) if kind in targets)]


def covered(kind: type) -> str:
    """What a column of a general kind stands for."""
    if kind is Entity:
        return "any of them"
    kinds = concrete(kind)
    return "" if kinds == (kind,) else ", ".join(each.__name__ for each in kinds)


def rows() -> Iterator[Row]:
    """Facts with their ends, then what all of them share, then the plain relations between entities."""
    for fact in FACTS:
        yield Row(fact, _note(fact.states), _ends(fact))
    for value, note in ((Evidence, "of every fact"), (Condition, "of any fact")):
        yield Row(value, note, _ends(value))
    for entity in ENTITIES:
        if ends := _ends(entity):
            yield Row(entity, "an entity's own relations", ends)


def _note(names: tuple[str, ...]) -> str:
    text = ", ".join(names)
    return text if len(text) <= WIDTH else text[: text.rindex(",", 0, WIDTH)] + ", …"


def _ends(kind: type) -> dict[str, list[tuple[str, bool]]]:
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for spec in fields_of(kind):
        for target in dict.fromkeys(_pointed(spec)):
            found[target.__name__].append((spec.name, not spec.optional and not spec.many and not spec.shared))
    return dict(found)


def _targets(kind: type) -> Iterator[type]:
    for spec in fields_of(kind):
        yield from _pointed(spec)


def _pointed(spec: FieldSpec) -> Iterator[type]:
    """What one field points at; through a shared value, what its own ends do."""
    if spec.end:
        yield BY_NAME[spec.end.target]
    if spec.address:
        yield BY_NAME[spec.address]
    if spec.codes:
        yield Product
    if spec.shared:
        for inner in fields_of(spec.type):
            yield from _pointed(inner)
