"""What sources disagree on (question 28), and that each of the facts says with which others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from loaders import curated
from tests.conftest import Graph

PAPERS = """\
source: source/test/first
Source:
  - {id: source/test/first, name: first, kind: PRESS, published: 2025-06-14, redistribution: FACTS}
  - {id: source/test/second, name: second, kind: PRESS, published: 2025-06-15, redistribution: FACTS}
  - {id: source/test/act, name: act, kind: ACT, published: 2025-06-01, redistribution: ALL}
Country:
  - {id: country/xa, name: Exland, code: XA, iso2: XA, iso3: XAA, numeric: "991"}
  - {id: country/xb, name: Wyland, code: XB, iso2: XB, iso3: XBB, numeric: "992"}
Product:
  - {id: product/test/8703, name: Cars, nomenclature: test, code: "8703"}
  - {id: product/test/87032301, name: Some cars, nomenclature: test, code: "87032301"}
  - {id: product/test/87032302, name: Other cars, nomenclature: test, code: "87032302"}
Meeting:
  - {id: meeting/m, name: The meeting}
  - {id: meeting/n, name: Another meeting}
MeetingRecord:
  - each:
      - {m: m, paper: first, day: 2025-06-13, next: 2025-06-14, minutes: PT1H10M}
      - {m: m, paper: second, day: 2025-06-12, next: 2025-06-13, minutes: PT1H10M}
      - {m: n, paper: first, day: 2025-06-13, next: 2025-06-14, minutes: PT1H10M}
    meeting: meeting/{m}
    kind: MINISTERIAL
    status: HELD
    start: "{day}"
    duration: "{minutes}"
    valid_from: "{day}"
    valid_to: "{next}"
    evidence: [{source: "source/test/{paper}", locator: one}]
  - meeting: meeting/n
    kind: MINISTERIAL
    status: HELD
    modality: DENIED
    start: 2025-06-20
    valid_from: 2025-06-20
    evidence: [{source: source/test/second, locator: two}]
TariffMeasure:
  - each:
      - {source: act, rate: 25%}
      - {source: second, rate: 20%}
    importer: country/xa
    origins: {include: [country/xb]}
    products: {include: ["8703"], exclude: ["87032302"]}
    product_scope: cars
    authority: S232
    duty: "{rate}"
    valid_from: 2025-06-10
    evidence: [{source: "source/test/{source}", locator: three}]
