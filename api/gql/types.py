"""Strawberry classes from SDL.

Every object is a mapping by response key, made by the compiler in `graph/`: a field of it is resolved by looking its key up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING
from enum import Enum
from typing import Any

import strawberry
from graphql import (
    DefinitionNode,
    EnumTypeDefinitionNode,
    EnumValueNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    TypeNode,
    parse,
    value_from_ast_untyped,
)
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

from api.gql.scalars import NAMED

Resolver = Callable[..., Any]
Types = dict[str, Any]


def build_types(text: str, roots: Mapping[str, Resolver]) -> Types:
    """A Strawberry class for every definition of the SDL, by name; fields of Query are resolved by `roots`."""
    definitions = {node.name.value: node for node in parse(text).definitions if hasattr(node, "name")}
    types: Types = dict(NAMED)
    for node in definitions.values():
        if isinstance(node, EnumTypeDefinitionNode):
            types[node.name.value] = _enum(node)
        if isinstance(node, InputObjectTypeDefinitionNode):
            types[node.name.value] = _input(node, types)
    for node in definitions.values():
        if isinstance(node, (InterfaceTypeDefinitionNode, ObjectTypeDefinitionNode)):
            _object(node, definitions, types, roots)
    _link(definitions, types)
    return types


def _link(definitions: Mapping[str, DefinitionNode], types: Types) -> None:
    """Give every field its type, now that all are there: types refer to each other."""
    for name, node in definitions.items():
        if isinstance(node, (InterfaceTypeDefinitionNode, ObjectTypeDefinitionNode)):
            wanted = {field.name.value: field.type for field in node.fields or ()}
            for field in types[name].__strawberry_definition__.fields:
                field.type_annotation = StrawberryAnnotation(_annotation(wanted[field.graphql_name], types))


def looked_up(root: Mapping[str, Any], info: strawberry.Info, **_: Any) -> Any:
    """The value under the key by which the client asked for the field."""
    return root[str(info.path.key)]


def _enum(node: EnumTypeDefinitionNode) -> Any:
    values = [value.name.value for value in node.values or ()]
    make: Any = Enum  # mypy knows the functional form with literal names only
    enum = make(node.name.value, {value: value for value in values})
    return strawberry.enum(enum, description=_text(node))


def _input(node: InputObjectTypeDefinitionNode, types: Types) -> Any:
    fields = {field.name.value: _python(field.name.value) for field in node.fields or ()}
    namespace: dict[str, Any] = {
        "__annotations__": {fields[field.name.value]: _annotation(field.type, types) for field in node.fields or ()}
    }
    for field in node.fields or ():
        default = _default(field, types)
        namespace[fields[field.name.value]] = strawberry.field(name=field.name.value, default=default)
    return strawberry.input(type(node.name.value, (), namespace), description=_text(node))


def _default(field: InputValueDefinitionNode, types: Types) -> Any:
    """What a field of an input is without a value: its default, an enum's as its member; missing where it must be given."""
    if field.default_value is None:
        return MISSING if isinstance(field.type, NonNullTypeNode) else strawberry.UNSET
    value = value_from_ast_untyped(field.default_value)
    return types[_name(field.type)][value] if isinstance(field.default_value, EnumValueNode) else value


def _object(
    node: InterfaceTypeDefinitionNode | ObjectTypeDefinitionNode,
    definitions: Mapping[str, DefinitionNode],
    types: Types,
    roots: Mapping[str, Resolver],
) -> Any:
    name = node.name.value
    if name in types:
        return types[name]
    above = tuple(
        _object(definitions[each.name.value], definitions, types, roots)  # type: ignore[arg-type]
        for each in node.interfaces or ()
    )
    namespace: dict[str, Any] = {
        f"f_{field.name.value}": _field(
            field, types, roots.get(field.name.value, looked_up) if name == "Query" else looked_up
        )
        for field in node.fields or ()
    }
    if isinstance(node, InterfaceTypeDefinitionNode):
        types[name] = strawberry.interface(type(name, above, namespace), description=_text(node))
        return types[name]
    namespace["is_type_of"] = classmethod(lambda _, value, __: value.get("__typename", name) == name)
    types[name] = strawberry.type(type(name, above, namespace), description=_text(node))
    return types[name]


def _field(node: FieldDefinitionNode, types: Types, resolver: Resolver) -> StrawberryField:
    field = StrawberryField(
        python_name=f"f_{node.name.value}",
        graphql_name=node.name.value,
        type_annotation=StrawberryAnnotation(object),
        base_resolver=StrawberryResolver(resolver),
        description=_text(node),
    )
    field.arguments = [_argument(each, types) for each in node.arguments or ()]
    return field


def _argument(node: InputValueDefinitionNode, types: Types) -> StrawberryArgument:
    default = {} if node.default_value is None else {"default": value_from_ast_untyped(node.default_value)}
    return StrawberryArgument(
        python_name=_python(node.name.value),
        graphql_name=node.name.value,
        type_annotation=StrawberryAnnotation(_annotation(node.type, types)),
        **default,
    )


def _annotation(node: TypeNode, types: Types, optional: bool = True) -> Any:
    if isinstance(node, NonNullTypeNode):
        return _annotation(node.type, types, optional=False)
    inner = list[_annotation(node.type, types)] if isinstance(node, ListTypeNode) else types[_name(node)]  # type: ignore[misc]
    return inner | None if optional else inner


def _name(node: TypeNode) -> str:
    assert isinstance(node, NamedTypeNode)
    return node.name.value


def _python(name: str) -> str:
    """A name that is no keyword of Python: `from` and `with` are arguments of the contract."""
    return f"a_{name}"


def _text(node: Any) -> str | None:
    return node.description.value if node.description else None
