"""GraphQL as the standard has it, on generated Cypher: selections, pages, errors, and values that try to become text."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.gql.errors import redacted
from graph.reads.problem import QuestionError
from graph.reads.statement import Statement, read
from schema.agreements import Agreement
from tests.conftest import Graph
from tests.shipped import records as shipped_records


def test_aliases_fragments_and_directives(shipped: Graph) -> None:
    document = """
    query ($no: Boolean = false) {
      first: party(code: "JP") { ...Names again: name skipped: code @skip(if: true) }
      second: party(code: "g7") { ... on Group { kind: __typename } ... on Country { iso2 } name @include(if: $no) }
    }
    fragment Names on Party { __typename name ... on Country { iso3 } }
    """
    assert shipped.ask(document) == {
        "first": {"__typename": "Country", "name": "Japan", "iso3": "JPN", "again": "Japan"},
        "second": {"kind": "Group"},
    }


@pytest.mark.parametrize("code", ["JP", "jp", "JPN", "392"])
def test_a_party_is_found_by_any_of_its_codes(shipped: Graph, code: str) -> None:
    assert shipped.ask("query ($c: String!) { party(code: $c) { id } }", c=code)["party"] == {"id": "country/jp"}


@pytest.mark.parametrize(
    "field",
    [
        'party(code: "XX")',
        'countries(group: "XX")',
        'meetings(filter: { parties: ["JP", "XX"] })',
        'persons(filter: { party: "XX" })',
        'negotiations(parties: ["XX"])',
        'party(code: "JP") { agreements(with: "XX") { id } }',
    ],
)
def test_an_unknown_party_is_an_error(shipped: Graph, field: str) -> None:
    selection = "" if field.endswith("}") else " { __typename }"
    response = shipped.respond(f"{{ {field}{selection} }}")
    assert "no party has the code XX" in response["errors"][0]["message"]


@pytest.mark.parametrize("code", ["JP", "JPN", "392"])
def test_a_country_where_a_group_is_asked_for_is_an_error(shipped: Graph, code: str) -> None:
    response = shipped.respond("query ($code: String!) { countries(group: $code) { id } }", code=code)
    assert response["errors"][0]["message"] == f"{code} is no group: use the code of one, such as EU"
    assert response["errors"][0]["extensions"]["code"] == "BAD_QUESTION"


def test_members_are_those_of_the_day(shipped: Graph) -> None:
    document = 'query ($at: Date) { countries(group: "EU", at: $at) { code } }'
    before, after = (
        {country["code"] for country in shipped.ask(document, at=day)["countries"]}
        for day in ("2020-01-31", "2020-02-01")
    )
    assert before - after == {"GB"}
    assert len(after) == 27


PAGED = """
query ($first: Int, $after: String) {
  tariffMeasures(filter: { authority: "MFN" }, first: $first, after: $after) {
    totalCount nodes { id } edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}
"""


def test_pages_tile_the_whole(shipped: Graph) -> None:
    whole = shipped.ask(PAGED, first=1000)["tariffMeasures"]
    assert whole["totalCount"] == len(whole["nodes"]) > 20
    seen: list[str] = []
    after = None
    while True:
        page: dict[str, Any] = shipped.ask(PAGED, first=7, after=after)["tariffMeasures"]
        assert page["nodes"] == [edge["node"] for edge in page["edges"]]
        assert page["pageInfo"]["hasPreviousPage"] == bool(seen)
        seen += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        assert after == page["edges"][-1]["cursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == [node["id"] for node in whole["nodes"]]


@pytest.mark.parametrize(
    ("first", "after"), [(0, None), (-1, None), (1001, None), (1, "x"), (1, "YWZ0ZXI6LTE="), (1, "")]
)
def test_a_page_out_of_range_is_an_error(shipped: Graph, first: int, after: str | None) -> None:
    response = shipped.respond(PAGED, first=first, after=after)
    assert response["errors"][0]["extensions"]["code"] == "BAD_QUESTION"


def test_lists_other_than_measures_and_products_end_at_a_hundred(shipped: Graph) -> None:
    assert "1 to 100" in shipped.respond("{ meetings(first: 101) { totalCount } }")["errors"][0]["message"]


def test_a_node_is_asked_for_by_its_id(shipped: Graph) -> None:
    document = "query ($id: ID!) { node(id: $id) { __typename id uri label } }"
    assert shipped.ask(document, id="person/ryosei-akazawa")["node"] == {
        "__typename": "Person",
        "id": "person/ryosei-akazawa",
        "uri": "https://tradegraph.invalid/id/person/ryosei-akazawa",
        "label": "Ryosei Akazawa",
    }
    assert shipped.ask(document, id="person/nobody")["node"] is None


def test_every_fact_has_a_label(shipped: Graph) -> None:
    ids = [row["id"] for row in shipped.cypher("MATCH (f:Fact) WITH head(labels(f)) AS k, min(f.id) AS id RETURN id")]
    fields = " ".join(f'n{i}: node(id: "{id_}") {{ label ... on Fact {{ modality }} }}' for i, id_ in enumerate(ids))
    answer = shipped.ask(f"{{ {fields} }}")
    assert all(node["label"].split(": ")[1] for node in answer.values())


FILTERS = """
query ($text: String, $id: ID!, $ids: [ID!]) {
  node(id: $id) { id }
  persons(filter: { text: $text, post: $id, source: $id }) { totalCount }
  posts(filter: { text: $text, organisation: $id }) { totalCount }
  meetings(filter: { text: $text, persons: $ids, negotiation: $id, topic: $id }) { totalCount }
  agreements(filter: { text: $text, kind: $text, source: $id }) { totalCount }
  instruments(filter: { text: $text }) { totalCount }
  tariffMeasures(filter: { authority: $text, instrument: $id }) { totalCount }
  product(code: "87032301", nomenclature: $text) { id }
}
"""
BY_PRODUCT = "query ($text: String) { tariffMeasures(filter: { product: $text }) { totalCount } }"
HOSTILE = [
    "' OR 1=1 //",
    "'}) RETURN 1 AS found UNION CALL dbms.listConfig() YIELD name RETURN name AS found //",
    "`) DETACH DELETE n //",
    '"',
    "\\u0027",
    "$p0",
    "\x00",
    "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "9" * 400,
    "{n}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_value_becomes_a_statement(shipped: Graph, text: str) -> None:
    before = shipped.cypher("MATCH (n) RETURN count(n) AS nodes")
    answer = shipped.ask(FILTERS, text=text, id=text, ids=[text])
    assert all(found is None or found.get("totalCount") == 0 for found in answer.values())
    [error] = shipped.respond(BY_PRODUCT, text=text)["errors"]
    assert error["message"].startswith("product: ")
    assert shipped.cypher("MATCH (n) RETURN count(n) AS nodes") == before


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), min_size=30, max_size=60))
def test_no_text_breaks_a_filter(shipped: Graph, text: str) -> None:
    answer = shipped.ask(FILTERS, text=text, id=text, ids=[text])
    assert all(found is None or found.get("totalCount") == 0 for found in answer.values())


def test_reads_cannot_write(shipped: Graph) -> None:
    """READ access: even a statement that would write is refused by the database."""
    writing = Statement("CREATE (n:Written) RETURN [] AS found, [] AS unknown", {}, lambda found: found)
    with pytest.raises(Exception, match=r"(?i)write"):
        shipped.run(read(shipped.database, writing))
    assert shipped.cypher("MATCH (n:Written) RETURN count(n) AS n") == [{"n": 0}]


def test_faults_of_ours_are_masked_and_logged_without_secrets(
    shipped: Graph, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("bolt://user:secret@10.0.0.1:7687 password=secret")

    monkeypatch.setattr("api.gql.schema.statement_of", broken)
    with caplog.at_level(logging.ERROR):
        [error] = shipped.respond('{ party(code: "JP") { id } }')["errors"]
    assert error["message"].startswith("internal error ")
    assert error["extensions"] == {"code": "INTERNAL"}
    assert "secret" not in caplog.text
    assert error["message"].removeprefix("internal error ") in caplog.text


def test_faults_of_the_question_stay_readable(shipped: Graph) -> None:
    [error] = shipped.respond("{ party(code: 1) { nothing } }")["errors"][:1]
    assert "nothing" in error["message"] or "String" in error["message"]


def test_redaction_keeps_the_rest() -> None:
    assert redacted("cannot reach bolt://x:7687 now, password: hunter2") == "cannot reach [redacted] now, [redacted]"


def test_question_errors_are_value_errors() -> None:
    assert issubclass(QuestionError, ValueError)


@pytest.mark.parametrize(
    ("document", "variables"),
    [
        ('{ party(code: "JP", at: "2025-13-45") { id } }', {}),
        ("{ party(code: 1) { id } }", {}),
        ('query ($d: Date) { party(code: "JP", at: $d) { id } }', {"d": 20250101}),
        ('{ tariffMeasures(filter: { minAdValorem: "abc" }) { totalCount } }', {}),
        ('{ tariffMeasures(filter: { product: "xyz" }) { totalCount } }', {}),
        ("query ($p: String) { tariffMeasures(filter: { product: $p }) { totalCount } }", {"p": ""}),
        ("{ nothing }", {}),
        ("{", {}),
    ],
)
def test_a_question_at_fault_is_told_so(shipped: Graph, document: str, variables: dict[str, Any]) -> None:
    [error] = shipped.respond(document, **variables)["errors"]
    assert error["extensions"] == {"code": "BAD_QUESTION"}
    assert "internal" not in error["message"]


def test_statements_do_not_grow_by_the_number_of_kinds_at_every_level(shipped: Graph) -> None:
    below = "id label"
    for _ in range(2):
        below = f"id label supersedes {{ {below} }} contradictedBy {{ {below} }}"
    assert shipped.ask(f'{{ node(id: "person/nobody") {{ ... on Fact {{ {below} }} }} }}') == {"node": None}


def test_what_was_not_known_yet_is_not_shown(shipped: Graph) -> None:
    document = """
    query ($k: Date) {
      agreements(asKnownOn: $k) { totalCount }
      agreement(id: "agreement/us-jp-2025", asKnownOn: $k) { id }
      meeting(id: "meeting/us-jp-2025/round-6", asKnownOn: $k) { id }
      instruments(filter: { kinds: ["JUDGMENT"] }, asKnownOn: $k) { totalCount }
    }
    """
    nothing = {"agreements": {"totalCount": 0}, "agreement": None, "meeting": None, "instruments": {"totalCount": 0}}
    assert shipped.ask(document, k="2017-12-31") == nothing
    stated = sum(isinstance(each, Agreement) for each in shipped_records())
    assert shipped.ask(document)["agreements"] == {"totalCount": stated}


def test_a_state_is_that_of_the_day(shipped: Graph) -> None:
    document = """
    query ($at: Date, $k: Date, $s: [MeasureState!]) {
      tariffMeasures(filter: { origin: "JP", authority: "IEEPA", states: $s }, at: $at, asKnownOn: $k) { nodes { programme state } }
    }
    """

    def programmes(**moment: Any) -> set[str]:
        return {node["programme"] for node in shipped.ask(document, **moment)["tariffMeasures"]["nodes"]}

    assert programmes(at="2025-07-10", s=["IN_FORCE"]) == {"reciprocal/baseline"}
    assert programmes(at="2025-07-10", s=["SUSPENDED"]) == {"reciprocal/country"}
    assert programmes(at="2025-04-03", k="2025-04-03", s=["SCHEDULED"]) == {"reciprocal/baseline", "reciprocal/country"}
    assert programmes(at="2026-03-01", s=["ANNULLED"]) == {"reciprocal/baseline", "reciprocal/country"}


def test_members_without_a_day_are_those_of_today(shipped: Graph) -> None:
    found = shipped.ask(
        '{ countries(group: "EU") { code } party(code: "EU") { ... on Group { members { member { code } } } } }'
    )
    codes = {country["code"] for country in found["countries"]}
    assert len(codes) == 27
    assert codes == {each["member"]["code"] for each in found["party"]["members"]}
