"""The deals of the United States of 2025 and 2026, as the documents that ship state them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Graph

STATE = "query ($id: ID!, $at: Date) { agreement(id: $id, at: $at) { state binding bound { code } } }"


@pytest.mark.parametrize(
    ("deal", "at", "state", "binding"),
    [
        ("us-eu-2025", "2025-07-26", None, False),
        ("us-eu-2025", "2025-07-27", "ANNOUNCED", False),
        ("us-eu-2025", "2026-07-01", "ANNOUNCED", False),
        ("us-ch-li-2025", "2025-11-14", "ANNOUNCED", False),
        ("us-my-2025", "2025-10-25", None, True),
        ("us-my-2025", "2025-10-26", "SIGNED", True),
        ("us-kh-2025", "2026-07-01", "SIGNED", True),
        ("us-jp-2025", "2025-10-27", "ANNOUNCED", None),
        ("us-jp-2025", "2025-10-28", "SIGNED", None),
        ("us-sv-art", "2026-01-29", "SIGNED", None),
    ],
)
def test_the_state_of_a_deal_on_a_day(
    shipped: Graph, deal: str, at: str, state: str | None, binding: bool | None
) -> None:
    found = shipped.ask(STATE, id=f"agreement/{deal}", at=at)["agreement"]
    assert found == {"state": state, "binding": binding, "bound": []}


def test_what_switzerland_and_liechtenstein_were_promised_is_an_intention(shipped: Graph) -> None:
    asked = """{ agreement(id: "agreement/us-ch-li-2025") {
        commitments { party { code } duty { text } modality validFrom evidence { source { kind published } locator } } } }"""
    rates = [each for each in shipped.ask(asked)["agreement"]["commitments"] if each["duty"]]
    sheet = {"source": {"kind": "OFFICIAL", "published": "2025-11-14"}}
    assert sorted(rates, key=str) == sorted(
        [
            _rate(
                "US",
                "15%",
                {**sheet, "locator": "on the cumulative rate"},
                {**sheet, "locator": "section 2, paragraph 3"},
            ),
            _rate("US", "15%", {**sheet, "locator": "section 2, paragraph 4"}),
            _rate("CH", "Free", {**sheet, "locator": "section 2, paragraph 2"}),
            _rate("LI", "Free", {**sheet, "locator": "section 2, paragraph 2"}),
        ],
        key=str,
    )


def _rate(party: str, duty: str, *evidence: dict[str, Any]) -> dict[str, Any]:
    return {
        "party": {"code": party},
        "duty": {"text": duty},
        "modality": "PLANNED",
        "validFrom": "2025-11-14",
        "evidence": list(evidence),
    }


def test_every_party_of_a_deal_without_binding_text_promises_something(shipped: Graph) -> None:
    asked = """{ agreements(filter: { parties: ["US"], binding: false }, first: 100) {
        nodes { id parties { code } commitments { party { code } } } } }"""
    deals = shipped.ask(asked)["agreements"]["nodes"]
    silent = [
        (deal["id"], party["code"])
        for deal in deals
        for party in deal["parties"]
        if {"party": party} not in deal["commitments"]
    ]
    assert len(deals) >= 14
    assert silent == []


def test_a_document_uploaded_twice_is_one_source(shipped: Graph) -> None:
    asked = """{ node(id: "source/us-kh/agreement-2025-10-26") { ... on Source { kind alternativeNames } } }"""
    misspelt = "Agreement Between the United States of America and the Kingdom of Camboida on Recipricol Trade"
    assert shipped.ask(asked)["node"] == {"kind": "ACT", "alternativeNames": [misspelt]}
