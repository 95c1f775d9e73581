"""Duties as nodes: a node for the duty of each measure, and one for each of its parts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pyoxigraph import NamedNode

from graph.rdf.values import Node, Terms, Triple, Write, integer
from schema.duty import DutyBound, DutyComponentKind
from schema.vocabulary import concept_of

Part = tuple[str, NamedNode, Node | str]
"""What is said of the node with this ending: a property and its value, or the ending of the node that is its value."""


def duty_writer(predicate: NamedNode, terms: Terms) -> Write:
    """Writes duties. They are few and stand in many measures: what each comes to is made once, then named after its measure."""
    name = predicate.value.rpartition("#")[2]
    parts_of = lru_cache(4096)(lambda text, ad_valorem: list(_parts(text, ad_valorem, terms)))

    def write(subject: NamedNode, values: list[Any], out: list[Triple]) -> None:
        head = f"{subject.value}#{name}"
        nodes = {"": NamedNode(head)}
        out.append((subject, predicate, nodes[""]))
        for ending, property_, value in parts_of(values[0], values[2]):
            if isinstance(value, str):
                nodes[value] = NamedNode(head + value)
            out.append((nodes[ending], property_, nodes[value] if isinstance(value, str) else value))

    return write


def _parts(text: str, ad_valorem: str | None, terms: Terms) -> Iterator[Part]:
    stored = json.loads(text)
    yield "", terms.term("rdf:type"), terms.term("tg:Duty")
    yield "", terms.term("tg:text"), terms.text(stored["text"])
    yield "", terms.term("tg:readable"), terms.reader(bool, None)(stored["readable"])
    if ad_valorem is not None:
        yield "", terms.term("tg:adValorem"), terms.decimal(ad_valorem)
    for number, _ in enumerate(stored["components"], 1):
        yield "", terms.term("tg:component"), f"-{number}"
    for number, component in enumerate(stored["components"], 1):
        yield from _component(f"-{number}", number, component, terms)


def _component(ending: str, number: int, values: dict[str, Any], terms: Terms) -> Iterator[Part]:
    yield ending, terms.term("rdf:type"), terms.term("tg:DutyComponent")
    yield ending, terms.term("tg:position"), integer(number)
    yield ending, terms.term("tg:componentKind"), terms.term(concept_of(values["kind"], DutyComponentKind))
    for name in ("amount", "per"):
        if values[name] is not None:
            yield ending, terms.term(f"tg:{name}"), terms.decimal(values[name])
    for name in ("basis", "currency", "unit"):
        if values[name] is not None:
            yield ending, terms.term(f"tg:{name}"), terms.text(values[name])
    yield ending, terms.term("tg:group"), integer(values["group"])
    if values["bound"]:
        yield ending, terms.term("tg:bound"), terms.term(concept_of(values["bound"], DutyBound))
