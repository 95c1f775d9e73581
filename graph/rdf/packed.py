"""Files that are whole or not there, packed so that the same content gives the same bytes."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import zstandard

SUFFIXES = {"none": "", "gzip": ".gz", "zstd": ".zst"}
"""How a file can be packed, and the ending that says so."""
MEDIA = {".gz": "application/gzip", ".zst": "application/zstd"}


@dataclass(frozen=True)
class Packed:
    """A file that was written: its name, size and SHA-256."""

    name: str
    bytes: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Packed:
        """Of a file that is there."""
        with path.open("rb") as file:
            return cls(path.name, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """A file to write, packed by its ending; it appears under its name only when all is written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as raw, _packer(path, raw) as out:
            yield out
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _packer(path: Path, raw: IO[bytes]) -> Iterator[IO[bytes]]:
    if path.suffix == ".gz":
        with gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
            yield cast(IO[bytes], packed)
    elif path.suffix == ".zst":
        with zstandard.ZstdCompressor(level=9, write_checksum=True).stream_writer(raw, closefd=False) as packed:
            yield cast(IO[bytes], packed)
    else:
        yield raw
