"""Who is who: ids of facts and shared values are hashes of what they say, so that loading twice finds the same node."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from schema.base import Condition, Fact
from schema.dates import PartialDate
from schema.duty import Duty
from schema.duty_grammar import write_duty
from schema.ontology import kebab

NOT_HASHED = frozenset({"key", "supersedes", "rest_void", "row", "evidence"})
"""Who says it and what it overrides do not change what a fact says."""


def fact_id(fact: Fact) -> str:
    """The id of a fact: its kind and the hash of its content. Evidence, key and supersession are no part of it."""
    return f"{kebab(type(fact).__name__)}/{digest(content(fact))}"


def about_key(fact: Fact) -> str:
    """The key of what a fact is about: equal for all versions of one statement, whatever its value."""
    kind = type(fact)
    recurs = any(getattr(fact, name) in values for name, values in kind.recurring.items())
    names = kind.same_about + (kind.states if recurs else ())
    parts = {name: plain(getattr(fact, name)) for name in names}
    return digest({"kind": kind.__name__, **parts})


def value_id(value: object) -> str:
    """The id of a piece of evidence, a condition or a shared scope: the hash of its content."""
    return f"{kebab(type(value).__name__)}/{digest(content(value))}"


def content(thing: object) -> dict[str, Any]:
    """What a record says, as plain JSON values; absent fields are left out."""
    pairs = ((name, getattr(thing, name)) for name in _said(type(thing)))
    return {name: plain(value) for name, value in pairs if value not in (None, (), [])}


def _said(kind: type[Any]) -> tuple[str, ...]:
    if kind not in _SAID:
        skip = NOT_HASHED if issubclass(kind, (Fact, Condition)) else frozenset()
        _SAID[kind] = tuple(field.name for field in fields(kind) if field.name not in skip)
    return _SAID[kind]


_SAID: dict[type, tuple[str, ...]] = {}


def plain(value: Any) -> Any:
    """One value as JSON: dates and enums as text, decimals exactly, values as what they say."""
    if value is None or type(value) in (str, bool, int):
        return value
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    if isinstance(value, (StrEnum, PartialDate, date, timedelta, Decimal)):
        return _text(value)
    if isinstance(value, (int, str)):
        return value
    if isinstance(value, Duty):
        return {"text": value.text, "parts": write_duty(value.components) if value.readable else None}
    return value_id(value) if isinstance(value, Condition) else content(value)


def _text(value: StrEnum | PartialDate | date | timedelta | Decimal) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return iso_duration(value)
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def iso_duration(value: timedelta) -> str:
    """ISO 8601 in its canonical form: PT1H10M, P1D, PT0S."""
    seconds = int(value.total_seconds())
    days, rest = divmod(seconds, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    clock = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    text = "P" + (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return text if text != "P" else "PT0S"


def digest(parts: dict[str, Any]) -> str:
    """The hash by which content is named."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]
