"""What is told of one thing: its record, and where it is an entity, the facts that name it, up to a number."""

from __future__ import annotations

from dataclasses import dataclass

from neo4j import READ_ACCESS
from pyoxigraph import Literal, NamedNode

from graph.rdf.export import SCOPES
from graph.rdf.mapper import Graph, Mapper
from graph.rdf.read import FACT, NODE, Reader
from graph.rdf.selection import Selection
from graph.reads.statement import Database
from schema.base import Fact
from schema.ontology import KINDS, kebab
from schema.vocabulary import Names

MOST = 200
"""Facts that a page shows."""
_BY_ID = {kebab(kind.__name__): kind for kind in (*KINDS, *SCOPES)}
_STATE = """
OPTIONAL MATCH (f:Fact {id: $id})
OPTIONAL MATCH (i:Identity {id: $id})
RETURN f.retracted_at IS NOT NULL AS gone, CASE WHEN i.kept <> $id THEN i.kept END AS kept
"""
_NAMING = "MATCH (n:Entity {{id: $id}})<--(f:Fact) WHERE {leaves} RETURN DISTINCT f.id AS id ORDER BY id LIMIT $most"


@dataclass(frozen=True)
class Told:
    """The graphs of a page; `more`: facts name the thing that it does not show. Without graphs: `gone`, or `kept` elsewhere."""

    graphs: list[Graph]
    more: bool = False
    gone: bool = False
    kept: str | None = None


async def told(database: Database, names: Names, id_: str, apart: bool) -> Told:
    """All that a page tells of the thing with this id; no graphs where nothing may be told."""
    kind = _BY_ID.get(id_.partition("/")[0])
    if kind is None:
        return Told([])
    reader = Reader(database.driver, database.name, Selection())
    mapper = Mapper(names, apart=apart)
    if issubclass(kind, Fact):
        rows = await reader.these(kind, [id_], FACT, reader.selection.leaves("f"))
        found = [graph for row in rows for graph in mapper.fact(kind, row)]
    else:
        rows = await reader.these(kind, [id_], NODE, reader.open(kind))
        found = [graph for row in rows for graph in mapper.node(kind, row)]
    if not found:
        return await _missing(database, id_)
    facts, more = await _facts(database, reader, mapper, id_)
    return Told(found + facts, more)


def more_facts(names: Names, id_: str) -> Graph:
    """Says that there is more."""
    true = Literal("true", datatype=NamedNode(names.iri("xsd:boolean")))
    return NamedNode(names.graph(id_)), [(NamedNode(names.thing(id_)), NamedNode(names.iri("tg:moreFacts")), true)]


async def _facts(database: Database, reader: Reader, mapper: Mapper, id_: str) -> tuple[list[Graph], bool]:
    text = _NAMING.format(leaves=reader.selection.leaves("f"))
    async with database.driver.session(database=database.name, default_access_mode=READ_ACCESS) as session:
        found = await session.run(text, reader.selection.parameters, id=id_, most=MOST + 1)
        ids = [record["id"] async for record in found]
    graphs: list[Graph] = []
    for name in sorted({each.partition("/")[0] for each in ids[:MOST]}):
        kind = _BY_ID[name]
        wanted = [each for each in ids[:MOST] if each.startswith(f"{name}/")]
        rows = await reader.these(kind, wanted, FACT, reader.selection.leaves("f"))
        graphs += [graph for row in rows for graph in mapper.fact(kind, row)]
    return graphs, len(ids) > MOST


async def _missing(database: Database, id_: str) -> Told:
    async with database.driver.session(database=database.name, default_access_mode=READ_ACCESS) as session:
        found = await (await session.run(_STATE, id=id_)).single(strict=True)
    return Told([], gone=found["gone"], kept=found["kept"])
