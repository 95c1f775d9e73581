"""How the fields of a kind become triples: decided once a kind, then done for every node."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pyoxigraph import NamedNode

from graph.rdf.duties import duty_writer
from graph.rdf.read import columns, is_listed, linked
from graph.rdf.values import Terms, Triple, Write, day, is_whole, partial, web_address
from graph.stored import properties
from schema.base import Source
from schema.dates import PartialDate
from schema.duty import Duty
from schema.ontology import FieldSpec, fields_of
from schema.vocabulary import bound_of, classes_of, property_of


class Fields:
    """The triples of the fields of one kind."""

    def __init__(self, kind: type, terms: Terms) -> None:
        self._type = terms.term("rdf:type")
        self._classes = [terms.term(name) for name in classes_of(kind)]
        self._terms = terms
        self._slots = list(_slots(kind, terms))
        self._links = [terms.term(property_of(spec)) for spec in linked(kind)]
        self.place = {name: index for index, name in enumerate(columns(kind))}
        self.link = {spec.name: index for index, spec in enumerate(linked(kind))}

    def triples(self, subject: NamedNode, values: list[Any], links: list[list[str]]) -> list[Triple]:
        """What it is, its properties in the order of their declaration, and its ends."""
        out: list[Triple] = [(subject, self._type, each) for each in self._classes]
        for start, size, write in self._slots:
            if values[start] is not None:
                write(subject, values[start : start + size], out)
        for predicate, ids in zip(self._links, links, strict=True):
            for id_ in ids:
                out.append((subject, predicate, self._terms.thing(id_)))
        return out


def _slots(kind: type, terms: Terms) -> Iterator[tuple[int, int, Write]]:
    start = 0
    for spec in fields_of(kind):
        if is_listed(kind, spec):
            size = len(properties(spec))
            yield start, size, _write(kind, spec, terms)
            start += size


def _write(kind: type, spec: FieldSpec, terms: Terms) -> Write:
    predicate = terms.term(property_of(spec))
    if spec.type is Duty:
        return duty_writer(predicate, terms)
    if spec.type is PartialDate:
        return _partial(predicate, spec, terms)
    if kind is Source and spec.name == "url":
        return _address(predicate, terms)
    make = terms.decimal if spec.type is Decimal else terms.reader(spec.type, spec.term.language)
    if spec.many:
        return lambda subject, values, out: out.extend((subject, predicate, make(each)) for each in values[0])
    return lambda subject, values, out: out.append((subject, predicate, make(values[0])))


def _partial(predicate: NamedNode, spec: FieldSpec, terms: Terms) -> Write:
    first, last = (terms.term(bound_of(spec, end)) for end in ("first", "last"))

    def write(subject: NamedNode, values: list[Any], out: list[Triple]) -> None:
        out.append((subject, predicate, partial(values[0])))
        if not is_whole(*values):
            out += ((subject, first, day(values[1])), (subject, last, day(values[2])))

    return write


def _address(predicate: NamedNode, terms: Terms) -> Write:
    exact = terms.term("tg:exactUrl")

    def write(subject: NamedNode, values: list[Any], out: list[Triple]) -> None:
        address = web_address(values[0])
        if address is not None:
            out.append((subject, predicate, address))
        if address is None or address.value != values[0]:
            out.append((subject, exact, terms.text(values[0])))

    return write
