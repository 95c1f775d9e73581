"""The Harmonized System, edition 2022: chapters, headings and subheadings as a tree of products.

The file is the CSV of the dataset "harmonized-system" (PDDL): section, hscode, description, parent, level.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import IO

from loaders.bad_row import BadRow
from loaders.csv_rows import csv_rows
from schema.base import Redistribution, Source, SourceKind
from schema.ontology import Record
from schema.tariffs import Product

NOMENCLATURE = "HS2022"
COLUMNS = ["section", "hscode", "description", "parent", "level"]
TOTAL = "TOTAL"
"""The root of the file, which is no code."""
SOURCE = Source(
    id="source/datahub/harmonized-system-2022",
    name="Harmonized System 2022, dataset harmonized-system",
    kind=SourceKind.DATASET,
    redistribution=Redistribution.ALL,
    licence="Open Data Commons Public Domain Dedication and License",
    published=date(2022, 1, 1),
    version="2022",
)


def read(text: IO[str]) -> Iterator[Record | BadRow]:
    """Yield the source and a product for every row. A row whose code is no code of 2, 4 or 6 digits is a bad row."""
    rows = csv_rows(text, COLUMNS, exact=True)
    if isinstance(rows, BadRow):
        yield rows
        return
    yield SOURCE
    for row in rows:
        if isinstance(row, BadRow):
            yield row
        elif row.cells["hscode"] != TOTAL:
            yield _product(row.line, row.cells)


def _product(line: int, row: dict[str, str]) -> Product | BadRow:
    code, parent, name = row["hscode"], row["parent"], row["description"].strip()
    if not (code.isascii() and code.isdigit() and len(code) in (2, 4, 6)):
        return BadRow(line, "hscode", code, "no code of 2, 4 or 6 digits")
    if not name:
        return BadRow(line, "description", "", "a product without a name")
    if parent != TOTAL and not (len(parent) == len(code) - 2 and code.startswith(parent)):
        return BadRow(line, "parent", parent, f"not the heading above {code}")
    above = None if parent == TOTAL else f"product/hs2022/{parent}"
    return Product(id=f"product/hs2022/{code}", name=name, nomenclature=NOMENCLATURE, code=code, parent=above)
