"""The shipped data, loaded at the start: unless the graph has had the same of the same program, which then has nothing to add."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from api.cli.loading import Summary, load_curated
from graph import store
from graph.embedded.progress import Progress
from graph.reads.statement import Database
from loaders import curated

PROGRAM = tuple(Path(__file__).parents[2] / name for name in ("schema", "graph", "loaders"))
"""What decides which graph the files become."""


async def load_shipped(
    database: Database, quarantine: Path, progress: Progress, folder: Path = curated.SHIPPED
) -> Summary | None:
    """Load what ships; None where that was done before. Raises CuratedError. What is written last says that all is loaded."""
    shipped = fingerprint((folder, *PROGRAM))
    if await store.shipped(database.driver, database.name) == shipped:
        return None
    summary = await load_curated(database, [folder], quarantine, progress)
    await store.note_shipped(database.driver, database.name, shipped)
    return summary


def fingerprint(folders: Iterable[Path]) -> str:
    """The hash of all curated files and modules in the folders, by their places there."""
    whole = hashlib.sha256()
    for folder in folders:
        for file in sorted(file for file in folder.rglob("*") if file.suffix in (".py", *curated.SUFFIXES)):
            whole.update(f"{file.relative_to(folder)}\0".encode())
            whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()
