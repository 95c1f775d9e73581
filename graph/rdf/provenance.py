"""Who says something, where, and since when that was public: the head of the graph of one statement."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Any, NamedTuple

from pyoxigraph import NamedNode

from graph.rdf.values import Terms, Triple, day


class Said(NamedTuple):
    """One piece of evidence as it is read: `known` is the day since which it was public, `chain` has whether each source leaves."""

    id: str
    source: str
    known: str
    published: str | None
    locator: str | None
    quote: str | None
    claimed_by: list[str]
    chain: list[list[Any]]

    @property
    def cited(self) -> list[str]:
        """What the source cites, down to the first source whose terms let nothing out."""
        return [source for source, _ in takewhile(lambda each: each[1], self.chain)]

    @property
    def names(self) -> list[str]:
        """All entities that it names."""
        return [self.source, *self.claimed_by, *self.cited]


def provenance(
    graph: NamedNode, topic: NamedNode, said: Said, asserted: list[NamedNode], terms: Terms
) -> Iterator[Triple]:
    """A statement about `topic` that asserts the fact or its conditions."""
    yield graph, terms.term("rdf:type"), terms.term("tg:Statement")
    yield graph, terms.term("foaf:primaryTopic"), topic
    for thing in asserted:
        yield graph, terms.term("tg:asserts"), thing
    yield graph, terms.term("prov:wasDerivedFrom"), terms.thing(said.source)
    for each in said.claimed_by:
        yield graph, terms.term("prov:wasAttributedTo"), terms.thing(each)
    if said.locator is not None:
        yield graph, terms.term("tg:locator"), terms.text(said.locator)
    if said.quote is not None:
        yield graph, terms.term("tg:quote"), terms.text(said.quote)
    if said.published is not None:
        yield graph, terms.term("dcterms:issued"), day(said.published)
    yield graph, terms.term("tg:knownFrom"), day(said.known)
    if said.cited:
        yield from _chain(graph, said.cited, terms)


def _chain(graph: NamedNode, cited: list[str], terms: Terms) -> Iterator[Triple]:
    node = NamedNode(f"{graph.value}#chain")
    yield graph, terms.term("tg:chain"), node
    yield node, terms.term("rdf:type"), terms.term("rdf:Seq")
    for number, source in enumerate(cited, 1):
        yield node, terms.term(f"rdf:_{number}"), terms.thing(source)
