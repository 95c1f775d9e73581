"""Who held which post: appointments, cut where their characteristics say that someone was acting or on leave."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.bad_row import BadRow
from loaders.csv_rows import Row
from loaders.ifg_source import UUID, evidence, period
from schema.people import Tenure

_TRUTH = re.compile("True|False")
CHARACTERISTIC = {"id": UUID, "appointment_id": UUID, "is_acting": _TRUTH, "is_on_leave": _TRUTH}
Span = tuple[str, str]
"""A start and an end as the file writes them; an empty end is open."""


@dataclass
class _Piece:
    """Days with one set of marks."""

    days: Span
    acting: bool
    on_leave: bool


@dataclass
class Appointments:
    """What the two tables say of each other. `whole`: both were among the files."""

    spans: dict[str, Span] = field(default_factory=dict)
    pieces: dict[str, list[_Piece]] = field(default_factory=lambda: defaultdict(list))
    whole: bool = False

    def tenures(self, row: Row) -> Iterator[Tenure | BadRow]:
        """The tenures of an appointment: one, or several where marks change."""
        cells, pieces = row.cells, self.pieces[row.cells["id"]]
        days = cells["start_date"], cells["end_date"]
        fits = self._fits(row.cells["id"])
        if not pieces or (not fits and any(each.acting or each.on_leave for each in pieces)):
            reason = "no characteristics that fit its days say whether it was acting or on leave"
            yield BadRow(row.line, "id", cells["id"], reason)
            return
        whole = [_Piece(days, False, False)]
        for piece in _joined(pieces) if fits else whole:
            start, end = period(*piece.days)
            key = f"appointment/{cells['id']}" + (f"/{piece.days[0]}" if piece.days[0] != days[0] else "")
            yield Tenure(
                person=f"person/ifg/{cells['person_id']}",
                post=f"post/ifg/{cells['post_id']}",
                acting=piece.acting,
                on_leave=piece.on_leave,
                valid_from=start,
                valid_to=end,
                key=f"ifg/{key}",
                **evidence(key),
            )

    def misfit(self, row: Row) -> BadRow | None:
        """Characteristics of no appointment, or of other days than its appointment."""
        appointment = row.cells["appointment_id"]
        if appointment not in self.spans:
            return BadRow(row.line, "appointment_id", appointment, "no appointment of this id can be read")
        if self._fits(appointment):
            return None
        start, end = self.spans[appointment]
        value = f"{row.cells['start_date']}/{row.cells['end_date']}"
        return BadRow(row.line, "end_date", value, f"the days do not fit those of the appointment, {start}/{end}")

    def _fits(self, appointment: str) -> bool:
        """Whether the characteristics follow each other through all days of the appointment."""
        pieces = sorted(self.pieces[appointment], key=lambda each: each.days)
        if not pieces or (pieces[0].days[0], pieces[-1].days[1]) != self.spans[appointment]:
            return False
        return all(one.days[1] == two.days[0] for one, two in pairwise(pieces))


def appointments_among(tables: Iterable[tuple[str, Iterator[Row | BadRow]]]) -> Appointments:
    """What the tables of appointments say; others are passed over."""
    found, seen = Appointments(), set()
    for name, rows in tables:
        if name not in ("appointment", "appointment_characteristics"):
            continue
        seen.add(name)
        for row in rows:
            if isinstance(row, Row):
                _note(found, name, row)
    found.whole = len(seen) == 2
    return found


def _note(found: Appointments, name: str, row: Row) -> None:
    cells = row.cells
    days = cells["start_date"], cells["end_date"]
    if days[1] and days[1] <= days[0]:
        return
    if name == "appointment":
        found.spans[cells["id"]] = days
    else:
        acting, leave = cells["is_acting"] == "True", cells["is_on_leave"] == "True"
        found.pieces[cells["appointment_id"]].append(_Piece(days, acting, leave))


def _joined(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Pieces in their order, those that follow with the same marks as one: only the rank in cabinet changed."""
    open_: _Piece | None = None
    for piece in sorted(pieces, key=lambda each: each.days):
        if open_ and (open_.acting, open_.on_leave) == (piece.acting, piece.on_leave):
            open_ = _Piece((open_.days[0], piece.days[1]), piece.acting, piece.on_leave)
            continue
        if open_:
            yield open_
        open_ = piece
    if open_:
        yield open_
