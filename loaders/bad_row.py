"""A row of a file that cannot be loaded: where it stands, and why."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class BadRow:
    """What a loader yields in the place of a record. `line` counts from 1, the head of the file included."""

    line: int
    column: str | None
    value: str | None
    reason: str

    def as_dict(self) -> dict[str, str | int | None]:
        """For the quarantine file."""
        return asdict(self)
