"""What the shipped curated files state of acts of the United States, for loaders that meet the same acts elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from loaders import curated
from loaders.us_act_id import called, instrument_id
from loaders.us_document import title_key
from schema.base import Organisation, Source
from schema.tariffs import Amendment, Instrument, InstrumentKind, StackingRule, TariffMeasure

WHITE_HOUSE = "organisation/us/white-house"
Title = tuple[InstrumentKind, date, str]
"""What an act is cited by: its kind, its day, and the key of its title."""
CHAPTER_99 = "source/usitc/hts-chapter-99-2026-rev-6"


@dataclass(frozen=True)
class _Shipped:
    sources: Mapping[str, Source]
    instruments: Mapping[str, Instrument]
    organisations: Mapping[str, Organisation]
    amended: frozenset[tuple[str, str]]
    measures: tuple[TariffMeasure, ...]
    rules: tuple[StackingRule, ...]


@cache
def _shipped() -> _Shipped:
    records = list(curated.load([curated.SHIPPED]))
    return _Shipped(
        sources={each.id: each for each in records if isinstance(each, Source)},
        instruments={each.id: each for each in records if isinstance(each, Instrument)},
        organisations={each.id: each for each in records if isinstance(each, Organisation)},
        amended=frozenset((each.instrument, each.amends) for each in records if isinstance(each, Amendment)),
        measures=tuple(each for each in records if isinstance(each, TariffMeasure)),
        rules=tuple(each for each in records if isinstance(each, StackingRule)),
    )


@cache
def by_address() -> Mapping[str, Source]:
    """The curated sources by their addresses."""
    return {each.url: each for each in _shipped().sources.values() if each.url}


def instruments() -> Mapping[str, Instrument]:
    """The curated acts by their ids."""
    return _shipped().instruments


def publisher() -> Organisation:
    """The White House, as the curated files name it."""
    return _shipped().organisations[WHITE_HOUSE]


def chapter_99() -> Source:
    """The text of chapter 99 of the schedule, whose notes hold the lists of codes."""
    return _shipped().sources[CHAPTER_99]


def amends(instrument: str, other: str) -> bool:
    """Whether curated files state that an act amends another, with its paragraph and from when."""
    return (instrument, other) in _shipped().amended


def act_at(url: str) -> Instrument | None:
    """The curated act whose own source is at an address."""
    source = by_address().get(url)
    return instruments().get(source.id.replace("source/", "instrument/", 1)) if source else None


@cache
def titled() -> Mapping[Title, Instrument]:
    """The curated acts by kind, day and title, which stands in their names after what they are called."""
    return {
        (each.kind, each.promulgated, title_key(each.name.partition(", ")[2])): each
        for each in instruments().values()
        if each.promulgated and ", " in each.name
    }


def numbers() -> dict[Title, str]:
    """The numbers of curated acts, by kind, day and title."""
    return {title: each.number for title, each in titled().items() if each.number}


def act(kind: InstrumentKind, day: date, title: str, url: str | None = None, number: str | None = None) -> Instrument:
    """An act that a list cites: the curated one where there is one, else by the rule for ids."""
    id_ = instrument_id(kind, number, day, title)
    if (
        shipped := (act_at(url) if url else None)
        or instruments().get(id_)
        or titled().get((kind, day, title_key(title)))
    ):
        return shipped
    name = f"{called(kind, number, day)}, {title}"
    return Instrument(id=id_, name=name, kind=kind, number=number, issuer="country/us", promulgated=day)


def measures() -> tuple[TariffMeasure, ...]:
    """The curated duties."""
    return _shipped().measures


def rules() -> tuple[StackingRule, ...]:
    """The curated stacking rules."""
    return _shipped().rules


def cited(facts: Iterable[TariffMeasure | StackingRule]) -> Iterator[Instrument]:
    """The curated acts that lay down these facts."""
    for id_ in sorted({each.instrument for each in facts if each.instrument}):
        yield instruments()[id_]
