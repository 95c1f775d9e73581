"""Facts that sources disagree on: those that show others in `contradictedBy`.

One statement finds them, the same for every question, so that the database plans its many comparisons once; a second
fetches what is selected, for the kinds that were found alone.
"""

from __future__ import annotations

from typing import Any

from graphql import GraphQLResolveInfo

from graph.reads.compiler import Compiler
from graph.reads.hydrate import Hydration, Ref
from graph.reads.pages import Page, cursor_of, offset_of, page_size
from graph.reads.prefer import differs, order
from graph.reads.selection import Selection
from graph.reads.statement import Database, Statement, finish, moment, read
from graph.reads.time import known, may_hold
from schema.base import Fact
from schema.ontology import FACTS

CONNECTION = "FactConnection"
KINDS = tuple(kind for kind in FACTS if kind.states)
"""Kinds whose facts have a value in which they can differ."""
NAMES = [kind.__name__ for kind in KINDS]

_CONCERNS = """($about IS NULL OR EXISTS { (f)-->(:Entity {id: $about}) }
  OR EXISTS { (f)-[:ORIGINS]->()-[:INCLUDE|EXCLUDE]->(:Entity {id: $about}) }
  OR EXISTS { MATCH (x:Fact {id: $about}) WHERE x.about = f.about }
  OR EXISTS { MATCH (f)-[:PRODUCTS]->(s), (x:Product {id: $about}) WHERE any(code IN s.include WHERE x.code STARTS WITH code)
    AND none(code IN coalesce(s.exclude, []) WHERE x.code STARTS WITH code) })"""
"""`$about` is an end of the fact, or an origin or a product that it names; or it is the fact or one about the same."""


async def answer_disagreements(database: Database, info: GraphQLResolveInfo[Any]) -> Any:
    """Answer the root field `disagreements`: those about the same stand together, the preferred first.

    Raises QuestionError for a page out of range, a cursor that is not ours, and a day of knowledge to come.
    """
    selection = Selection(info)
    given = selection.arguments("Query", info.field_nodes[0])
    when = moment(given.get("at"), given.get("asKnownOn"))
    size, offset = page_size("Fact", given["first"]), offset_of(given.get("after"))
    parameters = {**when.parameters, "about": given.get("about"), "kinds": NAMES, "offset": offset, "limit": size + 1}
    rows, total = await read(database, Statement(_FOUND, parameters, lambda found: found))
    answer = _connection(Page(offset, [Ref(*row) for row in rows[:size]], len(rows) > size, total))
    hydration = Hydration(Compiler(selection))
    text = hydration.expression(answer, CONNECTION, info.field_nodes)
    nodes = await read(database, finish(hydration.compiler, text, when, lambda found: found))
    return hydration.filled(answer, CONNECTION, info.field_nodes, nodes)


def _connection(page: Page) -> dict[str, Any]:
    edges = [{"node": node, "cursor": cursor_of(page.offset + place)} for place, node in enumerate(page.items, start=1)]
    return {"nodes": page.items, "edges": edges, "pageInfo": page.info, "totalCount": page.total}


def _contradicted(kind: type[Fact]) -> str:
    """Whether one of the known, asserted `facts` about the same contradicts `f`, for facts of one kind.

    That other fact may hold on another day than the one asked for: the day can be what they disagree on.
    """
    return f"WHEN '{kind.__name__}' THEN any(o IN facts WHERE {differs(kind, 'f', 'o')})"


_FOUND = f"""
CALL () {{ MATCH (f:Fact) WHERE f.about IS NOT NULL WITH f.about AS about, count(*) AS versions WHERE versions > 1 RETURN about }}
MATCH (f:Fact {{about: about}}) WHERE {known("f")} AND f.modality = 'ASSERTED'
WITH about, collect(f) AS facts WHERE size(facts) > 1
WITH facts, head([kind IN labels(head(facts)) WHERE kind IN $kinds]) AS kind WHERE kind IS NOT NULL
UNWIND facts AS f
WITH f, facts, kind WHERE ($at IS NULL OR ({may_hold("f", "$at")})) AND CASE kind {" ".join(map(_contradicted, KINDS))} END
WITH f, kind WHERE {_CONCERNS}
WITH f, kind ORDER BY f.about, {order("f")}
WITH collect([f.id, kind]) AS rows
RETURN [rows[$offset..$offset + $limit], size(rows)] AS found, [] AS unknown
"""
"""The index of what facts are about tells, without reading one, about what there is more than one: most stand alone."""
