"""The two questions in time, certainty and contradictions, asked through the API (design.md, section 2; worked cases D)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from loaders import curated
from tests.conftest import Graph

PAPERS = """\
Source:
  - each:
      - {id: first, day: 2025-06-14, kind: PRESS}
    id: source/test/{id}
    name: "{id}"
    kind: PRESS
    published: "{day}"
    redistribution: FACTS
  - {id: source/test/second, name: second, kind: PRESS, published: 2025-06-15, redistribution: FACTS}
  - {id: source/test/roll, name: roll, kind: DATASET, published: 2025-08-01, redistribution: ALL}
Person:
  - {id: person/a, name: Ann}
Post:
  - {id: post/p, name: Minister}
Country:
  - {id: country/xa, name: Exland, code: XA, iso2: XA, iso3: XAA, numeric: "991"}
Meeting:
  - {id: meeting/m, name: The meeting}
MeetingRecord:
  - meeting: meeting/m
    kind: MINISTERIAL
    status: HELD
    start: 2025-06-13
    duration: PT1H10M
    place: Washington
    valid_from: 2025-06-13
    valid_to: 2025-06-14
    evidence: [{source: source/test/first, locator: one}]
  - meeting: meeting/m
    kind: MINISTERIAL
    status: HELD
    start: 2025-06-13
    duration: PT1H15M
    valid_from: 2025-06-13
    valid_to: 2025-06-14
    evidence: [{source: source/test/second, locator: two}]
Participation:
  - meeting: meeting/m
    person: person/a
    on_behalf_of: country/xa
    valid_from: 2025-06-13
    valid_to: 2025-06-14
    evidence: [{source: source/test/first, locator: one}]
Tenure:
  - person: person/a
    post: post/p
    valid_from: 2025-06
    valid_to: 2025-09-10
    key: tenure/old
    evidence: [{source: source/test/first, locator: one}]
  - person: person/a
    post: post/p
    valid_from: 2025-06
    valid_to: 2025-10-01
    supersedes: [tenure/old]
    evidence: [{source: source/test/roll, locator: row 1}]
