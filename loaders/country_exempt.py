"""The tracker's list of products freed from an order on one country, a CSV after lines of comment: ch99_code, hts10, effective_date_start,
effective_date_end, source, note.

A heading becomes a rule for the lines of each of its periods; articles of civil aircraft are freed as such, which is a test of the goods.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import chain
from typing import IO

from loaders import civil_aircraft, us_curated
from loaders.bad_row import BadRow
from loaders.csv_rows import Row, csv_rows
from loaders.exemption import Exemption, stated
from loaders.tracker import code_fault, declared, list_source, unknown
from schema.ontology import Record
from schema.tariffs import InstrumentKind

COLUMNS = ["ch99_code", "hts10", "effective_date_start", "effective_date_end", "source", "note"]
SOURCE = list_source(
    "country_eo_exempt_products.csv",
    "whether goods are articles of civil aircraft must be said of them; goods that the annexes describe in words are not in this list",
)
COMMENT = "#"


@cache
def exemptions() -> dict[tuple[str, str], Exemption]:
    """By heading and first day: each period was laid down by an act of its own."""
    site = "https://www.whitehouse.gov/presidential-actions/2025"
    first = us_curated.act(
        InstrumentKind.EXECUTIVE_ORDER,
        date(2025, 7, 30),
        "Addressing Threats to the United States by the Government of Brazil",
        f"{site}/07/addressing-threats-to-the-us/",
        "14323",
    )
    later = us_curated.act(
        InstrumentKind.EXECUTIVE_ORDER,
        date(2025, 11, 20),
        "Modifying the Scope of Tariffs on the Government of Brazil",
        f"{site}/11/modifying-the-scope-of-tariffs-on-the-government-of-brazil/",
    )
    annex = Exemption(
        heading="9903.01.77",
        what="Goods of Brazil in Annex I",
        subjects=(first.id,),
        instrument=first,
        note="US note 2(x)",
        start=date(2025, 8, 6),
        public=date(2025, 7, 30),
        origins=("country/br",),
    )
    added = replace(annex, instrument=later, start=date(2025, 11, 13), public=date(2025, 11, 20))
    return {(each.heading, str(each.start)): each for each in (annex, added)}


def read(text: IO[str]) -> Iterator[Record | BadRow]:
    """Yield the list and a rule for each period of each heading."""
    comments, body = _after_comments(text)
    rows = csv_rows(body, COLUMNS)
    if isinstance(rows, BadRow):
        yield rows
        return
    yield from declared(SOURCE)
    groups: dict[Exemption, list[str]] = defaultdict(list)
    for each in rows:
        row = replace(each, line=each.line + comments)
        if isinstance(row, BadRow):
            yield row
        elif bad := _fault(row):
            yield bad
        else:
            code = row.cells["hts10"].replace(".", "")
            found = exemptions()[row.cells["ch99_code"], row.cells["effective_date_start"]]
            groups[_of_aircraft(found) if civil_aircraft.with_unmanned(code) else found].append(code)
    yield from stated(groups, SOURCE)


def _fault(row: Row) -> BadRow | None:
    if bad := code_fault(row, "hts10", r"[0-9]{4}\.[0-9]{2}\.[0-9]{2}"):
        return bad
    if row.cells["effective_date_end"]:
        return BadRow(row.line, "effective_date_end", row.cells["effective_date_end"], "no exemption is known to end")
    days = {day for heading, day in exemptions() if heading == row.cells["ch99_code"]}
    headings = {heading: None for heading, _ in exemptions()}
    return unknown(row, headings, "ch99_code", "a heading with an exemption") or unknown(
        row, dict.fromkeys(days), "effective_date_start", "a first day of the exemption"
    )


def _of_aircraft(exemption: Exemption) -> Exemption:
    return replace(exemption, what=f"Articles of civil aircraft: {exemption.what}", tests=(civil_aircraft.TEST,))


def _after_comments(text: IO[str]) -> tuple[int, Iterator[str]]:
    """How many lines of comment the file begins with, and the others."""
    comments = 0
    for line in text:
        if not line.startswith(COMMENT):
            return comments, chain([line], text)
        comments += 1
    return comments, iter(())
