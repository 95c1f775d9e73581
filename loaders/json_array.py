"""The records of one JSON array, one after the other: a file of any size is read without holding it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

CHUNK = 1 << 16
LONGEST = 1 << 22
"""A record of more characters than this is no record: the file is broken."""
_BLANK = " \t\r\n"


class BrokenArrayError(ValueError):
    """The text is no JSON array from some line on, or it is cut off; `line` counts from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def records(text: IO[str]) -> Iterator[tuple[int, Any]]:
    """Yield each element with the line on which it begins. Raises BrokenArrayError where the text is no array."""
    window = _Window(text)
    window.expect("[", "the file must be one JSON array")
    if window.peek() == "]":
        return
    while True:
        yield window.line, window.value()
        if window.peek() == "]":
            return
        window.expect(",", "a comma or the end of the array is missing")


class _Window:
    """What was read and not yet used, and the line on which it begins."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self._held = ""
        self.line = 1

    def peek(self) -> str:
        """The next character that is not blank, "" at the end; all before it is used up."""
        while True:
            rest = self._held.lstrip(_BLANK)
            self._use(len(self._held) - len(rest))
            if self._held or not self._more():
                return self._held[:1]

    def expect(self, character: str, reason: str) -> None:
        """Use up one character, and what is blank around it."""
        if self.peek() != character:
            raise BrokenArrayError(self.line, reason)
        self._use(1)
        self.peek()

    def value(self) -> Any:
        """The next value, used up. What is cut off cannot be told from what is long before the file ends."""
        while True:
            try:
                found, end = json.JSONDecoder().raw_decode(self._held)
            except (ValueError, RecursionError) as error:
                if len(self._held) > LONGEST or not self._more():
                    raise BrokenArrayError(self.line, f"no JSON from here on, or cut off: {error}") from error
                continue
            if end == len(self._held) and self._more():
                continue  # a number may go on
            self._use(end)
            return found

    def _use(self, size: int) -> None:
        self.line += self._held.count("\n", 0, size)
        self._held = self._held[size:]

    def _more(self) -> bool:
        read = self._text.read(CHUNK)
        self._held += read
        return bool(read)
