"""CSV files of any loader: what is no row is set aside with its lines, and the next is read."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.bad_row import BadRow
from loaders.csv_rows import Row, csv_rows

HEAD = "code,name\n"


def _read(text: str) -> list[Any]:
    found = csv_rows(io.StringIO(text, newline=""), ["code", "name"])
    return [found] if isinstance(found, BadRow) else list(found)


def test_rows_by_the_names_of_the_head() -> None:
    assert _read('name,more,code\n"A, B",x,NA\n') == [Row(2, {"name": "A, B", "more": "x", "code": "NA"})]


@pytest.mark.parametrize(
    ("head", "reason"),
    [("code,Name\n", "these columns are missing: name"), ("", "these columns are missing: code, name")],
)
def test_a_head_without_the_columns_is_refused(head: str, reason: str) -> None:
    assert _read(head + "1,one\n" * bool(head)) == [BadRow(1, None, head.strip(), reason)]


@pytest.mark.parametrize("row", ["2\n", "2,two,too many\n"])
def test_a_row_of_another_width_is_set_aside(row: str) -> None:
    assert _read(HEAD + "1,one\n" + row + "3,three\n") == [
        Row(2, {"code": "1", "name": "one"}),
        BadRow(3, None, None, "a row must have 2 cells"),
        Row(4, {"code": "3", "name": "three"}),
    ]


def test_a_quote_that_is_never_closed_ends_no_load() -> None:
    """The lines that it takes in are named, and those after the limit of a cell are read."""
    line = "2," + "x" * 1000 + "\n"
    first, bad, *rest = _read(HEAD + "1,one\n" + '2,"two\n' + line * 200)
    assert first == Row(2, {"code": "1", "name": "one"})
    assert (bad.line, bad.reason[:6]) == (3, "no CSV")
    taken_in = int(bad.reason.split(" to ")[1].split()[0])
    assert [row.line for row in rest] == list(range(taken_in + 1, 204))


@given(st.text(st.sampled_from('ab,"\n\r\x00é'), max_size=60))
def test_any_text_is_rows_and_bad_rows(text: str) -> None:
    found = _read(HEAD + text)
    assert all(isinstance(each, Row | BadRow) for each in found)
    try:
        whole = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return
    assert len(found) == sum(1 for row in whole if row)
