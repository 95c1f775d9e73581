"""DESTA, the Design of Trade Agreements database, its list of treaties as the package manytrade carries it: a CSV with semicolons.

A row is an entry of one of six types. Years are all that it knows of days.

| entry_type | states |
|---|---|
| base_treaty | the agreement; for each member SIGNED in `year`, IN_FORCE in `entryforceyear` |
| negotiation | the agreement; LAUNCHED for each member, without a day |
| protocol or amendment | the same as a base treaty, and AMENDED of its base treaty when it enters into force, PLANNED without that year |
| accession | ACCEDED in `year`, IN_FORCE in `entryforceyear`, for the members that joined by this row (`joining`) |
| withdrawal | WITHDREW in `year` for the members of group 1, which are those that leave |
| consolidated | an attribute of the base treaty: a consolidated text is no event |
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import IO

from loaders.bad_row import BadRow
from loaders.csv_rows import csv_rows
from loaders.desta_entry import COLUMNS, Entry, entry_of, joining, states, too_early
from loaders.party_lists import Parties
from schema.base import Organisation, Redistribution, Source, SourceKind
from schema.ontology import Record

DAY = date(2024, 1, 23)
SOURCE = Source(
    id=f"source/desta/treaties-{DAY}",
    name=f"DESTA, list of treaties, as the package manytrade carries it on {DAY}",
    kind=SourceKind.DATASET,
    publisher="organisation/desta",
    redistribution=Redistribution.FACTS,
    licence="DESTA's own terms are not with the file; manytrade's are CC BY 4.0 by its DESCRIPTION, AGPL-3.0 by its LICENSE.md",
    published=DAY,
    url="https://www.designoftradeagreements.org",
    gap="years, no days; members of the European Union, never the Union itself; when an agreement ended is not in it",
)


def read(text: IO[str]) -> Iterator[Record | BadRow]:
    """Yield the source, its parties, the agreements and what happened to them; the whole list is held, for rows refer to each other."""
    rows = csv_rows(text, COLUMNS, separator=";")
    if isinstance(rows, BadRow):
        yield rows
        return
    yield Organisation(id="organisation/desta", name="DESTA, Design of Trade Agreements project")
    yield SOURCE
    entries: list[Entry] = []
    for row in rows:
        found = row if isinstance(row, BadRow) else entry_of(row)
        if isinstance(found, BadRow):
            yield found
        else:
            entries.append(found)
            if not isinstance(row, BadRow) and (early := too_early(row)):
                yield early
    bases, joined, parties = {entry.number: entry for entry in entries}, joining(entries), Parties()
    for entry in entries:
        if entry.base not in bases:
            yield BadRow(entry.line, "base_treaty", entry.base, "no entry that could be read has this number")
            continue
        yield from parties.declared(*entry.members)
        yield from states(entry, bases[entry.base], joined, SOURCE)
