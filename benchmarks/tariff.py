"""The duty answers beside their floor, on a graph with a schedule: `NEO4J_URI=… python -m benchmarks.tariff [IMPORTER]`.

The floor of `tariff` is the statement that fetches its measures, run by the driver alone; both take turns. `tariffProfile` is timed over
parts of the schedule and the whole of it, so that it shows how it grows with the lines.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

from neo4j import READ_ACCESS

from api.cli.database import driver_of
from api.execute import execute
from api.memory import collect_seldom
from api.settings import read_settings
from graph.connection import Connection
from graph.reads.statement import Database, moment
from graph.tariff_inputs import TEXT, prefixes

ASKED = (("JP", "87032301"), ("CN", "85171300"), ("DE", "72083900"), ("KR", "39012010"), ("VN", "64039160"))
"""Origins and products, of few measures and of many."""
PARTS = ("8471", "84", "")
"""Codes below which lines are profiled, the last all of them."""
TARIFF = """query ($importer: String!, $origin: String!, $product: String!) {
  tariff(importer: $importer, origin: $origin, product: $product, at: "2025-10-01") {
    adValorem duty { text } components { duty { text } measure { id authority programme instrument { id name } } }
    excluded { reason measure { id } rule { id instrument { id } } }
  }
}"""
PROFILE = """query ($importer: String!, $product: String) {
  tariffProfile(importer: $importer, origin: "JP", product: $product, level: 2, at: "2025-10-01") {
    product { code } lines minimum mean maximum notAdValorem unreadable
  }
}"""


async def _seconds(work: Callable[[], Awaitable[Any]]) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


async def _tariff(database: Database, importer: str, repeats: int) -> None:
    for origin, product in ASKED:
        asked = {"importer": importer, "origin": origin, "product": product}
        parameters = {**asked, "code": product, "prefixes": prefixes(product), **moment(None, None).parameters}

        async def floor(parameters: dict[str, Any] = parameters) -> None:
            async with database.driver.session(database=database.name, default_access_mode=READ_ACCESS) as session:
                await (await session.run(TEXT, parameters)).single(strict=True)

        async def ours(asked: dict[str, Any] = asked) -> None:
            response = await execute(database, TARIFF, asked)
            assert "errors" not in response, response

        pairs = [(await _seconds(floor), await _seconds(ours)) for _ in range(repeats + 5)][5:]
        below, above = (statistics.median(each) * 1000 for each in zip(*pairs, strict=True))
        print(f"tariff {origin} {product}: floor {below:.1f} ms, ours {above:.1f} ms, {above / below:.2f} times")


async def _profile(database: Database, importer: str) -> None:
    for part in PARTS:
        asked = {"importer": importer, "product": part or None}
        await execute(database, PROFILE, asked)
        began, used = time.perf_counter(), time.process_time()
        response = await execute(database, PROFILE, asked)
        assert "errors" not in response, response
        lines = sum(row["lines"] for row in response["data"]["tariffProfile"])
        took, ours = time.perf_counter() - began, time.process_time() - used
        print(f"tariffProfile below {part or 'all'}: {lines} lines, {took:.2f} s, of which {ours:.2f} s CPU here")


async def _run(where: Connection, importer: str, repeats: int) -> None:
    async with driver_of(where) as driver:
        database = Database(driver, where.database, 60.0, "https://tradegraph.invalid")
        await _tariff(database, importer, repeats)
        await _profile(database, importer)


def main() -> None:
    """Time and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("importer", nargs="?", default="US")
    parser.add_argument("--repeats", type=int, default=30)
    given = parser.parse_args()
    settings = read_settings()
    assert settings.neo4j_uri, "NEO4J_URI names the graph"
    where = Connection(settings.neo4j_uri, settings.neo4j_user, settings.password, settings.neo4j_database)
    collect_seldom()  # as the service does
    asyncio.run(_run(where, given.importer, given.repeats))


if __name__ == "__main__":
    main()
