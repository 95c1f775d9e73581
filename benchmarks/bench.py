"""One database on which loads are killed and done again."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import psutil
from neo4j import AsyncDriver

from api.cli.database import driver_of
from graph.checksum import checksum
from graph.embedded.progress import Lines
from graph.embedded.server import Status, start_detached, status, stop
from graph.store import prepare

T = TypeVar("T")
QUIET = Lines(io.StringIO())
GONE = 3.0
"""Seconds in which a killed process is gone."""
CLEAR = "MATCH (n) WHERE NOT n:Store|Identity CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"
"""What is decided on ids stays: following it anew would be a transaction of every load, and none that loads."""


@dataclass(frozen=True)
class Trial:
    """Whom to kill and when: in which transaction, or for `random` after which part of the time that writing takes."""

    victim: str
    moment: str
    number: float

    def __str__(self) -> str:
        return f"{self.victim:8} {self.moment:13} {self.number:<4.2g}"


@dataclass(frozen=True)
class Outcome:
    """Whether the kill hit, the exit code of that load, the nodes then, and whether the second load made the graph the same."""

    trial: Trial
    hit: bool
    first: int
    nodes: int
    same: bool
    seconds: float

    def __str__(self) -> str:
        verdict = "same" if self.same else "DIFFERENT"
        hit = "killed" if self.hit else "too late"
        return f"{self.trial} {hit}, exit {self.first:3}, {self.nodes:6} nodes then, {verdict} ({self.seconds:.1f} s)"


def _alive(pid: int) -> list[psutil.Process]:
    return [psutil.Process(pid)] if psutil.pid_exists(pid) else []


class Bench:
    """The database, what is loaded, and what comes of it undisturbed."""

    checksum = ""
    seconds = 0.0

    def __init__(self, home: Path, file: Path) -> None:
        self._home, self._file = home, file
        self._believed = home.with_name("believed")
        self._loader: dict[str, str] = {}
        start_detached(home, QUIET)

    def close(self) -> None:
        """Stop the database."""
        stop(self._home)

    def measure(self, broken: bool) -> None:
        """Load undisturbed, and twice: the same graph both times. From now on by a good or by a broken loader."""
        self._load()  # what is decided on ids is in the graph from here on
        self._loader = {"TRADEGRAPH_BELIEVED": str(self._believed)} if broken else {}
        self._clear()
        code, self.seconds, said = self._load()
        assert code == 0, f"the undisturbed load failed: {said}"
        self.checksum, _ = self._graph()
        self._load()
        assert self._graph()[0] == self.checksum, "loading twice is not idempotent"

    def attempt(self, trial: Trial) -> Outcome:
        """Kill, load again, compare."""
        began = time.monotonic()
        self._clear()
        server = self._server().pid
        code = self._killed(trial, server)
        hit = code == -signal.SIGKILL if trial.victim == "loader" else self._server().pid != server
        _, nodes = self._graph()
        again, _, said = self._load()
        assert again == 0, f"{trial}: the second load failed: {said}"
        same = self._graph()[0] == self.checksum
        return Outcome(trial, hit, code, nodes, same, time.monotonic() - began)

    def _killed(self, trial: Trial, server: int) -> int:
        """The exit code of a load in which the kill happened, or was too late. A killed database is started at once."""
        more = {}
        if trial.moment != "random":
            more["TRADEGRAPH_DIE_AT"] = f"{trial.moment}:{trial.number:.0f}"
        if trial.victim == "database":
            more["TRADEGRAPH_VICTIM"] = str(server)
        process = self._start(more)
        self._until_writing(process)
        if trial.moment == "random":
            time.sleep(self.seconds * trial.number)
            psutil.Process(server if trial.victim == "database" else process.pid).kill()
        while process.poll() is None and status(self._home) is not None:
            time.sleep(0.05)
        if trial.victim == "database":
            # A killed server takes a moment to be gone; until then it seems to run, and takes connections that nobody answers.
            psutil.wait_procs(_alive(server), timeout=GONE)
        if status(self._home) is None:
            start_detached(self._home, QUIET)
        process.communicate()
        return process.returncode

    def _load(self, more: dict[str, str] | None = None) -> tuple[int, float, str]:
        """Load to the end, whatever it is: exit code, seconds from the first write on, and the last words."""
        process = self._start(more or {})
        said = self._until_writing(process)
        began = time.monotonic()
        rest = process.communicate()[1]
        return process.returncode, time.monotonic() - began, (said + rest)[-500:]

    def _start(self, more: dict[str, str]) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "benchmarks.loader", "load", str(self._file), "--home", str(self._home)]
        environment = {**os.environ, **self._loader, **more}
        return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    @staticmethod
    def _until_writing(process: subprocess.Popen[str]) -> str:
        assert process.stderr is not None
        said = ""
        for line in process.stderr:
            said += line
            if line == "writing\n":
                break
        return said

    def _clear(self) -> None:
        self._believed.unlink(missing_ok=True)

        async def work(driver: AsyncDriver, name: str) -> None:
            async with driver.session(database=name) as session:
                await (await session.run(CLEAR)).consume()
            await prepare(driver, name)

        self._run(work)

    def _graph(self) -> tuple[str, int]:
        async def work(driver: AsyncDriver, name: str) -> tuple[str, int]:
            sums = await checksum(driver, name, QUIET)
            return sums.checksum, sums.nodes

        return self._run(work)

    def _run(self, work: Callable[[AsyncDriver, str], Awaitable[T]]) -> T:
        async def opened() -> T:
            where = self._server().connection
            async with driver_of(where) as driver:
                return await work(driver, where.database)

        return asyncio.run(opened())

    def _server(self) -> Status:
        found = status(self._home)
        assert found is not None, "no database runs"
        return found
