"""Files as they come: plain, .gz, .zip, .zst or standard input, read as a stream, never unpacked on disk."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

import zstandard

STDIN = Path("-")
RATIO = 1000
"""A file that unpacks to more than this many times its size, and to more than LEAST bytes, is taken for a bomb."""
LEAST = 64 * 1024**2
PACKED = 1 << 12
"""Packed bytes that are unpacked at once: all that comes of them is in memory, which may be hundreds of times as much."""


class StreamError(Exception):
    """The file cannot be read as what its name says; the message names the file and what to do."""


@dataclass
class Reach:
    """How far a file has been read, in its own bytes: packed ones where it is packed."""

    file: IO[bytes] | None = None
    size: int = 0

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where no size is known, as of standard input."""
        return self.file.tell() / self.size if self.file and self.size else None


@contextmanager
def text_of(path: Path, encoding: str = "utf-8-sig", reach: Reach | None = None) -> Iterator[IO[str]]:
    """The text of a file or of standard input ("-"). Raises StreamError for what is broken, too large or no archive of one file."""
    with bytes_of(path, reach or Reach()) as raw:
        try:
            yield io.TextIOWrapper(cast(BinaryIO, raw), encoding=encoding, newline="")
        except UnicodeDecodeError as error:
            raise StreamError(f"{path} {no_text(error)}") from error


def no_text(error: UnicodeDecodeError) -> str:
    """What is wrong with the encoding of a file, and what to do."""
    return f"is no text in {error.encoding}: {error.reason} ({error.object[error.start]:#04x}); save it as UTF-8"


@contextmanager
def bytes_of(path: Path, reach: Reach) -> Iterator[io.BufferedIOBase]:
    """The bytes of a file, unpacked by its suffix."""
    if path == STDIN:
        yield cast(io.BufferedIOBase, sys.stdin.buffer)
        return
    with ExitStack() as stack:
        try:
            raw = stack.enter_context(_opened(path, stack, reach))
        except (OSError, zipfile.BadZipFile) as error:
            raise StreamError(f"{path}: {error}") from error
        try:
            yield io.BufferedReader(_Bounded(raw, path))
        except (EOFError, gzip.BadGzipFile, zipfile.BadZipFile, zstandard.ZstdError) as error:
            raise StreamError(f"{path} is damaged or cut off ({error}): fetch it again") from error


def _opened(path: Path, stack: ExitStack, reach: Reach) -> IO[bytes]:
    suffix = path.suffix.lower()
    file = reach.file = stack.enter_context(path.open("rb"))
    reach.size = path.stat().st_size
    if suffix == ".gz":
        return cast(IO[bytes], gzip.open(file, "rb"))
    if suffix == ".zst":
        return cast(IO[bytes], io.BufferedReader(_Zstandard(file)))
    if suffix == ".zip":
        archive = stack.enter_context(zipfile.ZipFile(file))
        files = [name for name in archive.namelist() if not name.endswith("/")]
        if len(files) != 1:
            raise StreamError(f"{path} holds {len(files)} files: give an archive of one file, or the file itself")
        return archive.open(files[0])
    return file


class _Zstandard(io.RawIOBase):
    """Frames of Zstandard; the library's own reader takes a file that was cut off for whole."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._ready = b""

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read some bytes. Raises EOFError where the last frame does not end."""
        while not self._ready:
            packed = self._frame.unused_data if self._frame.eof else b""
            packed = packed or self._raw.read(PACKED)
            if not packed:
                if not self._frame.eof:
                    raise EOFError("the last frame has no end")
                return 0
            if self._frame.eof:
                self._frame = zstandard.ZstdDecompressor().decompressobj()
            self._ready = self._frame.decompress(packed)
        found, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(found)] = found
        return len(found)


class _Bounded(io.RawIOBase):
    """Reads on until what was unpacked is out of all proportion. `name`: of some sources only the file's name says the release."""

    def __init__(self, raw: IO[bytes], path: Path) -> None:
        self._raw = raw
        self._path = path
        self.name = str(path)
        self._left = max(LEAST, RATIO * path.stat().st_size)

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read some bytes."""
        found = self._raw.read(len(buffer))
        self._left -= len(found)
        if self._left < 0:
            raise StreamError(f"{self._path} unpacks to more than {RATIO} times its size: refused")
        buffer[: len(found)] = found
        return len(found)
