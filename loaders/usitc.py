"""The annual tariff database of the United States International Trade Commission, a CSV: 122 columns, a row a line of the schedule.

The texts of the three columns are what is read; the columns of numbers say the same less exactly (docs/duty-texts.md) and
are not used. The day of the release stands in the file's name alone: tariff_database_2025_06062025.csv. A row's end is its last day;
2050-12-31 stands for an open end. What a line states, and why chapter 99 is no measure: loaders/us_lines.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import IO

from loaders.bad_row import BadRow
from loaders.csv_rows import csv_rows
from loaders.releases import release_of
from loaders.us_line import Line, edition, product_of
from loaders.us_lines import facts_of
from loaders.us_parties import declared
from schema.base import Redistribution, Source, SourceKind
from schema.dates import PartialDate, day_after, parse_partial
from schema.ontology import Record
from schema.tariffs import Product

COLUMNS = (
    "hts8", "brief_description", "mfn_text_rate", "col1_special_text", "col2_text_rate", "begin_effect_date",
    "end_effective_date", "footnote_comment", "gsp_ctry_excluded",
)  # fmt: skip
"""The columns that are read; the others may be there or not."""
OPEN_END = "2050-12-31"
_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{2}|[0-9]{4})")
_PIVOT = 50
"""Years of two digits up to this one are of this century: the open end is 12/31/50, and the schedule began in 1989."""
CHAPTERS = {"98": "Special classification provisions", "99": "Temporary legislation and additional duties"}
"""The chapters that the Harmonized System leaves to each country: no other file that is loaded declares them."""
GAP = (
    "only the general, special and column 2 rates of the schedule: quotas, antidumping and countervailing duties, and of the "
    "additional duties of chapter 99 those whose acts are not loaded, are missing; who benefits from the GSP, and before "
    "2025 from AGOA and the Caribbean Basin acts, is not loaded"
)


def read(text: IO[str], day: date | None = None) -> Iterator[Record | BadRow]:
    """Yield the release, what its lines refer to, and for every row its product and what it states.

    `day` is the day of the release; without, the name of the file says it, or the file is one bad row.
    """
    day = day or release_of(text)
    if day is None:
        yield BadRow(1, None, None, "the file's name must hold the release's day")
        return
    rows = csv_rows(text, COLUMNS)
    if isinstance(rows, BadRow):
        yield rows
        return
    source = source_of(day)
    yield from declared(source)
    yield from (_product(source, code, name, None) for code, name in CHAPTERS.items())
    for row in rows:
        if isinstance(row, BadRow):
            yield row
        else:
            yield from _row(row.line, row.cells, source)


def source_of(day: date) -> Source:
    """The release of a day."""
    return Source(
        id=f"source/usitc/tariff-database/{day}",
        name=f"USITC annual tariff database, release of {day}",
        kind=SourceKind.DATASET,
        publisher="organisation/us/usitc",
        redistribution=Redistribution.ALL,
        licence="US Government work",
        published=day,
        version=str(day),
        dataset="usitc/tariff-database",
        gap=GAP,
    )


def _row(number: int, row: dict[str, str], source: Source) -> Iterator[Record | BadRow]:
    if bad := _fault(number, row):
        yield bad
        return
    days = {name: _day(row[name]) for name in ("begin_effect_date", "end_effective_date")}
    for name, found in days.items():
        if found is None:
            yield BadRow(number, name, row[name], "not a day: write 7/1/20")
            return
    start, end = days["begin_effect_date"], days["end_effective_date"]
    assert start is not None and end is not None
    if end < start:
        yield BadRow(number, "end_effective_date", row["end_effective_date"], f"it ends before it begins, on {start}")
        return
    line = _line(number, row, source, (start, None if end.text == OPEN_END else day_after(end)))
    chapter = line.code[:2]
    above = product_of(source, chapter) if chapter in CHAPTERS else f"product/hs2022/{line.code[:6]}"
    yield _product(source, line.code, line.name, above)
    yield from facts_of(line, source)


def _product(source: Source, code: str, name: str, parent: str | None) -> Product:
    return Product(id=product_of(source, code), name=name, nomenclature=edition(source), code=code, parent=parent)


def _fault(number: int, row: dict[str, str]) -> BadRow | None:
    if not re.fullmatch("[0-9]{8}", row["hts8"]):
        return BadRow(number, "hts8", row["hts8"], "not a code of 8 digits")
    if not row["brief_description"].strip():
        return BadRow(number, "brief_description", "", "a line without a description")
    if not re.fullmatch("([A-Za-z]{2})*", row["gsp_ctry_excluded"].strip()):
        return BadRow(number, "gsp_ctry_excluded", row["gsp_ctry_excluded"], "not codes of two letters")
    return None


def _line(number: int, row: dict[str, str], source: Source, period: tuple[PartialDate, PartialDate | None]) -> Line:
    clean = {name: " ".join(row[name].split()) for name in COLUMNS}
    footnote = clean["footnote_comment"]
    return Line(
        number=number,
        product=product_of(source, clean["hts8"]),
        code=clean["hts8"],
        name=clean["brief_description"],
        general=clean["mfn_text_rate"],
        special=clean["col1_special_text"],
        column_2=clean["col2_text_rate"],
        start=period[0],
        end=period[1],
        excluded=tuple(re.findall("..", clean["gsp_ctry_excluded"])),
        footnotes=(("", footnote),) if footnote else (),
        special_column="col1_special_text",
    )


def _day(text: str) -> PartialDate | None:
    """A day as M/D/YY or M/D/YYYY, None for no day."""
    if not (match := _DAY.fullmatch(text.strip())):
        return None
    month, day, year = map(int, match.groups())
    if len(match[3]) == 2:
        year += 2000 if year <= _PIVOT else 1900
    try:
        return parse_partial(date(year, month, day).isoformat())
    except ValueError:
        return None
