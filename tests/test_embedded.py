"""The embedded Neo4j: started, killed, started again. Real processes, real stores."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import io
import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psutil
import pytest
from neo4j import GraphDatabase

from graph.connection import Connection
from graph.embedded import jars
from graph.embedded.errors import EmbeddedError
from graph.embedded.jar import Jar
from graph.embedded.progress import progress_on
from graph.embedded.server import StoreInUse, running, start_detached, status, stop

ROOT = Path(__file__).parents[1]
PARENT = """
import sys, time
from pathlib import Path
from graph.embedded.progress import progress_on
from graph.embedded.server import running
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever started the suite may ignore it
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
with running(Path(sys.argv[1]), progress_on()) as connection:
    print("up", flush=True)
    while True:
        time.sleep(0.2)
"""


def _query(connection: Connection, text: str) -> list[Any]:
    with GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password)) as driver:
        return [record.values() for record in driver.execute_query(text).records]


def _until(true: Callable[[], bool], seconds: float = 40) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.1)
    return False


def _gone(pid: int) -> bool:
    """Ended; a child that nobody waited for stays as a zombie until its parent ends."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("embedded")


@pytest.fixture
def parent(home: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(home)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    yield process
    process.kill()
    process.wait()


def test_it_starts_answers_stops_and_remembers(home: Path) -> None:
    with running(home, progress_on()) as first:
        _query(first, "CREATE (:Kept {value: 1})")
        assert status(home) is not None
    assert status(home) is None
    with running(home, progress_on()) as second:
        assert second.uri == first.uri
        assert _query(second, "MATCH (k:Kept) RETURN k.value") == [[1]]


def test_the_password_is_for_the_user_alone(home: Path) -> None:
    file = home / "password"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(file.read_text().strip()) >= 20
    assert file.read_text().strip() not in repr(Connection("u", "n", file.read_text().strip(), "d"))


def test_it_listens_on_loopback_alone(home: Path, parent: subprocess.Popen[str]) -> None:
    live = status(home)
    assert live is not None
    listening = [c for c in psutil.Process(live.pid).net_connections() if c.status == psutil.CONN_LISTEN]
    assert listening
    assert all(c.laddr.ip in ("127.0.0.1", "::ffff:127.0.0.1") for c in listening)


def test_a_second_process_is_told_in_one_sentence(home: Path, parent: subprocess.Popen[str]) -> None:
    with pytest.raises(StoreInUse) as refused, running(home, progress_on()):
        pass
    message = str(refused.value)
    assert str(parent.pid) in message
    assert "\n" not in message


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_its_parent(home: Path, parent: subprocess.Popen[str], how: signal.Signals) -> None:
    live = status(home)
    assert live is not None
    parent.send_signal(how)
    parent.wait(timeout=60)
    assert _until(lambda: _gone(live.pid))


def test_a_store_survives_the_death_of_its_server(home: Path, parent: subprocess.Popen[str]) -> None:
    live = status(home)
    assert live is not None
    _query(live.connection, "CREATE (:Kept {value: 2})")
    os.kill(live.pid, signal.SIGKILL)
    parent.kill()
    parent.wait()
    with running(home, progress_on()) as again:
        assert _query(again, "MATCH (k:Kept) RETURN k.value ORDER BY k.value") == [[1], [2]]


def test_in_the_background_until_it_is_stopped(home: Path) -> None:
    started = start_detached(home, progress_on())
    live = status(home)
    assert live is not None
    assert live.connection == started
    assert stop(home) is True
    assert _gone(live.pid)
    assert stop(home) is False


def test_a_damaged_jar_is_found_and_never_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no good one can be had, the start is refused by name."""
    whole = Path(os.environ["TRADEGRAPH_JARS"])
    jar = jars.locked()[0]
    if not jar.is_at(whole):
        whole = jars.local_repository()
    (tmp_path / jar.path).parent.mkdir(parents=True)
    shutil.copy(whole / jar.path, tmp_path / jar.path)
    assert jar.is_at(tmp_path)
    with (tmp_path / jar.path).open("r+b") as file:
        file.write(b"damaged")
    assert not jar.is_at(tmp_path)
    monkeypatch.setenv("TRADEGRAPH_MAVEN_MIRROR", "http://127.0.0.1:9")
    monkeypatch.setenv("M2_REPO", str(tmp_path / "none"))
    monkeypatch.setattr("graph.embedded.download.TRIES", 1)
    with pytest.raises(EmbeddedError, match="could not be fetched"):
        jars.classpath(tmp_path, progress_on())


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Jar, Path, Path]]:
    """A mirror on loopback that has one jar, its folder, and an empty cache; the lock names that jar alone."""
    jar = jars.locked()[0]
    served, cache = tmp_path / "served", tmp_path / "cache"
    (served / jar.path).parent.mkdir(parents=True)
    (served / jar.path).write_bytes(b"whole")
    jar = dataclasses.replace(jar, sha256=hashlib.sha256(b"whole").hexdigest())
    monkeypatch.setattr(jars, "locked", lambda _: [jar])
    monkeypatch.setenv("M2_REPO", str(tmp_path / "none"))
    handler = functools.partial(SimpleHTTPRequestHandler, directory=served)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("TRADEGRAPH_MAVEN_MIRROR", f"http://127.0.0.1:{server.server_port}")
        yield jar, served, cache
        server.shutdown()


def test_a_damaged_jar_is_named_and_fetched_again(mirror: tuple[Jar, Path, Path]) -> None:
    jar, _, cache = mirror
    (cache / jar.path).parent.mkdir(parents=True)
    (cache / jar.path).write_bytes(b"damaged")
    said = io.StringIO()
    assert jars.classpath(cache, progress_on(said)) == [str(cache / jar.path)]
    assert jar.is_at(cache)
    assert f"{jar.name} is damaged" in said.getvalue()


def test_a_mirror_that_serves_other_bytes_is_refused(mirror: tuple[Jar, Path, Path]) -> None:
    jar, served, cache = mirror
    (served / jar.path).write_bytes(b"other")
    with pytest.raises(EmbeddedError, match=f"{jar.name} came with a wrong SHA-256"):
        jars.classpath(cache, progress_on(io.StringIO()))
    assert [path for path in cache.rglob("*") if path.is_file()] == []


def test_a_store_whose_making_was_killed_is_made_anew(tmp_path: Path) -> None:
    """Neo4j cannot mend it: killed there, it finds stores without their logs and refuses."""
    half = tmp_path / "neo4j" / "data" / "databases" / "neo4j"
    half.mkdir(parents=True)
    (half / "neostore").write_bytes(b"half")
    (tmp_path / "neo4j" / "unfinished").touch()
    with running(tmp_path, progress_on()) as connection:
        assert _query(connection, "MATCH (n) RETURN count(n)") == [[0]]
    assert not (tmp_path / "neo4j" / "unfinished").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="folders are closed otherwise there")
def test_a_state_folder_that_is_a_file_is_a_clear_error(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(EmbeddedError, match=str(file)), running(file, progress_on()):
        pass
