"""Text of a file whose encoding is not always UTF-8."""

from __future__ import annotations

import io
from typing import IO, Any, BinaryIO, cast


def decoded(text: IO[str]) -> IO[str]:
    """The whole text of a file that was opened and not read yet: UTF-8, else Windows-1252. Raises UnicodeDecodeError for neither."""
    raw = cast(BinaryIO, cast(Any, text).buffer).read()
    try:
        return io.StringIO(raw.decode("utf-8-sig"), newline="")
    except UnicodeDecodeError:
        return io.StringIO(raw.decode("cp1252"), newline="")
