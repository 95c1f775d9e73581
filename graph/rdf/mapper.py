"""From rows of the graph to triples in graphs: one for what we hold of a thing, one for what each source states of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from graph.rdf.beyond import beyond, direct
from graph.rdf.fields import Fields
from graph.rdf.provenance import Said, provenance
from graph.rdf.read import Row
from graph.rdf.values import Terms, Triple, day
from schema.base import Condition, Modality
from schema.vocabulary import Names

Graph = tuple[NamedNode, list[Triple]]
"""A graph and what is in it."""


class FactRow(NamedTuple):
    """A fact as it is read. `ends`: the days on which those that supersede it became known."""

    id: str
    about: str
    values: list[Any]
    links: list[list[str]]
    keys: list[str]
    overrides: list[str]
    replaced: list[str]
    rows: list[str]
    restates: list[str]
    ends: list[str]
    evidence: list[Row]
    conditions: list[Row]


@dataclass
class Mapper:
    """Maps rows, and remembers which entities facts named.

    `known`: the day of knowledge. `plain`: without statements and records. `apart`: what several sources state is in the graph of
    each; without, for formats that have no graphs, it is given once.
    """

    names: Names
    plain: bool = False
    apart: bool = True
    known: date | None = None
    named: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._terms = Terms(self.names)
        self._kinds: dict[type, Fields] = {}

    def node(self, kind: type, row: Row) -> Iterator[Graph]:
        """An entity or a scope."""
        id_, values, links = row
        subject = self._terms.thing(id_)
        yield self._record(id_, subject, self._content(kind, subject, values, links))

    def fact(self, kind: type, row: Row) -> Iterator[Graph]:
        """A fact: what we derive of it, then what each source states. Nothing where it was superseded by the day of knowledge."""
        fact = FactRow(*row)
        if self.known is not None and fact.ends:
            return
        subject = self._terms.thing(fact.id)
        self.named.update(each for ids in fact.links for each in ids)
        own = self._derived(subject, fact)
        content = self._content(kind, subject, fact.values, fact.links)
        content += [
            (subject, self._terms.term("tg:conditions"), self._terms.thing(each[0])) for each in fact.conditions
        ]
        if self.plain:
            yield self._record(fact.id, subject, own + content + self._plainly(kind, subject, fact))
        else:
            yield self._record(fact.id, subject, own + self._links(subject, fact))
            yield from self._statements(fact, subject, content)

    def _record(self, id_: str, subject: NamedNode, triples: list[Triple]) -> Graph:
        graph = NamedNode(self.names.graph(id_))
        if self.plain:
            return graph, triples
        head: list[Triple] = [
            (graph, self._terms.term("rdf:type"), self._terms.term("tg:Record")),
            (graph, self._terms.term("foaf:primaryTopic"), subject),
        ]
        return graph, head + triples

    def _content(self, kind: type, subject: NamedNode, values: list[Any], links: list[list[str]]) -> list[Triple]:
        fields = self._fields(kind)
        return [*fields.triples(subject, values, links), *beyond(kind, subject, values, fields, self._terms)]

    def _derived(self, subject: NamedNode, fact: FactRow) -> list[Triple]:
        t = self._terms
        found: list[Triple] = [
            (subject, t.term("tg:aboutKey"), Literal(fact.about)),
            (subject, t.term("tg:knownFrom"), day(min(Said(*each).known for each in fact.evidence))),
        ]
        return [*found, (subject, t.term("tg:knownTo"), day(min(fact.ends)))] if fact.ends else found

    def _links(self, subject: NamedNode, fact: FactRow) -> list[Triple]:
        """What links it to other statements."""
        t = self._terms
        words = {
            "tg:key": fact.keys,
            "tg:supersedesKey": fact.overrides,
            "tg:row": fact.rows,
            "tg:restates": fact.restates,
        }
        found: list[Triple] = [(subject, t.term(name), t.text(each)) for name, all_ in words.items() for each in all_]
        return found + [(subject, t.term("dcterms:replaces"), t.thing(each)) for each in fact.replaced]

    def _statements(self, fact: FactRow, subject: NamedNode, content: list[Triple]) -> Iterator[Graph]:
        """One graph for each piece of evidence of the fact or of its conditions."""
        said: dict[str, tuple[Said, list[NamedNode], list[Triple]]] = {}

        def assert_(evidence: list[Row], thing: NamedNode, triples: list[Triple]) -> None:
            for number, each in enumerate(evidence):
                _, things, found = said.setdefault(each[0], (Said(*each), [], []))
                things.append(thing)
                found += triples if self.apart or not number else ()

        assert_(fact.evidence, subject, content)
        for condition in fact.conditions:
            assert_(condition[2], self._terms.thing(condition[0]), self._condition(condition))
        for id_ in sorted(said):
            each, things, triples = said[id_]
            graph = NamedNode(self.names.statement(fact.id, id_))
            self.named.update(each.names)
            yield graph, [*provenance(graph, subject, each, things, self._terms), *triples]

    def _condition(self, condition: Row) -> list[Triple]:
        id_, values, _, about = condition
        self.named.update(about)
        return self._fields(Condition).triples(self._terms.thing(id_), values, [about])

    def _plainly(self, kind: type, subject: NamedNode, fact: FactRow) -> list[Triple]:
        """Without graphs: sources as plain relations, and what the fact comes to between two things where it is asserted."""
        t = self._terms
        sources = sorted({Said(*each).source for each in fact.evidence})
        self.named.update(sources)
        found: list[Triple] = [(subject, t.term("dcterms:source"), t.thing(source)) for source in sources]
        for condition in fact.conditions:
            found += self._condition(condition)
        fields = self._fields(kind)
        if fact.values[fields.place["modality"]] == Modality.ASSERTED:
            found += direct(kind, subject, fact.links, fields, t)
        return found

    def _fields(self, kind: type) -> Fields:
        if kind not in self._kinds:
            self._kinds[kind] = Fields(kind, self._terms)
        return self._kinds[kind]
