"""The tracker's list of the annexes of 2026-04-02 on steel, aluminium and copper, a CSV: hts_prefix, annex, metal_type, source,
effective_date. It confirms duties that curated files state; annex II, whose goods no longer pay, confirms none.
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

COLUMNS = [PREFIX, "annex", "metal_type", "source", "effective_date"]
START = date(2026, 4, 6)
ANNEXES = {"1a": "annex I-A", "1b": "annex I-B", "2": "annex II", "3": "annex III"}
ENDED = "2"
SOURCE = list_source(
    "s232_annex_products.csv",
    "read to confirm the duties on metals that curated files state from 2026-04-06; what else it lists is not stated",
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
    annex, metal = row.cells["annex"], row.cells["metal_type"]
    if bad := code_fault(row, PREFIX, "[0-9]{4,10}"):
        return bad
    if bad := unknown(row, ANNEXES, "annex", "an annex") or unknown(row, METALS, "metal_type", "a metal"):
        return bad
    if row.cells["effective_date"] != str(START):
        return BadRow(row.line, "effective_date", row.cells["effective_date"], f"the annexes hold from {START}")
    if annex == ENDED:
        return BadRow(row.line, "annex", annex, "goods of annex II no longer pay: there is no duty to confirm")
    return METALS[metal], START
