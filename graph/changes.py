"""The change feed: what loaders added or withdrew, oldest first, from the moments that the nodes carry (graph/feed.py)."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, datetime
from typing import Any

from graphql import GraphQLResolveInfo

from graph.reads.compiler import Compiler
from graph.reads.hydrate import Hydration, Ref
from graph.reads.pages import page_size
from graph.reads.problem import QuestionError
from graph.reads.selection import Selection
from graph.reads.statement import Database, Statement, finish, moment, read

CONNECTION = "ChangeConnection"
Event = tuple[str, str, int]
"""Moment, id, and 0 for retracted or 1 for added: the order of the feed."""

_NODES = """
  MATCH (n:{label}) WHERE n.recorded_at >= $since AND ($until IS NULL OR n.recorded_at < $until)
  RETURN n, '{label}' AS label"""
_EVENTS = f"""
RETURN COLLECT {{
  CALL () {{ {_NODES.format(label="Fact")} UNION ALL {_NODES.format(label="Entity")} }}
  UNWIND CASE
    WHEN n.retracted_at IS NOT NULL THEN [0]
    WHEN n.first_recorded_at <> n.recorded_at THEN [0, 1]
    ELSE [1] END AS added
  WITH n, label, added
  WHERE $after IS NULL OR n.recorded_at > $after[0]
    OR (n.recorded_at = $after[0] AND (n.id > $after[1] OR (n.id = $after[1] AND added > $after[2])))
  ORDER BY n.recorded_at, n.id, added LIMIT $limit
  RETURN [n.recorded_at, n.id, added, label]
}} AS found, [] AS unknown
"""


async def answer_changes(database: Database, info: GraphQLResolveInfo[Any]) -> Any:
    """Answer the root field `changes`: one statement for the events of the page, one for what is selected of their nodes.

    `since` is inclusive, `until` exclusive. Raises QuestionError for instants without offset and cursors that are not ours.
    """
    selection = Selection(info)
    given = selection.arguments("Query", info.field_nodes[0])
    size = page_size("Change", given["first"])
    parameters = {
        "since": _instant("since", given["since"]),
        "until": _instant("until", given["until"]) if "until" in given else None,
        "after": _position(given.get("after")),
        "limit": size + 1,
    }
    events = await read(database, Statement(_EVENTS, parameters, lambda found: found))
    answer = _page(events[:size], len(events) > size, "after" in given)
    hydration = Hydration(Compiler(selection))
    text = hydration.expression(answer, CONNECTION, info.field_nodes)
    nodes = await read(database, finish(hydration.compiler, text, moment(None, None), lambda found: found))
    return hydration.filled(answer, CONNECTION, info.field_nodes, nodes)


def _page(events: list[list[Any]], more: bool, before: bool) -> dict[str, Any]:
    changes = [_change(*event) for event in events]
    cursors = [_cursor(event[0], event[1], event[2]) for event in events]
    return {
        "nodes": changes,
        "edges": [{"node": change, "cursor": cursor} for change, cursor in zip(changes, cursors, strict=True)],
        "pageInfo": {
            "hasNextPage": more,
            "hasPreviousPage": before,
            "startCursor": cursors[0] if cursors else None,
            "endCursor": cursors[-1] if cursors else None,
        },
    }


def _change(recorded_at: str, id_: str, added: int, label: str) -> dict[str, Any]:
    return {
        "kind": "ADDED" if added else "RETRACTED",
        "fact": Ref(id_) if label == "Fact" else None,
        "entity": Ref(id_) if label == "Entity" else None,
        "recordedAt": recorded_at,
    }


def _instant(name: str, value: datetime) -> str:
    if value.tzinfo is None:
        raise QuestionError(f"{name}: {value} has no offset: write it as 2025-07-09T12:00:00Z")
    return value.astimezone(UTC).isoformat(timespec="milliseconds")


def _cursor(*event: Any) -> str:
    return base64.b64encode(json.dumps(event).encode()).decode()


def _position(cursor: str | None) -> list[Any] | None:
    if cursor is None:
        return None
    try:
        found = json.loads(base64.b64decode(cursor, validate=True))
        moment_, id_, added = found
        if not (isinstance(moment_, str) and isinstance(id_, str) and added in (0, 1)):
            raise ValueError(cursor)
    except (ValueError, TypeError, binascii.Error) as error:
        raise QuestionError("after: not a cursor of ours: pass on `endCursor` of the page before") from error
    return [moment_, id_, added]
