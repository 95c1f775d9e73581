"""The scalars of the API. Values are checked when they come in; exact numbers and dates go out as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

from schema.dates import parse_day, parse_partial

DecimalText = NewType("DecimalText", str)
Day = NewType("Day", str)
PartialDay = NewType("PartialDay", str)
Instant = NewType("Instant", str)
Span = NewType("Span", str)

_SPAN = re.compile(r"P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?")


def _text(read: Callable[[str], Any]) -> Callable[[Any], Any]:
    def parse(value: Any) -> Any:
        if not isinstance(value, str):
            raise ValueError(f"{value!r} must be written in quotes")
        return read(value)

    return parse


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is no decimal number") from error
    if not number.is_finite() or len(text) > 40 or abs(number.adjusted()) > 40:
        raise ValueError(f"{text!r} is no finite decimal number of at most 40 characters")
    return number


def _span(text: str) -> str:
    if _SPAN.fullmatch(text) is None:
        raise ValueError(f"{text!r} is no duration: write PT1H10M")
    return text


def _out(value: Any) -> str:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def _scalar(name: str, description: str, parse: Callable[[str], Any]) -> ScalarDefinition:
    return strawberry.scalar(name=name, description=description, serialize=_out, parse_value=_text(parse))


SCALARS: dict[object, ScalarDefinition] = {
    DecimalText: _scalar("Decimal", 'Exact decimal number, written as a string: "25", "8.8".', _decimal),
    Day: _scalar("Date", "Calendar date: 2025-07-09.", parse_day),
    PartialDay: _scalar(
        "PartialDate",
        "Date of known precision: 2025, 2025-07 or 2025-07-09.",
        parse_partial,
    ),
    Instant: _scalar("DateTime", "Instant with offset, RFC 3339.", datetime.fromisoformat),
    Span: _scalar("Duration", "ISO 8601 duration in its canonical form: PT1H10M.", _span),
}
"""Our types and the GraphQL scalars that they become."""

NAMED: dict[str, object] = {
    "Decimal": DecimalText,
    "Date": Day,
    "PartialDate": PartialDay,
    "DateTime": Instant,
    "Duration": Span,
    "ID": strawberry.ID,
    "String": str,
    "Int": int,
    "Float": float,
    "Boolean": bool,
}
"""What the names of scalars in SDL stand for."""
