"""What a client selected: fields by response key, with fragments, type conditions, @skip and @include resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    get_argument_values,
    get_directive_values,
)
from graphql.execution.values import VariableValues

Fields = list[FieldNode]
Selected = dict[str, Fields]


@dataclass(frozen=True)
class Selection:
    """Reads the selections of one operation. Order of keys is that of the document, as the standard asks."""

    info: GraphQLResolveInfo[Any]
    _known: dict[tuple[Any, ...], Selected] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def variables(self) -> VariableValues:
        """The coerced variables in graphql-core's own form; Strawberry hands resolvers the bare mapping."""
        given: Any = self.info.variable_values
        return given if isinstance(given, VariableValues) else VariableValues({}, given)

    def below(self, type_name: str, fields: Fields) -> Selected:
        """The fields selected below `fields` that apply to objects of a concrete type."""
        place = type_name, *map(id, fields)  # nodes live as long as `info`
        if place not in self._known:
            self._known[place] = self._below(type_name, fields)
        return self._known[place]

    def _below(self, type_name: str, fields: Fields) -> Selected:
        found: Selected = {}
        for each in fields:
            for node in self._flat(type_name, each.selection_set):
                key = node.alias.value if node.alias else node.name.value
                found.setdefault(key, []).append(node)
        return found

    def arguments(self, type_name: str, node: FieldNode) -> dict[str, Any]:
        """The coerced arguments of a field, defaults included, nulls left out; enums as their values."""
        parent = self.info.schema.type_map[type_name]
        assert isinstance(parent, (GraphQLObjectType, GraphQLInterfaceType))
        values = get_argument_values(parent.fields[node.name.value], node, self.variables)
        return {name: _plain(value) for name, value in values.items() if value is not None}

    def applies(self, type_name: str, condition: str) -> bool:
        """Whether objects of a concrete type meet the type condition of a fragment."""
        if condition == type_name:
            return True
        of = self.info.schema.type_map[type_name]
        return isinstance(of, GraphQLObjectType) and condition in {each.name for each in of.interfaces}

    def _flat(self, type_name: str, selection_set: SelectionSetNode | None) -> Iterator[FieldNode]:
        for node in _selections(selection_set):
            if not self._included(node):
                continue
            if isinstance(node, FieldNode):
                yield node
                continue
            fragment = self.info.fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else node
            assert isinstance(fragment, (FragmentDefinitionNode, InlineFragmentNode))
            condition = fragment.type_condition
            if condition is None or self.applies(type_name, condition.name.value):
                yield from self._flat(type_name, fragment.selection_set)

    def _included(self, node: SelectionNode) -> bool:
        if not node.directives:
            return True
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not (skip and skip["if"]) and (include is None or bool(include["if"]))


def _selections(selection_set: SelectionSetNode | None) -> Iterable[SelectionNode]:
    return selection_set.selections if selection_set else ()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items() if each is not None}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.value if isinstance(value, Enum) else value
