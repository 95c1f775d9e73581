"""One field of a GraphQL type, and how it is read from the graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

PARTY_ARGUMENTS = frozenset({"code", "party", "parties", "with", "towards", "importer", "origin", "issuer", "group"})
"""Arguments that name a party by its code; a code that nobody has is an error."""
ANY_PARTY = "Party"
KIND_OF_ARGUMENT = {"group": "Group"}
"""Of which kind the party must be, where not any will do; the code of another is an error too."""

Arguments = Mapping[str, str]
"""Arguments that the client gave (or that have a default), as the Cypher parameters that hold them."""


@dataclass(frozen=True)
class Read:
    """`type` and `arguments` are the field's signature in SDL.

    Either `value` gives a Cypher expression from the variable of the node, and `shape` makes of it what clients see; or
    `match` gives the clauses that bind the second variable to each related node, in `order`, of GraphQL type `of`. `distinct` is False
    where the order looks at variables between the two, so that the pattern itself must find each node once. `within`: the one
    kind of which the nodes of an interface can be here. `prepare` turns values of arguments into those of parameters;
    `on_edge` are scalars of a connection's edges, by name with their type, that `match` binds as `{second variable}_{name}`.
    """

    type: str
    arguments: str = ""
    description: str = ""
    value: Callable[[str, Arguments], str] | None = None
    shape: Callable[[Any], Any] | None = None
    match: Callable[[str, str, Arguments], str] | None = None
    order: Callable[[str], str] = lambda node: f"{node}.name, {node}.id"
    distinct: bool = True
    within: str | None = None
    party_arguments: frozenset[str] = PARTY_ARGUMENTS
    prepare: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    on_edge: Mapping[str, str] = field(default_factory=dict)

    @property
    def of(self) -> str:
        """The named type without list and non-null marks."""
        return self.type.replace("[", "").replace("]", "").replace("!", "")

    @property
    def target(self) -> str:
        """The type of the related nodes: a connection's nodes, or the named type itself."""
        return self.of.removesuffix("Connection")

    @property
    def edge(self) -> str:
        """The type of a connection's edges."""
        return f"{self.target}Edge"

    @property
    def many(self) -> bool:
        """A plain list."""
        return self.type.startswith("[")

    @property
    def paged(self) -> bool:
        """A connection."""
        return self.of.endswith("Connection")


def expression(type_: str, text: str, shape: Callable[[Any], Any] | None = None, description: str = "") -> Read:
    """A scalar: `{n}` in the text stands for the node."""
    return Read(type_, value=lambda n, _: text.replace("{n}", n), shape=shape, description=description)


def nodes(
    type_: str,
    text: str,
    order: str = "{m}.name, {m}.id",
    arguments: str = "",
    *,
    description: str = "",
    distinct: bool = True,
) -> Read:
    """Related nodes: `{n}` stands for the node, `{m}` for the related one; further variables must begin with `{m}_`."""

    def match(n: str, m: str, _: Arguments) -> str:
        return text.replace("{n}", n).replace("{m}", m)

    return Read(type_, arguments, description, match=match, order=lambda m: order.replace("{m}", m), distinct=distinct)
