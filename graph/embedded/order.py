"""What the parent tells its child: one line of JSON on standard input."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.embedded.state import Process

STORE_IN_USE = 75
"""Exit code of a child that finds the store locked (EX_TEMPFAIL)."""


@dataclass(frozen=True)
class Order:
    """How to serve which store, and whom to end with."""

    home: str
    port: int
    heap: str
    page_cache: str
    classpath: list[str]
    owner: Process | None

    @property
    def folder(self) -> Path:
        """The state folder."""
        return Path(self.home)

    def dumps(self) -> bytes:
        """The line."""
        return json.dumps(asdict(self)).encode() + b"\n"


def loads(line: bytes) -> Order:
    """The order in the line."""
    found = json.loads(line)
    owner = found.pop("owner")
    return Order(**found, owner=Process(**owner) if owner else None)
