"""Computed answers that refer to nodes: what is selected of those nodes, fetched in one statement for the whole answer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from graph.reads.compiler import ANYTHING, Compiler
from graph.reads.selection import Fields, Selection
from graph.reads.values import Shape, attribute, type_of
from graph.rows import base_label
from schema.ontology import BY_NAME


@dataclass(frozen=True)
class Ref:
    """A node in a computed answer, by its id, and its kind where it is known: of others nothing is planned then."""

    id: str
    kind: str | None = None


Place = tuple[str, str | None, tuple[int, ...]]
"""A type, the kind if it is known, and the field nodes that select from it: where in the document a node is shown."""


class Hydration:
    """Walks an answer twice: first to learn which nodes are shown where, then to put them there."""

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler
        self.selection: Selection = compiler.selection
        self.wanted: dict[Place, set[str]] = defaultdict(set)
        self.fields: dict[Place, Fields] = {}
        self.shapes: dict[Place, Shape] = {}

    def expression(self, answer: Any, type_name: str, fields: Fields) -> str:
        """The expression that fetches every node of the answer, each place in the document once."""
        self._gather(answer, type_name, fields)
        parts: list[str] = []
        for place, ids in self.wanted.items():
            kind, only, _ = place
            node = f"h{len(parts)}"
            text, self.shapes[place] = self.compiler.projection(kind, node, self.fields[place], only)
            wanted = self.compiler.parameter(sorted(ids))
            base = "Entity|Fact" if kind == ANYTHING else base_label(BY_NAME[kind])
            parts.append(f"COLLECT {{ MATCH ({node}:{base}) WHERE {node}.id IN {wanted} RETURN [{node}.id, {text}] }}")
        return f"[{', '.join(parts)}]"

    def filled(self, answer: Any, type_name: str, fields: Fields, found: list[Any]) -> Any:
        """The answer as it is selected, with the nodes in their places."""
        nodes = {
            place: {row[0]: self.shapes[place](row[1]) for row in rows}
            for place, rows in zip(self.wanted, found, strict=True)
        }
        return self._fill(answer, type_name, fields, nodes)

    def _gather(self, value: Any, type_name: str, fields: Fields) -> None:
        if isinstance(value, Ref):
            place = _place(type_name, value, fields)
            self.wanted[place].add(value.id)
            self.fields[place] = fields
        elif isinstance(value, (list, tuple)):
            for each in value:
                self._gather(each, type_name, fields)
        elif value is not None and fields[0].selection_set:
            for nodes in self.selection.below(type_name, fields).values():
                name = nodes[0].name.value
                if name != "__typename":
                    self._gather(attribute(value, name), type_of(self.selection, type_name, name), nodes)

    def _fill(self, value: Any, type_name: str, fields: Fields, nodes: dict[Place, dict[str, Any]]) -> Any:
        if isinstance(value, Ref):
            return nodes[_place(type_name, value, fields)][value.id]
        if isinstance(value, (list, tuple)):
            return [self._fill(each, type_name, fields, nodes) for each in value]
        if value is None or not fields[0].selection_set:
            return value
        found = {}
        for key, below in self.selection.below(type_name, fields).items():
            name = below[0].name.value
            found[key] = (
                type_name
                if name == "__typename"
                else self._fill(attribute(value, name), type_of(self.selection, type_name, name), below, nodes)
            )
        return found


def _place(type_name: str, ref: Ref, fields: Fields) -> Place:
    return type_name, ref.kind, tuple(id(node) for node in fields)
