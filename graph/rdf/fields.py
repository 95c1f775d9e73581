"""How the fields of a kind become triples: decided once a kind, then done for every node."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from pyoxigraph import Literal, NamedNode

from graph.rdf.read import columns, is_listed, linked
from graph.rdf.values import Terms, day, integer, is_whole, partial, web_address
from graph.stored import properties
from schema.base import Source
from schema.dates import PartialDate
from schema.duty import Duty, DutyBound, DutyComponentKind
from schema.ontology import FieldSpec, fields_of
from schema.vocabulary import bound_of, classes_of, concept_of, property_of

Node = NamedNode | Literal
Triple = tuple[NamedNode, NamedNode, Node]
Write = Callable[[NamedNode, list[Any]], Iterator[Triple]]
"""From a subject and the stored properties of one field to triples."""


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

    def triples(self, subject: NamedNode, values: list[Any], links: list[list[str]]) -> Iterator[Triple]:
        """What it is, its properties in the order of their declaration, and its ends."""
        for each in self._classes:
            yield subject, self._type, each
        for start, size, write in self._slots:
            if values[start] is not None:
                yield from write(subject, values[start : start + size])
        for predicate, ids in zip(self._links, links, strict=True):
            for id_ in ids:
                yield subject, predicate, self._terms.thing(id_)


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
        return _duty(predicate, terms)
    if spec.type is PartialDate:
        return _partial(predicate, spec, terms)
    if kind is Source and spec.name == "url":
        return _address(predicate, terms)
    if spec.type is Decimal:
        return lambda subject, values: iter(((subject, predicate, terms.decimal(values[0])),))
    make = terms.reader(spec.type, spec.term.language)
    if spec.many:
        return lambda subject, values: ((subject, predicate, make(each)) for each in values[0])
    return lambda subject, values: iter(((subject, predicate, make(values[0])),))


def _partial(predicate: NamedNode, spec: FieldSpec, terms: Terms) -> Write:
    first, last = (terms.term(bound_of(spec, end)) for end in ("first", "last"))

    def write(subject: NamedNode, values: list[Any]) -> Iterator[Triple]:
        yield subject, predicate, partial(values[0])
        if not is_whole(*values):
            yield subject, first, day(values[1])
            yield subject, last, day(values[2])

    return write


def _address(predicate: NamedNode, terms: Terms) -> Write:
    exact = terms.term("tg:exactUrl")

    def write(subject: NamedNode, values: list[Any]) -> Iterator[Triple]:
        address = web_address(values[0])
        if address is not None:
            yield subject, predicate, address
        if address is None or address.value != values[0]:
            yield subject, exact, terms.text(values[0])

    return write


def _duty(predicate: NamedNode, terms: Terms) -> Write:
    type_, duty, part = terms.term("rdf:type"), terms.term("tg:Duty"), terms.term("tg:DutyComponent")
    text, readable, ad_valorem, component, position, kind = (
        terms.term(f"tg:{name}") for name in ("text", "readable", "adValorem", "component", "position", "componentKind")
    )
    bound = terms.term("tg:bound")
    exact = {name: terms.term(f"tg:{name}") for name in ("amount", "per")}
    words = {name: terms.term(f"tg:{name}") for name in ("basis", "currency", "unit")}
    group = terms.term("tg:group")
    flag = terms.reader(bool, None)

    def parts(node: NamedNode, number: int, values: dict[str, Any]) -> Iterator[Triple]:
        yield node, type_, part
        yield node, position, integer(number)
        yield node, kind, terms.term(concept_of(values["kind"], DutyComponentKind))
        for name, exactly in exact.items():
            if values[name] is not None:
                yield node, exactly, terms.decimal(values[name])
        for name, word in words.items():
            if values[name] is not None:
                yield node, word, terms.text(values[name])
        yield node, group, integer(values["group"])
        if values["bound"]:
            yield node, bound, terms.term(concept_of(values["bound"], DutyBound))

    def write(subject: NamedNode, values: list[Any]) -> Iterator[Triple]:
        stored = json.loads(values[0])
        node = NamedNode(f"{subject.value}#{predicate.value.rpartition('#')[2]}")
        components = [(NamedNode(f"{node.value}-{i}"), i, each) for i, each in enumerate(stored["components"], 1)]
        yield subject, predicate, node
        yield node, type_, duty
        yield node, text, terms.text(stored["text"])
        yield node, readable, flag(stored["readable"])
        if values[2] is not None:
            yield node, ad_valorem, terms.decimal(values[2])
        for each, _, _ in components:
            yield node, component, each
        for each, number, found in components:
            yield from parts(each, number, found)

    return write