"""
ASKED = """
query ($about: ID, $at: Date, $known: Date, $first: Int = 20, $after: String) {
  disagreements(about: $about, at: $at, asKnownOn: $known, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { id } }
    nodes {
      __typename id preferred
      ... on MeetingRecord { start contradictedBy { id ... on MeetingRecord { start } } evidence { source { name } } }
      ... on TariffMeasure { duty { text } contradictedBy { id ... on TariffMeasure { duty { text } } } }
    }
  }
}
"""


@pytest.fixture
def papers(scratch: Graph, tmp_path: Path) -> Graph:
    file = tmp_path / "papers.yaml"
    file.write_text(PAPERS)
    scratch.load(curated.load([file], known=[]))
    return scratch


def _nodes(graph: Graph, **arguments: Any) -> list[dict[str, Any]]:
    found = graph.ask(ASKED, **arguments)["disagreements"]
    ids = [node["id"] for node in found["nodes"]]
    assert [edge["node"]["id"] for edge in found["edges"]] == ids
    assert found["totalCount"] == len(ids)
    nodes: list[dict[str, Any]] = found["nodes"]
    for node in nodes:
        assert {each.pop("id") for each in node["contradictedBy"]} <= set(ids) - {node.pop("id")}
    return nodes


RECORDS = [
    {
        "__typename": "MeetingRecord",
        "preferred": True,
        "start": "2025-06-12",
        "contradictedBy": [{"start": "2025-06-13"}],
        "evidence": [{"source": {"name": "second"}}],
    },
    {
        "__typename": "MeetingRecord",
        "preferred": False,
        "start": "2025-06-13",
        "contradictedBy": [{"start": "2025-06-12"}],
        "evidence": [{"source": {"name": "first"}}],
    },
]
RATES = [
    {
        "__typename": "TariffMeasure",
        "preferred": True,
        "duty": {"text": "25%"},
        "contradictedBy": [{"duty": {"text": "20%"}}],
    },
    {
        "__typename": "TariffMeasure",
        "preferred": False,
        "duty": {"text": "20%"},
        "contradictedBy": [{"duty": {"text": "25%"}}],
    },
]


def test_those_about_the_same_stand_together_the_preferred_first(papers: Graph) -> None:
    """The other meeting is stated once, and denied once: no contradiction."""
    assert _nodes(papers) in (RECORDS + RATES, RATES + RECORDS)


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ("meeting/m", RECORDS),
        ("meeting/n", []),
        ("country/xa", RATES),
        ("country/xb", RATES),
        ("product/test/8703", RATES),
        ("product/test/87032301", RATES),
        ("product/test/87032302", []),
        ("source/test/first", []),
        ("meeting/nowhere", []),
        ("' OR 1=1 //", []),
    ],
)
def test_about_an_entity_that_they_concern(papers: Graph, about: str, expected: list[dict[str, Any]]) -> None:
    assert _nodes(papers, about=about) == expected


def test_about_one_of_the_facts(papers: Graph) -> None:
    [row] = papers.cypher("MATCH (f:TariffMeasure {duty_ad_valorem: '20'}) RETURN f.id AS id")
    assert _nodes(papers, about=row["id"]) == RATES


def test_as_known_before_the_second_paper_nobody_disagreed(papers: Graph) -> None:
    assert _nodes(papers, known="2025-06-14") == []


def test_at_a_day_the_facts_of_that_day_also_where_they_disagree_on_the_day(papers: Graph) -> None:
    found = papers.ask(ASKED, at="2025-06-13", about="meeting/m")["disagreements"]
    assert [(node["start"], node["contradictedBy"][0]["start"]) for node in found["nodes"]] == [
        ("2025-06-13", "2025-06-12")
    ]
    assert _nodes(papers, at="2025-06-05") == []


def test_pages_tile_the_whole(papers: Graph) -> None:
    whole = papers.ask(ASKED)["disagreements"]
    seen: list[dict[str, Any]] = []
    after = None
    for more in (True, True, True, False):
        page = papers.ask(ASKED, first=1, after=after)["disagreements"]
        assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (4, more)
        seen += page["nodes"]
        after = page["pageInfo"]["endCursor"]
    assert seen == whole["nodes"]


@pytest.mark.parametrize("arguments", [{"first": 0}, {"first": 101}, {"after": "x"}, {"known": "2099-01-01"}])
def test_a_question_out_of_range_is_an_error(papers: Graph, arguments: dict[str, Any]) -> None:
    assert papers.respond(ASKED, **arguments)["errors"][0]["extensions"]["code"] == "BAD_QUESTION"


def test_what_the_shipped_sources_disagree_on(shipped: Graph) -> None:
    """Two papers on the length of a talk, twice (docs/talks.md)."""
    asked = """{ disagreements { nodes { preferred ... on MeetingRecord { meeting { id } duration } evidence { source { id } } } } }"""
    told = [
        (each["meeting"]["id"].removeprefix("meeting/us-jp-2025/"), each["duration"], each["preferred"])
        for each in shipped.ask(asked)["disagreements"]["nodes"]
    ]
    assert sorted(told) == [
        ("round-1/trump", "PT1H", False),
        ("round-1/trump", "PT50M", True),
        ("round-7", "PT1H", False),
        ("round-7", "PT1H5M", True),
    ]


def test_an_act_that_confirms_a_paper_prefers_it_from_its_own_day_on(papers: Graph, tmp_path: Path) -> None:
    """Evidence lends its kind to a fact from its publication on; before, the later paper is preferred as it was."""
    file = tmp_path / "law.yaml"
    law = "{id: source/test/law, name: law, kind: ACT, published: 2025-07-01, redistribution: ALL}"
    record = PAPERS.partition("MeetingRecord:\n")[2].partition("  - meeting:")[0]
    record = record.replace("paper: first", "paper: law").replace("m: n,", "m: m,")
    only = "".join(line for line in record.splitlines(keepends=True) if "paper: second" not in line)
    file.write_text(f"Source:\n  - {law}\nMeetingRecord:\n{only}")
    papers.load(curated.load([file], known=[tmp_path / "papers.yaml"]))
    meeting = 'query ($known: Date) { meeting(id: "meeting/m", asKnownOn: $known) { start } }'
    answers = {day: papers.ask(meeting, known=day)["meeting"]["start"] for day in ("2025-06-30", "2025-07-01")}
    assert answers == {"2025-06-30": "2025-06-12", "2025-07-01": "2025-06-13"}
