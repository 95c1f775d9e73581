"""The state file: which process serves the store or served it last, for whom, and on which port."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil

from graph.embedded.home import write_whole


@dataclass(frozen=True)
class Process:
    """A process that cannot be taken for a later one with the same number."""

    pid: int
    created: float
    command: str

    @classmethod
    def current(cls) -> Process:
        """This process."""
        own = psutil.Process()
        return cls(own.pid, own.create_time(), shlex.join(own.cmdline()))

    @property
    def alive(self) -> bool:
        """Whether it still runs. A zombie does not."""
        try:
            found = psutil.Process(self.pid)
            # The clock that the start is counted from may be corrected while both run.
            return abs(found.create_time() - self.created) < 2 and found.status() != psutil.STATUS_ZOMBIE
        except psutil.Error:
            return False

    def __str__(self) -> str:
        command = " ".join(self.command.split())  # one line, whatever was on the command line
        shown = command if len(command) <= 100 else command[:97] + "..."
        return f"process {self.pid} ({shown})"


@dataclass(frozen=True)
class State:
    """One start of the server. Whether it still runs is what the lock says, never this file."""

    port: int
    since: str
    ready: bool
    server: Process
    owner: Process | None
    """The process that the server ends with; none where it was started in the background."""

    @property
    def holder(self) -> Process:
        """The process to name to a user who wants the store."""
        return self.owner or self.server

    def write(self, path: Path) -> None:
        """Remember it."""
        write_whole(path, json.dumps(asdict(self), indent=2) + "\n")


def starting(port: int, owner: Process | None) -> State:
    """The state of this process as it begins to serve the store."""
    return State(port, datetime.now(UTC).isoformat(timespec="seconds"), False, Process.current(), owner)


def read(path: Path) -> State | None:
    """What was remembered; nothing where there is no such file or it makes no sense."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        owner = found["owner"]
        return State(
            int(found["port"]),
            str(found["since"]),
            bool(found["ready"]),
            Process(**found["server"]),
            Process(**owner) if owner else None,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
