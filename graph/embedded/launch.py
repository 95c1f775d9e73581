"""The child process as its parent sees it: started, awaited, ended."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

from graph.embedded import state
from graph.embedded.ending import PATIENCE
from graph.embedded.errors import EmbeddedError, PortTaken, StoreInUse, folder_error
from graph.embedded.home import Home
from graph.embedded.order import STORE_IN_USE, Order

ROOT = Path(__file__).parents[2]
START = 300.0
"""Seconds that a start may take: after a crash a large store is mended first."""
Child = subprocess.Popen[bytes]
OPENED = ("java.nio", "java.io", "sun.nio.ch")
"""Packages of java.base that Neo4j needs opened."""


def spawn(home: Home, order: Order) -> Child:
    """Start the child. Raises EmbeddedError where its log cannot be written."""
    command = [sys.executable, "-P", "-m", "graph.embedded.child"]
    try:
        if home.log.exists():
            home.log.replace(home.log.with_name("neo4j.log.1"))
        with home.log.open("wb") as log:
            child = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env=environment(),
                # A session or group of its own: Ctrl-C goes to us alone, and we stop it.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
    except OSError as error:
        raise folder_error(home.log, error) from error
    _tell(child, order)
    return child


def await_ready(home: Home, child: Child) -> None:
    """Return when the child says that it serves. Raises StoreInUse, PortTaken or EmbeddedError where it ended."""
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        check_alive(home, child)
        found = state.read(home.state)
        if found is not None and found.server.pid == child.pid and found.ready:
            return
        time.sleep(0.05)
    raise EmbeddedError(f"Neo4j did not start within {START:.0f} s: see {home.log}.")


def check_alive(home: Home, child: Child) -> None:
    """Raise StoreInUse, PortTaken or EmbeddedError where the child has ended."""
    if child.poll() is not None:
        raise _failure(home, child.returncode)


def end(child: Child) -> None:
    """Close the store and wait for it; by force where that takes too long, which the store withstands."""
    try:
        if child.stdin is not None:
            child.stdin.close()
        child.terminate()
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        pass
    finally:
        child.kill()
        child.wait()


def in_use(home: Home) -> StoreInUse:
    """The error that names the process which holds the store."""
    found = state.read(home.state)
    if found is None:
        return StoreInUse(f"Another process uses the store in {home.root}: end it first, or set TRADEGRAPH_HOME.")
    way = "end it first" if found.owner else "stop it with `tradegraph db stop`"
    return StoreInUse(
        f"The store in {home.root} is in use by {found.holder}: {way}, or set TRADEGRAPH_HOME to another folder."
    )


def _tell(child: Child, order: Order) -> None:
    assert child.stdin is not None
    try:
        child.stdin.write(order.dumps())
        child.stdin.flush()
    except BrokenPipeError:
        pass  # it ended already: awaiting it says why


def _failure(home: Home, code: int) -> EmbeddedError:
    if code == STORE_IN_USE:
        return in_use(home)
    said = _last_line(home.log)
    if "Address already in use" in said:
        return PortTaken(said)
    if "No space left on device" in said:
        return folder_error(home.root, OSError(errno.ENOSPC, said))
    return EmbeddedError(f"Neo4j did not start, code {code}: {said or 'it said nothing.'} The whole log: {home.log}")


def _last_line(log: Path) -> str:
    """The last line that is no part of a Java stack trace."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    useful = [line.strip() for line in lines if line.strip() and not line.startswith(("\t", " ", "Caused by"))]
    return useful[-1] if useful else ""


def environment() -> dict[str, str]:
    """Ours, without what would change Java behind our back, and with the folder that this package lies in."""
    java = ("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH")
    kept = {name: value for name, value in os.environ.items() if name not in java}
    paths = [str(ROOT), *filter(None, [kept.get("PYTHONPATH")])]
    return kept | {"PYTHONPATH": os.pathsep.join(paths)}
