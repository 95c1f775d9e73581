"""What the shipped curated files state of acts of the United States, for loaders that meet the same acts elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from loaders import curated
from loaders.us_document import title_key
from schema.base import Organisation, Source
from schema.tariffs import Amendment, Instrument, InstrumentKind


@cache
def _records() -> tuple[Mapping[str, Source], Mapping[str, Instrument], frozenset[tuple[str, str]], Organisation]:
    records = list(curated.load([curated.SHIPPED]))
    sources = {each.url: each for each in records if isinstance(each, Source) and each.url}
    instruments = {each.id: each for each in records if isinstance(each, Instrument)}
    amended = frozenset((each.instrument, each.amends) for each in records if isinstance(each, Amendment))
    [house] = [each for each in records if isinstance(each, Organisation) and each.id == WHITE_HOUSE]
    return sources, instruments, amended, house


WHITE_HOUSE = "organisation/us/white-house"


def by_address() -> Mapping[str, Source]:
    """The curated sources by their addresses."""
    return _records()[0]


def instruments() -> Mapping[str, Instrument]:
    """The curated acts by their ids."""
    return _records()[1]


def publisher() -> Organisation:
    """The White House, as the curated files name it."""
    return _records()[3]


def amends(instrument: str, other: str) -> bool:
    """Whether curated files state that an act amends another, with its paragraph and from when."""
    return (instrument, other) in _records()[2]


def act_at(url: str) -> Instrument | None:
    """The curated act whose own source is at an address."""
    source = by_address().get(url)
    return instruments().get(source.id.replace("source/", "instrument/", 1)) if source else None


def numbers() -> dict[tuple[InstrumentKind, date, str], str]:
    """The numbers of curated acts, by kind, day and title."""
    return {
        (each.kind, each.promulgated, title_key(each.name.partition(", ")[2])): each.number
        for each in instruments().values()
        if each.number and each.promulgated and ", " in each.name
    }
