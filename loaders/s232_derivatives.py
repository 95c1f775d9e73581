"""The tracker's list of derivative articles of steel and aluminium under section 232, a CSV: hts_prefix, ch99_code, derivative_type,
effective_date (empty: since 2025-03-12). It confirms duties that curated files state.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import IO

from loaders.bad_row import BadRow
from loaders.csv_rows import Row, csv_rows
from loaders.s232_curated import METALS, PREFIX, confirm
from loaders.tracker import code_fault, declared, list_source, unknown
from schema.ontology import Record

COLUMNS = [PREFIX, "ch99_code", "derivative_type", "effective_date"]
DAYS = {"": date(2025, 3, 12), "2025-08-18": date(2025, 8, 18)}
HEADINGS = {"9903.81.91": "steel", "9903.85.04": "aluminium", "9903.85.07": "aluminium", "9903.85.08": "aluminium"}
"""The metal on which a heading charges."""
SOURCE = list_source(
    "s232_derivative_products.csv",
    "read to confirm the duties on derivative articles that curated files state; what else it lists is not stated",
)


def read(text: IO[str]) -> Iterator[Record | BadRow]:
    """Yield the list and the duties that it confirms; a bad row for each code that none of them holds."""
    rows = csv_rows(text, COLUMNS)
    if isinstance(rows, BadRow):
        yield rows
        return
    yield from declared(SOURCE)
    yield from confirm(rows, SOURCE, _place)


def _place(row: Row) -> tuple[str, date] | BadRow:
    if bad := code_fault(row, PREFIX, "[0-9]{4,10}"):
        return bad
    if bad := unknown(row, HEADINGS, "ch99_code", "a heading") or unknown(row, DAYS, "effective_date", "a first day"):
        return bad
    metal, written = HEADINGS[row.cells["ch99_code"]], row.cells["derivative_type"]
    if METALS.get(written) != metal:
        return BadRow(row.line, "derivative_type", written, "not the metal of the heading")
    return metal, DAYS[row.cells["effective_date"]]
