"""What changed in the graph since a moment, for partners who hold an earlier export: from the moments that nodes carry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any

from neo4j import READ_ACCESS, AsyncDriver

from graph.rdf.export import SCOPES
from graph.rdf.mapper import Graph, Mapper
from graph.rdf.read import FACT, NODE, Reader, chunks
from graph.rdf.selection import free
from schema.ontology import ENTITIES, FACTS, KINDS, kebab
from schema.vocabulary import Names

_BY_ID = {kebab(kind.__name__): kind for kind in (*KINDS, *SCOPES)}
_WRITTEN = "OPTIONAL MATCH (s:Store {id: 'store'}) RETURN s.written AS written"
_NODES = """
MATCH (n:{label}) WHERE n.recorded_at >= $since
RETURN collect([n.id, coalesce(n.first_recorded_at, n.recorded_at) <= $since]) AS found
"""
_DECIDED = "MATCH (d:Decided) WHERE d.at >= $since RETURN collect([d.id, true]) AS found"
"""Ids that were joined to others or are apart again."""
_OF_TERMS = """
MATCH (n:Source) WHERE n.recorded_at >= $since
MATCH (n)<-[:SOURCE|CHAIN]-(:Evidence)<-[:EVIDENCE]-(x)
MATCH (f:Fact) WHERE f = x OR (f)-[:CONDITIONS]->(x)
RETURN collect(DISTINCT [f.id, f.first_recorded_at <= $since]) AS found
"""
_LINKED = """
UNWIND $ids AS id MATCH (n:Fact {id: id})
CALL (n) {
  MATCH (n)-[:KEY]->()<-[:SUPERSEDES]-(f:Fact) RETURN f UNION MATCH (n)-[:SUPERSEDES]->()<-[:KEY]-(f:Fact) RETURN f
}
RETURN collect(DISTINCT [f.id, f.first_recorded_at <= $since]) AS found
"""
_NAMED = """
UNWIND $ids AS id MATCH (f:Fact {id: id})-->(n) WHERE n:OriginScope OR n:ProductScope OR ($guarded AND n:Entity)
RETURN collect(DISTINCT [n.id, true]) AS found
"""
_GUARDED = f"RETURN EXISTS {{ MATCH (s:Source) WHERE NOT {free('s')} }} AS found"


@dataclass(frozen=True)
class Changes:
    """The ids of things that changed, each with whether an export of `since` may hold it."""

    since: str
    ids: dict[str, bool]

    @property
    def gone(self) -> list[str]:
        """What is to be taken out before the rest is put in."""
        return sorted(id_ for id_, held in self.ids.items() if held)


async def written(driver: AsyncDriver, database: str) -> str | None:
    """The moment of the last transaction that wrote; none for an empty graph."""
    found = await driver.execute_query(_WRITTEN, database_=database, routing_="r")
    moment: str | None = found.records[0]["written"]
    return moment


async def changes(driver: AsyncDriver, database: str, since: str) -> Changes:
    """All that changed since a moment, itself included, and what that changes of other things' triples."""
    found: dict[str, bool] = {}

    async def add(text: str, **parameters: Any) -> bool:
        async with driver.session(database=database, default_access_mode=READ_ACCESS) as session:
            pairs = (await (await session.run(text, since=since, **parameters)).single(strict=True))["found"]
        found.update(pairs)
        return bool(pairs)

    for label in ("Fact", "Entity"):
        await add(_NODES.replace("{label}", label))
    await add(_OF_TERMS)
    facts = {kebab(kind.__name__) for kind in FACTS}
    for ids in chunks(id_ for id_ in list(found) if id_.partition("/")[0] in facts):
        await add(_LINKED, ids=ids)
    guarded = (await driver.execute_query(_GUARDED, database_=database, routing_="r")).records[0]["found"]
    for ids in chunks(id_ for id_ in list(found) if id_.partition("/")[0] in facts):
        await add(_NAMED, ids=ids, guarded=guarded)
    # What is joined, or is apart again, was written anew: its nodes do not tell whether they were there before.
    anew = await add(_DECIDED)
    return Changes(since, {id_: held or anew for id_, held in found.items() if id_.partition("/")[0] in _BY_ID})


async def added(reader: Reader, mapper: Mapper, changed: Iterable[str]) -> AsyncIterator[list[Graph]]:
    """The graphs of these things as they are now, in the order of a full export; those that no longer leave give none."""
    by_kind: dict[type, list[str]] = defaultdict(list)
    for id_ in changed:
        by_kind[_BY_ID[id_.partition("/")[0]]].append(id_)
    facts, entities = (sorted(kinds, key=lambda kind: kind.__name__) for kinds in (FACTS, ENTITIES))
    for kind in (*SCOPES, *facts, *entities):
        for ids in chunks(by_kind[kind]):
            if kind in FACTS:
                rows = await reader.these(kind, ids, FACT, reader.selection.leaves("f"))
                yield [graph for row in rows for graph in mapper.fact(kind, row)]
            else:
                rows = await reader.these(kind, ids, NODE, reader.open(kind))
                yield [graph for row in rows for graph in mapper.node(kind, row)]


def retraction(names: Names, ids: Iterable[str]) -> Iterable[bytes]:
    """A SPARQL update that takes these things out, with all that sources state of them; a thing a line."""
    for part in chunks(ids):
        topics = "\n".join(f"  <{names.thing(id_)}>" for id_ in part)
        yield (
            "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { VALUES ?topic {\n"
            f"{topics}\n}} GRAPH ?g {{ ?g <{names.iri('foaf:primaryTopic')}> ?topic . ?s ?p ?o }} }} ;\n"
        ).encode()
