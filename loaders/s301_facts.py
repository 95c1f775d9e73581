"""What the notices of section 301 state of the lists of products of China: duties, from one rate to the next, and how they meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from loaders.s301_programmes import EARLIER, NOTICES, PROGRAMMES, Programme, Stage
from loaders.tracker import US, list_source, listed
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
    StackingEffect,
    StackingRule,
    Suspension,
    TariffMeasure,
)

CHINA = OriginScope(include=("country/cn",))
BEFORE = "the rate of the list on which the line stood before the four-year review, if it stood on one"
SOURCE = list_source(
    "s301_product_lists.csv",
    "the lists under section 301 are stated with the codes of 2026: exclusions that were granted, parts of lines, codes of earlier "
    "years and the list of a line before the four-year review are missing",
)


def stated(scopes: dict[Programme, list[str]]) -> Iterator[Record]:
    """The notices, and all that they state of the lines of each programme."""
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


def _measures(programme: Programme, products: ProductScope, part: str = "") -> Iterator[Record]:
    """What each notice states when it is published: the rate from its first day on, and the end of the one before."""
    key = f"us/s301/{programme.path}{part}"
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
        yield from _before(programme, products, first)
    if programme.described:
        yield _replacing(programme, products, first)


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


def _before(programme: Programme, products: ProductScope, review: Stage) -> Iterator[Record]:
    """What may have been charged on lines of the review before it: not 0, and not known from this list, save where a note shows it."""
    for code in sorted(EARLIER.keys() & set(products.include)):
        made = [*_measures(EARLIER[code], ProductScope(include=(code,)), f"/{code}")]
        last = made[-1]
        assert isinstance(last, TariffMeasure)
        yield from made
        key, public = f"{last.key}/to-{review.start}", NOTICES[review.notice][0]
        yield replace(
            last,
            key=key,
            valid_to=_day(review.start),
            supersedes=(str(last.key),),
            rest_void=True,
            evidence=_evidence(programme, public),
        )
    yield TariffMeasure(
        key=f"us/s301/{programme.path}/before",
        importer=US,
        origins=CHINA,
        products=ProductScope(include=tuple(set(products.include) - EARLIER.keys())),
        product_scope=f"products of China in {programme.note}",
        authority="S301",
        programme=f"{programme.path}/before",
        duty=read_duty(BEFORE),
        modality=Modality.POSSIBLE,
        valid_from=_day(PROGRAMMES["9903.88.01"].stages[0].start),
        valid_to=_day(review.start),
        gap=f"not stated: {BEFORE}",
        evidence=_evidence(programme, NOTICES["83-fr-28710"][0]),
    )


def _replacing(programme: Programme, products: ProductScope, stage: Stage) -> StackingRule:
    return StackingRule(
        key=f"us/s301/{programme.path}/replaces",
        importer=US,
        effect=StackingEffect.REPLACES,
        subject="S301:china",
        object=f"S301:{programme.path}",
        description="Goods that the heading describes pay its rate in place of that of the list on which their line stands.",
        origins=CHINA,
        products=products,
        instrument=_act(stage.notice),
        paragraph=programme.note,
        valid_from=_day(stage.start),
        evidence=_evidence(programme, NOTICES[stage.notice][0]),
    )


def _evidence(programme: Programme, public: date) -> tuple[Evidence, ...]:
    note = Evidence(source=chapter_99().id, locator=f"subchapter III, {programme.note}", published=public)
    return (*listed(SOURCE, f"rows of {programme.path}", public), note)


def _day(day: date) -> PartialDate:
    return parse_partial(str(day))
