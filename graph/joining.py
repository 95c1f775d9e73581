"""Makes the graph follow decisions that are new, changed or gone: as if they had always been so.

Ids that are decided on together, before or after, are one group, and a group is one transaction: what names them is read
as its sources state it, taken out, and written again as is decided now. Killed between two groups and run again, the rest follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from neo4j import AsyncDriver, AsyncManagedTransaction

from graph import feed, identities, releases, upsert
from graph.batches import whole
from graph.embedded.progress import Progress
from graph.identities import node_id
from graph.records import NODE, read, records_of
from schema.decisions import rewritten
from schema.identity import digest
from schema.ontology import Record

_LOCK = "MERGE (s:Store {id: 'store'}) SET s.lock = true REMOVE s.lock"
"""Loaders write nothing from here on, and ask afterwards whether decisions are still those that they followed."""
_NAMING = f"""
UNWIND $roots AS root
MATCH (e:Entity {{id: root}})
CALL (e) {{
  RETURN e AS n
  UNION MATCH (e)<-[]-(n:Entity) RETURN n
  UNION MATCH (e)<-[]-(n:Fact) RETURN n
  UNION MATCH (e)<-[]-(:Evidence|Condition|OriginScope)<-[]-(n:Fact) RETURN n
  UNION MATCH (e)<-[]-(:Evidence)<-[]-(:Condition)<-[]-(n:Fact) RETURN n
}}
CALL (n) {{ RETURN n AS m UNION MATCH (n)-[:CONDITIONS*2..8]-(m:Fact) RETURN m }}
WITH DISTINCT m AS n WHERE NOT n:Withdrawn
RETURN n.id AS id, n:Fact AS fact, n.retracted_at IS NOT NULL AS retracted, {NODE.format(n="n")},
  COLLECT {{ MATCH (s:Statement)-[:STATES]->(n) RETURN [s.record, coalesce(s.retracted, false)] }} AS statements
