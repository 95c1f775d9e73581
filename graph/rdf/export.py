"""The graphs of an export, one after the other: scopes, then facts, then the entities that they name."""

from __future__ import annotations

from collections.abc import AsyncIterator

from graph.rdf.mapper import Graph, Mapper
from graph.rdf.read import Reader
from graph.rdf.selection import Selection
from schema.ontology import ENTITIES
from schema.tariffs import OriginScope, ProductScope

SCOPES: tuple[type, ...] = (OriginScope, ProductScope)


def kinds_of(selection: Selection) -> list[type]:
    """The kinds whose nodes an export of this selection looks at."""
    return [*(SCOPES if selection.facts else ()), *selection.facts, *ENTITIES]


async def graphs(reader: Reader, mapper: Mapper) -> AsyncIterator[list[Graph]]:
    """All graphs that the selection of the reader lets out, a page at a time; always in the same order."""
    selection = reader.selection
    for kind in SCOPES if selection.facts else ():
        async for page in reader.scopes(kind):
            mapper.named.update(each for row in page for ids in row[2] for each in ids)
            yield [graph for row in page for graph in mapper.node(kind, row)]
    for kind in selection.facts:
        async for page in reader.facts(kind):
            yield [graph for row in page for graph in mapper.fact(kind, row)]
    for kind in sorted(ENTITIES, key=lambda each: each.__name__):
        every = selection.whole or kind in selection.entities
        async for page in reader.entities(kind):
            yield [graph for row in page if every or row[0] in mapper.named for graph in mapper.node(kind, row)]
