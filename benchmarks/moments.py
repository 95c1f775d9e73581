"""Death at a named moment: the driver's transactions wrapped, so that nothing of it is in the product.

TRADEGRAPH_DIE_AT=NAME:N kills with SIGKILL in the N-th transaction that loads; TRADEGRAPH_VICTIM is the process to kill, the
loader itself by default. `commit-sent` is between commit and acknowledgement.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from neo4j import AsyncSession
from neo4j._async.work.transaction import AsyncTransactionBase

MOMENTS = ("begin", "statement", "before-commit", "commit-sent", "committed")


class Reaper:
    """Counts the transactions of a load and kills in the one that was named."""

    def __init__(self, moment: str, number: int, victim: int) -> None:
        self._moment, self._number, self._victim = moment, number, victim
        self._count = self._statements = 0
        self.loading = False

    def begin(self) -> None:
        """A transaction that loads begins."""
        if self._count == 0:
            sys.stderr.write("writing\n")
            sys.stderr.flush()
        self._count, self._statements, self.loading = self._count + 1, 0, True
        self.at("begin")

    def statement(self) -> None:
        """One of its statements was sent; the third one is in the middle."""
        self._statements += 1
        if self._statements == 3:
            self.at("statement")

    def at(self, moment: str) -> None:
        """Kill, if this is the moment."""
        if self.loading and moment == self._moment and self._count == self._number:
            os.kill(self._victim, signal.SIGKILL)

    def kills_when_sent(self, connection: Any) -> None:
        """Kill as soon as the commit has left, before anything is read."""
        send = connection.send_all

        async def send_and_kill() -> None:
            await send()
            connection.send_all = send
            self.at("commit-sent")

        connection.send_all = send_and_kill


def install() -> None:
    """Wrap the driver as the environment says."""
    name, _, number = os.environ.get("TRADEGRAPH_DIE_AT", "never:0").partition(":")
    reaper = Reaper(name, int(number), int(os.environ.get("TRADEGRAPH_VICTIM", os.getpid())))
    _wrap_write(reaper, AsyncSession.execute_write)
    _wrap_run(reaper, AsyncTransactionBase.run)
    _wrap_commit(reaper, AsyncTransactionBase._commit)


def _wrap_write(reaper: Reaper, original: Callable[..., Awaitable[Any]]) -> None:
    async def execute_write(self: AsyncSession, work: Callable[..., Awaitable[Any]], *given: Any, **named: Any) -> Any:
        async def begun(*given: Any, **named: Any) -> Any:
            reaper.begin()
            return await work(*given, **named)

        try:
            return await original(self, begun, *given, **named)
        finally:
            reaper.loading = False

    AsyncSession.execute_write = execute_write  # type: ignore[method-assign, assignment]


def _wrap_run(reaper: Reaper, original: Callable[..., Awaitable[Any]]) -> None:
    async def run(self: AsyncTransactionBase, *given: Any, **named: Any) -> Any:
        result = await original(self, *given, **named)
        reaper.statement()
        return result

    AsyncTransactionBase.run = run  # type: ignore[method-assign]


def _wrap_commit(reaper: Reaper, original: Callable[..., Awaitable[Any]]) -> None:
    async def commit(self: AsyncTransactionBase) -> Any:
        reaper.at("before-commit")
        reaper.kills_when_sent(self._connection)
        bookmark = await original(self)
        reaper.at("committed")
        return bookmark

    AsyncTransactionBase._commit = commit  # type: ignore[method-assign]