"""
"""All that names these entities, themselves among them, and facts that share a condition with those: its evidence is theirs together."""
_UNSAY = (
    "UNWIND $facts AS id MATCH (:Fact {id: id})<-[:STATES]-(s:Statement) DETACH DELETE s",
    "UNWIND $entities AS id MATCH (:Entity {id: id})<-[:STATES]-(s:Statement) DETACH DELETE s",
    """
    UNWIND $facts AS id
    MATCH (f:Fact {id: id})-[r:EVIDENCE|KEY|SUPERSEDES|ROW|RESTATES]->(v) DELETE r
    WITH DISTINCT v WHERE v:FactKey OR v:Row WITH v WHERE NOT EXISTS { (v)--() }
    DELETE v
    """,
    "UNWIND $facts AS id MATCH (:Fact {id: id})-[:CONDITIONS]->(:Condition)-[r:EVIDENCE]->() DELETE r",
    "UNWIND $again AS id MATCH (f:Fact&Withdrawn {id: id}) DETACH DELETE f",
    """
    UNWIND $gone AS id
    MATCH (f:Fact {id: id}) SET f:Withdrawn, f.withdrawn = true
    WITH f MATCH (f)-[r:CONDITIONS]->() DELETE r
    """,
    """
    UNWIND $roots AS id
    MATCH (e:Entity {id: id}) SET e = {id: id, first_recorded_at: e.first_recorded_at}
    REMOVE e:$([label IN labels(e) WHERE label <> 'Entity'])
    """,
    "UNWIND $entities AS id MATCH (e:Entity {id: id})-[r]->(o:Entity) WHERE id IN $roots OR o.id IN $roots DELETE r",
)
"""What is written of these facts and entities, but for what names them. The change feed goes on showing facts that are gone."""
_TIDY = """
UNWIND $roots AS id
MATCH (e:Entity {id: id}) WHERE e.recorded_at IS NULL
CALL (e, id) {
  MATCH (now:Entity) WHERE now.id IN $roots AND now <> e AND EXISTS { (now)<--(f) WHERE NOT f:Withdrawn AND NOT f:Statement }
  WITH now ORDER BY now.id <> coalesce($kept[id], ''), now.id LIMIT 1
  MATCH (f:Withdrawn)-[r]->(e)
  CREATE (f)-[c:$(type(r))]->(now) SET c = properties(r)
  DELETE r
}
WITH e WHERE NOT EXISTS { (e)<--() }
DETACH DELETE e
"""
"""Ids that nothing names any more; what the change feed still shows of them it shows of what is kept."""
_VALUES = (
    "UNWIND $values AS id MATCH (v:Condition|OriginScope {id: id}) WHERE NOT EXISTS { (v)<--(:Fact) } DETACH DELETE v",
    "UNWIND $values AS id MATCH (v:Evidence {id: id}) WHERE NOT EXISTS { (v)<--() } DETACH DELETE v",
)
"""What facts no longer say."""
_DECIDE = """
MERGE (s:Store {id: 'store'}) SET s.decided = $version
WITH s
CALL () { UNWIND $roots AS id MATCH (i:Identity {id: id}) WHERE $kept[id] IS NULL DELETE i }
UNWIND keys($kept) AS id
MERGE (i:Identity {id: id}) SET i.kept = $kept[id]
"""
_NOTE = """
MATCH (s:Store {id: 'store'})
UNWIND $roots AS id
MERGE (d:Decided {id: id}) SET d.at = s.written
"""
"""When these ids were last decided on: things that are gone have no moment of their own, and exports of changes take them out."""
_NAMED = "MATCH (e:Entity) WHERE e.id IN $ids RETURN collect(e.id) AS ids"
_RETRACT = "UNWIND $ids AS id MATCH (f:Fact {id: id}) SET f.withdrawn = true"
_RETRACTED = "UNWIND $ids AS id MATCH (s:Statement {id: id}) SET s.retracted = true"


@dataclass
class _Found:
    """What names a group of ids: as nodes, and as records of which some were retracted."""

    facts: set[str] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    registers: set[str] = field(default_factory=set)
    records: list[Record] = field(default_factory=list)
    retracted: list[Record] = field(default_factory=list)


async def apply(driver: AsyncDriver, database: str, kept: Mapping[str, str], progress: Progress) -> int:
    """Make the graph follow `kept` and nothing else; give the number of groups in which something changed."""
    registers: set[str] = set()
    async with driver.session(database=database) as session:
        held = await session.execute_read(identities.held)
        changed = list(groups(held.kept, kept))
        if not changed:
            return 0
        named = await session.execute_write(_decide_unnamed, changed, kept)
        here = [group for group in changed if group & named]
        for number, group in enumerate(here, start=1):
            registers |= await session.execute_write(_decide, group, kept)
            progress.count("Applying decisions", number, len(here))
    for register in sorted(registers):
        await releases.settle_dataset(driver, database, register)
    return len(changed)


def groups(held: Mapping[str, str], kept: Mapping[str, str]) -> Iterator[set[str]]:
    """The ids on which is decided otherwise than before, together with all that they are or were joined to."""
    together: dict[str, set[str]] = {}
    for decided in (held, kept):
        for id_, other in decided.items():
            one = together.setdefault(id_, {id_})
            two = together.setdefault(other, {other})
            if one is not two:
                one |= two
                together.update(dict.fromkeys(two, one))
    for group in {id(each): each for each in together.values()}.values():
        if any(held.get(id_) != kept.get(id_) for id_ in group):
            yield group


async def _decide_unnamed(tx: AsyncManagedTransaction, changed: list[set[str]], wanted: Mapping[str, str]) -> set[str]:
    """Decide at once on all groups that the graph does not name, and give those ids that it names."""
    await tx.run(_LOCK)
    ids = {id_ for group in changed for id_ in group}
    named = set((await (await tx.run(_NAMED, ids=sorted(ids))).single(strict=True))["ids"])
    free = {id_ for group in changed if not group & named for id_ in group}
    if free:
        held = (await identities.held(tx)).kept
        here = {id_: wanted[id_] for id_ in sorted(free) if id_ in wanted}
        now = {id_: kept for id_, kept in held.items() if id_ not in free} | here
        await _run(tx, (_DECIDE,), {"roots": sorted(free), "kept": here, "version": digest(now)})
    return named


async def _decide(tx: AsyncManagedTransaction, group: set[str], wanted: Mapping[str, str]) -> set[str]:
    """Decide on one group; give the registers of which rows have to be settled again."""
    await tx.run(_LOCK)
    held = (await identities.held(tx)).kept
    here = {id_: wanted[id_] for id_ in sorted(group) if id_ in wanted}
    now = {id_: kept for id_, kept in held.items() if id_ not in group} | here
    found = await _naming(tx, sorted({held.get(id_, id_) for id_ in group} | {now.get(id_, id_) for id_ in group}))
    again = {node_id(rewritten(record, now)) for record in found.records}
    lists = {
        "facts": found.facts,
        "entities": found.entities,
        "gone": found.facts - again,
        "again": again - found.facts,
        "roots": group,
        "values": found.values,
    }
    parameters = {name: sorted(ids) for name, ids in lists.items()}
    await _run(tx, _UNSAY, parameters)
    await upsert.write(tx, whole(found.records, now), found.facts - again)
    await _retract(tx, found, now)
    await _run(tx, _VALUES, parameters)
    await _run(tx, (_TIDY, _DECIDE, _NOTE), {**parameters, "kept": here, "version": digest(now)})
    return found.registers


async def _run(tx: AsyncManagedTransaction, texts: Iterable[str], parameters: dict[str, Any]) -> None:
    for text in texts:
        await (await tx.run(text, parameters)).consume()


async def _naming(tx: AsyncManagedTransaction, roots: list[str]) -> _Found:
    found = _Found()
    async for row in await tx.run(_NAMING, roots=roots):
        _take(found, row.data())
    return found


def _take(found: _Found, row: dict[str, Any]) -> None:
    (found.facts if row["fact"] else found.entities).add(row["id"])
    for type_, _, id_, _, evidence in row["relations"]:
        if type_ in ("CONDITIONS", "ORIGINS", "EVIDENCE"):
            found.values |= {id_, *(each["id"] for each in evidence)}
        if type_ in ("ROW", "RESTATES"):
            found.registers.add(id_.partition("#")[0])
    if any(relation[0] == "RESTATES" for relation in row["relations"]):
        return
    stated = [(read(text), retracted) for text, retracted in row["statements"]]
    stated = stated or [(record, False) for record in records_of(row["labels"], row["properties"], row["relations"])]
    found.records += [record for record, _ in stated]
    found.retracted += [record for record, retracted in stated if retracted or row["retracted"]]


async def _retract(tx: AsyncManagedTransaction, found: _Found, now: Mapping[str, str]) -> None:
    """What was retracted stays so, unless it is now one with a statement that stands."""
    retracted = {node_id(rewritten(record, now)) for record in found.retracted}
    standing = {node_id(rewritten(record, now)) for record in found.records if record not in found.retracted}
    await tx.run(_RETRACTED, ids=sorted(map(identities.statement_id, found.retracted)))
    if ids := sorted(retracted - standing):
        await tx.run(_RETRACT, ids=ids)
        await feed.stamp(tx, set(ids), set())
