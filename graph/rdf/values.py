"""Values as RDF terms, each in its one canonical form."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from schema.dates import parse_partial
from schema.vocabulary import ESCAPED, PREFIXES, Names, concept_of

Node = NamedNode | Literal
Triple = tuple[NamedNode, NamedNode, Node]
Write = Callable[[NamedNode, list[Any], list[Triple]], None]
"""Adds the triples of one field: from a subject and its stored properties. As generators they took twice the time."""
XSD = PREFIXES["xsd"]
DATES = {4: NamedNode(XSD + "gYear"), 7: NamedNode(XSD + "gYearMonth"), 10: NamedNode(XSD + "date")}
"""The datatype of a date by the length of its text."""

_TYPES = {
    bool: "boolean",
    int: "integer",
    Decimal: "decimal",
    timedelta: "duration",
    date: "date",
}
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""What XML 1.0 cannot hold, or would read as another character: carriage return."""
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`]')
_WEB = re.compile(r"https?://[^/]+", re.IGNORECASE)


class Terms:
    """Makes nodes; those that come again and again are made once."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.term: Callable[[str], NamedNode] = lru_cache(4096)(lambda term: NamedNode(names.iri(term)))
        self.thing: Callable[[str], NamedNode] = lru_cache(8192)(lambda id_: NamedNode(names.thing(id_)))
        self._escaped = NamedNode(names.iri(ESCAPED))

    def text(self, text: str, language: str | None = None) -> Literal:
        """Text of a source, or in a language; characters that not every format can hold are escaped, under a datatype of ours."""
        if not text.isprintable() and _UNWRITABLE.search(text):
            return Literal(json.dumps(text, ensure_ascii=True)[1:-1], datatype=self._escaped)
        return Literal(text, language=language) if language else Literal(text)

    def reader(self, type_: type, language: str | None) -> Callable[[Any], Node]:
        """What makes a node of a stored value of this type."""
        if issubclass(type_, StrEnum):
            return lambda value: self.term(concept_of(value, type_))
        if type_ is str:
            return lambda value: self.text(value, language)
        datatype = NamedNode(XSD + _TYPES[type_])
        if type_ is bool:
            return lambda value: Literal("true" if value else "false", datatype=datatype)
        return lambda value: Literal(str(value), datatype=datatype)

    def decimal(self, text: str) -> Literal:
        """An exact decimal without needless zeros: stores that keep numbers and not words give the same back."""
        return Literal(format(Decimal(text).normalize(), "f"), datatype=_DECIMAL)


_DECIMAL = NamedNode(XSD + "decimal")
_DAY = NamedNode(XSD + "date")
_INTEGER = NamedNode(XSD + "integer")


@lru_cache(4096)
def day(text: str) -> Literal:
    """A whole day."""
    return Literal(text, datatype=_DAY)


@lru_cache(4096)
def integer(number: int) -> Literal:
    """A whole number."""
    return Literal(str(number), datatype=_INTEGER)


@lru_cache(4096)
def partial(text: str) -> Literal:
    """A date of known precision: xsd:gYear, xsd:gYearMonth or xsd:date."""
    return Literal(text, datatype=DATES[len(text)])


@lru_cache(4096)
def is_whole(text: str, first: str, last: str) -> bool:
    """The text says which days the date may be; not so for one that was counted from another."""
    found = parse_partial(text)
    return (found.first.isoformat(), found.last.isoformat()) == (first, last)


def web_address(url: str) -> NamedNode | None:
    """An address as an IRI, with what no IRI may hold in per cent escapes; None where it is no address of the web."""
    if not _WEB.match(url):
        return None
    try:
        return NamedNode(_NO_IRI.sub(lambda found: quote(found[0]), url))
    except ValueError:
        return None
