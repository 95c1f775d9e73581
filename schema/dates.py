"""Days and dates of known precision."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_FORMS = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class BadDateError(ValueError):
    """The text is no calendar date; the message says which forms are read."""


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date as its source writes it ("2025", "2025-07" or "2025-07-09") with its first and last possible day."""

    first: date
    last: date
    text: str

    def __str__(self) -> str:
        """Give the source's own precision back."""
        return self.text


def parse_partial(text: str) -> PartialDate:
    """Read 2025, 2025-07 or 2025-07-09.

    Raises BadDateError for anything else, including days that no calendar has.
    """
    match = _FORMS.fullmatch(text)
    if match is None:
        raise BadDateError(f"{text!r} is not a date: write 2025, 2025-07 or 2025-07-09")
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        return _bounds(text, year or 0, month, day)
    except ValueError as error:
        raise BadDateError(f"{text!r} is not a date: {error}") from error


def parse_day(text: str) -> date:
    """Read one whole day such as 2025-07-09. Raises BadDateError for less than a day."""
    partial = parse_partial(text)
    if partial.first != partial.last:
        raise BadDateError(f"{text!r} is not a day: write it as 2025-07-09")
    return partial.first


def day_after(day: PartialDate) -> PartialDate:
    """Where something ends that lasts one day: `valid_to` of a meeting. What is less than a day keeps its text."""
    one = timedelta(days=1)
    text = (day.first + one).isoformat() if day.first == day.last else day.text
    return PartialDate(day.first + one, day.last + one, text)


def within(first: date, last: date) -> PartialDate:
    """Some day from the first to the last; as text what the two days share, at worst the year of the last."""
    texts = first.isoformat(), last.isoformat()
    shared = next((texts[1][:size] for size in (10, 7, 4) if texts[0][:size] == texts[1][:size]), texts[1][:4])
    return PartialDate(first, last, shared)


def _bounds(text: str, year: int, month: int | None, day: int | None) -> PartialDate:
    if month is None:
        return PartialDate(date(year, 1, 1), date(year, 12, 31), text)
    if day is None:
        return PartialDate(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), text)
    whole = date(year, month, day)
    return PartialDate(whole, whole, text)
