"""The duties under section 301 on products of China whose scope the lists of the tracker are, and the notices that laid them down.

Headings and rates: chapter 99 of the schedule and the tracker's parameters; days and notices: the notices of the Trade Representative
in the Federal Register. A list holds a line at the rates of its stages, each from its first day until the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

NOTICES = {
    "83-fr-28710": (date(2018, 6, 20), "first action: list 1"),
    "83-fr-40823": (date(2018, 8, 16), "second action: list 2"),
    "83-fr-47974": (date(2018, 9, 21), "third action: list 3"),
    "84-fr-20459": (date(2019, 5, 9), "increase of the duty of list 3"),
    "84-fr-45821": (date(2019, 8, 30), "fourth action: lists 4A and 4B at 15 percent"),
    "84-fr-69447": (date(2019, 12, 18), "suspension of the duty of list 4B"),
    "85-fr-3741": (date(2020, 1, 22), "reduction of the duty of list 4A"),
    "89-fr-76581": (date(2024, 9, 18), "modification of the actions after the four-year review"),
    "89-fr-101682": (date(2024, 12, 16), "modification for tungsten, wafers and polysilicon"),
}
"""The day of publication of each notice, and what it did."""


@dataclass(frozen=True)
class Stage:
    """A rate, its first day, and the notice that laid it down."""

    duty: str
    start: date
    notice: str


@dataclass(frozen=True)
class Programme:
    """A list: its heading, its path below S301, the note that lists it, its stages, and a suspension from a day by a notice.

    `described`: the heading means only goods of the line that its words describe, and is charged in place of the list that the line
    stands on. `before`: its lines may have stood on a list before.
    """

    heading: str
    path: str
    note: str
    stages: tuple[Stage, ...]
    suspended: tuple[date, str] | None = None
    described: bool = False
    before: bool = False


_SEPTEMBER, _JANUARY, _LATER = date(2024, 9, 27), date(2025, 1, 1), date(2026, 1, 1)
_REVIEW, _WAFERS = "89-fr-76581", "89-fr-101682"


def _review(
    heading: str, letter: str, duty: str, start: date, notice: str = _REVIEW, described: bool = False
) -> Programme:
    path = f"china/review/{heading.replace('.', '-')}"
    stages = (Stage(duty, start, notice),)
    return Programme(heading, path, f"US note 31({letter})", stages, described=described, before=not described)


_THIRD = (Stage("10%", date(2018, 9, 24), "83-fr-47974"), Stage("25%", date(2019, 5, 10), "84-fr-20459"))
_FOURTH = (Stage("15%", date(2019, 9, 1), "84-fr-45821"), Stage("7.5%", date(2020, 2, 14), "85-fr-3741"))
_PUT_OFF = (Stage("15%", date(2019, 12, 15), "84-fr-45821"),)
_IN_ORDER = (
    _review("9903.91.01", "b", "25%", _SEPTEMBER),
    _review("9903.91.02", "c", "50%", _SEPTEMBER),
    _review("9903.91.03", "d", "100%", _SEPTEMBER),
    _review("9903.91.05", "f", "50%", _JANUARY),
    _review("9903.91.06", "g", "25%", _LATER),
    _review("9903.91.07", "h", "50%", _LATER, described=True),
    _review("9903.91.08", "i", "100%", _LATER),
    _review("9903.91.11", "j", "25%", _JANUARY, _WAFERS),
    _review("9903.92.10", "a", "25%", _SEPTEMBER, described=True),
    Programme("9903.88.01", "china/list-1", "US note 20(b)", (Stage("25%", date(2018, 7, 6), "83-fr-28710"),)),
    Programme("9903.88.02", "china/list-2", "US note 20(d)", (Stage("25%", date(2018, 8, 23), "83-fr-40823"),)),
    Programme("9903.88.03", "china/list-3", "US note 20(f)", _THIRD),
    Programme("9903.88.04", "china/list-3", "US note 20(g)", _THIRD),
    Programme("9903.88.15", "china/list-4a", "US note 20(s)", _FOURTH),
    Programme("9903.88.16", "china/list-4b", "US note 20(u)", _PUT_OFF, suspended=(date(2019, 12, 15), "84-fr-69447")),
)
PROGRAMMES = {each.heading: each for each in _IN_ORDER}
"""By heading, in the order of precedence: a line that several lists hold pays the first. The review took its lines out of the older
lists, and the tracker's later lists hold lines that their notes only name as those of the earlier ones."""

EARLIER = {
    "85076000": Programme("9903.88.15", "china/list-4a", "US note 20, exclusions from heading 9903.88.15", _FOURTH)
}
"""Lines of the review of which a note shows on which list they stood before: it grants an exclusion from the duty of that list."""

NOT_IN_NOTE = frozenset({("9903.88.03", "84433210")})
"""Lines that a list holds and its note does not: the only ones of the present schedule that another list has at another rate."""
