"""What graphql-core makes of the value of a root field, planned once for what is selected of it.

The values of this service are mappings by response key, lists and leaves, mostly in their final form. Completing them by a plan takes a
twentieth of the time that graphql-core needs, which looks at every field of every object anew. Whatever is not as expected is left to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
)
from graphql.execution.collect_fields import FieldDetailsList, FragmentDetails, collect_subfields
from graphql.execution.values import VariableValues

Complete = Callable[[Any], Any]
KIND = "__typename"
"""The key under which an object of an interface names its type."""
NONE = frozenset({type(None)})
TEXTS = ("String", "ID", "Decimal", "Date", "PartialDate", "DateTime", "Duration")
FINAL: dict[str, frozenset[type]] = {**dict.fromkeys(TEXTS, frozenset({str})), "Boolean": frozenset({bool})}
"""The class of which values of a scalar go out as they are."""
SERIALIZED = (Decimal, date, Enum, int, float, str)
"""What else its scalar may make something of; all else (an error, something to be awaited) is left to graphql-core."""


class Part(NamedTuple):
    """How values of one type are completed: those of the classes in `final` go out as they are, `complete` makes the others."""

    final: frozenset[type]
    complete: Complete


class InexactError(Exception):
    """The value is not one that the plan completes exactly as graphql-core does; graphql-core must do it."""


@dataclass(frozen=True)
class Planner:
    """Plans for one operation. `arguments` are the fields below the root that have some, for variables may not fit them."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDetails]
    variables: VariableValues
    arguments: dict[int, tuple[GraphQLField, FieldNode]] = field(default_factory=dict)

    def of(self, type_: GraphQLOutputType, details: FieldDetailsList) -> Part:
        """How values of a type are completed of which `details` are selected. `complete` raises InexactError, null included."""
        if isinstance(type_, GraphQLNonNull):
            return self._some(type_.of_type, details)
        some = self._some(type_, details)
        return Part(some.final | NONE, some.complete)

    def _some(self, type_: GraphQLOutputType, details: FieldDetailsList) -> Part:
        """Of what is not null."""
        if isinstance(type_, GraphQLScalarType):
            return Part(FINAL.get(type_.name, frozenset()), lambda value: _serialized(type_, value))
        return Part(frozenset(), self._whole(type_, details))

    def _whole(self, type_: GraphQLOutputType, details: FieldDetailsList) -> Complete:
        """Of what never goes out as it is."""
        if isinstance(type_, GraphQLList):
            return _listed(self.of(type_.of_type, details))
        if isinstance(type_, GraphQLObjectType):
            return self._object(type_, details)
        if isinstance(type_, GraphQLInterfaceType):
            return self._interface(type_, details)
        if isinstance(type_, GraphQLEnumType):
            return _enum(type_)
        raise InexactError

    def _object(self, type_: GraphQLObjectType, details: FieldDetailsList) -> Complete:
        fields, name = [(key, *part) for key, part in self._fields(type_, details).items()], type_.name

        def whole(value: Any) -> dict[str, Any]:
            if value.__class__ is not dict or value.get(KIND, name) != name:
                raise InexactError
            return {
                key: part if (part := value[key]).__class__ in final else complete(part)
                for key, final, complete in fields
            }

        return whole

    def _interface(self, type_: GraphQLInterfaceType, details: FieldDetailsList) -> Complete:
        """Kinds are planned when the first of them comes: there are many, and few at one place."""
        kinds: dict[str, Complete] = {}

        def complete(value: Any) -> Any:
            if value.__class__ is not dict or KIND not in value:
                raise InexactError
            kind = value[KIND]
            if kind not in kinds:
                kinds[kind] = self._kind(type_, kind, details)
            return kinds[kind](value)

        return complete

    def _kind(self, above: GraphQLInterfaceType, name: str, details: FieldDetailsList) -> Complete:
        kind = self.schema.get_type(name)
        if not isinstance(kind, GraphQLObjectType) or not self.schema.is_sub_type(above, kind):
            raise InexactError
        return self._object(kind, details)

    def _fields(self, type_: GraphQLObjectType, details: FieldDetailsList) -> dict[str, Part]:
        grouped = collect_subfields(self.schema, self.fragments, self.variables, self.operation, type_, details)[0]
        found: dict[str, Part] = {}
        for key, below in grouped.items():
            node = below[0].node
            known = self.schema.get_field(type_, node.name.value)
            if known is None or type_ is self.schema.query_type:
                raise InexactError
            if node.arguments:
                self.arguments[id(node)] = known, node
            found[key] = _constant(type_.name) if node.name.value == KIND else self.of(known.type, below)
        return found


def _constant(text: str) -> Part:
    return Part(frozenset(), lambda _: text)


def _listed(item: Part) -> Complete:
    final, complete = item

    def listed(value: Any) -> list[Any]:
        if value.__class__ is not list and value.__class__ is not tuple:
            raise InexactError
        return [each if each.__class__ in final else complete(each) for each in value]

    return listed


def _enum(type_: GraphQLEnumType) -> Complete:
    names = {name: _serialized(type_, name) for name in type_.values}
    return lambda value: names[value] if value.__class__ is str and value in names else _serialized(type_, value)


def _serialized(type_: GraphQLLeafType, value: Any) -> Any:
    if not isinstance(value, SERIALIZED):
        raise InexactError
    try:
        found = type_.coerce_output_value(value)
    except Exception as error:
        raise InexactError from error
    if found is None:
        raise InexactError
    return found
