"""A YAML file as plain values that remember their line."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from loaders.curated.problem import CuratedError, Problem

Place = tuple[str | int, ...]
_INT, _BOOL, _NULL = (f"tag:yaml.org,2002:{kind}" for kind in ("int", "bool", "null"))


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


def read_document(file: Path) -> Document:
    """Read one file. Raises CuratedError where it is not UTF-8, not YAML, or no mapping."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
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
    document.marks[place] = (node.start_mark.line + 1, node.start_mark.column + 1)
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
    """Dates stay text, so that their precision is kept."""
    if node.tag == _INT:
        return int(node.value, 0) if not node.value.startswith("0") else node.value
    if node.tag == _BOOL:
        return node.value.lower() in ("true", "yes", "on")
    return None if node.tag == _NULL else node.value
