"""The periods over which an answer does not change."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from schema.assessment import Assessment, assess
from schema.goods import Goods
from schema.stacking_inputs import Inputs, Measure, Period

LONGEST = 1000
"""Periods that a timeline may have."""


class TooLongError(ValueError):
    """The timeline has more periods than a list may hold."""


@dataclass(frozen=True)
class Stretch:
    """A period [start, end) with its answer, which is the same on every day of it; `day` is one of them. None is open."""

    start: date | None
    end: date | None
    day: date
    answer: Assessment


def timeline(
    start: date | None, end: date | None, known: date, inputs: Inputs, goods: Goods | None = None
) -> list[Stretch]:
    """Tile [start, end) with periods of equal answers. Raises TooLongError for more than LONGEST.

    Without `start` it begins on the first day of any measure, or is open where one has always held; without `end` it is open.
    """
    found: list[Stretch] = []
    start = start or _first(inputs.measures, end)
    for begin, stop, some in _tiles(start, end, breaks(inputs, goods or Goods())):
        day = some or known
        answer = assess(day, known, inputs, goods=goods)
        if found and found[-1].answer == answer:
            found[-1] = Stretch(found[-1].start, stop, found[-1].day, answer)
        else:
            found.append(Stretch(begin, stop, day, answer))
        if len(found) > LONGEST:
            raise TooLongError(f"the answer changes more than {LONGEST} times")
    return found


def breaks(inputs: Inputs, goods: Goods) -> set[date]:
    """Every day on which an answer can differ from that of the day before."""
    periods = [each.period for part in (inputs.measures, inputs.rules, inputs.suspensions) for each in part]
    periods += [each.period for each in inputs.belongings]
    days = {day for period in periods for day in _edges(period)}
    if goods.loaded_on:
        days |= {each.in_transit_until for each in inputs.measures if each.in_transit_until}
    return days


def _edges(period: Period) -> Iterator[date]:
    """A partial date has two: from when the period may hold or end, and from when it certainly does."""
    for edge in (period.start, period.end):
        if edge:
            yield edge.first
            yield edge.last


def _first(measures: Iterable[Measure], end: date | None) -> date | None:
    """The first day of any measure; None where one has always held, or none begins before the end."""
    first = min((each.period.start.first if each.period.start else date.min for each in measures), default=date.min)
    return None if first == date.min or (end and first >= end) else first


def _tiles(
    start: date | None, end: date | None, days: Iterable[date]
) -> Iterator[tuple[date | None, date | None, date | None]]:
    """The stretches between the days within [start, end), each with a day of it, None where any is."""
    inner = sorted(day for day in days if (start is None or day > start) and (end is None or day < end))
    edges = [start, *inner, end]
    for begin, stop in itertools.pairwise(edges):
        yield begin, stop, begin or (stop and stop - timedelta(days=1))
