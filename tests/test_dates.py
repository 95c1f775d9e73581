"""Dates of known precision."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.dates import BadDateError, parse_day, parse_partial


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-07-09", date(2025, 7, 9), date(2025, 7, 9)),
    ],
)
def test_a_partial_date_has_its_first_and_last_day(text: str, first: date, last: date) -> None:
    read = parse_partial(text)
    assert (read.first, read.last, str(read)) == (first, last, text)


@pytest.mark.parametrize(
    "text", ["", "25", "2025-7-9", "2025-02-30", "2025-13", "31.12.9999", "2025-07-09T00:00", "0000", "٢٠٢٥"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadDateError):
        parse_partial(text)


def test_a_day_needs_its_day() -> None:
    with pytest.raises(BadDateError, match="write it as"):
        parse_day("2025-07")


@given(st.dates())
def test_a_whole_day_is_its_own_first_and_last(day: date) -> None:
    read = parse_partial(day.isoformat())
    assert read.first == read.last == day
