"""Offline backups of the embedded store, in Neo4j's own format: `neo4j-admin database dump` and `load`.

A dump holds the graph alone: the password, the port and Neo4j's own book-keeping stay in the state folder.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from graph.embedded import launch, storelock
from graph.embedded.admin import AdminFailed, Tool, tool
from graph.embedded.errors import EmbeddedError, folder_error
from graph.embedded.home import Home
from graph.embedded.progress import Progress
from graph.embedded.server import running
from graph.embedded.swap import mend, swap

NAME = "neo4j"
"""The one database of the Community edition."""
NOT_CLOSED = "perform recovery"
"""What the tool says of a store that was not closed; a start and a stop mend it."""


def dump(root: Path, file: Path, progress: Progress, *, force: bool = False) -> None:
    """Write the graph to a file, which appears only when it is whole.

    Raises StoreInUse while a server runs, EmbeddedError where there is no store, or the file is there and not `force`.
    """
    home = Home(root.absolute())
    if file.exists() and not force:
        raise EmbeddedError(f"{file} is there already: name another file, or add --force to replace it.")
    try:
        _dump(home, file, progress)
    except AdminFailed as error:
        if NOT_CLOSED not in str(error):
            raise
        progress.step("The server was killed: mending the store first")
        with running(home.root, progress):
            pass
        _dump(home, file, progress)


def restore(root: Path, file: Path, progress: Progress, *, force: bool = False) -> None:
    """Make the store what the file holds; the one that was there is gone afterwards, and untouched until the end.

    Raises StoreInUse while a server runs, EmbeddedError where there is a store and not `force`, or the file is no whole dump.
    """
    home = Home(root.absolute())
    if not file.is_file():
        raise EmbeddedError(f"There is no file {file}: name one that `tradegraph db dump` wrote.")
    if home.data.exists() and not force:
        raise EmbeddedError(f"There is a store in {home.root}: add --force to replace what it holds.")
    if not home.data.exists():
        with running(home.root, progress):
            pass  # makes the password and the book-keeping that dumps leave out
    with _held(home, progress) as admin:
        try:
            _stage(home, admin, file, progress)
            swap(home)
        finally:
            shutil.rmtree(home.staging, ignore_errors=True)


def _dump(home: Home, file: Path, progress: Progress) -> None:
    partial = file.with_name(f"{file.name}.{os.getpid()}.partial")
    with _held(home, progress) as admin:
        if not home.data.exists():
            raise EmbeddedError(f"There is no store in {home.root} to dump: load first, or set TRADEGRAPH_HOME.")
        progress.step(f"Writing {file}")
        try:
            # Readable by its owner alone: some sources may not be passed on.
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as out:
                admin.run(["database", "dump", "--to-stdout", NAME], stdout=out)
                out.flush()
                os.fsync(out.fileno())
            partial.replace(file)
        except OSError as error:
            raise folder_error(file, error) from error
        finally:
            partial.unlink(missing_ok=True)


def _stage(home: Home, admin: Tool, file: Path, progress: Progress) -> None:
    """Make a whole data folder beside the one in use: the dump's graph, and the rest as it is."""
    progress.step(f"Reading {file}")
    shutil.rmtree(home.staging, ignore_errors=True)
    try:
        shutil.copytree(home.data, home.staging / "data", ignore=shutil.ignore_patterns(NAME))
        with file.open("rb") as dumped:
            replace(admin, folder=home.staging).run(["database", "load", "--from-stdin", NAME], stdin=dumped)
    except AdminFailed as error:
        raise EmbeddedError(f"{file} is no whole dump; the store is as it was. {error}") from error
    except OSError as error:
        raise folder_error(home.staging, error) from error


@contextmanager
def _held(home: Home, progress: Progress) -> Iterator[Tool]:
    """The tool on a store that is kept from servers, the tool's own process included, should this one be killed."""
    home.prepare()
    try:
        with storelock.held(home.lock, patience=1) as descriptor:
            mend(home)
            yield tool(home, progress, descriptor)
    except BlockingIOError as error:
        raise launch.in_use(home) from error
