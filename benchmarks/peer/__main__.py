"""Our service beside @neo4j/graphql on Apollo Server, over one database, each one process: `python -m benchmarks.peer [MEASURES]`.

Makes the graph once (`--folder`), starts both, sees that they answer the same, then asks in turns: milliseconds of an answer to one client,
and beside the floor (our statement, run by the driver alone), answers a second to 16. Node comes with what builds the page.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psutil
from neo4j import READ_ACCESS

from api.cli.database import driver_of
from api.execute import execute
from api.web.build import node, npm
from benchmarks.peer.asks import ASKS, Ask
from benchmarks.peer.client import Client, busy, request_of
from benchmarks.peer.world import make
from benchmarks.recorded import Asked, recording
from graph import store
from graph.connection import Connection
from graph.embedded.progress import progress_on
from graph.embedded.server import running
from graph.reads.statement import Database

OURS, THEIRS = 8661, 8662
SERVER = Path(__file__).parent / "server"
INDEXES = ("Person) ON (n.id)", "Country) ON (n.code)")
"""What the peer looks up by: without them it would search all people."""


@contextmanager
def _started(command: list[str], environment: dict[str, str], folder: Path) -> Iterator[psutil.Process]:
    process = subprocess.Popen(command, env={**os.environ, **environment}, cwd=folder)
    try:
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


async def _answered(port: int, request: bytes, patience: float = 60.0) -> Any:
    """The data of the first answer; a server that has just been started is waited for."""
    until = time.monotonic() + patience
    while True:
        try:
            client = Client(port)
            return json.loads(await client.ask(request))["data"]
        except OSError:
            if time.monotonic() > until:
                raise
            await asyncio.sleep(0.2)


async def _statement(database: Database, ask: Ask, number: int) -> Asked:
    """The statement that our service sends for a question."""
    noting, asked = recording(database)
    await execute(noting, ask.ours, dict(ask.variables(number)[0]))
    [only] = asked
    return only


async def _milliseconds(work: Callable[[], Awaitable[Any]]) -> float:
    began = time.perf_counter()
    await work()
    return (time.perf_counter() - began) * 1000


async def _latencies(database: Database, ask: Ask, rounds: int) -> tuple[float, float, float]:
    """Medians of the floor, of ours and of theirs; all take turns, each round with other variables."""
    ours, theirs = Client(OURS), Client(THEIRS)
    found: list[tuple[float, float, float]] = []
    async with database.driver.session(database=database.name, default_access_mode=READ_ACCESS) as session:
        for number in range(rounds + 10):
            text, parameters = await _statement(database, ask, number)

            async def floor(text: str = text, parameters: dict[str, Any] = parameters) -> None:
                await (await session.run(text, parameters)).single(strict=True)

            mine, other = (request_of(d, v) for d, v in zip((ask.ours, ask.theirs), ask.variables(number), strict=True))
            await floor()  # what is asked has been read once, whoever comes first
            found.append(
                (
                    await _milliseconds(floor),
                    await _milliseconds(partial(ours.ask, mine)),
                    await _milliseconds(partial(theirs.ask, other)),
                )
            )
    ours.close()
    theirs.close()
    low, mid, high = (statistics.median(each) for each in zip(*found[10:], strict=True))
    return low, mid, high


async def _rates(ask: Ask, clients: int, seconds: float, rounds: int) -> tuple[float, float]:
    """Medians of answers a second, ours and theirs, in turns."""
    requests = [[request_of(d, ask.variables(n)[i]) for n in range(200)] for i, d in enumerate((ask.ours, ask.theirs))]
    found = [
        [await busy(port, each, clients, seconds) for port, each in zip((OURS, THEIRS), requests, strict=True)]
        for _ in range(rounds)
    ]
    mine, other = (statistics.median(each) for each in zip(*found, strict=True))
    return mine, other


async def _run(where: Connection, given: argparse.Namespace, servers: tuple[psutil.Process, psutil.Process]) -> None:
    async with driver_of(where) as driver:
        database = Database(driver, where.database, 60.0, "https://tradegraph.invalid")
        for ask in ASKS:
            for number in (1, 2, 3):
                mine, other = ask.variables(number)
                ours = ask.ours_says(await _answered(OURS, request_of(ask.ours, mine)))
                theirs = ask.theirs_says(await _answered(THEIRS, request_of(ask.theirs, other)))
                assert ours == theirs, (ask.name, str(ours)[:600], str(theirs)[:600])
                assert ours, ask.name
        print("question | floor ms | ours ms | of the floor | theirs ms | ours a second | theirs | ratio")
        for ask in ASKS:
            low, mid, high = await _latencies(database, ask, given.rounds)
            many, fewer = await _rates(ask, given.clients, given.seconds, 3)
            print(
                f"{ask.name} | {low:.1f} | {mid:.1f} | {mid / low:.2f} | {high:.1f} | {many:.0f} | {fewer:.0f} | {many / fewer:.1f}",
                flush=True,
            )
        for name, server in zip(("ours", "theirs"), servers, strict=True):
            cpu = sum(server.cpu_times()[:2])
            print(f"{name}: {cpu:.0f} s of CPU in all, {server.memory_info().rss >> 20} MB")


def main() -> None:
    """Make, start, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("measures", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/tradegraph-peer"))
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=4.0)
    given = parser.parse_args()
    server = given.folder / "server"
    shutil.copytree(SERVER, server, dirs_exist_ok=True)
    npm(server, "ci", "--ignore-scripts")
    make(given.folder / str(given.measures), given.measures)
    with running(given.folder / str(given.measures), progress_on(), heap="1g", page_cache="512m") as where:
        asyncio.run(_prepared(where))
        here = {"NEO4J_URI": where.uri, "NEO4J_USER": where.user, "NEO4J_PASSWORD": where.password}
        ours = [sys.executable, "-m", "benchmarks.peer.ours", str(OURS)]
        theirs = [str(node()), "server.mjs", where.uri, where.user, where.password, str(THEIRS)]
        with _started(ours, here, Path.cwd()) as mine, _started(theirs, {"NODE_ENV": "production"}, server) as other:
            asyncio.run(_run(where, given, (mine, other)))


async def _prepared(where: Connection) -> None:
    async with driver_of(where) as driver:
        await store.prepare(driver, where.database)
        for text in INDEXES:
            await driver.execute_query(f"CREATE INDEX IF NOT EXISTS FOR (n:{text}", database_=where.database)
        await driver.execute_query("CALL db.awaitIndexes(600)", database_=where.database)


if __name__ == "__main__":
    main()
