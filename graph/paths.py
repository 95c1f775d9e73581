"""The shortest ways from one node to another, through what facts say.

A way goes along the ends of facts and entities: person, participation, meeting. Not walked: evidence and sources, scopes of
products and origins, the importer of a measure. Through these everything is close to everything, and a way would say
nothing; a measure is reached through its act. What is denied leads nowhere.
"""

from __future__ import annotations

from typing import Any

from graphql import GraphQLResolveInfo

from graph.reads.compiler import Compiler
from graph.reads.hydrate import Hydration, Ref
from graph.reads.problem import QuestionError
from graph.reads.selection import Selection
from graph.reads.statement import Database, Moment, Statement, finish, moment, read
from graph.reads.time import holds
from schema.ontology import KINDS, fields_of

PATH = "Path"
MOST = 20
CONSIDERED = 2000
"""Of more shortest ways than this the first found are sorted and the others left: no question takes forever."""
NOT_WALKED = frozenset({"IMPORTER", "PUBLISHER"})
WALKED = sorted(
    {spec.relation for kind in KINDS for spec in fields_of(kind) if spec.end and spec.relation not in NOT_WALKED}
)
NAMES = [kind.__name__ for kind in KINDS]
LENGTHS = {length: f"{{0,{length}}}" for length in range(1, 7)}
"""How long a way may be, and that as a quantifier of a pattern, which cannot be a parameter."""
BACK = {
    "PART_OF": "whole of",
    "ON_BEHALF_OF": "represented in",
    "TOWARDS": "addressed by",
    "AMENDS": "amended by",
    "ABOUT": "subject of",
}
"""What a relation is called when it is gone against its direction, where "… of" would not do."""

_FOUND = """
CALL () { OPTIONAL MATCH (a:Entity|Fact {id: $from}) WHERE (a:Entity AND a.recorded_at IS NOT NULL) OR a.known_from <= $known RETURN a }
CALL () { OPTIONAL MATCH (b:Entity|Fact {id: $to}) WHERE (b:Entity AND b.recorded_at IS NOT NULL) OR b.known_from <= $known RETURN b }
RETURN [a IS NOT NULL, b IS NOT NULL, COLLECT {
  MATCH p = ALL SHORTEST
    (a) ((x)-[r:TYPES]-(y WHERE (y:Entity AND y.recorded_at IS NOT NULL) OR y.id = $to
      OR (VISIBLE AND y.modality <> 'DENIED')))QUANTIFIER (b)
  WITH p LIMIT $considered
  WITH nodes(p) AS steps, relationships(p) AS ways
  ORDER BY [n IN steps | coalesce(n.name, '')], [n IN steps | n.id], [w IN ways | type(w)] LIMIT $most
  RETURN [[n IN steps | [n.id, head([k IN labels(n) WHERE k IN $kinds])]],
    [i IN range(0, size(ways) - 1) | [type(ways[i]), startNode(ways[i]) = steps[i]]]]
}] AS found, [] AS unknown
"""


async def answer_path(database: Database, info: GraphQLResolveInfo[Any]) -> Any:
    """Answer the root field `path`: one statement for the ways, one for what is selected of their nodes.

    Raises QuestionError for ids that nobody has, a length out of range, and a day of knowledge to come.
    """
    selection = Selection(info)
    given = selection.arguments("Query", info.field_nodes[0])
    when = moment(given.get("at"), given.get("asKnownOn"))
    found = await read(database, _statement(given, when))
    answer = [_path(*each) for each in found]
    hydration = Hydration(Compiler(selection))
    text = hydration.expression(answer, PATH, info.field_nodes)
    nodes = await read(database, finish(hydration.compiler, text, when, lambda found: found))
    return hydration.filled(answer, PATH, info.field_nodes, nodes)


def _statement(given: dict[str, Any], when: Moment) -> Statement:
    longest = given.get("maxLength", 4)
    quantifier = LENGTHS.get(longest)
    if quantifier is None:
        raise QuestionError(f"maxLength: {longest} is out of range: ask for 1 to {max(LENGTHS)}")
    text = _FOUND.replace("TYPES", "|".join(WALKED)).replace("VISIBLE", holds("y")).replace("QUANTIFIER", quantifier)
    ends = {"from": str(given["from"]), "to": str(given["to"])}

    def known(found: list[Any]) -> Any:
        missing = [ends[name] for name, there in zip(ends, found[:2], strict=True) if not there]
        if missing:
            raise QuestionError(f"no node known on {when.known} has the id {', '.join(missing)}: `search` finds ids")
        return found[2]

    return Statement(text, {**ends, **when.parameters, "considered": CONSIDERED, "most": MOST, "kinds": NAMES}, known)


def _path(nodes: list[list[str]], ways: list[list[Any]]) -> dict[str, Any]:
    relations = [None, *(words(type_, forward) for type_, forward in ways)]
    steps = [{"relation": relation, "node": Ref(*node)} for relation, node in zip(relations, nodes, strict=True)]
    return {"steps": steps, "length": len(ways)}


def words(type_: str, forward: bool) -> str:
    """A relation as one says it, in its direction or against it."""
    words = type_.lower().replace("_", " ")
    return words if forward else BACK.get(type_, f"{words} of")
