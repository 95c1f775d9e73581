"""The formats in which RDF leaves, and writing a stream of graphs in one of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from graph.rdf import jsonld
from graph.rdf.lines import Lines
from graph.rdf.mapper import Graph
from schema.vocabulary import PREFIXES, Names


@dataclass(frozen=True)
class Format:
    """A format: its name on the command line, its file's ending, its media types (ours first), whether it has graphs."""

    name: str
    suffix: str
    media: tuple[str, ...]
    graphs: bool
    writer: RdfFormat | None


FORMATS = {
    each.suffix: each
    for each in (
        Format("nquads", "nq", ("application/n-quads",), True, RdfFormat.N_QUADS),
        Format("trig", "trig", ("application/trig",), True, RdfFormat.TRIG),
        Format("ntriples", "nt", ("application/n-triples",), False, RdfFormat.N_TRIPLES),
        Format("turtle", "ttl", ("text/turtle",), False, RdfFormat.TURTLE),
        Format("jsonld", "jsonld", ("application/ld+json", "application/json"), True, None),
        Format("rdfxml", "rdf", ("application/rdf+xml",), False, RdfFormat.RDF_XML),
    )
}
"""By their endings."""
BY_NAME = {each.name: each for each in FORMATS.values()}


@dataclass
class Written:
    """How much was written: triples, and the graphs that hold them."""

    triples: int = 0
    graphs: int = 0


def write(graphs: Iterable[Graph], format_: Format, plain: bool, names: Names, out: IO[bytes]) -> Written:
    """Write all graphs, holding one at a time. `plain`: all in the default graph."""
    written = Written()
    if format_.writer is None:
        jsonld.write(_counted(graphs, written), plain, names, out)
        return written
    named = format_.graphs and not plain
    if format_.writer in (RdfFormat.N_QUADS, RdfFormat.N_TRIPLES):
        lines = Lines(named)
        for graph in _counted(graphs, written):
            out.write(lines.of(graph))
        return written
    prefixes = {"tg": names.iri("tg:"), **PREFIXES} if format_.writer.name in ("Turtle", "TriG", "RDF/XML") else None
    made = _quads(graphs, written) if named else _triples(graphs, written)
    serialize(made, out, format_.writer, prefixes=prefixes)
    return written


def _counted(graphs: Iterable[Graph], written: Written) -> Iterator[Graph]:
    for graph in graphs:
        written.triples += len(graph[1])
        written.graphs += 1
        yield graph


def _quads(graphs: Iterable[Graph], written: Written) -> Iterator[Quad]:
    for name, triples in _counted(graphs, written):
        for subject, predicate, value in triples:
            yield Quad(subject, predicate, value, name)


def _triples(graphs: Iterable[Graph], written: Written) -> Iterator[Triple]:
    for _, triples in _counted(graphs, written):
        for subject, predicate, value in triples:
            yield Triple(subject, predicate, value)


async def drained(pages: AsyncIterator[list[Graph]], write_: Callable[[Iterator[Graph]], Written]) -> Written:
    """Write pages in a thread of its own, while the next page is read."""
    loop = asyncio.get_running_loop()

    async def following() -> list[Graph] | None:
        return await anext(pages, None)

    def graphs() -> Iterator[Graph]:
        coming = asyncio.run_coroutine_threadsafe(following(), loop)
        while (page := coming.result()) is not None:
            coming = asyncio.run_coroutine_threadsafe(following(), loop)
            yield from page

    return await asyncio.to_thread(write_, graphs())
