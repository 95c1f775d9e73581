"""Days as registers of agreements write them: 31.12.2020, 2020-12-31, 2020-12 or 2020; NA for none."""

from __future__ import annotations

import re
from datetime import date

from schema.dates import PartialDate, parse_partial

MISSING = ("", "NA")
_DOTTED = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})")


def day_of(text: str) -> PartialDate | None:
    """The day, month or year; None for none. Raises BadDateError."""
    if text.strip() in MISSING:
        return None
    return parse_partial(_DOTTED.sub(r"\3-\2-\1", text.strip()))


def public(day: PartialDate | None, release: date) -> date:
    """Since when a row of a register was public: its own day, the last possible one, if that precedes the release."""
    return min(day.last, release) if day else release
