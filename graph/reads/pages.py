"""Pages of connections: how many, from where, and what clients see of it."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from graph.reads.problem import QuestionError

LIMIT = 100
LIMITS = {"TariffMeasure": 1000, "Product": 1000}
UNPAGED = 1000
"""Lists without pages hold at most this many."""


def page_size(target: str, first: Any) -> int:
    """The page size asked for. Raises QuestionError outside 1 to 100 (1000 for measures and products)."""
    most = LIMITS.get(target, LIMIT)
    if not isinstance(first, int) or not 1 <= first <= most:
        raise QuestionError(f"first: {first} is out of range: ask for 1 to {most} and page on with `after`")
    return first


def offset_of(cursor: str | None) -> int:
    """The position after a cursor, 0 without one. Raises QuestionError for a text that we did not give."""
    if cursor is None:
        return 0
    try:
        word, number = base64.b64decode(cursor, validate=True).decode().split(":")
        if word != "after" or not number.isascii() or not number.isdigit() or len(number) > 15:
            raise ValueError(cursor)
    except (ValueError, binascii.Error) as error:
        raise QuestionError("after: not a cursor of ours: pass on `endCursor` of the page before") from error
    return int(number)


def cursor_of(position: int) -> str:
    """The cursor of the item at a position, counted from 1."""
    return base64.b64encode(f"after:{position}".encode()).decode()


@dataclass(frozen=True)
class Page:
    """One page: items already shaped, whether there are more, and the number of all where it was asked for."""

    offset: int
    items: list[Any]
    more: bool
    total: int | None

    @property
    def info(self) -> dict[str, Any]:
        """The fields of PageInfo."""
        return {
            "hasNextPage": self.more,
            "hasPreviousPage": self.offset > 0,
            "startCursor": cursor_of(self.offset + 1) if self.items else None,
            "endCursor": cursor_of(self.offset + len(self.items)) if self.items else None,
        }
