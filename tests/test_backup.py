"""Dumps of the embedded store: the graph comes back whole, and nothing is lost where something goes wrong."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from api.cli.database import driver_of
from graph.checksum import checksum
from graph.connection import Connection
from graph.embedded.backup import dump, restore
from graph.embedded.errors import EmbeddedError, StoreInUse
from graph.embedded.home import Home
from graph.embedded.progress import progress_on
from graph.embedded.server import running, start_detached, status, stop
from graph.embedded.swap import mend

PROGRESS = progress_on()


def _write(where: Connection, text: str) -> None:
    with GraphDatabase.driver(where.uri, auth=(where.user, where.password)) as driver:
        driver.execute_query(text)


def _checksum(where: Connection) -> str:
    async def work() -> str:
        async with driver_of(where) as driver:
            return (await checksum(driver, where.database, PROGRESS)).checksum

    return asyncio.run(work())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("backup") / "home"


def test_a_dump_brings_the_graph_back(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "graph.dump"
    with pytest.raises(EmbeddedError, match="no store"):
        dump(home, file, PROGRESS)
    start_detached(home, PROGRESS)
    live = status(home)
    assert live is not None
    _write(live.connection, "UNWIND range(1, 500) AS i CREATE (:Kept {id: 'k' + i})-[:NEXT]->(:Kept {id: 'n' + i})")
    before = _checksum(live.connection)
    with pytest.raises(StoreInUse, match="tradegraph db stop"):
        dump(home, file, PROGRESS)
    (tmp_path / "x").write_bytes(b"anything")
    with pytest.raises(StoreInUse, match="tradegraph db stop"):
        restore(home, tmp_path / "x", PROGRESS, force=True)
    os.kill(live.pid, signal.SIGKILL)  # a store that was not closed can be dumped too
    dump(home, file, PROGRESS)
    assert stop(home) is False
    assert (home / "password").read_text().strip().encode() not in file.read_bytes()
    with pytest.raises(EmbeddedError, match="--force"):
        dump(home, file, PROGRESS)
    with running(home, PROGRESS) as again:
        _write(again, "MATCH (k:Kept) DETACH DELETE k")
        assert _checksum(again) != before
    with pytest.raises(EmbeddedError, match="--force"):
        restore(home, file, PROGRESS)
    restore(home, file, PROGRESS, force=True)
    with running(home, PROGRESS) as again:
        assert _checksum(again) == before
    cut = tmp_path / "cut.dump"
    cut.write_bytes(file.read_bytes()[:-2000])
    with pytest.raises(EmbeddedError, match="no whole dump; the store is as it was"):
        restore(home, cut, PROGRESS, force=True)
    assert not Home(home).staging.exists()
    with running(home, PROGRESS) as again:
        assert _checksum(again) == before
    other = tmp_path / "other"
    restore(other, file, PROGRESS)
    with running(other, PROGRESS) as fresh:
        assert _checksum(fresh) == before
    assert (other / "password").read_text() != (home / "password").read_text()


@pytest.mark.parametrize("cut_off", ["staging", "before the swap", "within the swap", "after the swap"])
def test_a_restore_that_was_killed_leaves_one_whole_store(tmp_path: Path, cut_off: str) -> None:
    home = Home(tmp_path)
    home.prepare()
    if cut_off != "within the swap":
        _folder(home.data, "new" if cut_off == "after the swap" else "old")
    if cut_off == "staging":
        _folder(home.staging / "data", "half")
    elif cut_off != "after the swap":
        _folder(tmp_path / "restored" / "data", "new")
    if cut_off in ("within the swap", "after the swap"):
        _folder(tmp_path / "replaced", "old")
    mend(home)
    assert (home.data / "says").read_text() == ("new" if "the swap" in cut_off and "before" not in cut_off else "old")
    assert not [name for name in ("restored", "replaced", "restoring") if (tmp_path / name).exists()]


def _folder(path: Path, says: str) -> None:
    path.mkdir(parents=True)
    (path / "says").write_text(says)
