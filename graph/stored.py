"""How the fields of a kind are stored, said for people: by the same code that stores them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from graph.rows import is_property, stored
from schema.dates import parse_partial
from schema.duty_grammar import read_duty
from schema.ontology import VALUES, FieldSpec, labels

_EXAMPLES: dict[str, Any] = {
    "PartialDate": parse_partial("2025"),
    "Duty": read_duty("25%"),
    "timedelta": timedelta(),
    "date": date.min,
}
_LINKS = {"key": "FactKey", "supersedes": "FactKey", "row": "Row"}


def storage(kind: type, spec: FieldSpec) -> Iterator[str]:
    """The property names, relations and look-up nodes of one field, in backticks."""
    if spec.name in _LINKS:
        yield f"`-[:{spec.relation}]->(:{_LINKS[spec.name]})`"
    if spec.name == "id" or is_property(kind, spec):
        yield from (f"`{name}`" for name in properties(spec))
    if spec.end:
        yield f"`-[:{spec.relation}]->(:Entity)`"
    if spec.type in VALUES:
        yield f"`-[:{spec.relation}]->(:{labels(spec.type)[0]})`"
    if spec.codes:
        yield "`<-[:IN_SCOPE]-(:ProductCode)`"


def properties(spec: FieldSpec) -> tuple[str, ...]:
    """The names of the properties that hold one field."""
    return tuple(stored(spec.name, _EXAMPLES.get(spec.type.__name__, "")))
