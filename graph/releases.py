"""Settles the releases of a register in the graph: a function of all releases that are loaded, in whatever order they came."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from typing import Any

from neo4j import AsyncDriver, AsyncManagedTransaction

from graph import derive, feed
from graph.rows import rows_of_value
from schema.base import Evidence
from schema.dates import PartialDate, parse_partial
from schema.identity import digest, value_id
from schema.releases import Release, Restated, Settled, Stated, settle

PAGE = 2000
GONE = "no longer in this release"

_RELEASES = """
MATCH (s:Source {dataset: $dataset}) WHERE s.published IS NOT NULL
RETURN s.id AS id, s.published AS day ORDER BY day, id
"""
_ROWS = """
MATCH (row:Row) WHERE row.id STARTS WITH $prefix AND row.id > $after
WITH row ORDER BY row.id LIMIT $page
RETURN row.id AS row, COLLECT {
  MATCH (row)<-[:ROW]-(f:Fact)-[:EVIDENCE]->(:Evidence)-[:SOURCE]->(s:Source {dataset: $dataset})
  RETURN [f.id, f.content, f.valid_from, f.valid_to, s.id]
} AS facts ORDER BY row
"""
_STANDING = """
UNWIND $restated AS new
MATCH (f:Fact {id: new.id})-[:EVIDENCE]->(:Evidence {id: new.evidence}) WHERE NOT f:Withdrawn
RETURN collect(f.id) AS ids
"""
_KNOWN = """
UNWIND $known AS row
MATCH (f:Fact {id: row.fact})-[r:EVIDENCE]->(e:Evidence)-[:SOURCE]->(s:Source {id: row.source})
WITH f, r, row, coalesce(e.published, s.published) AS published WHERE coalesce(r.known, published) <> row.day
SET r.known = CASE row.day WHEN published THEN null ELSE row.day END
RETURN collect(DISTINCT f.id) AS ids
"""
"""Written only where it is another day than that of the release, so that most rows of a first release need no write."""
_SUPERSEDES = """
UNWIND $rows AS row
MATCH (:Row {id: row})<-[:ROW]-(f:Fact)-[r:SUPERSEDES]->(k:FactKey) WHERE NOT [f.id, k.id] IN $wanted
DELETE r
RETURN collect(DISTINCT f.id) + collect(DISTINCT k.id) AS ids
"""
_SUPERSEDE = """
UNWIND $wanted AS pair
MATCH (f:Fact {id: pair[0]}) MATCH (old:Fact {id: pair[1]})
MERGE (k:FactKey {id: old.id}) MERGE (old)-[:KEY]->(k) MERGE (f)-[r:SUPERSEDES]->(k) ON CREATE SET r.new = true
WITH f, old, r WHERE r.new REMOVE r.new
RETURN collect(DISTINCT f.id) + collect(DISTINCT old.id) AS ids
"""
_STALE = """
UNWIND $rows AS row
MATCH (:Row {id: row})<-[:RESTATES]-(f:Fact) WHERE NOT f.id IN $kept AND f.retracted_at IS NULL
SET f.withdrawn = true, f:Withdrawn
WITH f OPTIONAL MATCH (f)-[r:SUPERSEDES]->(k:FactKey)
DELETE r
RETURN collect(DISTINCT f.id) + collect(DISTINCT k.id) AS ids
"""
_ORPHANS = """
CALL () {
  MATCH (f:Withdrawn)-[r:EVIDENCE]->(e:Evidence) DELETE r
  WITH DISTINCT e WHERE NOT EXISTS { (e)<-[:EVIDENCE]-() } DETACH DELETE e
}
CALL () {
  MATCH (k:FactKey) WHERE k.id IN $ids AND NOT EXISTS { (k)<-[:SUPERSEDES]-() } DETACH DELETE k
}
"""
"""What stale restatements leave behind: with it gone, the graph is as if they had never followed."""
_RESTATE = """
UNWIND $restated AS new
MATCH (base:Fact {id: new.base}) MATCH (row:Row {id: new.row})
MERGE (f:Fact {id: new.id})
SET f += base {.*, id: new.id, recorded_at: f.recorded_at, first_recorded_at: f.first_recorded_at},
    f += new.properties, f.retracted_at = null
