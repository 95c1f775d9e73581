"""The WTO Secretariat's database of regional trade agreements, its export "All RTAs": a workbook with two sheets.

What a row of the first sheet states: loaders/wto_rta_agreement.py; of the second: loaders/wto_rta_change.py. The day of the release is the
day on which the workbook was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import IO

from loaders import wto_rta_agreement, wto_rta_change
from loaders.bad_row import BadRow
from loaders.party_lists import Parties
from loaders.workbook import book_of
from schema.base import Organisation, Redistribution, Source, SourceKind
from schema.ontology import Record

DATASET = "wto/rta"
WTO = Organisation(id="organisation/wto", name="World Trade Organization")
GAP = (
    "agreements notified or announced to the WTO; which member joined an agreement of the European Union by joining the Union is not in it, and "
    "a withdrawal has the day that the register writes, which is sometimes the last day and sometimes the first without the agreement"
)


def read(text: IO[str]) -> Iterator[Record | BadRow]:
    """Yield the release, its parties, agreements and what happened to them; a bad row for each row that is not certain."""
    book = book_of(text)
    if isinstance(book, BadRow):
        yield book
        return
    source, parties = source_of(book.day), Parties()
    yield WTO
    yield source
    for sheet in (wto_rta_agreement, wto_rta_change):
        rows = book.rows(sheet.SHEET, sheet.COLUMNS)
        if isinstance(rows, BadRow):
            yield rows
            continue
        for row in rows:
            yield from sheet.records(row, source, parties)


def source_of(day: date) -> Source:
    """The release of a day."""
    return Source(
        id=f"source/wto/rta/{day}",
        name=f"WTO Regional Trade Agreements Database, all agreements, export of {day}",
        kind=SourceKind.OFFICIAL,
        publisher=WTO.id,
        redistribution=Redistribution.FACTS,
        licence="WTO terms and conditions of use",
        published=day,
        version=str(day),
        dataset=DATASET,
        url="https://rtais.wto.org",
        gap=GAP,
    )
