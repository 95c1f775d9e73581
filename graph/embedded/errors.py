"""What can go wrong with the embedded database. Every message says what to do."""

from __future__ import annotations

import errno
from pathlib import Path


class EmbeddedError(Exception):
    """The embedded database cannot be had; show the message, it says how to mend it."""


class StoreInUse(EmbeddedError):  # noqa: N818 - reads as a sentence where it is caught
    """Another process holds the store; the message names it and says what to do."""


class PortTaken(EmbeddedError):  # noqa: N818
    """Another program took the port before the database could; try again with another one."""


def folder_error(path: Path, error: OSError) -> EmbeddedError:
    """The error of a folder that cannot be written, in words of the user."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return EmbeddedError(f"The disk that holds {path} is full: free some space and start again.")
    reason = error.strerror or str(error)
    return EmbeddedError(
        f"{path} cannot be used ({reason}): make it writable or set TRADEGRAPH_HOME to another folder."
    )
