"""The full export as N-Quads, read back: the graph that it gives is the one that it came from.

A file holds the graphs of one thing side by side, as exports write them. A fact is checked against its own name, which is
the hash of what it says: what was changed or lost on the way is set aside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import IO, Any
from urllib.parse import unquote

from pyoxigraph import RdfFormat, parse

from loaders.bad_row import BadRow
from loaders.rdf_values import Things
from schema.base import Condition, Entity, Evidence, Fact
from schema.identity import fact_id
from schema.ontology import BY_NAME, FACTS, VALUES, Record, fields_of, kebab
from schema.vocabulary import Names, property_of

GRAPH = "/graph/"
Line = tuple[int, str]
Scopes = dict[str, Any]
_FACTS = {kebab(kind.__name__) for kind in FACTS}
_ENVELOPE = ("id", "key", "supersedes", "rest_void", "row", "evidence", "conditions")


def read(text: IO[str]) -> Iterator[Record | BadRow]:
    """Yield all entities and facts; facts that follow from releases are made again once their releases are loaded."""
    scopes: Scopes = {}
    for topic, lines in groupby(enumerate(text, start=1), key=lambda line: _topic(line[1])):
        block = [line for line in lines if line[1].strip() and not line[1].startswith("#")]
        if topic is None:
            yield from (BadRow(number, None, line.strip()[:200], "it is in no graph of ours") for number, line in block)
        elif block:
            yield from _block(*topic, block, scopes)


def _topic(line: str) -> tuple[str, str] | None:
    """The base of addresses and the id of the thing in whose graph a line is; None for a line that is in none of ours."""
    graph = line.rstrip().removesuffix(".").rstrip().rpartition(" ")[2]
    base, found, path = graph.partition(GRAPH)
    parts = path.rstrip(">").split("/")
    return (base.lstrip("<"), unquote("/".join(parts[:2] if parts[0] in _FACTS else parts))) if found else None


def _block(base: str, topic: str, block: list[Line], scopes: Scopes) -> Iterator[Record | BadRow]:
    try:
        quads = list(parse("".join(line for _, line in block), RdfFormat.N_QUADS))
    except SyntaxError as error:
        bad = block[min((error.lineno or 1), len(block)) - 1]
        yield BadRow(bad[0], None, bad[1].strip()[:200], f"no N-Quads: {error.msg}")
        return
    try:
        yield from _records(topic, Things.of(Names(base), quads), scopes)
    except (ValueError, KeyError, TypeError) as error:
        yield BadRow(block[0][0], None, topic, f"{type(error).__name__}: {error}")


def _records(topic: str, things: Things, scopes: Scopes) -> Iterator[Record]:
    subject = things.names.thing(topic)
    kind = _kind(things, subject)
    if kind in VALUES:
        scopes[topic] = kind(**_fields(kind, subject, things, scopes))
    elif issubclass(kind, Entity):
        yield kind(id=topic, **_fields(kind, subject, things, scopes))
    elif not things.all(subject, "tg:restates"):
        yield from _fact(topic, kind, subject, things, scopes)


def _kind(things: Things, subject: str) -> type:
    own = things.names.iri("tg:")
    named = [each for each in things.texts(subject, "rdf:type") if each.startswith(own)]
    kinds = [BY_NAME[each.removeprefix(own)] for each in named if each.removeprefix(own) in BY_NAME]
    if len(kinds) != 1:
        raise ValueError("it must be of one kind of the ontology")
    return kinds[0]


def _fact(topic: str, kind: type, subject: str, things: Things, scopes: Scopes) -> Iterator[Fact]:
    fact: Fact = kind(
        **_fields(kind, subject, things, scopes),
        conditions=tuple(_condition(each, things) for each in things.texts(subject, "tg:conditions")),
        supersedes=tuple(things.texts(subject, "tg:supersedesKey")),
        evidence=_evidence(subject, things),
    )
    if fact_id(fact) != topic:
        raise ValueError(f"what it says has the name {fact_id(fact)}")
    keys, rows = things.texts(subject, "tg:key"), things.texts(subject, "tg:row")
    for number in range(max(len(keys), len(rows), 1)):
        yield replace(fact, key=_at(keys, number), row=_at(rows, number))


def _at(found: list[str], number: int) -> str | None:
    return found[min(number, len(found) - 1)] if found else None


def _condition(node: str, things: Things) -> Condition:
    return Condition(**_fields(Condition, node, things, {}), evidence=_evidence(node, things))


def _evidence(subject: str, things: Things) -> tuple[Evidence, ...]:
    """The statements that assert it."""
    asserts = things.names.iri("tg:asserts")
    graphs = [graph for graph, said in things.said.items() if subject in {each.value for each in said.get(asserts, ())}]
    return tuple(_statement(graph, things) for graph in graphs)


def _statement(graph: str, things: Things) -> Evidence:
    chain: list[str] = []
    for node in things.texts(graph, "tg:chain"):
        while cited := things.ids(node, f"rdf:_{len(chain) + 1}"):
            chain += cited
    return Evidence(**_fields(Evidence, graph, things, {}) | {"chain": tuple(chain)})


def _fields(kind: type, subject: str, things: Things, scopes: Scopes) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for spec in fields_of(kind):
        if spec.name in _ENVELOPE or (kind is Evidence and spec.name == "chain"):
            continue
        if spec.end:
            ids = things.ids(subject, property_of(spec))
            value: Any = tuple(ids) if spec.many else _at(ids, 0)
        elif spec.type in VALUES:
            value = scopes[things.ids(subject, property_of(spec))[0]]
        else:
            value = things.value(subject, spec)
        if value is not None:
            found[spec.name] = value
    return found
