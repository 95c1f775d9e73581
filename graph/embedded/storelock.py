"""The lock on the store: the operating system's own, so that it vanishes with its holder, however that ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def held(path: Path, patience: float = 0.0) -> Iterator[int]:
    """Hold the lock, and yield its descriptor for a child to hold it too.

    Raises BlockingIOError where another process keeps it for longer than `patience` seconds.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait(descriptor, time.monotonic() + patience)
        yield descriptor
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Whether a process holds the lock at this moment."""
    if not path.exists():
        return False
    try:
        with held(path):
            return False
    except BlockingIOError:
        return True


def _wait(descriptor: int, deadline: float) -> None:
    while True:
        try:
            return _take(descriptor)
        except (BlockingIOError, PermissionError) as error:  # the second one is what Windows says
            if time.monotonic() >= deadline:
                raise BlockingIOError(*error.args) from error
            time.sleep(0.02)
