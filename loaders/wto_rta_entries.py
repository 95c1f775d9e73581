"""The column "Specific Entry/Exit dates" of the WTO's database: for which party an agreement began or ended on a day of its own.

Prose such as "Colombia(01-Aug-2013 - ); United Kingdom( - 31-Dec-2020)". 01-Jan-9999 stands for: not yet in force.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from loaders.party_lists import named
from schema.parties import Party

_ITEM = re.compile(r"\s*(?P<name>.+?)\s*\((?P<entry>[^()-]*(?:-[^()-]+-[^()-]+?)?) - (?P<exit>[^()]*)\)\s*")
_NEVER = 9999


class EntriesError(ValueError):
    """The prose is not of the form that is read; the message says where."""


@dataclass(frozen=True)
class Entry:
    """A party's own days; `pending`: it is not yet in force for the party."""

    party: Party
    entry: date | None
    exit: date | None
    pending: bool


def entries_of(text: str | None) -> tuple[Entry, ...]:
    """Read the prose. Raises EntriesError and UnknownPartyError."""
    return tuple(_entry(item) for item in re.split(r"(?<=\));", text or "") if item.strip())


def _entry(item: str) -> Entry:
    match = _ITEM.fullmatch(item)
    if match is None:
        raise EntriesError(f"{item.strip()!r} is not of the form Party(day - day)")
    entry, end = _day(match["entry"]), _day(match["exit"])
    pending = entry is not None and entry.year == _NEVER
    return Entry(named(match["name"]), None if pending else entry, end, pending)


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return datetime.strptime(text.strip(), "%d-%b-%Y").date()
    except ValueError as error:
        raise EntriesError(f"{text.strip()!r} is not a day: write 31-Dec-2020") from error
