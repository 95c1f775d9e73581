"""The rows of a CSV file by the names in its head. One row that cannot be read never ends the load."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from loaders.bad_row import BadRow


@dataclass(frozen=True)
class Row:
    """The cells of a row by the name of their column, and the line on which it ends, counted from 1."""

    line: int
    cells: dict[str, str]


def csv_rows(
    text: Iterable[str], columns: Sequence[str], exact: bool = False, separator: str = ","
) -> BadRow | Iterator[Row | BadRow]:
    """The rows of a file that has these columns, and others too unless `exact`; the head as a bad row where it has not.

    A row of another width, or one that is no CSV, is a bad row.
    """
    rows = csv.DictReader(text, delimiter=separator)
    try:
        head = rows.fieldnames or []
    except csv.Error as error:
        return BadRow(1, None, None, f"the head is no CSV: {error}")
    if missing := [column for column in columns if column not in head]:
        return BadRow(1, None, ",".join(head), f"these columns are missing: {', '.join(missing)}")
    if exact and list(head) != list(columns):
        return BadRow(1, None, ",".join(head), f"the columns must be {','.join(columns)}")
    return _rows(rows, len(head))


def _rows(rows: csv.DictReader[str], width: int) -> Iterator[Row | BadRow]:
    while True:
        first = rows.reader.line_num + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            last = rows.reader.line_num  # that of `rows` stays where it was
            lines = f"lines {first} to {last}" if last > first else "the line"
            yield BadRow(first, None, None, f"no CSV ({error}): {lines} left out; is a quote never closed?")
            continue
        if None in cells or None in cells.values():
            yield BadRow(rows.line_num, None, None, f"a row must have {width} cells")
        else:
            yield Row(rows.line_num, cells)
