"""The tariff rate tracker of the Budget Lab at Yale: its lists of products as sources, and how their rows become scopes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from loaders.bad_row import BadRow
from loaders.csv_rows import Row
from schema.base import Evidence, Organisation, Redistribution, Source, SourceKind
from schema.ontology import Record

US = "country/us"
VERSION = "8315fffd697c42559141ed5f8bf7c8fa3da47ae8"
"""The release whose lists were read: of 2026-05-11. A later one needs a look at what its lists have become."""
PUBLISHED = date(2026, 5, 11)
CHAPTER = "98"
"""Goods of this chapter are not charged by the line; the lists hold some of its codes because the notes name them as exceptions."""


def list_source(name: str, gap: str) -> Source:
    """One list of the tracker, by the name of its file."""
    return Source(
        id=f"source/budget-lab/tariff-rate-tracker-{PUBLISHED}/{name}",
        name=f"Tariff rate tracker of the Budget Lab at Yale, {PUBLISHED}: {name}",
        kind=SourceKind.DATASET,
        publisher="organisation/us/budget-lab",
        redistribution=Redistribution.ALL,
        licence="MIT",
        published=PUBLISHED,
        url="https://github.com/Budget-Lab-Yale/tariff-rate-tracker",
        version=VERSION,
        gap=gap,
    )


def declared(source: Source) -> Iterator[Record]:
    """The publisher and one of its lists."""
    yield Organisation(id="organisation/us/budget-lab", name="The Budget Lab at Yale")
    yield source


def listed(source: Source, locator: str, public: date) -> tuple[Evidence, ...]:
    """Rows of a list, which were public with the act whose list it is."""
    return (Evidence(source=source.id, locator=locator, published=public),)


def code_fault(row: Row, column: str, form: str = "[0-9]{8}") -> BadRow | None:
    """A bad row where the code of a row has another form, or is of no goods that are charged by the line."""
    code = row.cells[column]
    if not re.fullmatch(form, code):
        return BadRow(row.line, column, code, f"not a code of the form {form}")
    if code.startswith(CHAPTER):
        return BadRow(row.line, column, code, "a code of chapter 98, whose goods the notes except: no part of the list")
    return None


def unknown(row: Row, columns: Mapping[str, object], column: str, what: str) -> BadRow | None:
    """A bad row where a cell has no entry in a table of ours."""
    value = row.cells[column]
    return None if value in columns else BadRow(row.line, column, value, f"{what} that is not known here")
