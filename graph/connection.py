"""Where a Neo4j answers and as whom to speak to it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Connection:
    """What a driver needs. The password is kept out of `repr`, so that no log shows it."""

    uri: str
    user: str
    password: str = field(repr=False)
    database: str
