"""What who operates the service looks at: metrics, and health while the database comes and goes."""

from __future__ import annotations

import asyncio
import multiprocessing
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from api.cli.database import driver_of
from api.cli.up import listen
from api.cli.workers import helped
from api.http.metrics import Metrics
from api.settings import read_settings
from graph.connection import Connection
from graph.reads.statement import Database, Statement, read
from tests.conftest import Graph
from tests.http import NOWHERE, served
from tests.wire import Wire

ASKED = {"query": "{ __typename }"}


@pytest.fixture
def wire(connection: Connection) -> Iterator[Wire]:
    where = urlsplit(connection.uri)
    assert where.hostname and where.port
    found = Wire(where.hostname, where.port)
    found.join()
    yield found
    found.cut()


def _within(seconds: float, address: str, status: int) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if httpx.get(address, timeout=20).status_code == status:
            return True
        time.sleep(0.1)
    return False


def test_the_database_goes_and_comes_back(scratch: Graph, connection: Connection, wire: Wire, tmp_path: Path) -> None:
    through = Connection(f"bolt://127.0.0.1:{wire.port}", connection.user, connection.password, connection.database)
    with served(through, tmp_path) as address:
        for _ in range(3):
            assert _within(10, f"{address}/health/ready", 200)
            asked = httpx.post(f"{address}/graphql", json={"query": '{ party(code: "XX") { name } }'}, timeout=60)
            assert "no party has the code" in asked.text
            wire.cut()
            assert _within(5, f"{address}/health/ready", 503)
            assert httpx.get(f"{address}/health/live").status_code == 200
            wire.join()


def test_a_connection_that_was_lost_is_no_fault_of_the_next_question(connection: Connection, wire: Wire) -> None:
    through = Connection(f"bolt://127.0.0.1:{wire.port}", connection.user, connection.password, connection.database)

    async def asked_again() -> list[int]:
        async with driver_of(through) as driver:
            database, found = Database(driver, connection.database, 60.0, ""), []
            for number in range(3):
                found.append(await read(database, Statement("RETURN $n, []", {"n": number}, int)))
                wire.cut()  # while nothing here hears of it
                wire.join()
            return found

    assert asyncio.run(asked_again()) == [0, 1, 2]


def test_metrics_count_what_was_answered(tmp_path: Path) -> None:
    with served(NOWHERE, tmp_path) as address:
        httpx.post(f"{address}/graphql", json=ASKED)
        httpx.post(f"{address}/graphql", content=b"x", headers={"content-type": "text/plain"})
        httpx.get(f"{address}/nothing/of/the/sort")
        text = httpx.get(f"{address}/metrics", timeout=20).text
    lines = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert lines['tradegraph_requests_total{path="/graphql",method="POST",status="200"}'] == "1"
    assert lines['tradegraph_requests_total{path="/graphql",method="POST",status="415"}'] == "1"
    assert lines['tradegraph_requests_total{path="/other",method="GET",status="404"}'] == "1"
    assert lines['tradegraph_request_seconds_count{path="/graphql"}'] == "2"
    assert lines['tradegraph_request_seconds_bucket{path="/graphql",le="+Inf"}'] == "2"
    assert lines["tradegraph_points_total"] == "1"
    assert lines["tradegraph_ready"] == "0"
    assert float(lines["process_resident_memory_bytes"]) > 0
    families = re.findall(r"^# TYPE (\S+)", text, re.MULTILINE)
    assert len(families) == len(set(families)) == len(re.findall("^# HELP", text, re.MULTILINE))


def test_workers_serve_together_and_one_that_ends_is_replaced(tmp_path: Path) -> None:
    settings = read_settings({}, home=tmp_path, workers=3)

    async def ready() -> None:
        return None

    def workers() -> set[int | None]:
        return {each.pid for each in multiprocessing.active_children()}

    async def until(true: Callable[[], bool]) -> None:
        async with asyncio.timeout(90):
            while not true():
                await asyncio.sleep(0.1)

    async def look(address: str) -> None:
        helping = asyncio.create_task(helped(settings, NOWHERE, listening, asyncio.create_task(ready())))
        async with httpx.AsyncClient(timeout=90, headers={"connection": "close"}) as client:
            await until(lambda: len(workers()) == 2)
            first = workers()
            for _ in range(20):
                assert (await client.post(f"{address}/graphql", json=ASKED)).status_code == 200
            multiprocessing.active_children()[0].kill()
            await until(lambda: len(workers()) == 2 and workers() != first)
            assert (await client.get(f"{address}/health/live")).status_code == 200
        helping.cancel()
        await asyncio.wait({helping})
        assert workers() == set()

    with listen("127.0.0.1", 0) as listening:
        listening.listen()
        asyncio.run(look(f"http://127.0.0.1:{listening.getsockname()[1]}"))


def test_counts_of_workers_are_added(tmp_path: Path) -> None:
    (tmp_path / "1.json").write_text(
        '{"requests": {"path=\\"/graphql\\",method=\\"POST\\",status=\\"200\\"": 4}, "seconds": {"graphql 0": 4, "graphql sum": 0.01}, "points": 7}'
    )
    metrics = Metrics(tmp_path)
    metrics.count("POST", "/graphql", 200, 0.001, 5)
    text = metrics.text(ready=True)
    assert 'tradegraph_requests_total{path="/graphql",method="POST",status="200"} 5' in text
    assert 'tradegraph_request_seconds_bucket{path="/graphql",le="0.005"} 5' in text
    assert "tradegraph_points_total 12" in text
