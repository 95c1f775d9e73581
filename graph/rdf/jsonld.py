"""Compact JSON-LD, as a stream: a line a thing, under a context that is published too and stands in every file.

Readers need to fetch nothing. Numbers are written as text, so that no reader makes them inexact.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import IO, Any

from pyoxigraph import NamedNode

from graph.rdf.mapper import Graph
from graph.rdf.values import Node, Triple
from schema.duty import Duty
from schema.ontology import KINDS, VALUES, FieldSpec, fields_of
from schema.vocabulary import BEYOND, OWN_PROPERTIES, PREFIXES, Names, property_of

VERSION = 1
"""Goes up with every change of the context by which a file could be read otherwise."""
MOST = 8_000
"""Values that are kept: one that comes again costs a look and not its making."""
KEYWORD = "@vocab"
"""The values are terms of a vocabulary."""
_TYPE = PREFIXES["rdf"] + "type"
_DATATYPES = {bool: "boolean", int: "integer", Decimal: "decimal", date: "date", timedelta: "duration"}


def context(names: Names) -> dict[str, Any]:
    """The context: prefixes, our own terms without one, and the type of each property that has one."""
    coerced = {_key(name): {"@type": type_} for name, type_ in _types().items()}
    heads = {"id": "@id", "type": "@type", "graph": "@graph"}
    return {"@version": 1.1, "@base": f"{names.base}/id/", "@vocab": names.iri("tg:"), **PREFIXES, **heads, **coerced}


def write(graphs: Iterable[Graph], plain: bool, names: Names, out: IO[bytes]) -> None:
    """Write all graphs; `plain`: their things side by side, without graphs."""
    lines = Lines(names)
    out.write(b'{"@context":' + _bytes(context(names)) + b',\n"@graph":[')
    separator = b"\n"
    for name, triples in graphs:
        nodes = lines.nodes(triples)
        for each in nodes if plain else ({"id": name.value, "graph": list(nodes)},):
            out.write(separator + _bytes(each))
            separator = b",\n"
    out.write(b"\n]}\n")


class Lines:
    """Turns the triples of a graph into compact nodes."""

    def __init__(self, names: Names) -> None:
        self._types = {names.iri(name): type_ for name, type_ in _types().items()}
        self._heads = {names.iri("tg:"): "", **{iri: f"{prefix}:" for prefix, iri in PREFIXES.items()}}
        self._keys: dict[str, str] = {}
        self._properties: dict[NamedNode, tuple[str, str | None]] = {}
        self._made: dict[tuple[str, Node], Any] = {}
        self._base = f"{names.base}/id/"
        self._relative = lru_cache(8192)(self._made_relative)

    def nodes(self, triples: list[Triple]) -> Iterator[dict[str, Any]]:
        """A node for each subject, in the order in which they come."""
        found: dict[NamedNode, dict[str, Any]] = {}
        last, node = None, {}
        if len(self._made) > MOST:
            self._made.clear()
        for subject, predicate, value in triples:
            if subject is not last:
                last = subject
                node = found.get(subject) or found.setdefault(subject, {"id": self._relative(subject.value)})
            self._add(node, predicate, value)
        return iter(found.values())

    def _add(self, node: dict[str, Any], predicate: NamedNode, value: Node) -> None:
        key, type_ = self._properties.get(predicate) or self._property(predicate)
        written = self._made.get((key, value))
        if written is None:
            written = self._made[key, value] = self._value(type_, value)
        held = node.get(key)
        if held is None:
            node[key] = written
        elif isinstance(held, list):
            held.append(written)
        else:
            node[key] = [held, written]

    def _property(self, predicate: NamedNode) -> tuple[str, str | None]:
        """Its key, and the type that its values have unless they say otherwise."""
        type_ = KEYWORD if predicate.value == _TYPE else self._types.get(predicate.value)
        found = ("type" if type_ == KEYWORD else self._key(predicate.value), type_)
        self._properties[predicate] = found
        return found

    def _value(self, type_: str | None, value: Node) -> Any:
        if isinstance(value, NamedNode):
            if type_ == KEYWORD:
                return self._key(value.value)
            relative = self._relative(value.value)
            return relative if type_ == "@id" else {"id": relative}
        if value.language:
            return {"@value": value.value, "@language": value.language}
        datatype = self._key(value.datatype.value)
        if datatype == type_:
            return value.value
        if datatype != "xsd:string":
            return {"@value": value.value, "@type": datatype}
        return value.value if type_ is None else {"@value": value.value}

    def short(self, iri: str) -> str:
        """An IRI as people read it."""
        return self._relative(iri) if iri.startswith(self._base) else self._key(iri)

    def _made_relative(self, iri: str) -> str:
        rest = iri.removeprefix(self._base)
        return rest if rest and ":" not in rest.partition("/")[0] and not rest.startswith("/") else iri

    def _key(self, iri: str) -> str:
        key = self._keys.get(iri)
        if key is None:
            head = next((head for head in self._heads if iri.startswith(head)), None)
            key = self._keys[iri] = iri if head is None else self._heads[head] + iri[len(head) :]
        return key


def _types() -> dict[str, str]:
    """The type of every property that has one type wherever it is used; "@id" for those that hold IRIs."""
    found: dict[str, set[str | None]] = {}
    for kind in (*KINDS, *VALUES):
        for spec in fields_of(kind):
            found.setdefault(property_of(spec), set()).add(_type(spec))
    types = {name: each for name, all_ in found.items() if len(all_) == 1 and (each := next(iter(all_)))}
    own = {f"tg:{name}": type_ for name, (type_, _) in OWN_PROPERTIES.items()}
    return {name: type_ for name, type_ in {**types, **own, **BEYOND}.items() if type_ not in ("", "xsd:string")}


def _type(spec: FieldSpec) -> str | None:
    if spec.end or spec.type in (*VALUES, Duty) or issubclass(spec.type, StrEnum) or property_of(spec) == "schema:url":
        return "@id"
    return f"xsd:{_DATATYPES[spec.type]}" if spec.type in _DATATYPES else None


def _key(term: str) -> str:
    return term.removeprefix("tg:")


def _bytes(value: Any) -> bytes:
    return _ENCODER.encode(value).encode()


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
