"""Documents made up from the schema, and values for them: seeded, so that the same number makes the same again.

One seed decides what is asked, another how it is written: with aliases, fragments on types and interfaces, directives, and the same again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
)

from graph.reads.selection import Fields, Selection

WIDTH = 4
YES_AND_NO = "yes: __typename @include(if: $yes) no: __typename @include(if: $no)"
COMPUTED = frozenset({"tariffProfile", "disagreements"})
"""Root fields that take long on a database, and need a schedule."""
GIVEN: dict[str, tuple[str, ...]] = {
    "code": ('"JP"', '"g7"', '"US"'),
    "id": ('"country/jp"', '"person/ryosei-akazawa"', '"meeting/us-jp-2025/round-6"', '"negotiation/us-jp-2025"'),
    "text": ('"a"', '"steel"'),
    "importer": ('"US"',),
    "origin": ('"JP"', '"VN"'),
    "product": ('"8703.23.01"', '"8479.50.00"'),
    "at": ('"2025-07-10"', '"2026-01-01"'),
    "asKnownOn": ('"2025-06-20"', '"2025-09-10"'),
    "from": ('"country/jp"',),
    "to": ('"country/us"',),
    "first": ("2", "3", "20"),
    "after": ('"YWZ0ZXI6MQ=="',),
    "since": ('"2000-01-01T00:00:00Z"',),
    "maxLength": ("2",),
}
"""Values of arguments by name that find something."""
REFUSED = {
    "code": '"XX"',
    "id": '"none"',
    "product": '"x"',
    "asKnownOn": '"2999-01-01"',
    "first": "0",
    "after": '"?"',
    "maxLength": "9",
}
OPTIONAL = frozenset({"text", "at", "asKnownOn", "first", "after", "maxLength"})
"""What is given where it need not be; other names are of several types."""


@dataclass(frozen=True)
class Part:
    """A field that is asked for, on what type, with its arguments and what is asked below it."""

    on: str
    name: str
    arguments: str = ""
    below: tuple[Part, ...] = ()


@dataclass
class Asking:
    """Makes up what is asked, by `random`, so many fields deep."""

    schema: GraphQLSchema
    random: Random
    depth: int

    def roots(self) -> tuple[Part, ...]:
        """One or two root fields."""
        query = self.schema.query_type
        assert query is not None
        names = [name for name in query.fields if name not in COMPUTED]
        return tuple(
            self._part(query, self.random.choice(names), self.depth) for _ in range(self.random.choice((1, 1, 2)))
        )

    def _part(self, on: GraphQLNamedType, name: str, depth: int) -> Part:
        if name == "__typename":
            return Part(on.name, name)
        known: GraphQLField = on.fields[name]  # type: ignore[attr-defined]
        arguments = [text for each in known.args.items() if (text := self._argument(*each))]
        of = get_named_type(known.type)
        below = () if is_leaf_type(of) else self._below(of, depth - 1)
        return Part(on.name, name, f"({', '.join(arguments)})" if arguments else "", below)

    def _argument(self, name: str, argument: GraphQLArgument) -> str:
        required = isinstance(argument.type, GraphQLNonNull)
        if name not in GIVEN or not (required or (name in OPTIONAL and self.random.random() < 0.3)):
            return ""
        refused = name in REFUSED and self.random.random() < 0.05
        return f"{name}: {REFUSED[name] if refused else self.random.choice(GIVEN[name])}"

    def _below(self, of: GraphQLNamedType, depth: int) -> tuple[Part, ...]:
        found = []
        for _ in range(self.random.randint(1, WIDTH)):
            on = of
            if isinstance(of, GraphQLInterfaceType) and self.random.random() < 0.4:
                on = self.random.choice(self.schema.get_possible_types(of))
            leaves = [name for name, each in on.fields.items() if is_leaf_type(get_named_type(each.type))]  # type: ignore[attr-defined]
            names = [*leaves, "__typename"] if depth <= 0 else [*on.fields, "__typename"]  # type: ignore[attr-defined]
            found.append(self._part(on, self.random.choice(names), depth))
        return tuple(found)


@dataclass
class Writing:
    """Writes a document, by `random`; every field has an alias of its own, so that documents are valid.

    Without `skipping` the same is selected however it is written, which saves a database from planning every document.
    """

    schema: GraphQLSchema
    random: Random
    skipping: bool
    fragments: list[str] = field(default_factory=list)
    keys: int = 0

    def document(self, parts: tuple[Part, ...]) -> str:
        """With variables by which fields are skipped or not."""
        body = self._set("Query", parts)
        used = f"{YES_AND_NO} " if not self.skipping else ""
        return " ".join(
            [
                f"query Q($yes: Boolean = true, $no: Boolean = false) {{ {used}...R }} fragment R on Query {body}",
                *self.fragments,
            ]
        )

    def _set(self, on: str, parts: tuple[Part, ...]) -> str:
        written = [self._one(on, part) for part in parts]
        if self.random.random() < 0.2:
            written.append(self.random.choice(written))  # the same again: merged
        return f"{{ {YES_AND_NO if self.skipping else ''} {' '.join(written)} }}"

    def _one(self, on: str, part: Part) -> str:
        self.keys += 1
        head = f"k{self.keys}: {part.name}{part.arguments}{self._directive()}"
        cut = self.random.randrange(len(part.below)) if part.below and self.random.random() < 0.2 else 0
        halves = [each for each in (part.below[:cut], part.below[cut:]) if each]
        text = " ".join(f"{head} {self._set(self._of(part), half)}" for half in halves) or head
        if part.on == on and self.random.random() < 0.6:
            return text
        condition = part.on if part.on != on or self.random.random() < 0.7 else ""
        if condition and self.random.random() < 0.5:
            name = f"F{len(self.fragments)}"
            self.fragments.append(f"fragment {name} on {condition} {{ {text} }}")
            return f"...{name}{self._directive()}"
        return f"...{' on ' + condition if condition else ''}{self._directive()} {{ {text} }}"

    def _of(self, part: Part) -> str:
        on: Any = self.schema.get_type(part.on)
        return str(get_named_type(on.fields[part.name].type).name)

    def _directive(self) -> str:
        chosen = self.random.choice(("",) * 6 + (" @include(if: $yes)", " @skip(if: $no)", " @skip(if: $yes)"))
        return (
            chosen if self.skipping else chosen.replace("skip(if: $yes)", "include(if: true)").replace("$yes", "true")
        )


OF_A_COUNTRY = {"__typename": "Country"}
"""Objects of other kinds say that they are of this one."""
ODD: tuple[Any, ...] = (
    None,
    None,
    7,
    2**31,
    "?",
    True,
    1.5,
    Decimal("1.50"),
    {},
    OF_A_COUNTRY,
    [],
    ("a",),
    ValueError("odd"),
    object,
)
"""Values of which most are odd in most places."""
EVERY = (10, 100, 10**9)


@dataclass
class MadeUp:
    """Makes up what a resolver gives for a selection, by `random`; one value of `every` is `odd`: not as its type says, but by chance."""

    selection: Selection
    random: Random
    odd: Any
    every: int

    def value(self, type_: Any, fields: Fields) -> Any:
        """A value of a type."""
        if self.random.randrange(self.every) == 0:
            found = self._some(get_nullable_type(type_), fields) if self.odd == OF_A_COUNTRY else None
            return {**found, **self.odd} if isinstance(found, dict) else self.odd
        if isinstance(type_, GraphQLNonNull):
            return self._some(type_.of_type, fields)
        return None if self.random.random() < 0.2 else self._some(type_, fields)

    def _some(self, type_: Any, fields: Fields) -> Any:
        if isinstance(type_, GraphQLList):
            return [self.value(type_.of_type, fields) for _ in range(self.random.randrange(4))]
        if isinstance(type_, GraphQLInterfaceType):
            kind = self.random.choice(self.selection.info.schema.get_possible_types(type_))
            return {**self._some(kind, fields), "__typename": kind.name}
        if isinstance(type_, GraphQLObjectType):
            below = self.selection.below(type_.name, fields)
            return {key: self._field(type_, nodes) for key, nodes in below.items()}
        if isinstance(type_, GraphQLEnumType):
            return self.random.choice(list(type_.values))
        return self._leaf(str(type_.name))

    def _field(self, on: GraphQLObjectType, nodes: Fields) -> Any:
        name = nodes[0].name.value
        return on.name if name == "__typename" else self.value(on.fields[name].type, nodes)

    def _leaf(self, name: str) -> Any:
        if name == "Boolean":
            return self.random.random() < 0.5
        if name in ("Int", "Float"):
            return self.random.choice((0, -3, 2**31 - 1))
        texts = ("", "25", 'a "quoted"\n text', "\u65e5\u672c")
        more = {"Decimal": (Decimal("25.0"), Decimal("1E+2")), "Date": (date(2025, 7, 9),)}.get(name, ())
        return self.random.choice(texts + more)
