"""Telling the user what takes its time: a bar on a terminal, plain lines otherwise."""

from __future__ import annotations

import sys
import time
from typing import IO, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

LINE_EVERY = 5.0
"""Seconds between two plain lines of one count."""
WIDTH = 32
"""Characters of text beside a bar."""


class Progress(Protocol):
    """Hears what is being done. Calls come from one thread at a time."""

    def step(self, text: str) -> None:
        """Something begins."""

    def count(self, text: str, done: int, total: int) -> None:
        """So much of it is done; `done == total` ends it."""


class Lines:
    """Plain lines, few enough for a log."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._next = 0.0

    def step(self, text: str) -> None:
        """Print the line."""
        self._stream.write(f"{text}\n")
        self._stream.flush()

    def count(self, text: str, done: int, total: int) -> None:
        """Print a line at the end, and some on the way there."""
        now = time.monotonic()
        if done == total or now >= self._next:
            self.step(f"{text}: {done} of {total}")
            self._next = now + LINE_EVERY


class Terminal:
    """A bar that goes once it is full, and lines."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar: Bar | None = None
        self._task = TaskID(0)

    def step(self, text: str) -> None:
        """Print the line."""
        self._console.print(text, style="dim", markup=False, highlight=False, soft_wrap=True)

    def count(self, text: str, done: int, total: int) -> None:
        """Move the bar."""
        bar = self._bar or self._begin(text, total)
        bar.update(self._task, description=_short(text), completed=done)
        if done == total:
            bar.stop()
            self._bar = None
            self.step(f"{text}: {total} of {total}")

    def _begin(self, text: str, total: int) -> Bar:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = Bar(*columns, console=self._console, transient=True)
        self._task = self._bar.add_task(_short(text), total=total)
        self._bar.start()
        return self._bar


def _short(text: str) -> str:
    """Its end, so that a narrow terminal has room for the bar."""
    return text if len(text) <= WIDTH else f"…{text[1 - WIDTH :]}"


def progress_on(stream: IO[str] | None = None) -> Progress:
    """The fitting progress for the stream, by default standard error."""
    stream = stream or sys.stderr
    return Terminal(Console(file=stream)) if stream.isatty() else Lines(stream)
