"""`doctor`: the graph that ships is well, and each fault is found."""

from __future__ import annotations

import pytest

from graph.audit import Check, audit
from tests.conftest import Graph


def _faults(graph: Graph) -> list[Check]:
    return [check for check in graph.run(audit(graph.database.driver, graph.database.name)) if check.count]


def test_the_shipped_graph_is_well(shipped: Graph) -> None:
    assert _faults(shipped) == []


@pytest.mark.parametrize(
    ("damage", "undo", "name"),
    [
        (
            "CREATE (:Entity {id: 'person/nobody'})",
            "MATCH (n:Entity {id: 'person/nobody'}) DELETE n",
            "entities that facts name and nothing declares",
        ),
        (
            "CREATE (:Fact:Tenure {id: 'tenure/x', acting: false, on_leave: false, modality: 'ASSERTED', known_from: '2025-01-01'})",
            "MATCH (n:Fact {id: 'tenure/x'}) DELETE n",
            "facts without evidence",
        ),
        (
            "MATCH (f:Membership) WITH f LIMIT 1 SET f.taken = f.known_from REMOVE f.known_from",
            "MATCH (f:Membership) WHERE f.taken IS NOT NULL SET f.known_from = f.taken REMOVE f.taken",
            "facts without a day of knowledge",
        ),
        (
            "MATCH (f:Membership) WITH f LIMIT 1 MERGE (k:FactKey {id: 'nowhere'}) MERGE (f)-[:SUPERSEDES]->(k)",
            "MATCH (k:FactKey {id: 'nowhere'}) DETACH DELETE k",
            "superseded facts that are not loaded",
        ),
        (
            "MATCH (f:StackingRule) WITH f LIMIT 1 SET f.taken = f.subject REMOVE f.subject",
            "MATCH (f:StackingRule) WHERE f.taken IS NOT NULL SET f.subject = f.taken REMOVE f.taken",
            "nodes without a required property",
        ),
    ],
)
def test_a_fault_is_found_and_can_be_mended(shipped: Graph, damage: str, undo: str, name: str) -> None:
    shipped.cypher(damage)
    found = _faults(shipped)
    shipped.cypher(undo)
    [fault] = found
    assert (fault.name, fault.count) == (name, 1)
    assert fault.mend
