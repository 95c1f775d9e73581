"""From the plain values of an entry to the record that the ontology declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from schema.base import Evidence
from schema.dates import PartialDate, parse_day, parse_partial
from schema.duration import parse_duration
from schema.duty import Duty
from schema.duty_grammar import read_duty
from schema.ontology import VALUES, FieldSpec, fields_of

_BRACES = re.compile(r"\{\{|\}\}|\{(\w+)\}|[{}]")


def rows(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The entries that one entry with `each` stands for; without it, the entry itself.

    Raises ValueError where a text names a value that a row lacks.
    """
    entry = dict(entry)
    for row in entry.pop("each", [{}]):
        yield _fill(entry, row)


def build(kind: type, values: dict[str, Any], source: str | None) -> Any:
    """One record or value of `kind`. Raises ValueError with what to write instead; keys are checked before by the form."""
    given = {
        spec.name: _many(spec, values[spec.name], source)
        for spec in fields_of(kind)
        if values.get(spec.name) is not None
    }
    if kind is Evidence:
        if source is None and "source" not in given:
            raise ValueError("evidence without a source: name one here or at the head of the file")
        given.setdefault("source", source)
    return kind(**given)


def _fill(value: Any, row: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {key: _fill(each, row) for key, each in value.items()}
    if isinstance(value, list):
        return [_fill(each, row) for each in value]
    if not isinstance(value, str) or not row:
        return value
    return _BRACES.sub(lambda found: _filled(found, row), value)


def _filled(found: re.Match[str], row: dict[str, Any]) -> str:
    """What stands for {name}, {{ or }}. Names alone: formats and attributes would let a text reach anything."""
    if found[0] in ("{{", "}}"):
        return found[0][0]
    if found[1] is None:
        raise ValueError(f"{found.string!r}: write {{name}} for a value of the row, and {{{{ or }}}} for a brace")
    if found[1] not in row:
        raise ValueError(f"a row of `each` has no {found[1]!r} for the text {found.string!r}")
    return str(row[found[1]])


def _many(spec: FieldSpec, value: Any, source: str | None) -> Any:
    if spec.many:
        return tuple(_one(spec, each, source) for each in value)
    return _one(spec, value, source)


def _one(spec: FieldSpec, value: Any, source: str | None) -> Any:
    if spec.type in VALUES:
        return build(spec.type, value, source)
    if spec.type in _READERS:
        return _READERS[spec.type](value)
    return spec.type(value)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is no number: write 2.5") from error


def _duty(text: str) -> Duty:
    """A duty; a text that begins with "see" refers to where it stands and is kept unread on purpose."""
    duty = read_duty(text)
    if not duty.readable and not text.lower().startswith("see "):
        raise ValueError(f"the duty {text!r} cannot be read: write it as 25%, Free, 8.8 cents/kg or 4.4 cents/kg + 10%")
    return duty


_READERS: dict[type, Callable[[Any], Any]] = {
    PartialDate: lambda value: parse_partial(str(value)),
    date: parse_day,
    timedelta: parse_duration,
    Duty: _duty,
    Decimal: _decimal,
}
"""How a text becomes a value, where the type does not read it by itself."""
