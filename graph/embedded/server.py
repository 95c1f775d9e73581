"""The embedded Neo4j: started for the length of a `with`, or in the background."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from graph.connection import Connection
from graph.embedded import jars, launch, login, password, port, state, storelock
from graph.embedded.errors import EmbeddedError, PortTaken, StoreInUse, folder_error
from graph.embedded.home import Home
from graph.embedded.launch import Child
from graph.embedded.order import Order
from graph.embedded.progress import Progress

__all__ = [
    "HEAP",
    "PAGE_CACHE",
    "EmbeddedError",
    "Status",
    "StoreInUse",
    "running",
    "start_detached",
    "status",
    "stop",
]

HEAP = os.environ.get("TRADEGRAPH_HEAP", "768m")
PAGE_CACHE = os.environ.get("TRADEGRAPH_PAGE_CACHE", "64m")
ENDING = 40.0
"""Seconds to wait for a server that lost its owner, or was told to stop."""


@dataclass(frozen=True)
class Status:
    """A server that runs."""

    pid: int
    port: int
    since: datetime
    ready: bool
    """Unset while it starts: it does not answer yet."""
    connection: Connection
    holder: str
    """The process to end where the store is wanted: the owner, or the server itself if in the background."""


@contextmanager
def running(home: Path, progress: Progress, *, heap: str = HEAP, page_cache: str = PAGE_CACHE) -> Iterator[Connection]:
    """A server that lives as long as the `with`, and never longer than this process.

    Raises StoreInUse where another process holds the store, EmbeddedError where the server cannot be had.
    """
    folder = Home(home.absolute())
    child, connection = _start(folder, progress, heap, page_cache, state.Process.current())
    try:
        yield connection
    finally:
        launch.end(child)


def start_detached(home: Path, progress: Progress, *, heap: str = HEAP, page_cache: str = PAGE_CACHE) -> Connection:
    """Start a server that outlives this process, until `stop`. Raises as `running` does."""
    child, connection = _start(Home(home.absolute()), progress, heap, page_cache, None)
    if child.stdin is not None:
        child.stdin.close()
    child.returncode = 0  # not ours to wait for any more
    return connection


def status(home: Path) -> Status | None:
    """The server that runs on this home, whoever started it; nothing where there is none."""
    folder = Home(home.absolute())
    found = state.read(folder.state) if _is_held(folder) else None
    if found is None:
        return None
    return Status(
        found.server.pid,
        found.port,
        datetime.fromisoformat(found.since),
        found.ready,
        _connection(found.port, password.load_or_make(folder.password)),
        str(found.holder),
    )


def stop(home: Path) -> bool:
    """Stop the server in the background and wait until its store is closed; False where none runs.

    Raises StoreInUse where it belongs to a process that still runs, which is the one to end.
    """
    folder = Home(home.absolute())
    found = state.read(folder.state) if _is_held(folder) else None
    if found is None:
        return False
    if found.owner is not None and found.owner.alive:
        raise launch.in_use(folder)
    if found.server.alive:
        os.kill(found.server.pid, signal.SIGTERM)
    _await_release(folder)
    return True


def _start(
    home: Home, progress: Progress, heap: str, page_cache: str, owner: state.Process | None
) -> tuple[Child, Connection]:
    home.prepare()
    _await_orphan(home, progress)
    found = jars.classpath(home.jars, progress)
    secret = password.load_or_make(home.password)
    progress.step("Starting Neo4j")
    for _ in range(3):
        last = state.read(home.state)
        chosen = port.choose(last.port if last else None)
        order = Order(str(home.root), chosen, heap, page_cache, found, owner)
        try:
            return _serve(home, order, _connection(chosen, secret))
        except PortTaken:
            continue
    raise EmbeddedError("Other programs take every port that is tried: start again.")


def _serve(home: Home, order: Order, connection: Connection) -> tuple[Child, Connection]:
    child = launch.spawn(home, order)
    try:
        launch.await_ready(home, child)
        login.log_in(connection, lambda: launch.check_alive(home, child), home.password)
    except BaseException:
        launch.end(child)
        raise
    return child, connection


def _await_orphan(home: Home, progress: Progress) -> None:
    """Wait for a server whose owner was killed: it is closing the store. Raises StoreInUse for any other."""
    if not _is_held(home):
        return
    found = state.read(home.state)
    if found is None or found.owner is None or found.owner.alive:
        raise launch.in_use(home)
    progress.step("Waiting for the Neo4j of an earlier start to close its store")
    _await_release(home)


def _await_release(home: Home) -> None:
    deadline = time.monotonic() + ENDING
    while _is_held(home):
        if time.monotonic() > deadline:
            raise launch.in_use(home)
        time.sleep(0.05)


def _is_held(home: Home) -> bool:
    try:
        return storelock.is_held(home.lock)
    except OSError as error:
        raise folder_error(home.root, error) from error


def _connection(number: int, secret: str) -> Connection:
    return Connection(f"bolt://127.0.0.1:{number}", "neo4j", secret, "neo4j")
