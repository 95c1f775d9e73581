"""Registers that are published again and again: what follows from the releases of one row (design.md, section 2).

An unchanged row is one statement with more evidence. A changed row is a new statement, known from that release, that
supersedes the old, which is restated with its end. A vanished row is restated with its end between the two releases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from schema.dates import PartialDate, within


@dataclass(frozen=True)
class Stated:
    """What one release states of the row: a fact by its id, and the period that it states; None where the row is missing."""

    fact: str
    start: PartialDate | None
    end: PartialDate | None


@dataclass(frozen=True)
class Release:
    """One release: its source and its day."""

    source: str
    day: date


@dataclass(frozen=True)
class Restated:
    """A statement that follows from two releases: `base` with another start or end, known from the release `source`."""

    base: str
    source: str
    start: PartialDate | None
    end: PartialDate | None
    supersedes: tuple[str, ...]


@dataclass(frozen=True)
class Settled:
    """What follows for a row: since when each fact was known by each release, who supersedes whom, what is restated."""

    known: dict[tuple[str, str], date]
    supersedes: tuple[tuple[str, str], ...]
    restated: tuple[Restated, ...]


def settle(releases: Sequence[Release], stated: Sequence[Stated | None]) -> Settled:
    """Settle one row. `releases` rise by day; `stated` says what each of them states of the row."""
    known: dict[tuple[str, str], date] = {}
    supersedes: list[tuple[str, str]] = []
    restated: list[Restated] = []
    seen: set[str] = set()
    for index, (release, row) in enumerate(zip(releases, stated, strict=True)):
        before = stated[index - 1] if index else None
        if row is not None:
            known[row.fact, release.source] = _known(index, release, row)
        if index and row != before:
            again = row is not None and row.fact in seen
            between = _between(releases[index - 1].day, release.day)
            end = _end(before, row, again, between)
            if before is not None and end is not None:
                restated.append(Restated(before.fact, release.source, before.start, end, (before.fact,)))
            if row is not None and again:
                restated.append(Restated(row.fact, release.source, between, row.end, ()))
            elif row is not None and before is not None:
                supersedes.append((row.fact, before.fact))
        if row is not None:
            seen.add(row.fact)
    return Settled(known, tuple(supersedes), tuple(restated))


def _known(index: int, release: Release, row: Stated) -> date:
    """A register restates what was public: the first release that we have is known from the row's own first day."""
    if index == 0 and row.start is not None:
        return min(row.start.first, release.day)
    return release.day


def _end(before: Stated | None, row: Stated | None, again: bool, between: PartialDate) -> PartialDate | None:
    """Where the statement before ends: at the start of the one that replaces it, or between the releases if it vanished."""
    if before is None:
        return None
    if row is None or again:
        return between
    if row.start is None or (before.start is not None and row.start.first <= before.start.first):
        return None
    return row.start


def _between(earlier: date, later: date) -> PartialDate:
    """Some day after the earlier release, at the latest that of the later one."""
    return within(earlier + timedelta(days=1), later)
