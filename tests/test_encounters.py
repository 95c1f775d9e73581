"""Who met whom (question 23): which meetings count for which pair, on the shipped talks and on a small made-up summit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from loaders import curated
from tests.conftest import Graph

ALL = """
query ($from: Date, $to: Date, $persons: [ID!], $known: Date, $first: Int = 100, $after: String) {
  encounters(from: $from, to: $to, persons: $persons, asKnownOn: $known, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { persons { name } count duration meetings { totalCount nodes { id start } } }
    edges { cursor node { __typename count } }
  }
}
"""


def _pair(*names: str, duration: str | None, meetings: dict[str, str | None]) -> dict[str, Any]:
    nodes = [{"id": f"meeting/{id_}", "start": start} for id_, start in meetings.items()]
    return {
        "persons": [{"name": name} for name in names],
        "count": len(nodes),
        "duration": duration,
        "meetings": {"totalCount": len(nodes), "nodes": nodes},
    }


BESSENT = _pair(
    "Ryosei Akazawa", "Scott Bessent", duration="PT45M", meetings={"us-jp-2025/round-6/bessent": "2025-06-13"}
)
LUTNICK = _pair(
    "Howard Lutnick", "Ryosei Akazawa", duration="PT1H10M", meetings={"us-jp-2025/round-6/lutnick": "2025-06-13"}
)
LEADERS = _pair(
    "Donald J. Trump", "Shigeru Ishiba", duration=None, meetings={"us-jp-2025/call-2025-06-13": "2025-06-13"}
)


AKAZAWA, MINISTER = "person/ryosei-akazawa", "person/scott-bessent"


def _pairs(graph: Graph, **arguments: Any) -> list[dict[str, Any]]:
    found: dict[str, Any] = graph.ask(ALL, **arguments)["encounters"]
    assert found["totalCount"] == len(found["nodes"])
    assert [edge["node"]["count"] for edge in found["edges"]] == [node["count"] for node in found["nodes"]]
    return list(found["nodes"])


DAY = {"from": "2025-06-13", "to": "2025-06-13"}
"""The day of the sixth round and of the leaders' call."""


def test_of_the_day_of_a_round(shipped: Graph) -> None:
    """The round counts by its two parts; the summit is planned. Lutnick and Bessent sat in different parts."""
    assert _pairs(shipped, **DAY) == [LEADERS, LUTNICK, BESSENT]


def test_of_all_shipped_talks_of_two_people(shipped: Graph) -> None:
    """All rounds of the two, those of one side in a row; what is planned, postponed or denied does not count."""
    [pair] = _pairs(shipped, persons=[AKAZAWA, MINISTER])
    assert pair == _pair(
        "Ryosei Akazawa",
        "Scott Bessent",
        duration="PT2H20M",
        meetings={
            "us-jp-2025/round-1/trump": "2025-04-16",
            "us-jp-2025/round-2": "2025-05-01",
            "us-jp-2025/round-4": "2025-05-30",
            "us-jp-2025/round-5/bessent": "2025-06-06",
            "us-jp-2025/round-6/bessent": "2025-06-13",
            "us-jp-2025/osaka-2025-07-19": "2025-07-19",
            "us-jp-2025/round-8/bessent": "2025-07-22",
        },
    )


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (DAY, 3),
        ({"from": "2025-06-14", "to": "2025-06-14"}, 1),
        ({"from": "2025-06-07", "to": "2025-06-08"}, 0),
        ({**DAY, "known": "2025-06-13"}, 0),
        ({**DAY, "known": "2025-06-14"}, 3),
    ],
)
def test_within_a_period_and_as_known(shipped: Graph, period: dict[str, str], expected: int) -> None:
    assert len(_pairs(shipped, **period)) == expected


@pytest.mark.parametrize(
    ("persons", "expected"),
    [
        ([AKAZAWA], [LUTNICK, BESSENT]),
        ([AKAZAWA, AKAZAWA], [LUTNICK, BESSENT]),
        ([AKAZAWA, MINISTER], [BESSENT]),
        ([MINISTER, "person/howard-lutnick", AKAZAWA], [LUTNICK, BESSENT]),
        ([MINISTER, "person/howard-lutnick"], []),
        (["person/nobody"], []),
        ([], [LEADERS, LUTNICK, BESSENT]),
    ],
)
def test_of_one_person_or_among_several(shipped: Graph, persons: list[str], expected: list[dict[str, Any]]) -> None:
    assert _pairs(shipped, persons=persons, **DAY) == expected


def test_pages(shipped: Graph) -> None:
    first = shipped.ask(ALL, first=2, **DAY)["encounters"]
    assert (first["totalCount"], first["nodes"]) == (3, [LEADERS, LUTNICK])
    rest = shipped.ask(ALL, first=2, after=first["pageInfo"]["endCursor"], **DAY)["encounters"]
    assert (rest["nodes"], rest["pageInfo"]["hasNextPage"]) == ([BESSENT], False)
    assert "1 to 100" in shipped.respond(ALL, first=101)["errors"][0]["message"]
    assert "has not come" in shipped.respond(ALL, known="2099-01-01")["errors"][0]["message"]


