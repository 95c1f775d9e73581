"""The trips of one traveller as the file writes them: XML, read with the line of each, and those that were entered twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from loaders.bad_row import BadRow

NAMES = ("trip", "president", "item")
CHUNK = 1 << 16


@dataclass
class Element:
    """A trip, a president or an item of a code table: where it begins, and the texts of its parts with single blanks."""

    name: str
    line: int
    attributes: dict[str, str]
    cells: dict[str, str] = field(default_factory=dict)


def elements(text: IO[str]) -> Iterator[Element | BadRow]:
    """The elements of NAMES; a bad row where the file stops being XML. Declared entities are refused."""
    reader = _Reader()
    while True:
        chunk = text.read(CHUNK)
        try:
            reader.parser.Parse(chunk.encode(), not chunk)
        except expat.ExpatError as error:
            yield from reader.taken()
            yield BadRow(error.lineno, None, None, f"not XML: {expat.ErrorString(error.code)}")
            return
        except ValueError as error:
            yield BadRow(reader.parser.CurrentLineNumber, None, None, str(error))
            return
        yield from reader.taken()
        if not chunk:
            return


class _Reader:
    """What of the file is read and not yet taken."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self._open: Element | None = None
        self._parts: list[str] = []
        self._ready: list[Element] = []

    def taken(self) -> list[Element]:
        """The elements that are whole."""
        ready, self._ready = self._ready, []
        return ready

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in NAMES:
            self._open = Element(name, self.parser.CurrentLineNumber, attributes)
        self._parts = []

    def _text(self, text: str) -> None:
        self._parts.append(text)

    def _end(self, name: str) -> None:
        if self._open is None:
            return
        if name == self._open.name:
            self._ready.append(self._open)
            self._open = None
        else:
            self._open.cells[name] = " ".join("".join(self._parts).split())

    def _entity(self, *declared: object) -> None:
        raise ValueError(f"the file declares an entity, {declared[0]}: none is needed")


def again(trips: Iterable[Element]) -> dict[str, str]:
    """The ids under which a trip was entered a second time, with the first id of each.

    One trip: the same traveller, country, place and first day, and of the two remarks one goes on where the other ends.
    """
    first: dict[tuple[str, ...], list[Element]] = {}
    found: dict[str, str] = {}
    for trip in trips:
        cells = trip.cells
        key = trip.attributes["who"], cells["country"], cells["locale"], cells["start-date"]
        same = first.setdefault(key, [])
        if earlier := next((each for each in same if _goes_on(each.cells["remarks"], cells["remarks"])), None):
            found[cells["id"]] = earlier.cells["id"]
        else:
            same.append(trip)
    return found


def _goes_on(one: str, other: str) -> bool:
    short, long = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    return bool(short) and (long == short or (long.startswith(short) and not long[len(short)].isalnum()))
