"""Talks of 2025 and earlier as their sources tell them: who met whom, when, where, for how long, holding which post."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Graph

SIDES = """
query ($id: ID!) { meeting(id: $id) {
  start end place duration status
  participations { modality person { id } onBehalfOf { code } tenures { post { id } certainty } evidence { source { id } } }
} }
"""
Held = tuple[str, str, str]
"""A person, the party, and the post held on the day."""


def _meeting(graph: Graph, id_: str) -> dict[str, Any]:
    found: dict[str, Any] = graph.ask(SIDES, id=f"meeting/{id_}")["meeting"]
    assert all(each["evidence"] for each in found["participations"])
    return found


def _sides(found: dict[str, Any]) -> set[Held]:
    return {
        (each["person"]["id"], each["onBehalfOf"]["code"], tenure["post"]["id"])
        for each in found["participations"]
        if each["modality"] == "ASSERTED"
        for tenure in each["tenures"]
    }


def _held(*rows: str) -> set[Held]:
    return {(f"person/{person}", party, f"post/{post}") for person, party, post in (row.split() for row in rows)}


BESSENT = "scott-bessent US us/secretary-of-the-treasury"
LUTNICK = "howard-lutnick US us/secretary-of-commerce"
GREER = "jamieson-greer US us/trade-representative"
TRUMP = "donald-trump US us/president"
AKAZAWA = "ryosei-akazawa JP jp/minister-for-economic-revitalization"
HE = "he-lifeng CN cn/vice-premier"
LI = "li-chenggang CN cn/international-trade-representative"


@pytest.mark.parametrize(
    ("meeting", "days", "place", "duration", "sides"),
    [
        ("us-jp-2025/round-1/trump", ("2025-04-16", "2025-04-16"), "Washington", "PT50M", [AKAZAWA, TRUMP, BESSENT]),
        ("us-jp-2025/round-2", ("2025-05-01", "2025-05-01"), "Washington", None, [AKAZAWA, BESSENT, LUTNICK, GREER]),
        ("us-jp-2025/round-3/greer", ("2025-05-23", "2025-05-23"), "Washington", "PT2H", [AKAZAWA, GREER]),
        ("us-jp-2025/round-5/bessent", ("2025-06-06", "2025-06-06"), "Washington", "PT45M", [AKAZAWA, BESSENT]),
        ("us-jp-2025/round-5/lutnick-1", ("2025-06-05", "2025-06-05"), "Washington", "PT1H50M", [AKAZAWA, LUTNICK]),
        ("us-jp-2025/round-6/lutnick", ("2025-06-13", "2025-06-13"), "Washington", "PT1H10M", [AKAZAWA, LUTNICK]),
        ("us-jp-2025/round-6/bessent", ("2025-06-13", "2025-06-13"), "Washington", "PT45M", [AKAZAWA, BESSENT]),
        ("us-jp-2025/call-2025-07-03", ("2025-07-03", "2025-07-03"), None, "PT45M", [AKAZAWA, LUTNICK]),
        (
            "g7-summit-2025/trump-ishiba",
            ("2025-06-16", "2025-06-16"),
            "Kananaskis",
            "PT30M",
            [TRUMP, "shigeru-ishiba JP jp/prime-minister"],
        ),
        ("us-cn-2025/geneva", ("2025-05-10", "2025-05-11"), "Geneva", None, [HE, BESSENT, GREER]),
        (
            "us-cn-2025/london",
            ("2025-06-09", "2025-06-10"),
            "London",
            None,
            [HE, LI, "wang-wentao CN cn/minister-of-commerce", BESSENT, LUTNICK, GREER],
        ),
        ("us-cn-2025/stockholm", ("2025-07-28", "2025-07-29"), "Stockholm", None, [HE, LI, BESSENT, GREER]),
        ("us-cn-2025/madrid", ("2025-09-14", "2025-09-15"), "Madrid", None, [HE, LI, BESSENT, GREER]),
        (
            "us-eu-2025/turnberry-2025-07-27",
            ("2025-07-27", "2025-07-27"),
            "Turnberry",
            None,
            [
                TRUMP,
                "ursula-von-der-leyen EU eu/commission-president",
                "maros-sefcovic EU eu/trade-commissioner",
            ],
        ),
        (
            "us-kr-2025/trump-2025-07-30",
            ("2025-07-30", "2025-07-30"),
            "Washington",
            "PT40M",
            [
                TRUMP,
                BESSENT,
                LUTNICK,
                GREER,
                "marco-rubio US us/secretary-of-state",
                "koo-yun-cheol KR kr/deputy-prime-minister-economy",
                "kim-jung-kwan KR kr/minister-of-trade-industry-and-energy",
                "yeo-han-koo KR kr/minister-for-trade",
            ],
        ),
        (
            "us-ch-2025/geneva-2025-05-09",
            ("2025-05-09", "2025-05-09"),
            "Geneva",
            None,
            [
                "karin-keller-sutter CH ch/president",
                "karin-keller-sutter CH ch/head-of-finance",
                "guy-parmelin CH ch/head-of-economic-affairs",
                BESSENT,
            ],
        ),
        (
            "us-eu-2018/brussels-2018-09-10",
            ("2018-09-10", "2018-09-10"),
            "Brussels",
            None,
            ["robert-lighthizer US us/trade-representative", "cecilia-malmstrom EU eu/trade-commissioner"],
        ),
    ],
)
def test_who_met_with_which_post(
    shipped: Graph,
    meeting: str,
    days: tuple[str, str],
    place: str | None,
    duration: str | None,
    sides: list[str],
) -> None:
    found = _meeting(shipped, meeting)
    assert {key: found[key] for key in ("start", "end", "place", "duration", "status")} == {
        "start": days[0],
        "end": days[1],
        "place": place,
        "duration": duration,
        "status": "HELD",
    }
    assert _sides(found) == _held(*sides)


@pytest.mark.parametrize(
    ("meeting", "known", "status", "start"),
    [
        ("g7-summit-2025", "2025-06-14", "PLANNED", "2025-06-15"),
        ("g7-summit-2025", "2025-06-17", "HELD", "2025-06-15"),
        ("g7-summit-2025/trump-ishiba", "2025-06-16", "PLANNED", None),
        ("g7-summit-2025/trump-ishiba", "2025-06-17", "HELD", "2025-06-16"),
        ("g7-summit-2020", None, "CANCELLED", "2020-06"),
        ("us-jp-2025/visit-2025-08-28", None, "POSTPONED", "2025-08-28"),
        ("us-jp-2025/osaka-2025-07-19", "2025-07-10", "PLANNED", "2025-07-19"),
        ("us-jp-2025/osaka-2025-07-19", "2025-07-20", "HELD", "2025-07-19"),
        ("us-kr-2025/summit-2025-08-25", "2025-08-20", "PLANNED", "2025-08-25"),
        ("us-kr-2025/summit-2025-08-25", "2025-08-26", "HELD", "2025-08-25"),
        ("us-in-2025/round-6", None, "POSTPONED", "2025-08-25"),
        ("us-cn-2025/visit-2026-04", "2025-12-31", "PLANNED", "2026-04"),
        ("gb-gcc/round-5", None, "PLANNED", "2023"),
    ],
)
def test_planned_and_held(shipped: Graph, meeting: str, known: str | None, status: str, start: str | None) -> None:
    asked = "query ($id: ID!, $known: Date) { meeting(id: $id, asKnownOn: $known) { status start } }"
    found = shipped.ask(asked, id=f"meeting/{meeting}", known=known)["meeting"]
    assert found == {"status": status, "start": start}


def test_who_stayed_away_is_no_participant(shipped: Graph) -> None:
    found = _meeting(shipped, "us-jp-2025/round-3")["participations"]
    assert {each["person"]["id"]: each["modality"] for each in found} == {
        "person/ryosei-akazawa": "ASSERTED",
        "person/howard-lutnick": "ASSERTED",
        "person/jamieson-greer": "ASSERTED",
        "person/scott-bessent": "DENIED",
    }
    absent = shipped.ask(
        """{ encounters(from: "2025-05-23", to: "2025-05-23", persons: ["person/scott-bessent"]) { totalCount } }"""
    )
    assert absent == {"encounters": {"totalCount": 0}}


def test_the_rounds_with_japan_and_the_days_between(shipped: Graph) -> None:
    asked = """{ meetings(filter: { negotiation: "negotiation/us-jp-2025", kinds: [ROUND] }, first: 100) {
        nodes { ordinal start } } }"""
    nodes = shipped.ask(asked)["meetings"]["nodes"]
    days = [date.fromisoformat(node["start"]) for node in nodes]
    assert [node["ordinal"] for node in nodes] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [(later - earlier).days for earlier, later in pairwise(days)] == [
        15,
        22,
        7,
        6,
        8,
        14,
        25,
    ]


@pytest.mark.parametrize(
    ("filters", "day", "expected"),
    [
        (
            {"negotiation": "negotiation/us-jp-2025", "party": "JP"},
            "2025-06-13",
            {("topic/tariffs", "DEMANDED"), ("topic/autos", "DEMANDED")},
        ),
        ({"negotiation": "negotiation/us-jp-2025"}, "2025-05-23", {("topic/tariffs", "DEMANDED")}),
        ({"party": "KR", "topic": "topic/tariffs"}, "2025-04-24", {("topic/tariffs", "DEMANDED")}),
        (
            {"party": "EU", "topic": "topic/industrial-tariffs"},
            "2025-04-14",
            {("topic/industrial-tariffs", "ASSERTED")},
        ),
        ({"party": "EU", "topic": "topic/tariffs"}, "2025-09-01", {("topic/tariffs", "ASSERTED")}),
        ({"party": "EU", "topic": "topic/tariffs"}, "2025-08-20", set()),
        ({"party": "CN", "topic": "topic/tariffs"}, "2025-06-10", {("topic/tariffs", "DENIED")}),
        ({"party": "IN", "topic": "topic/agriculture"}, "2025-07-17", {("topic/agriculture", "DENIED")}),
        ({"party": "US", "towards": "EU"}, "2018-09-10", {("topic/technical-barriers", "DEMANDED")}),
    ],
)
def test_positions_on_a_day(shipped: Graph, filters: dict[str, str], day: str, expected: set[tuple[str, str]]) -> None:
    asked = """query ($filter: PositionFilter, $at: Date) { positions(filter: $filter, at: $at, first: 100) {
        nodes { topic { id } modality evidence { source { id } } } } }"""
    nodes = shipped.ask(asked, filter=filters, at=day)["positions"]["nodes"]
    assert all(node["evidence"] for node in nodes)
    assert {(node["topic"]["id"], node["modality"]) for node in nodes} == expected


@pytest.mark.parametrize(
    ("post", "day", "holders"),
    [
        ("jp/prime-minister", "2019-06-28", {"shinzo-abe"}),
        ("jp/prime-minister", "2025-10-20", {"shigeru-ishiba"}),
        ("jp/prime-minister", "2025-10-21", {"sanae-takaichi"}),
        ("jp/minister-of-economy-trade-and-industry", "2025-10-28", {"ryosei-akazawa"}),
        ("us/trade-representative", "2020-01-15", {"robert-lighthizer"}),
        ("us/trade-representative", "2021-02-01", set()),
        ("eu/trade-commissioner", "2019-11-30", {"cecilia-malmstrom"}),
        ("eu/trade-commissioner", "2019-12-01", {"phil-hogan"}),
        ("gb/secretary-of-state-for-business-and-trade", "2025-09-04", {"jonathan-reynolds"}),
        ("gb/secretary-of-state-for-business-and-trade", "2025-09-05", {"peter-kyle"}),
        ("ca/prime-minister", "2025-03-13", {"justin-trudeau"}),
        ("ca/prime-minister", "2025-03-14", {"mark-carney"}),
        ("mx/president", "2018-11-30", {"enrique-pena-nieto"}),
        ("kr/president", "2025-05-15", {"lee-ju-ho"}),
        ("kr/president", "2025-06-04", {"lee-jae-myung"}),
        ("cn/vice-premier", "2023-03-12", {"he-lifeng"}),
        ("in/minister-of-commerce-and-industry", "2018-06-01", {"suresh-prabhu"}),
    ],
)
def test_who_held_a_post(shipped: Graph, post: str, day: str, holders: set[str]) -> None:
    asked = """query ($id: ID!, $at: Date) { node(id: $id, at: $at) { ... on Post { holders { person { id } } } } }"""
    found = shipped.ask(asked, id=f"post/{post}", at=day)["node"]["holders"]
    assert {each["person"]["id"] for each in found} == {f"person/{each}" for each in holders}


def test_two_papers_tell_another_length(shipped: Graph) -> None:
    asked = """{ meeting(id: "meeting/us-jp-2025/round-7") { records {
        duration evidence { source { id } } contradictedBy { evidence { source { id } } } } } }"""
    records = shipped.ask(asked)["meeting"]["records"]
    told = {each["evidence"][0]["source"]["id"]: each for each in records}
    jiji, yomiuri = "source/press/jiji-2025-06-28", "source/press/yomiuri-2025-06-28"
    assert {source: each["duration"] for source, each in told.items()} == {jiji: "PT1H5M", yomiuri: "PT1H"}
    assert [each["evidence"][0]["source"]["id"] for each in told[jiji]["contradictedBy"]] == [yomiuri]


COUNTED = """
MATCH (m:Meeting) OPTIONAL MATCH (m)<-[:MEETING]-(:MeetingRecord)-[:NEGOTIATION]->(n:Negotiation)
WITH DISTINCT m, n.name AS talks
RETURN talks, count(m) AS meetings, sum(COUNT { (m)<-[:MEETING]-(:Participation) }) AS participations
"""
POSITIONS = """
MATCH (p:Position) OPTIONAL MATCH (p)-[:NEGOTIATION]->(n:Negotiation) RETURN n.name AS talks, count(p) AS positions
"""
TABLE = re.compile(r"^\| ((?:US|UK|none).*?) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)


def test_as_many_talks_as_the_documentation_says(shipped: Graph) -> None:
    positions = {row["talks"]: row["positions"] for row in shipped.cypher(POSITIONS)}
    counted = {
        row["talks"]: (row["meetings"], row["participations"], positions.pop(row["talks"], 0))
        for row in shipped.cypher(COUNTED)
    }
    counted |= {talks: (0, 0, number) for talks, number in positions.items()}
    text = (Path(__file__).parents[1] / "docs" / "talks.md").read_text()
    rows = TABLE.findall(text)
    said = {None if talks.startswith("none") else talks: tuple(map(int, numbers)) for talks, *numbers in rows}
    assert counted == said
