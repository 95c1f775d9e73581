"""Commands that care for the store as a whole: its checksum, dumps, and bringing them back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from api.cli.database import connection, opened
from api.settings import Settings, SettingsError
from graph import checksum as checksums
from graph.embedded import backup
from graph.embedded.progress import progress_on


def checksum(settings: Settings) -> dict[str, Any]:
    """The checksum of the graph, with the counts behind it."""

    async def work() -> checksums.Sums:
        async with opened(settings, where) as database:
            return await checksums.checksum(database.driver, database.name, progress_on())

    with connection(settings) as where:
        sums = asyncio.run(work())
    return {"checksum": sums.checksum, "nodes": sums.nodes, "relations": sums.relations}


def dump(settings: Settings, file: Path, force: bool) -> None:
    """Write the embedded store to a file. Raises EmbeddedError, SettingsError."""
    with _embedded(settings):
        backup.dump(settings.home, file, progress_on(), force=force)


def restore(settings: Settings, file: Path, force: bool) -> None:
    """Make the embedded store what the file holds. Raises EmbeddedError, SettingsError."""
    with _embedded(settings):
        backup.restore(settings.home, file, progress_on(), force=force)


@contextmanager
def _embedded(settings: Settings) -> Iterator[None]:
    if settings.neo4j_uri:
        raise SettingsError(
            "NEO4J_URI is set: this command is for the embedded store. Use neo4j-admin on the machine of that server, or unset it."
        )
    yield
