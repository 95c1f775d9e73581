"""The service under load while things fail around it: `python -m benchmarks.faults bolt://127.0.0.1:7687 --minutes 60 --every 120`.

On a database (user and password by NEO4J_USER and NEO4J_PASSWORD) that holds what ships. Clients ask ordinary questions all the
time; the wire to the database is cut and joined, clients hang up by the hundred, half-sent requests pile up, slow questions use up the
pool of connections. Counts what was answered, what was told to be an error, and what was wrong: an answer without an error that is
not the one given at the beginning. Says memory, open files and the seconds until readiness after each cut. Exits with 1 where an answer
was wrong, or the service was not ready again in time.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import httpx
import psutil

from benchmarks.hostile import NORMAL
from graph.connection import Connection
from tests.http import served
from tests.wire import Wire

CLIENTS = 8
SLOW = {
    "query": "query ($codes: [String!]) { agreements(filter: { parties: $codes }) { totalCount } encounters(first: 100) { totalCount } }",
    "variables": {"codes": ["US"] * 400},
}
READY_SECONDS = 10.0


@dataclass
class Run:
    """What was seen so far."""

    address: str
    right: dict[str, Any] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    ready_after: list[float] = field(default_factory=list)
    over: bool = False


Fault = Callable[[Run, Wire], Coroutine[Any, Any, None]]


async def answer(client: httpx.AsyncClient, document: str) -> dict[str, Any]:
    """The whole answer; an error of the transport as one."""
    try:
        found: dict[str, Any] = (await client.post("/graphql", json={"query": document})).json()
    except (httpx.TransportError, ValueError) as error:
        return {"errors": [{"extensions": {"code": type(error).__name__}}]}
    return found


async def ask(run: Run) -> None:
    """One client, until all is over."""
    async with httpx.AsyncClient(base_url=run.address, timeout=120) as client:
        for document in itertools.cycle(random.sample(NORMAL, len(NORMAL))):
            if run.over:
                return
            told = await answer(client, document)
            if "errors" in told:
                run.seen[told["errors"][0]["extensions"]["code"]] += 1
            elif told["data"] == run.right[document]:
                run.seen["right"] += 1
            else:
                run.wrong.append(json.dumps(told)[:300])


async def until_ready(run: Run, status: int) -> float:
    """Seconds until readiness has this status."""
    began = time.monotonic()
    async with httpx.AsyncClient(base_url=run.address, timeout=60) as client:
        while (await client.get("/health/ready")).status_code != status:
            await asyncio.sleep(0.1)
    return time.monotonic() - began


async def cut(run: Run, wire: Wire) -> None:
    """The database is gone for a while."""
    wire.cut()
    await until_ready(run, 503)
    await asyncio.sleep(2)
    wire.join()
    run.ready_after.append(await until_ready(run, 200))


async def hang_up(run: Run, _: Wire) -> None:
    """A hundred clients ask something slow and leave."""

    async def leave() -> None:
        async with httpx.AsyncClient(base_url=run.address, timeout=random.uniform(0.05, 1.0)) as client:
            try:
                await client.post("/graphql", json=SLOW)
            except httpx.TransportError:
                run.seen["left"] += 1

    await asyncio.gather(*(leave() for _ in range(100)))


async def half_sent(run: Run, _: Wire) -> None:
    """Two hundred requests of which only a part comes."""
    where = urlsplit(run.address)
    writers = [(await asyncio.open_connection(where.hostname, where.port))[1] for _ in range(200)]
    for writer in writers:
        writer.write(b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-")
    await asyncio.sleep(3)
    for writer in writers:
        writer.close()


async def crowd(run: Run, _: Wire) -> None:
    """More slow questions than there are connections to the database."""

    async def slowly() -> None:
        async with httpx.AsyncClient(base_url=run.address, timeout=180) as client:
            told = (await client.post("/graphql", json=SLOW)).json()
            run.seen["slow: " + (told["errors"][0]["extensions"]["code"] if "errors" in told else "answered")] += 1

    await asyncio.gather(*(slowly() for _ in range(120)))


FAULTS: tuple[Fault, ...] = (cut, hang_up, half_sent, crowd)


def used() -> dict[str, float]:
    """Of this process, in which the service runs too."""
    process = psutil.Process()
    return {"memory_mb": round(process.memory_info().rss / 1e6, 1), "files": process.num_fds()}


async def work(run: Run, wire: Wire, faults: Sequence[Fault], seconds: float, every: float) -> list[dict[str, float]]:
    """Load and faults; what was used after each round of faults."""
    async with httpx.AsyncClient(base_url=run.address, timeout=120) as client:
        run.right = {document: (await answer(client, document))["data"] for document in NORMAL}
    clients = [asyncio.create_task(ask(run)) for _ in range(CLIENTS)]
    end, uses = time.monotonic() + seconds, [used()]
    for fault in itertools.cycle(faults):
        if time.monotonic() > end:
            break
        began = time.monotonic()
        await fault(run, wire)
        print(
            f"{fault.__name__}: {time.monotonic() - began:.1f} s, {dict(run.seen)}, {len(run.wrong)} wrong, {used()}",
            flush=True,
        )
        uses.append(used())
        await asyncio.sleep(max(0.0, every - (time.monotonic() - began)))
    run.over = True
    await asyncio.gather(*clients)
    return uses


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("uri")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--every", type=float, default=120.0)
    parser.add_argument("--only", choices=[each.__name__ for each in FAULTS], help="one kind of fault alone")
    given = parser.parse_args()
    faults = [each for each in FAULTS if given.only in (None, each.__name__)]
    where = urlsplit(given.uri)
    wire = Wire(where.hostname or "127.0.0.1", where.port or 7687)
    wire.join()
    user, password = os.environ.get("NEO4J_USER", "neo4j"), os.environ.get("NEO4J_PASSWORD", "neo4j")
    through = Connection(f"bolt://127.0.0.1:{wire.port}", user, password, "neo4j")
    with TemporaryDirectory() as home, served(through, Path(home)) as address:
        run = Run(address)
        uses = asyncio.run(work(run, wire, faults, given.minutes * 60, given.every))
    slowest = max(run.ready_after, default=0.0)
    print(
        json.dumps(
            {"seen": run.seen, "wrong": run.wrong[:5], "cuts": len(run.ready_after), "ready_after_s": round(slowest, 1)}
        )
    )
    print(json.dumps({"first": uses[0], "after_one_round": uses[min(len(faults), len(uses) - 1)], "last": uses[-1]}))
    return 1 if run.wrong or slowest > READY_SECONDS else 0


if __name__ == "__main__":
    raise SystemExit(main())
