"""Loading, with progress that a person can follow and a summary that a program can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console

from graph.reads.statement import Database
from graph.upsert import Loaded, upsert
from loaders import curated


@dataclass(frozen=True)
class Summary:
    """What a load did: records read, and nodes and relations that were new."""

    source: str
    records: int
    new_nodes: int
    new_relations: int

    def as_dict(self) -> dict[str, str | int]:
        """For `--json`."""
        return asdict(self)

    def __str__(self) -> str:
        """One line for a person."""
        if not self.new_nodes and not self.new_relations:
            return f"{self.source}: {self.records} records, all there already"
        return f"{self.source}: {self.records} records, {self.new_nodes} new nodes, {self.new_relations} new relations"


async def load_curated(database: Database, paths: Sequence[Path], console: Console) -> Summary:
    """Load curated files. Raises CuratedError, and then has written nothing."""
    records = list(curated.load(paths))
    done = Loaded(0, 0, 0)
    with console.status(f"loading {len(records)} records") as shown:
        async for done in upsert(database.driver, database.name, records):
            shown.update(f"loading: {done.records} of {len(records)} records")
    name = "shipped data" if list(paths) == [curated.SHIPPED] else ", ".join(str(path) for path in paths)
    return Summary(name, done.records, done.nodes, done.relations)
