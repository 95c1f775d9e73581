"""What lies next to an entity: counted, through which facts, on which day and as known on which."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Graph

ASKED = """
query ($id: ID!, $kinds: [EntityKind!], $first: Int, $at: Date, $known: Date) {
  neighbourhood(id: $id, kinds: $kinds, first: $first, at: $at, asKnownOn: $known) {
    node { id } counts { kind count } neighbours { node { id } relations factCount facts { __typename } }
  }
}
"""
ROUND = "meeting/us-jp-2025/round-6"


def _ask(graph: Graph, id_: str, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = graph.ask(ASKED, id=id_, **{"first": 12, **more})["neighbourhood"]
    return found


def _counts(found: dict[str, Any]) -> dict[str, int]:
    return {each["kind"]: each["count"] for each in found["counts"]}


def test_the_whole_answer(shipped: Graph) -> None:
    def next_to(id_: str, *facts: str) -> dict[str, Any]:
        kinds = [{"__typename": fact} for fact in facts]
        return {"node": {"id": id_}, "relations": [], "factCount": len(facts), "facts": kinds}

    assert _ask(shipped, "post/us/secretary-of-the-treasury") == {
        "node": {"id": "post/us/secretary-of-the-treasury"},
        "counts": [
            {"kind": "COUNTRY", "count": 1},
            {"kind": "ORGANISATION", "count": 1},
            {"kind": "PERSON", "count": 3},
        ],
        "neighbours": [
            {"node": {"id": "country/us"}, "relations": ["party"], "factCount": 0, "facts": []},
            {
                "node": {"id": "organisation/us/department-of-the-treasury"},
                "relations": ["organisation"],
                "factCount": 0,
                "facts": [],
            },
            next_to("person/janet-yellen", "Tenure"),
            next_to("person/scott-bessent", "Tenure"),
            next_to("person/steven-mnuchin", "Tenure"),
        ],
    }


def test_an_act_is_next_to_the_origins_that_its_measures_name_and_they_to_it(shipped: Graph) -> None:
    act = _ask(shipped, "instrument/us/eo-14345", kinds=["COUNTRY"])
    assert {each["node"]["id"] for each in act["neighbours"]} == {"country/us", "country/jp"}
    japan = _ask(shipped, "country/jp", kinds=["INSTRUMENT"], first=100)
    assert "instrument/us/eo-14345" in {each["node"]["id"] for each in japan["neighbours"]}


def test_counts_are_of_all_whatever_is_asked_for(shipped: Graph) -> None:
    whole, few = _ask(shipped, "country/us"), _ask(shipped, "country/us", kinds=["PERSON"], first=1)
    assert few["counts"] == whole["counts"]
    assert _counts(few)["INSTRUMENT"] > 12
    assert [each["node"]["id"].split("/")[0] for each in few["neighbours"]] == ["person"]


def test_before_it_was_known_there_was_nothing_next_to_it(shipped: Graph) -> None:
    assert _counts(_ask(shipped, ROUND, known="2025-06-13")) == {}
    assert _counts(_ask(shipped, ROUND, known="2025-06-14"))["PERSON"] == 3
    assert _counts(_ask(shipped, ROUND, at="2025-07-01")) == {}


@pytest.mark.parametrize(
    ("given", "message"),
    [({"id_": "person/nobody"}, "no entity has the id"), ({"id_": ROUND, "first": 101}, "ask for 1 to 100")],
)
def test_faults_of_the_question(shipped: Graph, given: dict[str, Any], message: str) -> None:
    id_ = given.pop("id_")
    [error] = shipped.respond(ASKED, id=id_, **{"first": 12, **given})["errors"]
    assert message in error["message"]
    assert error["extensions"] == {"code": "BAD_QUESTION"}
