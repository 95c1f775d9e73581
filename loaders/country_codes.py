"""Countries and territories with their ISO 3166-1 codes, and their names in six languages.

The file is the CSV of the dataset "country-codes" (PDDL), a row for each alpha-2 code; of its 56 columns those of COLUMNS are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import IO

from loaders import curated
from loaders.bad_row import BadRow
from loaders.csv_rows import csv_rows
from schema.base import Redistribution, Source, SourceKind
from schema.ontology import Record
from schema.parties import Country

ISO2, ISO3, NUMERIC, NAME = "ISO3166-1-Alpha-2", "ISO3166-1-Alpha-3", "ISO3166-1-numeric", "CLDR display name"
OTHER_NAMES = [f"official_name_{language}" for language in ("ar", "cn", "en", "es", "fr", "ru")]
COLUMNS = [ISO2, ISO3, NUMERIC, NAME, *OTHER_NAMES]
FORMS = {
    ISO2: ("[A-Z]{2}", "not two capital letters"),
    ISO3: ("[A-Z]{3}", "not three capital letters"),
    NUMERIC: ("[0-9]{1,3}", "not a number of one to three digits"),
    NAME: (r".*\S.*", "a country without a name"),
}
SOURCE = Source(
    id="source/datahub/country-codes-2026-05-15",
    name="Comprehensive country codes, dataset country-codes, state of 2026-05-15",
    kind=SourceKind.DATASET,
    redistribution=Redistribution.FACTS,
    licence="Open Data Commons Public Domain Dedication and License; the publisher leaves open what rights ISO has",
    published=date(2026, 5, 15),
    url="https://github.com/datasets/country-codes",
    version="caa72d1e0e5af8876c170bb36a9e4d64a01bba88",
    gap="read for ISO 3166-1 codes and names only",
)


def read(text: IO[str]) -> Iterator[Record | BadRow]:
    """Yield the source and a country for every row."""
    rows = csv_rows(text, COLUMNS)
    if isinstance(rows, BadRow):
        yield rows
        return
    yield SOURCE
    for row in rows:
        if isinstance(row, BadRow):
            yield row
        else:
            yield _fault(row.line, row.cells) or _country(row.cells)


@cache
def shown() -> dict[str, str]:
    """Names of the shipped data by code: of two declared names the one that sorts first is shown, and theirs are to stay."""
    declared = curated.load([curated.SHIPPED / "parties.yaml"])
    return {country.code: country.name for country in declared if isinstance(country, Country)}


def _fault(line: int, row: dict[str, str]) -> BadRow | None:
    for column, (form, reason) in FORMS.items():
        if not re.fullmatch(form, row[column]):
            return BadRow(line, column, row[column], reason)
    return None


def _country(row: dict[str, str]) -> Country:
    code, written = row[ISO2], row[NAME].strip()
    name = max(written, shown().get(code, written))  # never one that would win of the shipped one
    others = {written, *(row[column].strip() for column in OTHER_NAMES)} - {name, ""}
    return Country(
        id=f"country/{code.lower()}",
        name=name,
        alternative_names=tuple(sorted(others)),
        code=code,
        iso2=code,
        iso3=row[ISO3],
        numeric=row[NUMERIC].zfill(3),
    )