"""

TENURES = """
query ($at: Date, $known: Date) {
  person(id: "person/a", at: $at, asKnownOn: $known) {
    tenures { validTo certainty knownFrom knownTo supersedes { validTo } supersededBy { validTo } preferred }
  }
}
"""
MEETING = """
query ($known: Date) {
  meeting(id: "meeting/m", asKnownOn: $known) {
    duration place records { duration preferred contradictedBy { ... on MeetingRecord { duration } } }
  }
}
"""


@pytest.fixture
def papers(scratch: Graph, tmp_path: Path) -> Graph:
    file = tmp_path / "papers.yaml"
    file.write_text(PAPERS)
    scratch.load(curated.load([file], known=[]))
    return scratch


def _tenures(graph: Graph, **moment: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = graph.ask(TENURES, **moment)["person"]["tenures"]
    return found


def test_two_newspapers_contradict_in_what_both_state(papers: Graph) -> None:
    """Worked case D: the later is preferred, the place is that of the first, which alone states one."""
    meeting = papers.ask(MEETING)["meeting"]
    assert meeting == {
        "duration": "PT1H15M",
        "place": "Washington",
        "records": [
            {"duration": "PT1H10M", "preferred": False, "contradictedBy": [{"duration": "PT1H15M"}]},
            {"duration": "PT1H15M", "preferred": True, "contradictedBy": [{"duration": "PT1H10M"}]},
        ]
        if meeting["records"][0]["duration"] == "PT1H10M"
        else [
            {"duration": "PT1H15M", "preferred": True, "contradictedBy": [{"duration": "PT1H10M"}]},
            {"duration": "PT1H10M", "preferred": False, "contradictedBy": [{"duration": "PT1H15M"}]},
        ],
    }


def test_as_known_on_the_first_day_there_was_no_contradiction(papers: Graph) -> None:
    assert papers.ask(MEETING, known="2025-06-14")["meeting"] == {
        "duration": "PT1H10M",
        "place": "Washington",
        "records": [{"duration": "PT1H10M", "preferred": True, "contradictedBy": []}],
    }


def test_without_a_day_of_knowledge_superseded_facts_are_absent(papers: Graph) -> None:
    assert _tenures(papers) == [
        {
            "validTo": "2025-10-01",
            "certainty": "CERTAIN",
            "knownFrom": "2025-08-01",
            "knownTo": None,
            "supersedes": [{"validTo": "2025-09-10"}],
            "supersededBy": [],
            "preferred": True,
        }
    ]


def test_before_it_was_superseded_a_fact_is_shown_without_what_came_later(papers: Graph) -> None:
    assert _tenures(papers, known="2025-07-31") == [
        {
            "validTo": "2025-09-10",
            "certainty": "CERTAIN",
            "knownFrom": "2025-06-14",
            "knownTo": None,
            "supersedes": [],
            "supersededBy": [],
            "preferred": True,
        }
    ]


def test_known_from_is_inclusive_and_known_to_exclusive(papers: Graph) -> None:
    assert [each["validTo"] for each in _tenures(papers, known="2025-08-01")] == ["2025-10-01"]
    assert _tenures(papers, known="2025-06-13") == []


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2025-05-31", []),
        ("2025-06-01", ["POSSIBLE"]),
        ("2025-06-29", ["POSSIBLE"]),
        ("2025-06-30", ["CERTAIN"]),
        ("2025-09-30", ["CERTAIN"]),
        ("2025-10-01", []),
    ],
)
def test_a_partial_date_leaves_open_whether_a_fact_holds(papers: Graph, at: str, expected: list[str]) -> None:
    assert [each["certainty"] for each in _tenures(papers, at=at)] == expected


def test_a_fact_asked_for_by_id_shows_that_it_was_superseded(papers: Graph) -> None:
    [old] = papers.cypher("MATCH (t:Tenure {valid_to: '2025-09-10'}) RETURN t.id AS id")
    document = "query ($id: ID!) { node(id: $id) { ... on Tenure { knownTo supersededBy { validTo } } } }"
    assert papers.ask(document, id=old["id"])["node"] == {
        "knownTo": "2025-08-01",
        "supersededBy": [{"validTo": "2025-10-01"}],
    }


def test_a_future_day_of_knowledge_is_an_error(papers: Graph) -> None:
    response = papers.respond(TENURES, known="2099-01-01")
    assert response["errors"][0]["message"].startswith("asKnownOn: 2099-01-01 has not come")
    assert response["errors"][0]["extensions"] == {"code": "BAD_QUESTION"}


def test_posts_are_those_held_on_the_day_of_the_meeting(papers: Graph) -> None:
    document = """{ meeting(id: "meeting/m", at: "2025-06-13") { participations { tenures { post { name } } } } }"""
    assert papers.ask(document)["meeting"]["participations"] == [{"tenures": [{"post": {"name": "Minister"}}]}]


def test_the_order_of_loading_changes_nothing(scratch: Graph, tmp_path: Path) -> None:
    file = tmp_path / "papers.yaml"
    file.write_text(PAPERS)
    records = list(curated.load([file], known=[]))
    pictures = []
    for order in (records, records[::-1], records[::2] + records[1::2]):
        scratch.clear()
        for record in order:
            scratch.load([record])
        pictures.append(scratch.picture())
    assert pictures[0] == pictures[1] == pictures[2]


def test_loading_twice_changes_nothing(papers: Graph, tmp_path: Path) -> None:
    before = papers.picture(with_time=True)
    file = tmp_path / "again.yaml"
    file.write_text(PAPERS)
    again = papers.load(curated.load([file], known=[]))
    assert (again.nodes, again.relations) == (0, 0)
    assert papers.picture(with_time=True) == before
