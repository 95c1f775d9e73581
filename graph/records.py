"""A stored node as the record that wrote it, and records as text: the inverse of `graph/rows.py`.

Derived properties are left out. Facts that several records wrote give one record for each of their keys and rows, which
together write the same again.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from graph.rows import ENVELOPE_LINKS, duty_of, is_property, stored
from schema.base import Entity
from schema.dates import PartialDate
from schema.duration import parse_duration
from schema.duty import Duty
from schema.ontology import BY_NAME, KINDS, VALUES, FieldSpec, Record, fields_of

Properties = dict[str, Any]
Relation = tuple[str, Properties, str, Properties, list[Properties]]
"""Type, its properties, the id and the properties of the node that it leads to, and those of that node's evidence."""
NODE = """labels({n}) AS labels, properties({n}) AS properties, COLLECT {{
  MATCH ({n})-[r]->(m)
  RETURN [type(r), properties(r), m.id, properties(m), COLLECT {{ MATCH (m:Condition)-[:EVIDENCE]->(e) RETURN properties(e) }}]
}} AS relations"""
"""What `records_of` needs of a node, for `NODE.format(n="n")`."""
_OF_FACT = re.compile(r"[a-z-]+/[0-9a-f]{32}")
"""A key that is a fact's id: settling releases writes such (graph/releases.py)."""
_KINDS = {kind.__name__: kind for kind in KINDS}


def records_of(labels: list[str], properties: Properties, relations: list[Relation]) -> Iterator[Record]:
    """The records that write this node: none for an entity that facts only name."""
    kind: Any = next((_KINDS[label] for label in labels if label in _KINDS), None)
    if kind is None:
        return
    by_type: dict[str, list[Relation]] = defaultdict(list)
    for relation in relations:
        by_type[relation[0]].append(relation)
    for found in by_type.values():
        found.sort(key=lambda each: (each[1].get("position", 0), each[2]))
    values = _values(kind, properties, by_type)
    if issubclass(kind, Entity):
        yield kind(**values)
        return
    links = [[each[2] for each in by_type[name] if not _OF_FACT.fullmatch(each[2])] for name in ("KEY", "ROW")]
    supersedes = tuple(each[2] for each in by_type["SUPERSEDES"] if not _OF_FACT.fullmatch(each[2]))
    for key, row in zip_longest(*links) if any(links) else [(None, None)]:
        yield kind(**values, key=key, row=row, supersedes=supersedes)


def _values(kind: type, properties: Properties, by_type: dict[str, list[Relation]]) -> Properties:
    values: Properties = {}
    for spec in fields_of(kind):
        if spec.name in ENVELOPE_LINKS and not (spec.name == "id" and issubclass(kind, Entity)):
            continue
        if spec.type in VALUES:
            found: list[Any] = [_value(spec.type, each[3], each[4]) for each in by_type[spec.relation]]
        elif spec.end and not is_property(kind, spec):
            found = [each[2] for each in by_type[spec.relation]]
        elif spec.name == "id":
            found = [properties["id"]]
        else:
            found = _scalars(spec, properties)
        if found:
            values[spec.name] = tuple(found) if spec.many else found[0]
    return values


def _value(kind: type, properties: Properties, evidence: list[Properties]) -> Any:
    """Values keep the ids of their ends as properties; only conditions hold values themselves."""
    relations: dict[str, list[Relation]] = defaultdict(list)
    relations["EVIDENCE"] = [
        ("EVIDENCE", {}, each["id"], each, []) for each in sorted(evidence, key=lambda e: str(e["id"]))
    ]
    return kind(**_values(kind, properties, relations))


def _scalars(spec: FieldSpec, properties: Properties) -> list[Any]:
    value = properties.get(spec.name)
    if value is None:
        return []
    if spec.type is PartialDate:
        first, last = (date.fromisoformat(properties[f"{spec.name}_{end}"]) for end in ("first", "last"))
        return [PartialDate(first, last, value)]
    return [_scalar(spec.type, each) for each in (value if spec.many else [value])]


def _scalar(type_: type, value: Any) -> Any:
    if type_ is Duty:
        return duty_of(value)
    if type_ is date:
        return date.fromisoformat(value)
    if type_.__name__ == "timedelta":
        return parse_duration(value)
    return Decimal(value) if type_ is Decimal else type_(value)


def written(record: Record) -> str:
    """A record as text; `read` reads it back."""
    return json.dumps(_plain(record), ensure_ascii=False, sort_keys=True)


def read(text: str) -> Record:
    """The record that `written` wrote."""
    record: Record = _built(json.loads(text))
    return record


def _plain(thing: Any) -> Properties:
    plain: Properties = {"kind_": type(thing).__name__}
    for spec in fields_of(type(thing)):
        value = getattr(thing, spec.name)
        if value is None or value == ():
            continue
        if spec.type in VALUES:
            plain[spec.name] = [_plain(each) for each in (value if spec.many else (value,))]
        else:
            plain |= stored(spec.name, value)
    return plain


def _built(plain: Properties) -> Any:
    kind = BY_NAME[plain["kind_"]]
    values: Properties = {}
    for spec in fields_of(kind):
        found = [_built(each) for each in plain.get(spec.name, ())] if spec.type in VALUES else _scalars(spec, plain)
        if found:
            values[spec.name] = tuple(found) if spec.many else found[0]
    return kind(**values)
