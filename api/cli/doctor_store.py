"""What the doctor says of the machine that serves and of the store: ports, memory, size, version of the graph."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator

import psutil
from neo4j import AsyncDriver

from api.cli.finding import Finding
from api.settings import Settings
from graph.embedded.home import Home
from graph.embedded.server import HEAP, PAGE_CACHE, status
from graph.migrations import version
from graph.store import stored_version

MEBI = 1024**2
SIGN = b"type TariffAnswer"
"""What our schema says; any service answers a question for its health with 200."""
NEEDED_MEMORY = 1024 * MEBI
"""Bytes that Neo4j and the service take together, with room to work."""


def machine(settings: Settings) -> Iterator[Finding]:
    """Ports and memory, and for the embedded database its port and the size of its store."""
    yield _port(settings.host, settings.port)
    available = psutil.virtual_memory().available
    # Memory that a running database holds is not missing to it.
    enough = available > NEEDED_MEMORY or (not settings.neo4j_uri and status(settings.home) is not None)
    yield Finding(
        "memory",
        enough,
        f"{available // MEBI} MiB available; the embedded Neo4j takes a heap of {HEAP} and a page cache of {PAGE_CACHE}",
        f"end other programs until {NEEDED_MEMORY // MEBI} MiB are available, or set TRADEGRAPH_HEAP lower",
    )
    if not settings.neo4j_uri:
        yield from _embedded(Home(settings.home.absolute()))


async def graph_version(driver: AsyncDriver, database: str) -> Finding:
    """Whether this program can use the graph."""
    held, ours = await stored_version(driver, database), version()
    if held is None:
        said = f"none yet; the next load writes {ours}"
    else:
        said = f"{held}, this program's is {ours}" + ("; the next start brings it forward" if held < ours else "")
    mend = "the graph was written by a newer tradegraph: update this one, or set TRADEGRAPH_HOME or NEO4J_URI"
    return Finding("store version", held is None or held <= ours, said, mend)


def _embedded(home: Home) -> Iterator[Finding]:
    live = status(home.root) if home.root.exists() else None
    if live is not None:
        yield Finding("port of Neo4j", True, f"{live.port} on loopback, process {live.pid}")
    size, free = _size(home), psutil.disk_usage(_existing(home)).free
    yield Finding(
        "store size",
        free > size,
        f"{size // MEBI} MiB in {home.data}",
        f"a dump or a restore takes as much again: free {size // MEBI} MiB",
    )


def _port(host: str, port: int) -> Finding:
    name, mend = "port", "another program has it: end that, or choose another with --port"
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(2)
        if probe.connect_ex((host, port)) != 0:
            return Finding(name, True, f"{port} on {host} is free")
    ours = _is_ours(host, port)
    return Finding(name, ours, f"{port} on {host} is served by " + ("tradegraph" if ours else "something else"), mend)


def _is_ours(host: str, port: int) -> bool:
    asked = http.client.HTTPConnection(host, port, timeout=2)
    try:
        asked.request("GET", "/schema.graphql")
        return SIGN in asked.getresponse().read(MEBI)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def _size(home: Home) -> int:
    """Bytes in the data folder; files that the database removes meanwhile count as none."""
    total = 0
    for path in home.data.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total


def _existing(home: Home) -> str:
    folder = home.root
    while not folder.exists():
        folder = folder.parent
    return str(folder)
