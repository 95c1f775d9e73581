"""What must be true of a record by itself; a loader's records are checked before they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from schema.base import Entity, Fact, Source
from schema.ontology import BY_NAME, VALUES, Record, concrete, fields_of, kebab

_SLUG = r"[a-z0-9][a-z0-9.()/_-]*"


def faults(record: Record) -> list[str]:
    """What is wrong with a record, in words; an empty list for a good one.

    Community Neo4j knows no existence constraints, so that what is required is checked here (design.md, section 4).
    """
    return [
        *_own(record),
        *(fault for name, id_, wanted in references(record) for fault in _reference(name, id_, wanted)),
    ]


def references(thing: Any) -> Iterator[tuple[str, str, type]]:
    """All ids of entities that a record or value names: field, id, and what it should be."""
    for spec in fields_of(type(thing)):
        value = getattr(thing, spec.name)
        for each in value if spec.many else (value,):
            if spec.end and each is not None:
                yield spec.name, each, BY_NAME[spec.end.target]
            elif spec.type in VALUES and each is not None:
                yield from references(each)


def _own(record: Record) -> Iterator[str]:
    if isinstance(record, Entity) and not re.fullmatch(f"{kebab(type(record).__name__)}/{_SLUG}", record.id):
        yield f"id: {record.id!r} must be {kebab(type(record).__name__)}/ and a slug"
    if isinstance(record, Source) and record.published is None and record.retrieved is None:
        yield "a source needs a day of publication or of retrieval"
    if isinstance(record, Fact):
        yield from _fact(record)


def _fact(fact: Fact) -> Iterator[str]:
    if not fact.evidence:
        yield "no evidence: a statement without a source cannot be loaded"
    if any(not condition.evidence for condition in fact.conditions):
        yield "a condition without evidence"
    if fact.valid_from and fact.valid_to and fact.valid_to.last <= fact.valid_from.first:
        yield f"it ends on {fact.valid_to}, before it begins on {fact.valid_from}"


def _reference(name: str, id_: str, wanted: type) -> Iterator[str]:
    kinds = tuple(kebab(kind.__name__) for kind in concrete(wanted))
    if not re.fullmatch(f"({'|'.join(kinds)})/{_SLUG}", id_):
        yield f"{name}: {id_!r} is no {wanted.__name__}"
