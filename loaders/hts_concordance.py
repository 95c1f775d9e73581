"""How the ten-digit codes of the US schedule follow each other from revision to revision: a list of the tracker, CSV.

A code that is renamed or split is followed by others; a pair of the kind "many_to_many" was found by equal descriptions ("other") and is only
possible. Codes that were added or dropped have no pair and are stated as such. The file names revisions, not days: those are here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import IO

from loaders.bad_row import BadRow
from loaders.csv_rows import Row, csv_rows
from loaders.tracker import code_fault, declared, list_source, listed, unknown
from schema.agreements import Succession
from schema.base import Attribute, Modality
from schema.dates import parse_partial
from schema.ontology import Record
from schema.tariffs import Product

COLUMNS = ("old_hts10", "new_hts10", "revision_to", "change_type", "description_old", "description_new", "similarity")
REVISIONS = {
    "rev_1": date(2025, 1, 27),
    "rev_16": date(2025, 6, 6),
    "rev_17": date(2025, 7, 1),
    "2026_rev_2": date(2026, 1, 30),
    "2026_rev_3": date(2026, 2, 12),
}
"""The days of the revisions of the schedule that changed codes, of 2025 where no year is named."""
CHANGES = {
    "rename": Modality.ASSERTED,
    "split": Modality.ASSERTED,
    "many_to_many": Modality.POSSIBLE,
    "added": None,
    "dropped": None,
}
NONE = "NA"
SOURCE = list_source(
    "hts_concordance",
    "pairs were matched by their descriptions; changes between the years' first editions are not in it",
)


def read(text: IO[str]) -> Iterator[Record | BadRow]:
    """Yield the source, and for every row its codes and how one follows the other."""
    rows = csv_rows(text, COLUMNS)
    if isinstance(rows, BadRow):
        yield rows
        return
    yield from declared(SOURCE)
    for row in rows:
        if isinstance(row, BadRow):
            yield row
        else:
            yield from _row(row)


def _row(row: Row) -> Iterator[Record | BadRow]:
    if bad := _fault(row):
        yield bad
        return
    ends = [side for side in ("old", "new") if row.cells[f"{side}_hts10"] != NONE]
    for side in ends:
        yield _product(row, side)
    yield _succession(row) if len(ends) == 2 else _attribute(row, ends[0])


def _fault(row: Row) -> BadRow | None:
    change, codes = row.cells["change_type"], [row.cells["old_hts10"], row.cells["new_hts10"]]
    if bad := unknown(row, CHANGES, "change_type", "a change") or unknown(row, REVISIONS, "revision_to", "a revision"):
        return bad
    wanted = {"added": [True, False], "dropped": [False, True]}.get(change, [False, False])
    if [code == NONE for code in codes] != wanted:
        return BadRow(row.line, "change_type", change, f"does not go with the codes {' and '.join(codes)}")
    columns = [name for name in ("old_hts10", "new_hts10") if row.cells[name] != NONE]
    return next(filter(None, (code_fault(row, name, "[0-9]{10}") for name in columns)), None)


def _product(row: Row, side: str) -> Product:
    code, name = row.cells[f"{side}_hts10"], row.cells[f"description_{side}"].strip()
    year = REVISIONS[row.cells["revision_to"]].year
    edition = f"hts{year}"
    return Product(
        id=f"product/{edition}/{code}",
        name=name or code,
        nomenclature=edition.upper(),
        code=code,
        parent=f"product/{edition}/{code[:8]}",
    )


def _succession(row: Row) -> Succession:
    modality = CHANGES[row.cells["change_type"]]
    assert modality is not None
    day = REVISIONS[row.cells["revision_to"]]
    return Succession(
        predecessor=_product(row, "old").id,
        successor=_product(row, "new").id,
        modality=modality,
        valid_from=parse_partial(str(day)),
        evidence=listed(SOURCE, _locator(row), day),
    )


def _attribute(row: Row, side: str) -> Attribute:
    day = REVISIONS[row.cells["revision_to"]]
    return Attribute(
        about=_product(row, side).id,
        name="change of the schedule",
        value=row.cells["change_type"],
        valid_from=parse_partial(str(day)),
        evidence=listed(SOURCE, _locator(row), day),
    )


def _locator(row: Row) -> str:
    cells = row.cells
    return f"{cells['change_type']} {cells['old_hts10']} {cells['new_hts10']} in {cells['revision_to']}, similarity {cells['similarity']}"
