"""The shortest ways between two nodes: over which relations they lead, over which facts, and how long they may be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from loaders import curated
from tests.conftest import Graph

ASKED = """
query ($from: ID!, $to: ID!, $max: Int, $at: Date, $known: Date) {
  path(from: $from, to: $to, maxLength: $max, at: $at, asKnownOn: $known) {
    length steps { relation node { __typename ... on Entity { id } } }
  }
}
"""
AKAZAWA, BESSENT = "person/ryosei-akazawa", "person/scott-bessent"


def _ways(graph: Graph, from_: str, to: str, **more: Any) -> list[str]:
    """Each way as one line: nodes by id or kind, relations between them."""
    found = graph.ask(ASKED, **{"from": from_, "to": to, **more})["path"]
    assert all(each["length"] == len(each["steps"]) - 1 for each in found)
    return [
        " ".join(
            f"{'' if step['relation'] is None else '-- ' + step['relation'] + ' --> '}"
            f"{step['node'].get('id', step['node']['__typename'])}"
            for step in each["steps"]
        )
        for each in found
    ]


def test_two_people_through_their_meetings(shipped: Graph) -> None:
    way = (
        f"{AKAZAWA} -- person of --> Participation -- meeting --> meeting/us-jp-2025/round-6{{part}} "
        f"-- meeting of --> Participation -- person --> {BESSENT}"
    )
    assert _ways(shipped, AKAZAWA, BESSENT, at="2025-06-13") == [way.format(part="/bessent"), way.format(part="")]


def test_the_whole_answer(shipped: Graph) -> None:
    document = """{ path(from: "post/us/secretary-of-the-treasury", to: "country/us") {
      length steps { relation node { __typename id label uri } } } }"""
    base = "https://tradegraph.invalid/id/"
    assert shipped.ask(document)["path"] == [
        {
            "length": 1,
            "steps": [
                {
                    "relation": None,
                    "node": {
                        "__typename": "Post",
                        "id": "post/us/secretary-of-the-treasury",
                        "label": "US Secretary of the Treasury",
                        "uri": f"{base}post/us/secretary-of-the-treasury",
                    },
                },
                {
                    "relation": "party",
                    "node": {
                        "__typename": "Country",
                        "id": "country/us",
                        "label": "United States",
                        "uri": f"{base}country/us",
                    },
                },
            ],
        }
    ]


def test_a_part_and_its_whole(shipped: Graph) -> None:
    part, whole = "meeting/us-jp-2025/round-6/bessent", "meeting/us-jp-2025/round-6"
    assert _ways(shipped, part, whole) == [f"{part} -- meeting of --> MeetingRecord -- part of --> {whole}"]
    assert _ways(shipped, whole, part) == [f"{whole} -- whole of --> MeetingRecord -- meeting --> {part}"]


def test_a_node_and_itself(shipped: Graph) -> None:
    assert _ways(shipped, AKAZAWA, AKAZAWA) == [AKAZAWA]


def test_not_longer_than_asked_for(shipped: Graph) -> None:
    assert _ways(shipped, AKAZAWA, BESSENT, max=3) == []
    day = {"at": "2025-06-13"}
    assert (
        len(_ways(shipped, AKAZAWA, BESSENT, max=6, **day)) == len(_ways(shipped, AKAZAWA, BESSENT, max=4, **day)) == 2
    )


def test_at_most_twenty(shipped: Graph) -> None:
    ways = _ways(shipped, "country/fr", "country/de", max=6)
    assert 1 < len(ways) <= 20
    assert ways == _ways(shipped, "country/fr", "country/de", max=6)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"to": "person/nobody"}, "person/nobody"),
        ({"from": "' OR 1=1 //", "to": "x"}, "' OR 1=1 //, x"),
        ({"max": 0}, "maxLength: 0 is out of range: ask for 1 to 6"),
        ({"max": 7}, "maxLength"),
        ({"known": "2099-01-01"}, "has not come"),
    ],
)
def test_a_question_out_of_range_is_an_error(shipped: Graph, arguments: dict[str, Any], message: str) -> None:
    [error] = shipped.respond(ASKED, **{"from": AKAZAWA, "to": BESSENT, **arguments})["errors"]
    assert message in error["message"]
    assert error["extensions"] == {"code": "BAD_QUESTION"}


TALKS = """\
source: source/test/paper
Source:
  - {id: source/test/paper, name: paper, kind: PRESS, published: 2025-06-20, redistribution: FACTS}
  - {id: source/test/later, name: later, kind: PRESS, published: 2025-06-25, redistribution: FACTS}