_RECORD = """\
  - meeting: meeting/{m}
    kind: {kind}
    status: {status}
    duration: {length}
    start: 2025-06-18
    valid_from: 2025-06-18
    valid_to: 2025-06-19
    evidence: [{{locator: one}}]
"""
_RECORDS = "".join(
    _RECORD.format(m=meeting, kind=kind, status=status, length=length)
    for meeting, kind, status, length in (
        ("summit", "SUMMIT", "HELD", "PT30H"),
        ("call", "CALL", "HELD", "PT20M"),
        ("plan", "VISIT", "PLANNED", "PT1H"),
        ("visit", "VISIT", "HELD", "PT1H"),
    )
)
SUMMIT = """\
source: source/test/paper
Source:
  - {id: source/test/paper, name: paper, kind: PRESS, published: 2025-06-20, redistribution: FACTS}
  - {id: source/test/act, name: act, kind: OFFICIAL, published: 2025-06-25, redistribution: FACTS}
Country:
  - {id: country/xa, name: Exland, code: XA, iso2: XA, iso3: XAA, numeric: "991"}
Person:
  - each: [{who: ann}, {who: bob}, {who: cyd}, {who: dan}]
    id: person/{who}
    name: "{who}"
Meeting:
  - each: [{m: summit}, {m: dinner}, {m: toast}, {m: call}, {m: plan}, {m: visit}]
    id: meeting/{m}
    name: "{m}"
MeetingRecord:
RECORDS  - each:
      - {m: dinner, whole: summit}
      - {m: toast, whole: dinner}
    meeting: meeting/{m}
    kind: OTHER
    status: HELD
    start: 2025-06-18
    part_of: meeting/{whole}
    valid_from: 2025-06-18
    valid_to: 2025-06-19
    evidence: [{locator: two}]
  - meeting: meeting/visit
    kind: VISIT
    status: CANCELLED
    start: 2025-06-18
    valid_from: 2025-06-18
    valid_to: 2025-06-19
    evidence: [{source: source/test/act, locator: three}]
Participation:
  - each:
      - {m: summit, who: ann}
      - {m: summit, who: bob}
      - {m: summit, who: cyd}
      - {m: toast, who: ann}
      - {m: toast, who: bob}
      - {m: call, who: ann}
      - {m: call, who: cyd}
      - {m: plan, who: ann}
      - {m: plan, who: cyd}
      - {m: visit, who: ann}
      - {m: visit, who: cyd}
    meeting: meeting/{m}
    person: person/{who}
    on_behalf_of: country/xa
    valid_from: 2025-06-18
    valid_to: 2025-06-19
    evidence: [{locator: four}]
  - meeting: meeting/call
    person: person/dan
    modality: DENIED
    valid_from: 2025-06-18
    valid_to: 2025-06-19
    evidence: [{locator: five}]
  - meeting: meeting/summit
    person: person/dan
    modality: POSSIBLE
    valid_from: 2025-06-18
    valid_to: 2025-06-19
    evidence: [{locator: six}]
"""
SUMMIT = SUMMIT.replace("RECORDS", _RECORDS)
CALLED: dict[str, str | None] = {"call": "2025-06-18", "summit": "2025-06-18"}


@pytest.fixture
def summit(scratch: Graph, tmp_path: Path) -> Graph:
    file = tmp_path / "summit.yaml"
    file.write_text(SUMMIT)
    scratch.load(curated.load([file], known=[]))
    return scratch


def test_a_meeting_counts_for_those_who_met_in_no_part_of_it(summit: Graph) -> None:
    """Ann and Bob met at the toast, a part of a part. Planned and cancelled meetings, a part that is denied or was only possible count for nobody."""
    assert _pairs(summit) == [
        _pair("ann", "cyd", duration="P1DT6H20M", meetings=CALLED),
        _pair("ann", "bob", duration=None, meetings={"toast": "2025-06-18"}),
        _pair("bob", "cyd", duration="P1DT6H", meetings={"summit": "2025-06-18"}),
    ]


def test_what_was_held_is_what_was_known(summit: Graph) -> None:
    """Before the official record came out, the paper's word stood that the visit was held."""
    [ann_cyd] = _pairs(summit, persons=["person/ann", "person/cyd"], known="2025-06-24")
    assert [each["id"] for each in ann_cyd["meetings"]["nodes"]] == ["meeting/call", "meeting/summit", "meeting/visit"]


def test_the_meetings_of_a_pair_come_in_pages(summit: Graph) -> None:
    document = """{ encounters(persons: ["person/ann", "person/cyd"]) { edges { node { persons { id }
      meetings(first: 1) { nodes { name participations { person { id } } } pageInfo { hasNextPage } } } } } }"""
    [edge] = summit.ask(document)["encounters"]["edges"]
    people = sorted(each["person"]["id"] for each in edge["node"]["meetings"]["nodes"][0].pop("participations"))
    assert people == ["person/ann", "person/cyd", "person/dan"]
    assert edge["node"] == {
        "persons": [{"id": "person/ann"}, {"id": "person/cyd"}],
        "meetings": {"nodes": [{"name": "call"}], "pageInfo": {"hasNextPage": True}},
    }
