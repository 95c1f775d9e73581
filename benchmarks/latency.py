"""Answers beside their floor: `NEO4J_URI=… python -m benchmarks.latency [--repeats 30]`.

The floor of a question is its own statements, run by the driver alone. The floor, this service with plain graphql-core and this service as it
is take turns, so that what else the machine does falls on all. Time is told, and CPU of this process, which the database's is no part of.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from neo4j import READ_ACCESS
from starlette.applications import Starlette
from starlette.types import Message

from api.app import create_app
from api.cli.database import driver_of
from api.http.policy import Policy
from api.settings import read_settings
from benchmarks.recorded import recording
from graph.connection import Connection
from graph.reads.statement import Database

QUESTIONS = {
    "1 a country and its agreements": """{ party(code: "JP") { name code ... on Country { iso3 agreements { id name kind
        parties { code name } } } } }""",
    "2 a person, meetings, people": """{ person(id: "person/ryosei-akazawa") { name tenures { post { name } validFrom validTo }
        meetings(first: 50) { nodes { name start place participations { person { name } onBehalfOf { code } } } } } }""",
    "3 measures of a product on a day": """{ tariffMeasures(filter: { importer: "US", product: "8703.23.01" }, at: "2025-07-10", first: 50) {
        nodes { authority programme duty { text adValorem } validFrom validTo instrument { name } } } }""",
    "4 1,000 measures, nested": """{ tariffMeasures(first: 1000) { nodes { id authority programme modality validFrom validTo knownFrom
        duty { text adValorem components { kind amount } } importer { code name } origins { code }
        instrument { id name promulgated } evidence { locator source { id name } } } } }""",
    "5 the duty on cars, with its acts": """{ tariff(importer: "US", origin: "JP", product: "8703.23.01", at: "2025-07-10") { adValorem
        components { duty { text } measure { authority instrument { id name } } }
        excluded { reason measure { id authority } rule { id instrument { id } } } } }""",
}


@dataclass(frozen=True)
class Took:
    """Seconds on the clock and of this process's CPU."""

    wall: float
    cpu: float


async def _took(work: Callable[[], Awaitable[Any]]) -> Took:
    wall, cpu = time.perf_counter(), time.process_time()
    await work()
    return Took(time.perf_counter() - wall, time.process_time() - cpu)


def _median(found: Sequence[Took]) -> Took:
    return Took(statistics.median(each.wall for each in found), statistics.median(each.cpu for each in found))


async def _answer(app: Starlette, document: str) -> bytes:
    """The body of an answer: the service is called without a socket, so that no client's work is counted."""
    sent = json.dumps({"query": document}).encode()
    headers = [(b"content-type", b"application/json"), (b"accept", b"application/json")]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "headers": headers,
    }
    scope |= {
        "http_version": "1.1",
        "scheme": "http",
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
        "root_path": "",
    }
    waiting = [{"type": "http.request", "body": sent, "more_body": False}]
    parts: list[bytes] = []

    async def receive() -> Message:
        if not waiting:
            await asyncio.Event().wait()
        return waiting.pop()

    async def send(message: Message) -> None:
        parts.append(message.get("body", b""))

    await app(scope, receive, send)
    return b"".join(parts)


async def _compare(database: Database, app: Starlette, document: str, repeats: int) -> list[Took]:
    """Medians of the floor and of the service."""
    recorded, asked = recording(database)
    app.state.database = recorded
    answer = json.loads(await _answer(app, document))
    assert "errors" not in answer, answer
    app.state.database = database

    async def floor() -> None:
        for text, parameters in asked:
            async with database.driver.session(database=database.name, default_access_mode=READ_ACCESS) as session:
                await (await session.run(text, parameters)).single(strict=True)

    async def ours() -> None:
        await _answer(app, document)

    turns = [[await _took(work) for work in (floor, ours)] for _ in range(repeats + 5)][5:]
    return [_median(each) for each in zip(*turns, strict=True)]


async def _run(where: Connection, repeats: int) -> None:
    async with driver_of(where) as driver:
        database = Database(driver, where.database, 60.0, "https://tradegraph.invalid")
        with tempfile.TemporaryDirectory() as home:
            app = create_app(database, Path(home), Policy(anonymous=10**9))
            for name, document in QUESTIONS.items():
                floor, ours = await _compare(database, app, document, repeats)
                print(
                    f"{name}: floor {floor.wall * 1000:.2f} ms, ours {ours.wall * 1000:.2f} ms, {ours.wall / floor.wall:.2f} times; "
                    f"CPU {floor.cpu * 1000:.2f} and {ours.cpu * 1000:.2f} ms"
                )


def main() -> None:
    """Time and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=30)
    given = parser.parse_args()
    settings = read_settings()
    assert settings.neo4j_uri, "NEO4J_URI names the graph"
    where = Connection(settings.neo4j_uri, settings.neo4j_user, settings.password, settings.neo4j_database)
    asyncio.run(_run(where, given.repeats))


if __name__ == "__main__":
    main()
