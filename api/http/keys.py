"""Keys of clients: made once, kept as hashes, revoked by name."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

PREFIX = "tg"
BUDGET = 10_000_000
"""Points a minute of a key for which nothing else is said."""


class KeyNameError(ValueError):
    """There is, or there is no, key of this name."""


class KeyFileError(ValueError):
    """The file holds no keys of ours. Show the message to who runs the service; a client is told that keys cannot be read now."""


@dataclass(frozen=True)
class Key:
    """A key as it is kept. `digest` is the SHA-256 of its secret, which has 256 random bits: nobody can guess back from it."""

    name: str
    id: str
    digest: str
    budget: int
    made: str

    def opens(self, secret: str) -> bool:
        """Whether this is its secret, in a time that says nothing of how much of it is right."""
        return hmac.compare_digest(self.digest, _digest(secret))


def read(file: Path) -> dict[str, Key]:
    """The keys by their public id; none where there is no file. Raises KeyFileError."""
    if not file.is_file():
        return {}
    try:
        return {each["id"]: Key(**each) for each in json.loads(file.read_text())}
    except (TypeError, KeyError, ValueError) as error:
        raise KeyFileError(f"{file} holds no keys of ours: put back a copy, or remove it and make new keys") from error


def add(file: Path, name: str, budget: int) -> str:
    """Make a key and keep its hash. The text returned is nowhere else. Raises KeyNameError."""
    known = read(file)
    if name in {key.name for key in known.values()}:
        raise KeyNameError(f"there is a key {name}: revoke it first, or choose another name")
    id_, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    made = datetime.now(UTC).isoformat(timespec="seconds")
    _write(file, [*known.values(), Key(name, id_, _digest(secret), budget, made)])
    return f"{PREFIX}_{id_}_{secret}"


def revoke(file: Path, name: str) -> None:
    """Forget a key; services that run refuse it from the next request on. Raises KeyNameError."""
    known = list(read(file).values())
    kept = [key for key in known if key.name != name]
    if len(kept) == len(known):
        raise KeyNameError(f"there is no key {name}: `tradegraph keys list` shows all")
    _write(file, kept)


def _write(file: Path, keys: list[Key]) -> None:
    """Whole or not at all, and for its owner alone."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump([asdict(key) for key in keys], out, indent=1)
    beside.replace(file)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


class Ring:
    """The keys of a file as they are now: read again when the file changes."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._seen: tuple[int, int] | None = None
        self._keys: dict[str, Key] = {}

    def find(self, text: str) -> Key | None:
        """The key that a client shows, if it is one. Raises KeyFileError."""
        prefix, _, rest = text.partition("_")
        id_, _, secret = rest.partition("_")
        key = self._now().get(id_) if prefix == PREFIX else None
        return key if key is not None and key.opens(secret) else None

    def _now(self) -> dict[str, Key]:
        try:
            stat = self.file.stat()
            seen = (stat.st_mtime_ns, stat.st_ino)
        except OSError:
            self._seen, self._keys = None, {}
            return self._keys
        if seen != self._seen:
            self._keys, self._seen = read(self.file), seen
        return self._keys
