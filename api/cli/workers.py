"""Several processes that serve at one address: the first loads and looks after the others."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import shutil
import socket
from multiprocessing.connection import Connection as Pipe
from multiprocessing.process import BaseProcess

import uvicorn

from api.app import create_app
from api.cli.database import driver_of
from api.gql.schema import schema
from api.http.journal import write_log
from api.http.policy import policy_of
from api.http.server import GRACE_SECONDS, config
from api.memory import collect_seldom
from api.settings import Settings
from graph.connection import Connection
from graph.reads.statement import Database

LOG = logging.getLogger("tradegraph.workers")
SPAWN = multiprocessing.get_context("spawn")
LOOK_EVERY = 1.0
"""Seconds after which a worker that has ended is noticed and another started."""


async def helped(settings: Settings, where: Connection, listening: socket.socket, ready: asyncio.Task[None]) -> None:
    """Keep the further workers at work once the data is there, until this is cancelled; then they finish and end."""
    await asyncio.wait({ready})
    if settings.workers == 1 or ready.cancelled() or ready.exception() is not None:
        return
    shutil.rmtree(settings.home / "metrics", ignore_errors=True)
    ours, theirs = SPAWN.Pipe()
    workers: list[BaseProcess] = []
    try:
        while True:
            for each in [each for each in workers if not each.is_alive()]:
                LOG.error("worker %s ended with %s: another is started", each.pid, each.exitcode)
                workers.remove(each)
            while len(workers) < settings.workers - 1:
                workers.append(SPAWN.Process(target=work, args=(settings, where, listening, theirs), daemon=True))
                workers[-1].start()
            await asyncio.sleep(LOOK_EVERY)
    finally:
        for each in workers:
            each.terminate()
        for each in workers:
            await asyncio.to_thread(each.join, GRACE_SECONDS)
        ours.close()


def work(settings: Settings, where: Connection, listening: socket.socket, first: Pipe) -> None:
    """Serve until SIGTERM, or until the first process is gone."""
    write_log(settings.log_requests)
    asyncio.run(_serve(settings, where, listening, first))


async def _serve(settings: Settings, where: Connection, listening: socket.socket, first: Pipe) -> None:
    async with driver_of(where) as driver:
        database = Database(driver, where.database, settings.query_timeout, settings.base_uri)
        app = create_app(database, settings.home, policy_of(settings))
        app.state.loaded = True
        schema()  # built before the first request, which would wait for it
        collect_seldom()
        server = uvicorn.Server(config(app))

        def alone() -> None:
            server.should_exit = True

        asyncio.get_running_loop().add_reader(first.fileno(), alone)
        await server.serve(sockets=[listening])
