"""The password of the database: random, made once, readable by its user alone."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from graph.embedded.errors import folder_error
from graph.embedded.home import write_whole


def load_or_make(path: Path) -> str:
    """The password in the file, which is made where there is none. Raises EmbeddedError.

    The file comes before the password is set in the database: a crash between the two locks nobody out.
    """
    try:
        if not _read(path):
            _make(path)
        return _read(path)
    except OSError as error:
        raise folder_error(path, error) from error


def _read(path: Path) -> str:
    with suppress(FileNotFoundError):
        return path.read_text(encoding="ascii").strip()
    return ""


def _make(path: Path) -> None:
    """Two processes may do this at once: the first one wins, both then read the same."""
    draft = path.with_name(f"password.{os.getpid()}")
    write_whole(draft, secrets.token_urlsafe(32) + "\n")
    try:
        if path.exists():  # empty: left by a full disk
            path.unlink()
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
