"""The Harmonized Tariff Schedule as the JSON that the USITC exports: one array, a record a line, in the order of the schedule.

The tree is told by order and `indent` alone. Headings without a code are steps of the way to the lines below them: they are kept in
the names of those ("Horses: Purebred breeding animals"), since a product has a code. Rates stand at 8 digits by law: a line of 10
digits that carries its own is the only one below its 8 digits and states them for these; one without inherits, and
states nothing. The export dates nothing: its rates hold from the day of the release, which the file's name says, on.
What a line states, and why chapter 99 is no measure: loaders/us_lines.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import IO, Any

from loaders.bad_row import BadRow
from loaders.hts_tree import Path, Step, below, code_above, name_of
from loaders.json_array import BrokenArrayError, records
from loaders.releases import release_of
from loaders.us_line import Line, edition, product_of
from loaders.us_lines import facts_of
from loaders.us_parties import declared
from schema.base import Redistribution, Source, SourceKind
from schema.dates import parse_partial
from schema.ontology import Record
from schema.tariffs import Product

TEXTS = ("htsno", "indent", "description", "general", "special", "other")
_CODE = re.compile(r"[0-9]{4}(?:\.[0-9]{2}){0,3}|[0-9]{2}")
_DEEPEST = 30
_STATISTICAL = 10
"""Digits of a code with the two for statistics; where these are 00 there is nothing to tell apart."""
GAP = (
    "only the general, special and column 2 rates of the schedule, from the day of the export on: quotas, antidumping and "
    "countervailing duties, and of the additional duties of chapter 99 those whose acts are not loaded, are missing"
)


def read(text: IO[str], day: date | None = None) -> Iterator[Record | BadRow]:
    """Yield the release, what its lines refer to, and for every record with a code its product and what it states.

    `day` is the day of the release; without, the name of the file says it, or the file is one bad row.
    """
    day = day or release_of(text)
    if day is None:
        yield BadRow(1, None, None, "the file's name must hold the release's day")
        return
    source = source_of(day)
    yield from declared(source)
    yield from _lines(text, source)


def source_of(day: date) -> Source:
    """The release of a day."""
    return Source(
        id=f"source/usitc/hts-export/{day}",
        name=f"Harmonized Tariff Schedule of the United States, export of {day}",
        kind=SourceKind.DATASET,
        publisher="organisation/us/usitc",
        redistribution=Redistribution.ALL,
        licence="US Government work",
        published=day,
        version=str(day),
        url="https://hts.usitc.gov/",
        dataset="usitc/hts-export",
        gap=GAP,
    )


def _lines(text: IO[str], source: Source) -> Iterator[Record | BadRow]:
    path: Path = ()
    try:
        for number, record in records(text):
            if bad := _fault(number, record):
                yield bad
                continue
            step = Step(int(record["indent"]), record["htsno"].replace(".", ""), _title(record))
            path = below(path, step)
            if step.code:
                yield _product(path, source)
                yield from facts_of(_line(number, record, path, source), source)
    except BrokenArrayError as error:
        yield BadRow(error.line, None, None, str(error))


def _fault(number: int, record: Any) -> BadRow | None:
    if not isinstance(record, dict):
        return BadRow(number, None, str(record)[:80], "not a record with named fields")
    for name in TEXTS:
        if not isinstance(record.get(name), str):
            return BadRow(number, name, str(record.get(name)), "not a text")
    if not re.fullmatch("[0-9]{1,2}", record["indent"]) or int(record["indent"]) > _DEEPEST:
        return BadRow(number, "indent", record["indent"], "not a depth in the tree")
    if record["htsno"] and not _CODE.fullmatch(record["htsno"]):
        return BadRow(number, "htsno", record["htsno"], "not a code: write 0101.30.00.00")
    if not record["description"].strip():
        return BadRow(number, "description", "", "a line without a description")
    return None


def _product(path: Path, source: Source) -> Product:
    above = code_above(path)
    parent = product_of(source, above) if above else None
    code = path[-1].code
    return Product(
        id=product_of(source, code), name=name_of(path), nomenclature=edition(source), code=code, parent=parent
    )


def _line(number: int, record: dict[str, Any], path: Path, source: Source) -> Line:
    code = path[-1].code
    return Line(
        number=number,
        product=product_of(source, code),
        code=code.removesuffix("00") if len(code) == _STATISTICAL else code,
        name=name_of(path),
        general=_words(record["general"]),
        special=_words(record["special"]),
        column_2=_words(record["other"]),
        start=parse_partial(source.version or ""),
        footnotes=tuple(_footnotes(record.get("footnotes")).items()),
    )


def _footnotes(given: Any) -> dict[str, str]:
    """The words of the footnotes by their columns; null, an empty list and a blank text all mean none."""
    found: dict[str, str] = {}
    for each in given if isinstance(given, list) else ():
        if isinstance(each, dict) and (words := _words(str(each.get("value") or ""))):
            columns = ", ".join(map(str, each.get("columns") or ()))
            found[columns] = f"{found.get(columns, '')} {words}".strip()
    return found


def _title(record: dict[str, Any]) -> str:
    return _words(record["description"]).rstrip(":")


def _words(text: str) -> str:
    return " ".join(text.split())
