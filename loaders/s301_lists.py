"""The tracker's lists of products of China under section 301, a CSV: hts8, list, ch99_code.

A list becomes one measure for each of its rates, with all its lines as the scope. A line pays one list, the first of PROGRAMMES that
holds it; its rows in other lists are set aside. docs/lists.md counts them and says how they were decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import date
from typing import IO

from loaders.bad_row import BadRow
from loaders.csv_rows import Row, csv_rows
from loaders.s301_programmes import NOTICES, PROGRAMMES, Programme, Stage
from loaders.tracker import US, code_fault, declared, list_source, listed, unknown
from loaders.us_curated import chapter_99
from schema.base import Evidence, Modality
from schema.dates import PartialDate, parse_partial
from schema.duty_grammar import read_duty
from schema.identity import about_key
from schema.ontology import Record
from schema.tariffs import (
    Instrument,
    InstrumentKind,
    OriginScope,
    ProductScope,
    Suspension,
    TariffMeasure,
)

COLUMNS = ["hts8", "list", "ch99_code"]
CHINA = OriginScope(include=("country/cn",))
BEFORE = "the rate of the list on which the line stood before the four-year review, if it stood on one"
SOURCE = list_source(
    "s301_product_lists.csv",
    "the lists under section 301 are stated with the codes of 2026: exclusions that were granted, parts of lines, codes of earlier "
    "years and the list of a line before the four-year review are missing",
)


def read(text: IO[str]) -> Iterator[Record | BadRow]:
    """Yield the list, the notices, and a measure for each rate of each list; a bad row for each row that is no part of one."""
    rows = csv_rows(text, COLUMNS)
    if isinstance(rows, BadRow):
        yield rows
        return
    yield from declared(SOURCE)
    good: list[Row] = []
    for row in rows:
        if isinstance(row, BadRow):
            yield row
        elif bad := code_fault(row, "hts8") or unknown(row, PROGRAMMES, "ch99_code", "a heading of section 301"):
            yield bad
        else:
            good.append(row)
    scopes = yield from _scopes(good)
    yield from _stated(scopes)


def _scopes(rows: list[Row]) -> Generator[BadRow, None, dict[Programme, list[str]]]:
    """The lines of each programme; a bad row for each row of a line that an earlier programme holds."""
    order = {heading: index for index, heading in enumerate(PROGRAMMES)}
    first: dict[str, str] = {}
    scopes: dict[Programme, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (order[row.cells["ch99_code"]], row.line)):
        code, programme = row.cells["hts8"], PROGRAMMES[row.cells["ch99_code"]]
        if first.setdefault(code, programme.path) == programme.path:
            scopes[programme].append(code)
        else:
            reason = f"{code} stands in {first[code]} too: a line pays one list"
            yield BadRow(row.line, "ch99_code", row.cells["ch99_code"], reason)
    return scopes


def _stated(scopes: dict[Programme, list[str]]) -> Iterator[Record]:
    yield chapter_99()
    for number, (day, does) in NOTICES.items():
        cited = number.upper().replace("-", " ")
        name = f"Notice of the US Trade Representative of {day} ({cited}), section 301 on China, {does}"
        yield Instrument(id=_act(number), name=name, kind=InstrumentKind.NOTICE, issuer=US, promulgated=day)
    for programme, codes in _joined(scopes):
        yield from _measures(programme, ProductScope(include=tuple(codes)))


def _joined(scopes: dict[Programme, list[str]]) -> Iterator[tuple[Programme, list[str]]]:
    """One scope for each path: two headings may share a list."""
    paths: dict[str, tuple[Programme, list[str]]] = {}
    for programme, codes in scopes.items():
        paths.setdefault(programme.path, (programme, []))[1].extend(codes)
    yield from paths.values()


def _act(number: str) -> str:
    return f"instrument/us/ustr-{number}"


def _measures(programme: Programme, products: ProductScope) -> Iterator[Record]:
    """What each notice states when it is published: the rate from its first day on, and the end of the one before."""
    key = f"us/s301/{programme.path}"
    first, *later = programme.stages
    standing, open_key = first, key
    made = _measure(programme, products, first, first.notice, key)
    yield made
    for stage in later:
        ended = _measure(programme, products, standing, stage.notice, f"{open_key}/to-{stage.start}", stage.start)
        yield replace(ended, supersedes=(open_key,))
        yield replace(
            _measure(programme, products, stage, stage.notice, f"{key}/{stage.start}"), supersedes=(open_key,)
        )
        standing, open_key = stage, f"{key}/{stage.start}"
    if programme.suspended:
        start, notice = programme.suspended
        yield Suspension(
            key=f"{key}/suspended",
            measure=about_key(made),
            instrument=_act(notice),
            valid_from=_day(start),
            evidence=_evidence(programme, NOTICES[notice][0]),
        )
    if programme.before:
        yield _before(programme, products, first.start)


def _measure(
    programme: Programme, products: ProductScope, stage: Stage, notice: str, key: str, end: date | None = None
) -> TariffMeasure:
    return TariffMeasure(
        key=key,
        importer=US,
        origins=CHINA,
        products=products,
        product_scope=f"products of China in {programme.note}",
        authority="S301",
        programme=programme.path,
        duty=read_duty(stage.duty),
        instrument=_act(stage.notice),
        paragraph=programme.note,
        effective=stage.start,
        valid_from=_day(stage.start),
        valid_to=_day(end) if end else None,
        tests=(f"described_in={programme.heading}",) if programme.described else (),
        evidence=_evidence(programme, NOTICES[notice][0]),
    )


def _before(programme: Programme, products: ProductScope, end: date) -> TariffMeasure:
    """What may have been charged on lines of the review before it: not 0, and not known from this list."""
    return TariffMeasure(
        importer=US,
        origins=CHINA,
        products=products,
        product_scope=f"products of China in {programme.note}",
        authority="S301",
        programme=f"{programme.path}/before",
        duty=read_duty(BEFORE),
        modality=Modality.POSSIBLE,
        valid_from=_day(PROGRAMMES["9903.88.01"].stages[0].start),
        valid_to=_day(end),
        gap=f"not stated: {BEFORE}",
        evidence=_evidence(programme, NOTICES["83-fr-28710"][0]),
    )


def _evidence(programme: Programme, public: date) -> tuple[Evidence, ...]:
    note = Evidence(source=chapter_99().id, locator=f"subchapter III, {programme.note}", published=public)
    return (*listed(SOURCE, f"rows of {programme.path}", public), note)


def _day(day: date) -> PartialDate:
    return parse_partial(str(day))
