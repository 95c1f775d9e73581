"""HUGGO, the hand-coded agreements and memberships of the package manytrade: CSV files in UTF-8 or Windows-1252.

The head says which of two forms a file has: a row an agreement (HUGGO_additional, HUGGO_reconciled) or a row a party of an agreement
(HUGGO_MEM_additional). An agreement is known by its treatyID.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import date
from typing import IO

from loaders import huggo_membership
from loaders.bad_row import BadRow
from loaders.csv_rows import Row, csv_rows
from loaders.encodings import decoded
from loaders.huggo_treaty import COLUMNS, Treaties
from loaders.party_lists import Parties
from schema.base import Organisation, Redistribution, Source, SourceKind
from schema.ontology import Record

DAY = date(2024, 1, 23)
PUBLISHER = Organisation(id="organisation/globalgov", name="PANARCHIC project, Graduate Institute Geneva")


def read(text: IO[str]) -> Iterator[Record | BadRow]:
    """Yield the source, the agreements and their events, and what of a row cannot be read."""
    lines = decoded(text)
    head = lines.readline()
    members = "stateID" in head
    rows = csv_rows(itertools.chain([head], lines), huggo_membership.COLUMNS if members else COLUMNS)
    if isinstance(rows, BadRow):
        yield rows
        return
    source = source_of("memberships" if members else "agreements")
    yield PUBLISHER
    yield source
    treaties, parties = Treaties(source), Parties()
    state: Callable[[Row], Iterator[Record | BadRow]] = treaties.stated
    for row in rows:
        if isinstance(row, BadRow):
            yield row
            continue
        yield from state(row)
        if members:
            yield from huggo_membership.records(row, source, parties)


def source_of(form: str) -> Source:
    """Memberships or agreements, as of the snapshot that is read."""
    return Source(
        id=f"source/manytrade/huggo-{form}-{DAY}",
        name=f"HUGGO {form} of the package manytrade, state of {DAY}",
        kind=SourceKind.DATASET,
        publisher=PUBLISHER.id,
        redistribution=Redistribution.FACTS,
        licence="CC BY 4.0 by its DESCRIPTION, AGPL-3.0 by its LICENSE.md",
        published=DAY,
        url="https://github.com/globalgov/manytrade",
        version="878032250b6893e75800f1f8432762f7fd66f28d",
        gap="coded by hand until 2023; whether a party joined by succession is coded and not read",
    )
