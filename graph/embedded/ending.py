"""When the child ends: with its owner, or when told to."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable

from graph.embedded.state import Process

PATIENCE = 30.0
"""Seconds that closing the store may take."""
PR_SET_PDEATHSIG = 1


class Ending:
    """Watches for the reason to end, from the moment it is made.

    While `softly` is unset the process ends at once: the start of Neo4j cannot be interrupted, and its store
    withstands that as it withstands kill -9.
    """

    def __init__(self, owner: Process | None) -> None:
        self.softly = False
        self._told = threading.Event()
        if sys.platform != "win32":
            self._watch_signals(owner)
        if owner is not None:
            self._watch(sys.stdin.buffer.read)
            if not owner.alive:
                self._end()

    def wait(self) -> None:
        """Return when it is time to close the store; from then on the process has `PATIENCE` seconds."""
        self._told.wait()

    def _watch_signals(self, owner: Process | None) -> None:
        signals = {signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1}
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # Blocked in every thread and taken by one: a handler would have to wait until Java returns to Python.
        signal.pthread_sigmask(signal.SIG_BLOCK, signals)
        if owner is not None and sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGUSR1)
        self._watch(lambda: _await_signal(signals, owner))

    def _watch(self, reason: Callable[[], object]) -> None:
        def until() -> None:
            reason()
            self._end()

        threading.Thread(target=until, daemon=True).start()

    def _end(self) -> None:
        if not self.softly:
            os._exit(0)
        timer = threading.Timer(PATIENCE, os._exit, (1,))
        timer.daemon = True
        timer.start()
        self._told.set()


def _await_signal(signals: set[signal.Signals], owner: Process | None) -> None:
    """Return at a signal that means the end. The kernel's SIGUSR1 comes also when only the thread of the owner ends
    that started us, which means nothing."""
    while signal.sigwait(signals) == signal.SIGUSR1 and (owner is None or owner.alive):
        pass
