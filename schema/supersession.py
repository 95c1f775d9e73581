"""Facts that an act puts in the place of others cover the whole of their period, or the rest is declared void."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from schema.base import Fact
from schema.dates import PartialDate

Span = tuple[date, date]


def uncovered(target: Fact, superseding: Iterable[Fact]) -> Span | None:
    """The first stretch [from, to) of the target's period that none of the superseding facts of one act speaks of.

    None where all is covered or one of them declares the rest void (design.md, section 2). Partial dates are taken at their
    widest.
    """
    facts = list(superseding)
    if any(fact.rest_void for fact in facts):
        return None
    reached, end = _span(target)
    for start, stop in sorted(_span(fact) for fact in facts):
        if start > reached:
            break
        reached = max(reached, stop)
    return (
        None if reached >= end else (reached, min([end, *(start for start, _ in map(_span, facts) if start > reached)]))
    )


def _span(fact: Fact) -> Span:
    return _first(fact.valid_from), _last(fact.valid_to)


def _first(day: PartialDate | None) -> date:
    return day.first if day else date.min


def _last(day: PartialDate | None) -> date:
    return day.last if day else date.max
