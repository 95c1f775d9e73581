"""The change feed is an exact replica of the graph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from loaders import curated
from tests.conftest import Graph
from tests.test_time import PAPERS

FEED = """
query ($since: DateTime!, $until: DateTime, $first: Int, $after: String) {
  changes(since: $since, until: $until, first: $first, after: $after) {
    nodes { kind recordedAt fact { id knownTo evidence { locator } } entity { id name } }
    pageInfo { hasNextPage endCursor }
  }
}
"""
BEGINNING = "2000-01-01T00:00:00Z"


def _events(graph: Graph, since: str = BEGINNING, size: int = 3) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = None
    while True:
        page = graph.ask(FEED, since=since, first=size, after=after)["changes"]
        found += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return found


def _replay(events: list[dict[str, Any]], into: dict[str, Any] | None = None) -> dict[str, Any]:
    held = dict(into or {})
    for event in events:
        node = event["fact"] or event["entity"]
        if event["kind"] == "ADDED":
            held[node["id"]] = node
        else:
            held.pop(node["id"], None)
    return held


def _load(graph: Graph, folder: Path, text: str) -> None:
    file = folder / "papers.yaml"
    file.write_text(text)
    graph.load(curated.load([file], known=[]))


def _ids(graph: Graph) -> set[str]:
    return {row["id"] for row in graph.cypher("MATCH (n:Fact|Entity) WHERE n.retracted_at IS NULL RETURN n.id AS id")}


def test_replaying_from_nothing_gives_the_graph(scratch: Graph, tmp_path: Path) -> None:
    _load(scratch, tmp_path, PAPERS)
    assert set(_replay(_events(scratch))) == _ids(scratch)


def test_exactly_one_of_fact_and_entity_is_set(scratch: Graph, tmp_path: Path) -> None:
    _load(scratch, tmp_path, PAPERS)
    assert all((event["fact"] is None) != (event["entity"] is None) for event in _events(scratch))


def test_loading_again_is_no_change(scratch: Graph, tmp_path: Path) -> None:
    _load(scratch, tmp_path, PAPERS)
    before = _events(scratch)
    _load(scratch, tmp_path, PAPERS)
    assert _events(scratch) == before


NEWER = PAPERS.split("  - person: person/a\n    post: post/p\n    valid_from: 2025-06\n    valid_to: 2025-10-01")[0]


def test_a_moved_known_to_is_retracted_and_added(scratch: Graph, tmp_path: Path) -> None:
    """A replica that follows incrementally ends where one from nothing does."""
    _load(scratch, tmp_path, NEWER)
    first = _events(scratch)
    replica = _replay(first)
    _load(scratch, tmp_path, PAPERS)
    later = [event for event in _events(scratch) if event["recordedAt"] > first[-1]["recordedAt"]]
    kinds = sorted((event["kind"], bool(event["fact"])) for event in later)
    assert kinds == [("ADDED", True), ("ADDED", True), ("RETRACTED", True)]
    assert _replay(later, replica) == _replay(_events(scratch))


def test_new_evidence_is_retracted_and_added(scratch: Graph, tmp_path: Path) -> None:
    _load(scratch, tmp_path, PAPERS)
    last = _events(scratch)[-1]["recordedAt"]
    text = PAPERS.replace(
        "evidence: [{source: source/test/roll, locator: row 1}]",
        "evidence: [{source: source/test/roll, locator: row 2}]",
    )
    _load(scratch, tmp_path, text)
    later = [event for event in _events(scratch) if event["recordedAt"] > last]
    assert [event["kind"] for event in later] == ["RETRACTED", "ADDED"]
    assert later[1]["fact"]["evidence"] == [{"locator": "row 1"}, {"locator": "row 2"}]


def test_a_misreading_is_retracted_and_no_longer_answered(scratch: Graph, tmp_path: Path) -> None:
    """design.md, section 2: retraction is for our own misreading only."""
    _load(scratch, tmp_path, PAPERS)
    text = PAPERS.replace("valid_to: 2025-09-10\n    key", "valid_to: 2025-09-11\n    key")
    _load(scratch, tmp_path, text)
    document = 'query ($k: Date) { person(id: "person/a", asKnownOn: $k) { tenures { validTo } } }'
    assert scratch.ask(document, k="2025-07-01")["person"]["tenures"] == [{"validTo": "2025-09-11"}]
    assert set(_replay(_events(scratch))) == _ids(scratch)
    _load(scratch, tmp_path, PAPERS)
    assert scratch.ask(document, k="2025-07-01")["person"]["tenures"] == [{"validTo": "2025-09-10"}]
    assert set(_replay(_events(scratch))) == _ids(scratch)


def test_moments_rise_from_transaction_to_transaction(scratch: Graph, tmp_path: Path) -> None:
    for text in (NEWER, PAPERS):
        _load(scratch, tmp_path, text)
    moments = [event["recordedAt"] for event in _events(scratch)]
    assert moments == sorted(moments)
    assert len(set(moments)) == 2


@pytest.mark.parametrize(
    "variables",
    [{"since": "2025-01-01T00:00:00"}, {"since": BEGINNING, "after": "x"}, {"since": BEGINNING, "first": 0}],
)
def test_a_bad_question_is_said_to_be_one(scratch: Graph, variables: dict[str, Any]) -> None:
    [error] = scratch.respond(FEED, **variables)["errors"]
    assert error["extensions"]["code"] == "BAD_QUESTION"


def test_until_ends_the_feed(scratch: Graph, tmp_path: Path) -> None:
    _load(scratch, tmp_path, PAPERS)
    moment = _events(scratch)[0]["recordedAt"]
    assert scratch.ask(FEED, since=BEGINNING, until=moment)["changes"]["nodes"] == []
