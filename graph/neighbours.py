"""What lies next to an entity: how many of each kind, and through which facts.

A neighbour shares a fact with the entity, or one of the two names the other: a person, through a participation, a meeting;
an act, through a measure, the country whose goods pay it. Not walked: evidence and sources, codes of products, and the importer
of a measure as a beginning: who charges something is next to everything. From the act and the origin it is a neighbour.
"""

from __future__ import annotations

from typing import Any

from graphql import GraphQLResolveInfo

from graph.paths import WALKED, words
from graph.reads.compiler import Compiler
from graph.reads.hydrate import Hydration, Ref
from graph.reads.problem import QuestionError
from graph.reads.search import KINDS
from graph.reads.selection import Selection
from graph.reads.statement import Database, Moment, Statement, finish, moment, read
from graph.reads.time import holds
from schema.ontology import ENTITIES, FACTS

NEIGHBOURHOOD = "Neighbourhood"
MOST = 100
FACTS_OF_ONE = 20
"""Of more facts between the same two the first are shown, and all are counted."""

_FOUND = """
CALL () { OPTIONAL MATCH (n:Entity {id: $id}) WHERE n.recorded_at IS NOT NULL RETURN n }
CALL (n) {
  CALL (n) {
    MATCH (n)-[r:WALKED]-(m:Entity) RETURN m, null AS f, [type(r), startNode(r) = n] AS way
    UNION
    MATCH (n)<-[:WALKED]-(f:Fact)-[:WALKED|IMPORTER]->(m:Entity) WHERE VISIBLE RETURN m, f, null AS way
    UNION
    MATCH (n)<-[:INCLUDE]-(:OriginScope)<-[:ORIGINS]-(f:Fact)-[:WALKED|IMPORTER]->(m:Entity) WHERE VISIBLE RETURN m, f, null AS way
    UNION
    MATCH (n)<-[:WALKED]-(f:Fact)-[:ORIGINS]->(:OriginScope)-[:INCLUDE]->(m:Entity) WHERE VISIBLE RETURN m, f, null AS way
  }
  WITH n, m, f, way WHERE m <> n AND m.recorded_at IS NOT NULL
  WITH m, collect(DISTINCT way) AS ways, collect(DISTINCT f) AS facts
  WITH m, ways, facts, head([k IN labels(m) WHERE k IN $kinds]) AS kind ORDER BY size(facts) DESC, m.name, m.id
  WITH kind, collect([m.id, ways, facts]) AS members ORDER BY kind
  WITH kind, size(members) AS count, CASE WHEN $only IS NULL OR kind IN $only THEN members[..$first] ELSE [] END AS members
  RETURN collect([kind, count, [x IN members | [x[0], x[1], size(x[2]), COLLECT {
    UNWIND x[2] AS f RETURN [f.id, head([k IN labels(f) WHERE k IN $factKinds])] ORDER BY f.valid_from_first DESC, f.id LIMIT $facts
  }]]]) AS found
}
RETURN [n IS NOT NULL, found] AS found, [] AS unknown
"""


async def answer_neighbourhood(database: Database, info: GraphQLResolveInfo[Any]) -> Any:
    """Answer the root field `neighbourhood`: one statement for who is next to it, one for what is selected of them.

    Raises QuestionError for an id that no entity has, a page out of range, and a day of knowledge to come.
    """
    selection = Selection(info)
    given = selection.arguments("Query", info.field_nodes[0])
    when = moment(given.get("at"), given.get("asKnownOn"))
    found = await read(database, _statement(given, when))
    answer = _answer(str(given["id"]), found)
    hydration = Hydration(Compiler(selection))
    text = hydration.expression(answer, NEIGHBOURHOOD, info.field_nodes)
    nodes = await read(database, finish(hydration.compiler, text, when, lambda found: found))
    return hydration.filled(answer, NEIGHBOURHOOD, info.field_nodes, nodes)


def _statement(given: dict[str, Any], when: Moment) -> Statement:
    first = given["first"]
    if not 1 <= first <= MOST:
        raise QuestionError(f"first: {first} is out of range: ask for 1 to {MOST}")
    only = [KINDS[kind] for kind in given["kinds"]] if "kinds" in given else None
    text = _FOUND.replace("WALKED", "|".join(WALKED)).replace("VISIBLE", holds("f"))

    def known(found: list[Any]) -> Any:
        if not found[0]:
            raise QuestionError(f"no entity has the id {given['id']}: `search` finds ids")
        return found[1]

    parameters = {
        "id": str(given["id"]),
        "first": first,
        "only": only,
        "facts": FACTS_OF_ONE,
        "kinds": [kind.__name__ for kind in ENTITIES],
        "factKinds": [kind.__name__ for kind in FACTS],
    }
    return Statement(text, {**parameters, **when.parameters}, known)


def _answer(id_: str, found: list[Any]) -> dict[str, Any]:
    neighbours = [
        {
            "node": Ref(member, kind),
            "relations": [words(*way) for way in plain],
            "factCount": count,
            "facts": [Ref(*fact) for fact in facts],
        }
        for kind, _, members in found
        for member, plain, count, facts in members
    ]
    counts = [{"kind": kind.upper(), "count": count} for kind, count, _ in found]
    return {"node": Ref(id_), "counts": counts, "neighbours": neighbours}
