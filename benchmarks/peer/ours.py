"""Our service on a graph that is there: `python -m benchmarks.peer.ours PORT`, NEO4J_URI names the graph. Loads nothing."""

from __future__ import annotations

import asyncio
import sys

import uvicorn

from api.app import create_app
from api.cli.database import driver_of
from api.gql.schema import schema
from api.http.policy import policy_of
from api.http.server import config
from api.memory import collect_seldom
from api.settings import read_settings
from graph.connection import Connection
from graph.reads.statement import Database


async def _serve(port: int) -> None:
    settings = read_settings()
    assert settings.neo4j_uri, "NEO4J_URI names the graph"
    where = Connection(settings.neo4j_uri, settings.neo4j_user, settings.password, settings.neo4j_database)
    async with driver_of(where) as driver:
        app = create_app(Database(driver, where.database, 60.0, settings.base_uri), settings.home, policy_of(settings))
        schema()
        collect_seldom()
        served = config(app)
        served.port = port
        await uvicorn.Server(served).serve()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