REMOVE f:Withdrawn
SET f:$(labels(base))
MERGE (f)-[:RESTATES]->(row)
WITH f, base, new
CALL (f, new) {
  MATCH (f)-[r:EVIDENCE]->(e:Evidence) WHERE e.locator STARTS WITH new.row + ':' AND e.id <> new.evidence
  DELETE r
  WITH DISTINCT e WHERE NOT EXISTS { (e)<-[:EVIDENCE]-() }
  DETACH DELETE e
}
MERGE (e:Evidence {id: new.evidence})
MERGE (f)-[r:EVIDENCE]->(e)
WITH f, base, new
CALL (f, base) {
  MATCH (base)-[r]->(end) WHERE NOT type(r) IN ['EVIDENCE', 'KEY', 'SUPERSEDES', 'ROW', 'RESTATES']
  MERGE (f)-[c:$(type(r))]->(end) SET c += properties(r)
}
CALL (f, new) {
  UNWIND new.supersedes AS old
  MATCH (o:Fact {id: old}) MERGE (k:FactKey {id: old}) MERGE (o)-[:KEY]->(k) MERGE (f)-[:SUPERSEDES]->(k)
}
RETURN collect(DISTINCT f.id) + reduce(all = [], x IN collect(new.supersedes) | all + x) AS ids
"""


async def settle_dataset(driver: AsyncDriver, database: str, dataset: str) -> None:
    """Settle every row of a register, a page of rows a transaction; doing it again changes nothing."""
    async with driver.session(database=database) as session:
        found = await session.run(_RELEASES, dataset=dataset)
        releases = [Release(row["id"], date.fromisoformat(row["day"])) async for row in found]
        after = ""
        while True:
            last = await session.execute_write(_page, dataset, releases, after)
            if last is None:
                return
            after = last


async def _page(tx: AsyncManagedTransaction, dataset: str, releases: list[Release], after: str) -> str | None:
    found = await tx.run(_ROWS, dataset=dataset, prefix=f"{dataset}#", after=after, page=PAGE)
    rows = [(row["row"], row["facts"]) async for row in found]
    if not rows:
        return None
    settled = {row: settle(releases, _stated(releases, facts)) for row, facts in rows}
    contents = {fact[0]: fact[1] for _, facts in rows for fact in facts}
    changed = await _known(tx, settled)
    if len(releases) > 1:
        changed |= await _write(tx, settled, contents)
    changed |= await derive.known_days(tx, changed)
    await feed.stamp(tx, changed, set())
    return str(rows[-1][0])


def _stated(releases: list[Release], facts: list[list[Any]]) -> list[Stated | None]:
    by_source = {source: Stated(id_, _partial(start), _partial(end)) for id_, _, start, end, source in facts}
    return [by_source.get(release.source) for release in releases]


async def _known(tx: AsyncManagedTransaction, settled: dict[str, Settled]) -> set[str]:
    known = [
        {"fact": fact, "source": source, "day": day.isoformat()}
        for each in settled.values()
        for (fact, source), day in each.known.items()
    ]
    return await _ids(tx, _KNOWN, known=known)


async def _write(tx: AsyncManagedTransaction, settled: dict[str, Settled], contents: dict[str, str]) -> set[str]:
    wanted = [list(pair) for each in settled.values() for pair in each.supersedes]
    restated = [_restated(row, each, contents) for row, found in settled.items() for each in found.restated]
    rows = list(settled)
    held = await _ids(tx, _STANDING, restated=[{"id": each["id"], "evidence": each["evidence"]} for each in restated])
    changed = await _ids(tx, _SUPERSEDES, rows=rows, wanted=wanted)
    changed |= await _ids(tx, _SUPERSEDE, wanted=wanted)
    changed |= await _ids(tx, _STALE, rows=rows, kept=[each["id"] for each in restated])
    new = [each for each in restated if each["id"] not in held]
    await _evidence(tx, new)
    changed |= await _ids(tx, _RESTATE, restated=new)
    await tx.run(_ORPHANS, ids=sorted(contents))
    return changed


def _restated(row: str, each: Restated, contents: dict[str, str]) -> dict[str, Any]:
    """A restated fact: the content of its base with another period, hence another id."""
    content = json.loads(contents[each.base])
    properties: dict[str, Any] = {"known_from": None, "known_to": None, "standing": None}
    for name, day in (("valid_from", each.start), ("valid_to", each.end)):
        content |= {name: _span(day)} if day else {}
        properties |= _stored(name, day)
    evidence = Evidence(source=each.source, locator=f"{row}: {GONE if each.supersedes else 'there again'}")
    kind = each.base.split("/")[0]
    return {
        "id": f"{kind}/{digest(content)}",
        "base": each.base,
        "row": row,
        "properties": {**properties, "content": json.dumps(content, sort_keys=True)},
        "supersedes": list(each.supersedes),
        "evidence": value_id(evidence),
        "value": evidence,
    }


async def _evidence(tx: AsyncManagedTransaction, restated: list[dict[str, Any]]) -> None:
    nodes: dict[str, Any] = defaultdict(dict)
    for each in restated:
        evidence = each.pop("value")
        nodes[each["evidence"]] = {"source": evidence.source, "properties": rows_of_value(evidence)}
    text = (
        "UNWIND $rows AS row MERGE (e:Evidence {id: row.id}) ON CREATE SET e += row.properties "
        "WITH e, row MATCH (s:Entity {id: row.source}) MERGE (e)-[:SOURCE]->(s)"
    )
    await tx.run(text, rows=[{"id": id_, **each} for id_, each in nodes.items()])


def _stored(name: str, day: PartialDate | None) -> dict[str, Any]:
    if day is None:
        return {name: None, f"{name}_first": None, f"{name}_last": None}
    return {name: day.text, f"{name}_first": day.first.isoformat(), f"{name}_last": day.last.isoformat()}


def _span(day: PartialDate) -> str:
    """A period's end as content: two ends of one text but other days are two statements."""
    whole = parse_partial(day.text)
    return day.text if (whole.first, whole.last) == (day.first, day.last) else f"{day.first}/{day.last}"


def _partial(text: str | None) -> PartialDate | None:
    return parse_partial(text) if text else None


async def _ids(tx: AsyncManagedTransaction, text: str, **parameters: Any) -> set[str]:
    found = await (await tx.run(text, parameters)).single(strict=True)
    return set(found["ids"])
