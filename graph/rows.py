"""A record as the nodes and relations by which it is stored.

Every class of the ontology is stored the same way: scalars as properties (dates of partial precision with their first and
last day), ends as relations to entities, values (evidence, conditions, scopes) as nodes named by their content.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from schema.base import Entity, Fact
from schema.dates import PartialDate
from schema.duty import Duty, DutyBound, DutyComponent, DutyComponentKind
from schema.duty_grammar import write_duty
from schema.identity import NOT_HASHED, about_key, content, fact_id, plain, value_id
from schema.ontology import VALUES, FieldSpec, Record, fields_of, labels

ENVELOPE_LINKS = ("id", "key", "supersedes", "rest_void", "row")
"""Fields that are no properties of the node: its name, and what links it to other statements."""
ALL_PRODUCTS = ""
"""The code that stands for every product: a prefix of all codes."""


@dataclass(frozen=True)
class NodeRow:
    """A node to be merged by `id` under the label `base`, with further labels and properties."""

    base: str
    labels: tuple[str, ...]
    id: str
    properties: dict[str, Any]


@dataclass(frozen=True)
class EdgeRow:
    """A relation to be merged between two nodes, each known by base label and id.

    `part_of`: the node that is named by content of which this is a part; without, the relation may come to a node that is there.
    """

    base: str
    id: str
    type: str
    target_base: str
    target: str
    properties: dict[str, Any] = field(default_factory=dict)
    part_of: str | None = None


def rows_of(record: Record) -> Iterator[NodeRow | EdgeRow]:
    """Everything that one record writes, nodes before the relations that need them."""
    node_id = record.id if isinstance(record, Entity) else fact_id(record)
    yield from _rows(record, node_id)
    if isinstance(record, Fact):
        if record.key:
            yield EdgeRow("Fact", node_id, "KEY", "FactKey", record.key)
        for key in record.supersedes:
            yield EdgeRow("Fact", node_id, "SUPERSEDES", "FactKey", key)
        if record.row:
            yield EdgeRow("Fact", node_id, "ROW", "Row", record.row)


def rows_of_value(value: Any) -> dict[str, Any]:
    """The properties of a value's node."""
    return next(row.properties for row in _rows(value, "") if isinstance(row, NodeRow))


def base_label(kind: type) -> str:
    """The label that carries the uniqueness of ids: Entity, Fact, or the value's own."""
    return labels(kind)[-1]


def is_property(kind: type, spec: FieldSpec) -> bool:
    """The field is stored as properties of the node; an end is too where it is looked up or makes the value's id."""
    if spec.name in ENVELOPE_LINKS or spec.type in VALUES:
        return False
    return not spec.end or spec.indexed or kind in VALUES


def _rows(thing: Any, node_id: str) -> Iterator[NodeRow | EdgeRow]:
    kind = type(thing)
    base = base_label(kind)
    properties: dict[str, Any] = {}
    later: list[NodeRow | EdgeRow] = []
    for spec in fields_of(kind):
        value = getattr(thing, spec.name)
        if spec.name in ENVELOPE_LINKS or value is None:
            continue
        if spec.type in VALUES:
            later += _values(base, node_id, spec, value)
            continue
        if spec.end:
            later += _ends(base, node_id, spec, value)
        if spec.codes:
            later += _codes(base, node_id, value)
        if is_property(kind, spec):
            properties |= stored(spec.name, value)
    if isinstance(thing, Fact):
        properties["about"] = about_key(thing)
        if thing.row:
            properties["content"] = json.dumps(content(thing), sort_keys=True)
    yield NodeRow(base, labels(kind)[:-1], node_id, properties)
    yield from later


def _codes(base: str, node_id: str, codes: tuple[str, ...]) -> Iterator[EdgeRow]:
    for code in codes or (ALL_PRODUCTS,):
        yield EdgeRow("ProductCode", code, "IN_SCOPE", base, node_id, part_of=node_id)


def _ends(base: str, node_id: str, spec: FieldSpec, value: Any) -> Iterator[EdgeRow]:
    for position, target in enumerate(value if spec.many else (value,)):
        order = {"position": position} if spec.many else {}
        yield EdgeRow(base, node_id, spec.relation, "Entity", target, order, node_id)


def _values(base: str, node_id: str, spec: FieldSpec, value: Any) -> Iterator[NodeRow | EdgeRow]:
    for each in value if spec.many else (value,):
        each_id = value_id(each)
        yield from _rows(each, each_id)
        part_of = None if spec.name in NOT_HASHED else node_id
        yield EdgeRow(base, node_id, spec.relation, type(each).__name__, each_id, part_of=part_of)


def stored(name: str, value: Any) -> dict[str, Any]:
    """One value as properties. Neo4j has no decimal and no partial date: both have one stored form, made here."""
    if isinstance(value, PartialDate):
        return {
            name: value.text,
            f"{name}_first": value.first.isoformat(),
            f"{name}_last": value.last.isoformat(),
        }
    if isinstance(value, Duty):
        return {
            name: duty_text(value),
            f"{name}_value": _duty_value(value),
            f"{name}_ad_valorem": _ad_valorem(value),
        }
    return {name: plain(value)}


def duty_text(duty: Duty) -> str:
    """A duty as it is stored: JSON with exact decimals as text; `duty_of` reads it back."""
    parts = [
        {name: plain(value) if isinstance(value, Decimal) else value for name, value in vars(part).items()}
        for part in duty.components
    ]
    return json.dumps({"text": duty.text, "readable": duty.readable, "components": parts}, ensure_ascii=False)


def duty_of(text: str) -> Duty:
    """The duty that `duty_text` stored."""
    stored = json.loads(text)
    return Duty(stored["text"], tuple(_component(part) for part in stored["components"]), stored["readable"])


def _component(part: dict[str, Any]) -> DutyComponent:
    exact = {name: Decimal(part[name]) for name in ("amount", "per") if part[name] is not None}
    bound = DutyBound(part["bound"]) if part["bound"] else None
    return DutyComponent(**{**part, **exact, "kind": DutyComponentKind(part["kind"]), "bound": bound})


def _duty_value(duty: Duty) -> str:
    """Equal for duties of equal parts, however they are worded."""
    return write_duty(duty.components) if duty.readable else duty.text


def _ad_valorem(duty: Duty) -> str | None:
    found: str | None = plain(duty.ad_valorem)
    return found
