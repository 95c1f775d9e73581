"""What a question costs: the number of values that its answer may have, from the sizes of its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    IntValueNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)

LIST = 10
"""Charged for a list without pages: most are shorter, and none has more than a thousand items."""
MOST = 1000
"""No page is larger; what asks for more is refused later, by name."""
WEIGHTS = {
    "tariff": 100,
    "tariffTimeline": 1000,
    "tariffProfile": 5000,
    "changes": 100,
    "path": 500,
    "disagreements": 1000,
    "encounters": 500,
    "neighbourhood": 200,
    "search": 100,
    "__schema": 1_100_000,
    "__type": 20_000,
}
"""What answering a field takes beside its values, in values: these are computed, or read more than they show."""


@dataclass
class Place:
    """One place of the answer: how many fields of the document ask for it, how many of them nobody knows, and the places below."""

    asked: int = 0
    unknown: int = 0
    below: dict[str, Place] = field(default_factory=dict)

    def repeats(self) -> int:
        """Pairs of fields that ask for one place, here and below: each pair is compared by validation."""
        return self.asked * (self.asked - 1) // 2 + sum(each.repeats() for each in self.below.values())

    def unknowns(self) -> int:
        """Fields that nobody knows, here and below: for each, validation looks for names that are like it."""
        return self.unknown + sum(each.unknowns() for each in self.below.values())


@dataclass(frozen=True)
class Pricing:
    """Prices selections of one document, whose size is within the limits; `numbers` are the variables that are whole numbers."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    numbers: Mapping[str, int]

    def of(
        self, type_: GraphQLNamedType | None, selected: SelectionSetNode | None, place: Place, size: int = LIST
    ) -> int:
        """The cost for one object of a type; `size` is that of the page that its lists are, if it is a connection.

        Unknown fields cost 1: validation tells of them.
        """
        return sum(self._field(of, node, place, size) for of, node in self._fields(type_, selected))

    def roots(self, selected: SelectionSetNode) -> set[str]:
        """The names of the fields that an operation begins with."""
        return {node.name.value for _, node in self._fields(self.schema.query_type, selected)}

    def _field(self, type_: GraphQLNamedType | None, node: FieldNode, place: Place, size: int) -> int:
        name = node.name.value
        here = place.below.setdefault(node.alias.value if node.alias else name, Place())
        here.asked += 1
        known = type_.fields.get(name) if isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType)) else None
        if known is None:
            here.unknown += not name.startswith("__")
            return WEIGHTS.get(name, 1)
        of = get_named_type(known.type)
        paged = isinstance(type_, GraphQLObjectType) and type_.name.endswith("Connection")
        page = self._page(node, known.args) if "first" in known.args else LIST
        times = (size if paged else page) if _is_list(known.type) else 1
        return WEIGHTS.get(name, 1) + times * self.of(of, node.selection_set, here, page)

    def _fields(
        self, type_: GraphQLNamedType | None, selected: SelectionSetNode | None
    ) -> Iterator[tuple[GraphQLNamedType | None, FieldNode]]:
        for node in selected.selections if selected else ():
            if isinstance(node, FieldNode):
                yield type_, node
                continue
            inner: Any = self.fragments.get(node.name.value) if isinstance(node, FragmentSpreadNode) else node
            if inner is not None:
                condition = inner.type_condition
                below = self.schema.get_type(condition.name.value) if condition else type_
                yield from self._fields(below, inner.selection_set)

    def _page(self, node: FieldNode, known: Mapping[str, Any]) -> int:
        """The size asked for, the default where none is; what is no number, or out of range, is refused when it is asked."""
        given = next((each.value for each in node.arguments or () if each.name.value == "first"), None)
        default = known["first"].default_value
        size = default if isinstance(default, int) else LIST
        if isinstance(given, IntValueNode):
            size = int(given.value[:12])
        elif isinstance(given, VariableNode):
            size = self.numbers.get(given.name.value, size)
        return max(1, min(size, MOST))


def _is_list(type_: Any) -> bool:
    return isinstance(type_.of_type if isinstance(type_, GraphQLNonNull) else type_, GraphQLList)
