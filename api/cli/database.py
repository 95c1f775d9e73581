"""Which database a command speaks to: the one that is set, the embedded one that runs, or one started for the command."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from neo4j import AsyncDriver, AsyncGraphDatabase

from api.settings import Settings
from graph import store
from graph.connection import Connection
from graph.embedded.progress import progress_on
from graph.embedded.server import running, status
from graph.reads.statement import Database


@contextmanager
def connection(settings: Settings, own: bool = False) -> Iterator[Connection]:
    """A connection for as long as the command needs it.

    `own`: the command wants the embedded store for itself. Raises the errors of `graph.embedded`.
    """
    if settings.neo4j_uri:
        yield Connection(settings.neo4j_uri, settings.neo4j_user, settings.password, settings.neo4j_database)
        return
    live = None if own else status(settings.home)
    if live is not None:
        yield live.connection
        return
    with running(settings.home, progress_on()) as started:
        yield started


@asynccontextmanager
async def opened(settings: Settings, where: Connection) -> AsyncIterator[Database]:
    """The database, made fit for this program. Raises NewerGraphError."""
    async with driver_of(where) as driver:
        await store.prepare(driver, where.database)
        yield Database(driver, where.database, settings.query_timeout, settings.base_uri)


def driver_of(where: Connection) -> AsyncDriver:
    """A driver; the caller closes it, and says itself what goes wrong. Notifications are off: the planner's hints are no news to users."""
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)
    return AsyncGraphDatabase.driver(
        where.uri,
        auth=(where.user, where.password),
        notifications_min_severity="OFF",
        connection_timeout=5,
        max_transaction_retry_time=8,
    )
