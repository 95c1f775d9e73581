"""What an annotation of an ontology field may say beyond its Python type.

A field is written `Annotated[str, End("Party", inverse="memberships")]`; storage, GraphQL, the JSON schema of curated
files and the reference all read these marks, so that a field is declared in one place.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class End:
    """The field holds the id of another node (a tuple of ids: several) and is stored as a relation to it.

    `inverse` names the field by which the other node shows the facts that point at it, `paged` makes that field a
    connection, and `every` makes it list all facts and not only the preferred ones.
    """

    target: str
    inverse: str | None = None
    paged: bool = False
    every: bool = False


@dataclass(frozen=True)
class Address:
    """The field holds the about-key of a fact of the kind `target`: it addresses all versions of that fact."""

    target: str


@dataclass(frozen=True)
class Doc:
    """What the field means: the text of its GraphQL description and of the reference.

    A field needs one unless it is an end named like what it points at.
    """

    text: str


@dataclass(frozen=True)
class Term:
    """The RDF property by which the field is written, where a standard has one ("org:member"); else it gets one of our own.

    `language`: the field holds sentences of ours in this language, and not words of a source.
    """

    property: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Shared:
    """The field holds a value that many facts share; it is stored once, as a node named by its content."""


@dataclass(frozen=True)
class Codes:
    """The field holds product codes or prefixes; each becomes a node that a look-up by prefix starts from."""


@dataclass(frozen=True)
class Indexed:
    """The property is looked up by its value."""


@dataclass(frozen=True)
class Open:
    """An enum to which later sources may add: clients see it as a String."""
