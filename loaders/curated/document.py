"""A YAML file as plain values that remember their line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml._yaml import CParser
from yaml.composer import Composer
from yaml.resolver import Resolver

from loaders.curated.problem import CuratedError, Problem

Place = tuple[str | int, ...]
_INT, _BOOL, _NULL = (f"tag:yaml.org,2002:{kind}" for kind in ("int", "bool", "null"))
_NUMBER = re.compile(r"0|[-+]?[1-9][0-9]{0,17}")
DEEPEST = 50
"""Levels of nesting; no entry needs ten."""
LARGEST = 1_000_000
"""Values of one file: aliases of aliases would make more of a few lines than any memory holds."""


@dataclass
class Document:
    """The values of one file; `marks` gives line and column (from 1) of each value by its path."""

    file: Path
    values: dict[str, Any]
    marks: dict[Place, tuple[int, int]] = field(default_factory=dict)

    def problem(self, place: Place, message: str) -> Problem:
        """A problem at a place of the file, or at the nearest place around it that is written there."""
        while place and place not in self.marks:
            place = place[:-1]
        line, column = self.marks.get(place, (1, 1))
        return Problem(self.file, line, column, message)


class _Loader(Composer, CParser, Resolver):
    """Composes what ends: neither nested without measure nor holding itself. Read by libyaml, which is many times faster."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        Composer.__init__(self)
        Resolver.__init__(self)
        self._open: list[str | None] = []

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """One node with all below it."""
        event: Any = self.peek_event()
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent) and event.anchor in self._open:
            raise yaml.MarkedYAMLError(None, None, f"*{event.anchor} stands within what it names", mark)
        if len(self._open) == DEEPEST:
            raise yaml.MarkedYAMLError(None, None, f"nested more than {DEEPEST} deep", mark)
        self._open.append(event.anchor)
        try:
            return super().compose_node(parent, index)
        finally:
            self._open.pop()


def read_document(file: Path) -> Document:
    """Read one file. Raises CuratedError where it is not UTF-8, not YAML, too large, or no mapping."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
        node = _Loader(text).get_single_node()
    except UnicodeDecodeError as error:
        raise CuratedError([Problem(file, 1, 1, f"not UTF-8 at byte {error.start}: save it as UTF-8")]) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise CuratedError([Problem(file, line, column, f"not YAML: {error.problem}")]) from error
    except yaml.YAMLError as error:
        raise CuratedError([Problem(file, 1, 1, f"not YAML: {error}".splitlines()[0])]) from error
    document = Document(file, {})
    values = _plain(node, (), document) if node is not None else {}
    if not isinstance(values, dict):
        raise CuratedError([Problem(file, 1, 1, "the file must be a mapping of kinds to lists of entries")])
    document.values = values
    return document


def _plain(node: yaml.Node, place: Place, document: Document) -> Any:
    line, column = document.marks[place] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if len(document.marks) > LARGEST:
        raise CuratedError([Problem(document.file, line, column, f"more than {LARGEST} values: write several files")])
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, document)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each, (*place, index), document) for index, each in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: yaml.MappingNode, place: Place, document: Document) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in values:
            mark = key_node.start_mark
            raise CuratedError([Problem(document.file, mark.line + 1, mark.column + 1, f"{key!r} is written twice")])
        values[key] = _plain(value_node, (*place, key), document)
    return values


def _scalar(node: yaml.Node) -> Any:
    """Dates stay text, so that their precision is kept; so does what is no plain number, though YAML takes 1:30 for 90."""
    if node.tag == _INT:
        return int(node.value) if _NUMBER.fullmatch(node.value) else node.value
    if node.tag == _BOOL:
        return node.value.lower() in ("true", "yes", "on")
    return None if node.tag == _NULL else node.value
