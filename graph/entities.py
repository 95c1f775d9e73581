"""What several sources declare of one entity becomes one node, the same in any order of loading.

Where declarations differ in a scalar, the one that sorts first is kept (what sources really disagree on belongs into
`Attribute` facts), of a source's terms the strictest; names that are not kept become alternative names, and lists are united. The name that
is declared under the entity's own id goes before those of ids that were joined to it (graph/identities.py).
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from neo4j import AsyncManagedTransaction

from graph.rows import NodeRow
from schema.base import Redistribution

Properties = dict[str, Any]
NAMES = "alternative_names"
BORROWED = "name_of_joined"
"""The name is that of an id that was joined: nobody has declared the one that is kept."""
TERMS = "redistribution"
_STRICTEST = [str(each) for each in reversed(Redistribution)]

_LOCKED = """
UNWIND $ids AS id
MERGE (n:Entity {id: id})
SET n.lock = true
REMOVE n.lock
RETURN n.id AS id, properties(n) AS held
"""


async def declare(tx: AsyncManagedTransaction, rows: list[NodeRow]) -> tuple[int, set[str]]:
    """Write declarations; give the number of nodes that are new and the ids of those that changed."""
    wanted: dict[str, Properties] = {}
    labels: dict[str, tuple[str, ...]] = {}
    for row in rows:
        wanted[row.id] = merged(wanted.get(row.id, {}), row.properties)
        labels[row.id] = row.labels
    result = await tx.run(_LOCKED, ids=sorted(wanted))
    held = {record["id"]: record["held"] async for record in result}
    new = (await result.consume()).counters.nodes_created
    changed = {id_: merged(held[id_], each) for id_, each in wanted.items() if _differs(held[id_], each)}
    for kind, ids in _by_labels(changed, labels).items():
        text = "UNWIND $rows AS row MATCH (n:Entity {id: row.id}) SET n += row.properties"
        await tx.run(
            text + "".join(f", n:{label}" for label in kind),
            rows=[{"id": id_, "properties": changed[id_]} for id_ in ids],
        )
    return new, set(changed)


def merged(held: Properties, stated: Properties) -> Properties:
    """Two declarations of one entity as one."""
    both = {**held, **stated}
    for name in held.keys() & stated.keys() - {NAMES}:
        both[name] = min(held[name], stated[name], key=_STRICTEST.index if name == TERMS else str)
    if "name" in held and "name" in stated:
        named = min(held, stated, key=lambda each: (bool(each.get(BORROWED)), each["name"]))
        both |= {"name": named["name"], BORROWED: named.get(BORROWED)}
    names = {*held.get(NAMES, ()), *stated.get(NAMES, ()), held.get("name"), stated.get("name")}
    if NAMES in both or len({held.get("name"), stated.get("name")} - {None}) > 1:
        both[NAMES] = sorted(names - {None, both.get("name")})
    return {name: value for name, value in both.items() if value is not None or name in held}


def _differs(held: Properties, stated: Properties) -> bool:
    """New, so far only named by facts, or declared otherwise."""
    return "recorded_at" not in held or merged(held, stated) != held


def _by_labels(ids: Properties, labels: dict[str, tuple[str, ...]]) -> dict[tuple[str, ...], list[str]]:
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id_ in sorted(ids):
        groups[labels[id_]].append(id_)
    return groups
