"""What the doctor says of the machine and the store: each fault is found, and says how to mend it."""

from __future__ import annotations

import socket
from collections import namedtuple
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from api.cli import doctor_store
from api.cli.finding import Finding
from api.gql.schema import schema
from api.settings import Settings
from graph.migrations import version
from tests.conftest import Graph


def _found(settings: Settings) -> dict[str, Finding]:
    return {finding.name: finding for finding in doctor_store.machine(settings)}


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_all_is_well_where_nothing_is_there_yet(tmp_path: Path, free_port: int) -> None:
    found = _found(Settings(home=tmp_path / "none", port=free_port))
    assert found["port"].good
    assert found["store size"].detail.startswith("0 MiB")
    assert not (tmp_path / "none").exists(), "it only looks"


def test_a_port_that_another_program_has(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        finding = _found(Settings(home=tmp_path, port=other.getsockname()[1]))["port"]
    assert not finding.good
    assert "--port" in str(finding)


@pytest.mark.parametrize(("said", "ours"), [(b"all is well", False), (schema().as_str().encode(), True)])
def test_a_port_that_answers_whatever_is_asked_is_not_yet_ours(tmp_path: Path, said: bytes, ours: bool) -> None:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        finding = _found(Settings(home=tmp_path, port=server.server_port))["port"]
        server.shutdown()
    assert (finding.good, "served by tradegraph" in finding.detail) == (ours, ours)


def test_too_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free_port: int) -> None:
    memory = namedtuple("memory", "available")
    monkeypatch.setattr("psutil.virtual_memory", lambda: memory(5 * 1024**2))
    finding = _found(Settings(home=tmp_path, port=free_port))["memory"]
    assert not finding.good
    assert "TRADEGRAPH_HEAP" in str(finding)


def test_a_store_for_which_no_dump_has_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free_port: int) -> None:
    (tmp_path / "neo4j" / "data").mkdir(parents=True)
    (tmp_path / "neo4j" / "data" / "big").write_bytes(b"x" * 2 * 1024**2)
    usage = namedtuple("usage", "free")
    monkeypatch.setattr("psutil.disk_usage", lambda _: usage(1024))
    finding = _found(Settings(home=tmp_path, port=free_port))["store size"]
    assert (finding.good, finding.detail.split(" in ")[0]) == (False, "2 MiB")


@pytest.mark.parametrize(("held", "good"), [("null", True), (str(version()), True), (str(version() + 1), False)])
def test_the_version_of_the_graph(scratch: Graph, held: str, good: bool) -> None:
    scratch.cypher(f"CREATE (s:Store {{id: 'store'}}) SET s.version = {held}")
    finding = scratch.run(doctor_store.graph_version(scratch.database.driver, scratch.database.name))
    assert finding.good is good
    assert good or "update" in finding.mend
