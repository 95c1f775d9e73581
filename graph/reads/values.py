"""Computed values: dataclasses and mappings of GraphQL names, and what is selected of them, by response key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graph.reads.selection import Fields, Selection
from schema.ontology import camel

Shape = Callable[[Any], Any]
_NAMES: dict[type, dict[str, str]] = {}
"""Of classes whose values are shown: GraphQL names with those of attributes."""


def same(value: Any) -> Any:
    """What is shown as it is."""
    return value


def selecting(selection: Selection, type_name: str, fields: Fields) -> Shape:
    """The function that takes what is selected from values of a type, or from lists of them."""
    if not fields[0].selection_set:
        return same
    parts = [_part(selection, type_name, key, nodes) for key, nodes in selection.below(type_name, fields).items()]

    def selected(value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, (list, tuple)):
            return [selected(each) for each in value]
        return {key: shape(attribute(value, name)) if name else type_name for key, name, shape in parts}

    return selected


def _part(selection: Selection, type_name: str, key: str, nodes: Fields) -> tuple[str, str | None, Shape]:
    name = nodes[0].name.value
    if name == "__typename":
        return key, None, same
    return key, name, selecting(selection, type_of(selection, type_name, name), nodes)


def type_of(selection: Selection, type_name: str, name: str) -> str:
    """The named type of a field."""
    if name == "__typename":
        return "String"
    of = selection.info.schema.type_map[type_name].fields[name].type  # type: ignore[attr-defined]
    while hasattr(of, "of_type"):
        of = of.of_type
    return str(of.name)


def attribute(value: Any, name: str) -> Any:
    """The value of a GraphQL field of a mapping or of an object whose attributes are in snake case."""
    if isinstance(value, dict):
        return value[name]
    names = _NAMES.get(type(value))
    if names is None:
        names = _NAMES[type(value)] = {camel(each): each for each in reversed(dir(value))}
    return getattr(value, names[name])