Country:
  - {id: country/xa, name: Exland, code: XA, iso2: XA, iso3: XAA, numeric: "991"}
Instrument:
  - {id: instrument/test/one, name: The first act, kind: NOTICE}
  - {id: instrument/test/two, name: The second act, kind: NOTICE}
Person:
  - {id: person/ann, name: Ann}
  - {id: person/bob, name: Bob}
  - {id: person/cyd, name: Cyd}
Meeting:
  - {id: meeting/m, name: The meeting}
  - {id: meeting/n, name: The other meeting}
Participation:
  - each:
      - {m: m, who: ann, day: 2025-06-13, next: 2025-06-14, source: paper}
      - {m: m, who: bob, day: 2025-06-13, next: 2025-06-14, source: paper}
      - {m: n, who: ann, day: 2025-06-18, next: 2025-06-19, source: later}
      - {m: n, who: bob, day: 2025-06-18, next: 2025-06-19, source: later}
    meeting: meeting/{m}
    person: person/{who}
    valid_from: "{day}"
    valid_to: "{next}"
    evidence: [{source: "source/test/{source}", locator: one}]
  - meeting: meeting/m
    person: person/cyd
    modality: DENIED
    valid_from: 2025-06-13
    valid_to: 2025-06-14
    evidence: [{locator: two}]
TariffMeasure:
  - each:
      - {act: one}
      - {act: two}
    importer: country/xa
    origins: {include: []}
    products: {include: []}
    product_scope: all goods
    authority: S122
    duty: 10%
    programme: "{act}"
    instrument: instrument/test/{act}
    valid_from: 2025-06-13
    evidence: [{locator: three}]
"""


@pytest.fixture
def talks(scratch: Graph, tmp_path: Path) -> Graph:
    file = tmp_path / "talks.yaml"
    file.write_text(TALKS)
    scratch.load(curated.load([file], known=[]))
    return scratch


def _through(*meetings: str) -> list[str]:
    return [
        f"person/ann -- person of --> Participation -- meeting --> meeting/{each} -- meeting of --> Participation -- person --> person/bob"
        for each in meetings
    ]


@pytest.mark.parametrize(
    ("moment", "meetings"),
    [
        ({}, ["m", "n"]),
        ({"at": "2025-06-13"}, ["m"]),
        ({"at": "2025-06-18"}, ["n"]),
        ({"at": "2025-06-18", "known": "2025-06-24"}, []),
        ({"known": "2025-06-24"}, ["m"]),
        ({"known": "2025-06-19"}, []),
    ],
)
def test_only_facts_that_were_known_and_held(talks: Graph, moment: dict[str, str], meetings: list[str]) -> None:
    assert _ways(talks, "person/ann", "person/bob", **moment) == _through(*meetings)


def test_what_is_denied_leads_nowhere(talks: Graph) -> None:
    assert _ways(talks, "person/cyd", "person/bob", max=6) == []


def test_neither_importer_nor_source_nor_scope_is_a_way(talks: Graph) -> None:
    assert _ways(talks, "instrument/test/one", "instrument/test/two", max=6) == []


def test_from_a_fact(talks: Graph) -> None:
    [row] = talks.cypher("MATCH (f:TariffMeasure {programme: 'one'}) RETURN f.id AS id")
    assert _ways(talks, row["id"], "instrument/test/one") == ["TariffMeasure -- instrument --> instrument/test/one"]
    before = talks.respond(ASKED, **{"from": row["id"], "to": "instrument/test/one", "known": "2025-06-19"})
    assert row["id"] in before["errors"][0]["message"]
