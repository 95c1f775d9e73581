"""The sheets of an Excel workbook, read as a stream: every row by the names in its head."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import IO, Any, BinaryIO, cast

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from loaders.bad_row import BadRow


@dataclass(frozen=True)
class SheetRow:
    """The cells of a row by the name of their column; `line` counts from 1, the head included."""

    sheet: str
    line: int
    cells: dict[str, Any]

    def bad(self, column: str, reason: str) -> BadRow:
        """The row as one that cannot be loaded."""
        value = self.cells.get(column)
        return BadRow(self.line, f"{self.sheet}: {column}", None if value is None else str(value), reason)


@dataclass(frozen=True)
class Book:
    """A workbook and the day on which it was written: the latest day of its parts."""

    day: date
    _book: Any

    def rows(self, sheet: str, columns: Sequence[str]) -> BadRow | Iterator[SheetRow]:
        """The rows of a sheet that has these columns; a bad row where it is not there or has not."""
        if sheet not in self._book.sheetnames:
            return BadRow(1, sheet, None, f"no sheet of this name, only {', '.join(self._book.sheetnames)}")
        rows = self._book[sheet].iter_rows(values_only=True)
        head = list(next(rows, ()))
        if missing := [column for column in columns if column not in head]:
            return BadRow(1, sheet, None, f"these columns are missing: {', '.join(missing)}")
        return _rows(sheet, head, rows)


def book_of(text: IO[str]) -> Book | BadRow:
    """The workbook behind a file that was opened as text and not read yet; a bad row where it is none."""
    raw = BytesIO(cast(BinaryIO, cast(Any, text).buffer).read())
    try:
        day = max(date(*part.date_time[:3]) for part in zipfile.ZipFile(raw).infolist())
        return Book(day, load_workbook(raw, read_only=True, data_only=True))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        return BadRow(1, None, None, f"no workbook of Excel (.xlsx): {error}")


def _rows(sheet: str, head: list[Any], rows: Iterator[Sequence[Any]]) -> Iterator[SheetRow]:
    for line, row in enumerate(rows, start=2):
        if any(cell is not None for cell in row):
            yield SheetRow(sheet, line, dict(zip(head, row, strict=False)))
