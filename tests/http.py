"""Asking the application over HTTP, in one process."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette

from api.app import create_app
from api.cli.database import driver_of
from api.http.policy import Policy
from graph.connection import Connection
from graph.reads.statement import Database


async def call(app: Starlette, method: str, path: str, **more: Any) -> httpx.Response:
    """One request to the application."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        return await client.request(method, path, **more)


def refused(method: str, path: str = "/graphql", policy: Policy | None = None, **more: Any) -> httpx.Response:
    """The answer to a request for which no database is needed: whatever asks it is told that it does not answer."""

    async def work() -> httpx.Response:
        async with driver_of(Connection("bolt://127.0.0.1:9", "neo4j", "hidden", "neo4j")) as driver:
            app = create_app(Database(driver, "neo4j", 5.0, "https://tradegraph.invalid"), Path("/nowhere"), policy)
            return await call(app, method, path, **more)

    return asyncio.run(work())
