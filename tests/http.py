"""Asking the application over HTTP: in one call, or at an address of its own."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette

from api.app import create_app
from api.cli.database import driver_of
from api.cli.up import listen
from api.http.policy import Policy
from api.http.server import HEAD_SECONDS, config
from graph.connection import Connection
from graph.reads.statement import Database

NOWHERE = Connection("bolt://127.0.0.1:9", "neo4j", "hidden", "neo4j")
"""No database is there."""
BASE = "https://tradegraph.invalid"


async def call(app: Starlette, method: str, path: str, **more: Any) -> httpx.Response:
    """One request to the application."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        return await client.request(method, path, **more)


def refused(method: str, path: str = "/graphql", policy: Policy | None = None, **more: Any) -> httpx.Response:
    """The answer to a request for which no database is needed: whatever asks it is told that it does not answer."""

    async def work() -> httpx.Response:
        async with driver_of(NOWHERE) as driver:
            app = create_app(Database(driver, "neo4j", 5.0, BASE), Path("/nowhere"), policy)
            return await call(app, method, path, **more)

    return asyncio.run(work())


@contextmanager
def served(
    connection: Connection, home: Path, policy: Policy | None = None, head_seconds: float = HEAD_SECONDS
) -> Iterator[str]:
    """The address of the service on a database, in a thread of its own."""
    with listen("127.0.0.1", 0) as listening:
        started: list[uvicorn.Server] = []

        async def serve() -> None:
            async with driver_of(connection) as driver:
                app = create_app(Database(driver, connection.database, 60.0, BASE), home, policy)
                app.state.loaded = True
                started.append(uvicorn.Server(config(app, head_seconds)))
                await started[0].serve(sockets=[listening])

        thread = threading.Thread(target=lambda: asyncio.run(serve()))
        thread.start()
        while thread.is_alive() and not (started and started[0].started):
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        started[0].should_exit = True
        thread.join(20)
