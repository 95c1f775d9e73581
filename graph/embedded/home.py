"""The folder of the state: what lies where below it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from graph.embedded.errors import folder_error


@dataclass(frozen=True)
class Home:
    """The files and folders below the state folder of one user."""

    root: Path

    @property
    def store(self) -> Path:
        """The folder that Neo4j calls its home."""
        return self.root / "neo4j"

    @property
    def jars(self) -> Path:
        """The jars of Neo4j, laid out as a Maven repository; TRADEGRAPH_JARS moves them."""
        return Path(os.environ.get("TRADEGRAPH_JARS") or self.root / "jars")

    @property
    def data(self) -> Path:
        """What the database holds."""
        return self.store / "data"

    @property
    def staging(self) -> Path:
        """Where a restore makes the data folder that is to take the place of the old one."""
        return self.root / "restoring"

    @property
    def unfinished(self) -> Path:
        """Lies here from before a store is made until it has started once."""
        return self.store / "unfinished"

    @property
    def logs(self) -> Path:
        """The folder of all logs."""
        return self.root / "logs"

    @property
    def log(self) -> Path:
        """What the child process says; the one before it ends in `.1`."""
        return self.logs / "neo4j.log"

    @property
    def state(self) -> Path:
        """Which process serves the store, or served it last, and on which port."""
        return self.root / "neo4j.json"

    @property
    def lock(self) -> Path:
        """The file that the process which holds the store keeps locked."""
        return self.root / "neo4j.lock"

    @property
    def password(self) -> Path:
        """The password of the database, readable by the user alone."""
        return self.root / "password"

    def prepare(self) -> None:
        """Make the folders, closed to other users. Raises EmbeddedError where that is impossible."""
        try:
            for folder in (self.root, self.store, self.logs, self.jars):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise folder_error(self.root, error) from error


def write_whole(path: Path, text: str) -> None:
    """Write a file that only its owner can read, so that a reader sees the old one or the new one, never a half."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
