"""Whatever stands in an argument, of whatever field, changes nothing, breaks nothing and becomes no part of a statement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    get_named_type,
    is_leaf_type,
)

from api.app import create_app
from api.gql.schema import schema
from graph.checksum import checksum
from graph.embedded.progress import progress_on
from tests.conftest import Graph
from tests.http import call

SCHEMA = schema()._schema
TEXTS = (
    "'}) RETURN 1 AS found, [] AS unknown UNION CALL dbms.listConfig() YIELD name RETURN name AS found, [] AS unknown //",
    '` "}) DETACH DELETE n // $p0 ${jndi:ldap://x} {0} %s \\u0027 \u202e\uffff\U0001f600\x00' + "x" * 1500,
    "",
)
NUMBERS = (0, -1, 2**31 - 1, 2**63, 10**400)
DECIMALS = ("1E999999999", "-1E-999999999", "NaN", "9" * 400)
PAGING = frozenset({"first", "after"})
SOUND = {
    "ID": "country/japan",
    "String": "US",
    "Date": "2025-07-10",
    "PartialDate": "2025",
    "DateTime": "2999-01-01T00:00:00+00:00",
    "Decimal": "1",
    "Int": 8,
    "Boolean": True,
}


def _sound(type_: Any) -> Any:
    """A value that could be meant, of what must be given; nothing for the rest."""
    if isinstance(type_, GraphQLNonNull):
        return _sound(type_.of_type)
    if isinstance(type_, GraphQLList):
        return [_sound(type_.of_type)]
    if isinstance(type_, GraphQLInputObjectType):
        return {name: _sound(each.type) for name, each in type_.fields.items() if isinstance(each.type, GraphQLNonNull)}
    return SOUND[type_.name] if isinstance(type_, GraphQLScalarType) else next(iter(type_.values))


def _hostile(type_: Any) -> Iterator[Any]:
    """Values that nobody means, in every place of an argument."""
    if isinstance(type_, GraphQLNonNull):
        yield from _hostile(type_.of_type)
    elif isinstance(type_, GraphQLList):
        yield from ([each] for each in _hostile(type_.of_type))
    elif isinstance(type_, GraphQLInputObjectType):
        for name, each in type_.fields.items():
            yield from ({**_sound(type_), name: value} for value in _hostile(each.type))
    else:
        yield from {"Int": NUMBERS, "Decimal": DECIMALS, "Boolean": ("true",)}.get(type_.name, TEXTS)


def _selected(type_: Any) -> str:
    of = get_named_type(type_)
    if is_leaf_type(of):
        return ""
    return "{ totalCount nodes { __typename } }" if of.name.endswith("Connection") else "{ __typename }"


def _asked(type_name: str, field: str, arguments: dict[str, GraphQLArgument]) -> str:
    """A document whose variables are the arguments of one field."""
    declared = ", ".join(f"${name}: {each.type}" for name, each in arguments.items())
    passed = ", ".join(f"{name}: ${name}" for name in arguments)
    of = SCHEMA.type_map[type_name].fields[field].type  # type: ignore[attr-defined]
    asked = f"{field}({passed}) {_selected(of)}"
    if type_name != "Query":
        asked = f'node(id: "country/japan") {{ ... on {type_name} {{ {asked} }} }}'
    return f"query ({declared}) {{ {asked} }}"


def _fields() -> Iterator[tuple[str, str, list[str]]]:
    """Fields with the arguments to vary. Paging is one piece of code: it is varied on the first field of a type that has it."""
    for name, type_ in SCHEMA.type_map.items():
        if not isinstance(type_, GraphQLObjectType) or name.startswith("__"):
            continue
        paged: set[str] = set()
        for field, each in type_.fields.items():
            yield name, field, [argument for argument in each.args if argument not in paged]
            paged |= PAGING & each.args.keys()


def hostile_questions() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each argument of each field with each value, beside what must be given."""
    for type_name, field, varying in _fields():
        known = SCHEMA.type_map[type_name].fields[field].args  # type: ignore[attr-defined]
        must = {name for name, each in known.items() if isinstance(each.type, GraphQLNonNull)}
        for varied in varying:
            arguments = {name: each for name, each in known.items() if name in must | {varied}}
            sound = {name: _sound(each.type) for name, each in arguments.items()}
            for value in _hostile(known[varied].type):
                yield _asked(type_name, field, arguments), sound | {varied: value}
    for text in TEXTS:
        literal = "".join(each if each.isalnum() else f"\\u{{{ord(each):x}}}" for each in text)
        yield f'{{ search(text: "{literal}") {{ totalCount }} }}', {}


def test_no_value_of_an_argument_breaks_or_changes_anything(shipped: Graph) -> None:
    app = create_app(shipped.database, Path("/nowhere"))
    database = shipped.database
    before = shipped.run(checksum(database.driver, database.name, progress_on()))
    broken = []
    for document, variables in hostile_questions():
        response = shipped.run(call(app, "POST", "/graphql", json={"query": document, "variables": variables}))
        codes = {error["extensions"]["code"] for error in response.json().get("errors", [])}
        if response.status_code not in (200, 400) or codes - {"BAD_QUESTION", "BAD_REQUEST", "TOO_COMPLEX"}:
            broken.append((document, variables, response.text))
    assert broken == []
    assert shipped.run(checksum(database.driver, database.name, progress_on())) == before
