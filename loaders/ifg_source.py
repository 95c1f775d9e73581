"""The release of the IfG Ministers Database, its evidence, and the forms of its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypedDict

from loaders.bad_row import BadRow
from loaders.csv_rows import Row
from schema.base import Attribute, Evidence, Organisation, Redistribution, Source, SourceKind
from schema.dates import BadDateError, PartialDate, parse_partial
from schema.ontology import Record

UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NAME = re.compile(r".*\S.*")
DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
DATASET = "ifg-ministers"
PUBLISHER = "organisation/ifg"
SOURCE = Source(
    id="source/ifg/ministers-2026-06-19",
    name="IfG Ministers Database, public release of 2026-06-19",
    kind=SourceKind.DATASET,
    publisher=PUBLISHER,
    redistribution=Redistribution.ALL,
    licence="CC BY 4.0",
    published=date(2026, 6, 19),
    url="https://github.com/instituteforgov/ifg-ministers-database-public",
    version="92e227025645607913912d9d8312b7421a437bd3",
    dataset=DATASET,
    gap="ministers since 1979; cabinet status, reasons of leave, elections and parliamentary seats are not stated",
)


class Stands(TypedDict):
    """Where a fact stands: fields of the envelope."""

    row: str
    evidence: tuple[Evidence, ...]


def declared() -> Iterator[Record]:
    """The publisher and the release."""
    yield Organisation(id=PUBLISHER, name="Institute for Government", alternative_names=("IfG",))
    yield SOURCE


def evidence(key: str) -> Stands:
    """The row of a table, "person/…": releases are compared by it."""
    return {
        "row": f"{DATASET}#{key}",
        "evidence": (Evidence(source=SOURCE.id, locator=key.replace("/", ".csv, id ", 1)),),
    }


def stated(id_: str, name: str, value: str, key: str) -> Attribute:
    """A property that has no days of its own."""
    return Attribute(about=id_, name=name, value=value, **evidence(f"{key}/{name}"), key=f"ifg/{key}/{name}")


def period(start: str, end: str) -> tuple[PartialDate | None, PartialDate | None]:
    """The first day and the first that no longer counts; None where the cell is empty."""
    return parse_partial(start) if start else None, parse_partial(end) if end else None


def fault(row: Row, forms: Mapping[str, re.Pattern[str]]) -> BadRow | None:
    """The first cell that has not its form or is no day of a calendar, or an end that is not after the start."""
    for column, form in forms.items():
        cell = row.cells[column]
        if not form.fullmatch(cell):
            return BadRow(row.line, column, cell, f"not of the form {form.pattern}")
        if column.endswith("date") and cell:
            try:
                parse_partial(cell)
            except BadDateError as error:
                return BadRow(row.line, column, cell, str(error))
    start, end = row.cells.get("start_date"), row.cells.get("end_date")
    if start and end and "end_date" in forms and end <= start:
        return BadRow(row.line, "end_date", end, f"not after the start, {start}")
    return None
