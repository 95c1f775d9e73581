"""The checksum: equal for equal graphs, different for any difference that is a statement."""

from __future__ import annotations

import pytest

from graph.checksum import checksum
from graph.embedded.progress import progress_on
from tests.conftest import Graph
from tests.shipped import records as shipped_records

BASE = "CREATE (a:A:Entity {id: 'a', n: 1, l: ['x', 'y']})-[:R {p: 1}]->(b:B {id: 'b'}) CREATE (a)-[:R {p: 2}]->(b)"


def _sum(graph: Graph) -> str:
    return graph.run(checksum(graph.database.driver, graph.database.name, progress_on())).checksum


def test_the_order_of_making_changes_nothing(scratch: Graph) -> None:
    empty = _sum(scratch)
    scratch.cypher(BASE)
    first = _sum(scratch)
    scratch.clear()
    assert _sum(scratch) == empty != first
    scratch.cypher("CREATE (:Gone)")  # other database ids
    scratch.cypher("CREATE (b:B {id: 'b'})<-[r:R {p: 2}]-(a:Entity {l: ['x', 'y'], n: 1}) SET a.id = 'a', a:A")
    scratch.cypher("MATCH (a:A), (b:B) CREATE (a)-[:R {p: 1}]->(b)")
    scratch.cypher("MATCH (g:Gone) DELETE g")
    assert _sum(scratch) == first


@pytest.mark.parametrize(
    "change",
    [
        "MATCH (a:A) SET a.n = 2",
        "MATCH (a:A) SET a.n = 1.0",
        "MATCH (a:A) SET a.n = '1'",
        "MATCH (a:A) SET a.n = true",
        "MATCH (a:A) SET a.l = ['y', 'x']",
        "MATCH (a:A) REMOVE a.n",
        "MATCH (a:A) SET a:More",
        "MATCH (a:A) REMOVE a:A",
        "MATCH (a:A)-[r]->() WITH r LIMIT 1 DELETE r",
        "MATCH ()-[r {p: 1}]->() SET r.p = 2",
        "MATCH (a:A), (b:B) CREATE (a)-[:S]->(b)",
        "MATCH (a:A), (b:B) CREATE (b)-[:R {p: 1}]->(a)",
        "MATCH (b:B) SET b.id = 'c'",
        "CREATE (:B {id: 'b'})",
        "CREATE ()",
    ],
)
def test_any_difference_shows(scratch: Graph, change: str) -> None:
    scratch.cypher(BASE)
    before = _sum(scratch)
    scratch.cypher(change)
    assert _sum(scratch) != before


def test_two_nodes_that_swap_a_property_differ(scratch: Graph) -> None:
    scratch.cypher("CREATE (:A {id: 'a', n: 1}), (:A {id: 'b', n: 2})")
    before = _sum(scratch)
    scratch.cypher("MATCH (x:A) SET x.n = 3 - x.n")
    assert _sum(scratch) != before


@pytest.mark.parametrize(
    "change",
    [
        "MATCH (n) SET n.recorded_at = 'now', n.retracted_at = 'now', n.first_recorded_at = 'then', n.touched = true",
        "MATCH ()-[r]->() SET r.recorded_at = 'now'",
        "CREATE (:Store {id: 'store', version: 9})",
    ],
)
def test_when_it_was_written_is_no_part_of_it(scratch: Graph, change: str) -> None:
    scratch.cypher(BASE)
    before = _sum(scratch)
    scratch.cypher(change)
    assert _sum(scratch) == before


def test_a_graph_of_more_than_one_piece(scratch: Graph) -> None:
    scratch.cypher("UNWIND range(1, 2500) AS i CREATE (:A {id: toString(i)})")
    found = scratch.run(checksum(scratch.database.driver, scratch.database.name, progress_on()))
    assert (found.nodes, found.relations) == (2500, 0)


def test_the_order_of_loading_changes_nothing(scratch: Graph) -> None:
    records = list(shipped_records())
    scratch.load(records)
    first = _sum(scratch)
    scratch.load(records[:300])
    assert _sum(scratch) == first
    scratch.clear()
    for start in range(len(records), 0, -97):
        scratch.load(records[max(0, start - 97) : start][::-1])
    assert _sum(scratch) == first
