"""`tradegraph doctor`: what is well, what is not, and how to mend it."""

from __future__ import annotations

import asyncio
import importlib.metadata
import shutil
import sys
from collections.abc import Iterator

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

import schema
from api.cli import doctor_store
from api.cli.database import driver_of
from api.cli.finding import Finding
from api.settings import Settings, SettingsError
from graph.audit import audit
from graph.connection import Connection
from graph.embedded.server import status

NEEDED = 2 * 1024**3
"""Bytes of disk that a first start needs with room to work."""


def examine(settings: Settings) -> list[Finding]:
    """All findings; a database that does not run is one of them."""
    return [*_machine(settings), *doctor_store.machine(settings), *asyncio.run(_database(settings))]


def _machine(settings: Settings) -> Iterator[Finding]:
    names = ("neo4j", "starlette", "strawberry-graphql")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)
    yield Finding("versions", True, f"Python {sys.version.split()[0]}, {versions}")
    ours = "ontology" in str(schema.__doc__)
    yield Finding(
        "packages",
        ours,
        f"schema is {schema.__file__}",
        "another package named schema hides ours: use a fresh environment",
    )
    home = settings.home
    while not home.exists():
        home = home.parent
    free = shutil.disk_usage(home).free
    yield Finding(
        "disk",
        free > NEEDED,
        f"{free // 1024**2} MiB free at {home}",
        f"free {NEEDED // 1024**2} MiB, or set TRADEGRAPH_HOME",
    )


async def _database(settings: Settings) -> list[Finding]:
    try:
        where = _where(settings)
    except SettingsError as error:
        return [Finding("database", False, str(error), "set it and try again")]
    if where is None:
        return [
            Finding(
                "database",
                False,
                "no embedded database runs",
                "start it: tradegraph up, or tradegraph db start",
            )
        ]
    try:
        async with driver_of(where) as driver:
            info = await driver.get_server_info()
            found = [Finding("database", True, f"{info.agent} at {where.uri}, driver {neo4j.__version__}")]
            found.append(await doctor_store.graph_version(driver, where.database))
            checks = await audit(driver, where.database)
    except (DriverError, Neo4jError, OSError) as error:
        return [
            Finding(
                "database",
                False,
                f"{where.uri} does not answer ({type(error).__name__})",
                "see docs/embedded.md, or check NEO4J_URI and the password",
            )
        ]
    return found + [Finding(check.name, check.count == 0, check.detail, check.mend) for check in checks]


def _where(settings: Settings) -> Connection | None:
    if settings.neo4j_uri:
        return Connection(settings.neo4j_uri, settings.neo4j_user, settings.password, settings.neo4j_database)
    live = status(settings.home)
    return live.connection if live else None
