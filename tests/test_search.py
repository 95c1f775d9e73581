"""Entities found by their names, in any spelling and script, and by no text at all as a syntax error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders import curated
from tests.conftest import Graph
from tests.test_graphql import HOSTILE

ASKED = """
query ($text: String!, $kinds: [EntityKind!], $first: Int = 20, $after: String) {
  search(text: $text, kinds: $kinds, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { __typename id } edges { cursor score node { id name } }
  }
}
"""


def _ids(graph: Graph, text: str, **more: Any) -> list[str]:
    return [node["id"] for node in graph.ask(ASKED, text=text, **more)["search"]["nodes"]]


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("赤澤", "person/ryosei-akazawa"),
        ("赤沢亮正", "person/ryosei-akazawa"),
        ("石破", "person/shigeru-ishiba"),
        ("日米", "negotiation/us-jp-2025"),
        ("Akazawa", "person/ryosei-akazawa"),
        ("पीयूष गोयल", "person/piyush-goyal"),
        ("गोयल", "person/piyush-goyal"),
        ("Le Blanc", "person/dominic-leblanc"),
        ("akazawa ryosei", "person/ryosei-akazawa"),
        ("RYŌSEI AKAZAWA", "person/ryosei-akazawa"),
        ("ryosei akasawa", "person/ryosei-akazawa"),
        ("Ishiba Shigeru", "person/shigeru-ishiba"),
        ("Ishba", "person/shigeru-ishiba"),
        ("ishi", "person/shigeru-ishiba"),
        ("Côte d'Ivoire", "country/ci"),
        ("cote d’ivoire", "country/ci"),
        ("cote divoire", "country/ci"),
        ("Donald X Trump", "person/donald-trump"),
        ("europaische union", "group/eu"),
        ("україна", "country/ua"),
        ("viet nam", "country/vn"),
        ("japan", "country/jp"),
        ("Ｊａｐａｎ", "country/jp"),
        ("JP", "country/jp"),
        ("US", "country/us"),
        ("G-7", "group/g7"),
        ("8703.23.01", "product/hts2025/87032301"),
        ("non tariff", "topic/non-tariff-measures"),
    ],
)
def test_the_best_is_what_was_meant(shipped: Graph, text: str, best: str) -> None:
    assert _ids(shipped, text)[0] == best


def test_the_whole_answer(shipped: Graph) -> None:
    found = shipped.ask(ASKED, text="akazawa lutnick sixth")["search"]
    [edge] = found.pop("edges")
    assert edge.pop("score") > 0
    assert edge == {
        "cursor": found["pageInfo"]["endCursor"],
        "node": {
            "id": "meeting/us-jp-2025/round-6/lutnick",
            "name": "Akazawa and Lutnick, sixth round of the US-Japan trade talks",
        },
    }
    assert found == {
        "totalCount": 1,
        "pageInfo": {"hasNextPage": False, "endCursor": "YWZ0ZXI6MQ=="},
        "nodes": [{"__typename": "Meeting", "id": "meeting/us-jp-2025/round-6/lutnick"}],
    }


def test_only_of_some_kinds(shipped: Graph) -> None:
    found = shipped.ask(ASKED, text="japan", kinds=["ORGANISATION", "POST"], first=100)["search"]
    assert {node["__typename"] for node in found["nodes"]} == {"Organisation", "Post"}
    every = shipped.ask(ASKED, text="japan", first=100)["search"]["nodes"]
    assert [node for node in every if node["__typename"] in ("Organisation", "Post")] == found["nodes"]
    assert _ids(shipped, "japan", kinds=["TOPIC"]) == []
    assert _ids(shipped, "japan", kinds=[]) == []


def test_ordered_by_score_then_name_in_pages(shipped: Graph) -> None:
    whole = shipped.ask(ASKED, text="talks", first=100)["search"]
    keys = [(-edge["score"], edge["node"]["name"], edge["node"]["id"]) for edge in whole["edges"]]
    assert keys == sorted(keys)
    assert whole["totalCount"] == len(keys) > 3
    first = shipped.ask(ASKED, text="talks", first=2)["search"]
    rest = shipped.ask(ASKED, text="talks", first=100, after=first["pageInfo"]["endCursor"])["search"]
    assert first["edges"] + rest["edges"] == whole["edges"]


LUCENE = [
    *HOSTILE,
    "AND",
    "OR NOT",
    '+ - && || ! ( ) { } [ ] ^ " ~ * ? : \\ /',
    "name:japan",
    "japan^1000",
    "[a TO z]",
    '"japan',
    "jap*n? ~3",
    "/.*/",
    "\\",
    "d'",
    "''",
    "x~0.5",
    "_",
    "ー",
    "\U0001f600",
    "a\u0301\u0302\u0303",
]


@pytest.mark.parametrize("text", [each for each in LUCENE if len(each) <= 200])
def test_no_text_is_a_syntax_error(shipped: Graph, text: str) -> None:
    before = shipped.cypher("MATCH (n) RETURN count(n) AS nodes")
    shipped.ask(ASKED, text=text)
    assert shipped.cypher("MATCH (n) RETURN count(n) AS nodes") == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), max_size=30) | st.text("+-&|!(){}[]^\"~*?:\\/ 'ANDOT赤é", max_size=30))
def test_no_text_breaks_the_search(shipped: Graph, text: str) -> None:
    shipped.ask(ASKED, text=text)


@pytest.mark.parametrize("text", ["", "   ", "?!", "…", "()"])
def test_without_a_letter_or_digit_nothing_is_found(shipped: Graph, text: str) -> None:
    assert _ids(shipped, text) == []


@pytest.mark.parametrize(
    "arguments", [{"text": "x" * 201}, {"text": "a " * 17}, {"text": "a", "first": 101}, {"text": "a", "after": "x"}]
)
def test_a_question_out_of_range_is_an_error(shipped: Graph, arguments: dict[str, Any]) -> None:
    assert shipped.respond(ASKED, **arguments)["errors"][0]["extensions"]["code"] == "BAD_QUESTION"


STATED = """\
source: source/test/register
Source:
  - {id: source/test/register, name: register, kind: OFFICIAL, published: 2025-06-14, redistribution: FACTS}
Organisation:
  - {id: organisation/test/trade, name: Ministry of Trade}
  - {id: organisation/test/finance, name: Ministry of Finance, alternative_names: [Treasury]}
Attribute:
  - about: organisation/test/trade
    name: alternative_name
    value: Handelsministerium
    evidence: [{locator: row 1}]
  - about: organisation/test/finance
    name: motto
    value: Zusammenhalt
    evidence: [{locator: row 2}]
"""


def test_names_that_facts_state_are_found_too(scratch: Graph, tmp_path: Path) -> None:
    file = tmp_path / "stated.yaml"
    file.write_text(STATED)
    scratch.load(curated.load([file], known=[]))
    assert _ids(scratch, "handelsminist") == ["organisation/test/trade"]
    assert _ids(scratch, "zusammenhalt") == []
    assert _ids(scratch, "alternative") == []
    assert set(_ids(scratch, "ministry")) == {"organisation/test/trade", "organisation/test/finance"}
