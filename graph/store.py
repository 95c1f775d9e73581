"""The graph made fit for this program before anything reads or writes it: its constraints, and the version of its form."""

from __future__ import annotations

from neo4j import AsyncDriver, AsyncManagedTransaction

from graph import constraints
from graph.migrations import FIRST, MIGRATIONS, Migration, version
from graph.restating import restate

_SHIPPED = "OPTIONAL MATCH (s:Store {id: 'store'}) RETURN s.shipped AS shipped"
_NOTE_SHIPPED = "MATCH (s:Store {id: 'store'}) SET s.shipped = $shipped"
_READ = "OPTIONAL MATCH (s:Store {id: 'store'}) RETURN s.version AS version"
_CONSTRAINT = "CREATE CONSTRAINT store_id IF NOT EXISTS FOR (n:Store) REQUIRE n.id IS UNIQUE"
# The property is set to be taken back: that takes the node's lock, which makes others wait until we have committed.
_LOCK = "MERGE (s:Store {id: 'store'}) SET s.lock = true REMOVE s.lock RETURN s.version AS version"
_SET = "MATCH (s:Store {id: 'store'}) SET s.version = $version"


class NewerGraphError(Exception):
    """The graph was written by a newer program. Do not touch it; show the message, it says what to do."""


async def prepare(driver: AsyncDriver, database: str, migrations: tuple[Migration, ...] = MIGRATIONS) -> None:
    """Apply migrations and constraints. Any number of processes may do so at once. Raises NewerGraphError.

    A graph that is newer is refused before anything is written to it.
    """
    held = await stored_version(driver, database)
    _refuse_newer(held, migrations)
    if held != version(migrations):
        await driver.execute_query(_CONSTRAINT, database_=database)
        async with driver.session(database=database) as session:
            for target in range(FIRST, version(migrations) + 1):
                await session.execute_write(_step, target, migrations)
    # After the steps: one of them may make room for a constraint that is new.
    await constraints.apply(driver, database)


async def stored_version(driver: AsyncDriver, database: str) -> int | None:
    """The version that the graph says it has; none where it says nothing."""
    found = await driver.execute_query(_READ, database_=database, routing_="r")
    number: int | None = found.records[0]["version"]
    return number


async def shipped(driver: AsyncDriver, database: str) -> str | None:
    """Which shipped data the graph has had whole, as `note_shipped` was told; None where none."""
    found = await driver.execute_query(_SHIPPED, database_=database, routing_="r")
    held: str | None = found.records[0]["shipped"]
    return held


async def note_shipped(driver: AsyncDriver, database: str, shipped: str) -> None:
    """Say that all of this shipped data is in the graph."""
    await driver.execute_query(_NOTE_SHIPPED, shipped=shipped, database_=database)


async def _step(tx: AsyncManagedTransaction, target: int, migrations: tuple[Migration, ...]) -> None:
    """Bring the graph from the version before to `target`, unless it is there: another process may have been faster."""
    record = await (await tx.run(_LOCK)).single(strict=True)
    held = record["version"] or FIRST
    _refuse_newer(held, migrations)
    for migration in migrations:
        if held < migration.number == target:
            for statement in migration.statements:
                await (await tx.run(statement)).consume()
            for kind in migration.again:
                await restate(tx, kind)
    await (await tx.run(_SET, version=max(held, target))).consume()


def _refuse_newer(held: int | None, migrations: tuple[Migration, ...]) -> None:
    if held is not None and held > version(migrations):
        raise NewerGraphError(
            f"The graph has version {held}, this program knows versions up to {version(migrations)}: it was written by a newer "
            "tradegraph. Update this one, or name another graph by TRADEGRAPH_HOME or NEO4J_URI."
        )
