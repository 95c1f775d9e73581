"""The worked cases of the two time axes, from the acts that ship and the general rules alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Graph

TARIFF = """
query ($origin: String!, $product: String!, $at: Date!, $known: Date, $assume: [Assumption!]) {
  tariff(importer: "US", origin: $origin, product: $product, at: $at, asKnownOn: $known, assume: $assume) {
    adValorem
    coverage
    gaps
    duty { text }
    components { duty { text } measure { authority programme instrument { id } } rules { effect } }
    excluded { measure { programme } reason rule { retroactive: validFrom paragraph instrument { id } } }
    pending { adValoremThen conditions { id description happens evidence { source { kind } } } }
    annulled { instrument { kind promulgated } effect }
    disagreements { id }
  }
}
"""
ROBOTS = "8479.50.00"
"""Other goods: no act names them, their base duty is 2.5 %."""
TODAY = None


def _tariff(graph: Graph, origin: str, product: str, at: str, known: str | None = None, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = graph.ask(TARIFF, origin=origin, product=product, at=at, known=known, **more)["tariff"]
    return found


@pytest.mark.parametrize(
    ("at", "known", "total"),
    [
        ("2025-04-04", TODAY, "2.5"),
        ("2025-04-07", "2025-04-03", "12.5"),
        ("2025-04-07", TODAY, "12.5"),
        ("2025-04-09", TODAY, "26.5"),
        ("2025-05-01", TODAY, "12.5"),
        ("2025-05-01", "2025-04-08", "26.5"),
        ("2025-07-10", "2025-06-14", "26.5"),
        ("2025-07-10", "2025-07-08", "12.5"),
        ("2025-08-15", "2025-07-20", "26.5"),
        ("2025-08-15", "2025-08-20", "17.5"),
        ("2025-08-15", "2025-09-10", "15"),
        ("2025-08-06", TODAY, "12.5"),
        ("2025-08-07", TODAY, "15"),
        ("2025-10-01", "2025-12-01", "15"),
        ("2025-10-01", TODAY, "15"),
        ("2026-02-19", TODAY, "15"),
        ("2026-02-20", TODAY, "2.5"),
    ],
)
def test_case_a_other_goods_from_japan(shipped: Graph, at: str, known: str | None, total: str) -> None:
    assert _tariff(shipped, "JP", ROBOTS, at, known)["adValorem"] == total


def test_case_a_the_condition_of_the_press_is_pending(shipped: Graph) -> None:
    [pending] = _tariff(shipped, "JP", ROBOTS, "2025-07-10", "2025-06-14")["pending"]
    assert pending["adValoremThen"] == "12.5"
    [condition] = pending["conditions"]
    assert condition["happens"] is False
    assert condition["evidence"] == [{"source": {"kind": "PRESS"}}]


def test_a_condition_can_be_assumed_to_turn_out_otherwise(shipped: Graph) -> None:
    [pending] = _tariff(shipped, "JP", ROBOTS, "2025-07-10", "2025-06-14")["pending"]
    assume = [{"condition": pending["conditions"][0]["id"], "happens": True}]
    assert _tariff(shipped, "JP", ROBOTS, "2025-07-10", "2025-06-14", assume=assume)["adValorem"] == "12.5"
    deal = [{"about": "negotiation/us-jp-2025", "happens": True}]
    assert _tariff(shipped, "JP", ROBOTS, "2025-07-10", "2025-06-14", assume=deal)["adValorem"] == "12.5"


@pytest.mark.parametrize(
    ("at", "known"), [("2025-08-15", TODAY), ("2025-07-10", "2025-07-08"), ("2025-06-20", "2025-06-14")]
)
def test_nothing_is_pending_where_nothing_would_change(shipped: Graph, at: str, known: str | None) -> None:
    assert _tariff(shipped, "JP", ROBOTS, at, known)["pending"] == []


def test_case_a_a_judgment_changes_no_rate_that_was_charged(shipped: Graph) -> None:
    then = _tariff(shipped, "JP", ROBOTS, "2025-10-01", "2025-12-01")
    now = _tariff(shipped, "JP", ROBOTS, "2025-10-01")
    assert then["annulled"] == []
    assert now["annulled"] == [
        {"instrument": {"kind": "JUDGMENT", "promulgated": "2026-02-20"}, "effect": "FROM_START"}
    ]
    assert then["adValorem"] == now["adValorem"] == "15"


def test_case_a_a_future_day_of_knowledge_is_an_error(shipped: Graph) -> None:
    response = shipped.respond(TARIFF, origin="JP", product=ROBOTS, at="2025-08-15", known="2099-01-01")
    assert response["errors"][0]["extensions"]["code"] == "BAD_QUESTION"


@pytest.mark.parametrize(
    ("at", "known", "rate"),
    [
        ("2025-04-01", "2025-02-10", "25"),
        ("2025-04-01", "2025-06-02", "25"),
        ("2025-04-01", TODAY, "25"),
        ("2025-07-01", "2025-06-02", "25"),
        ("2025-07-01", "2025-06-03", "50"),
        ("2025-06-03", TODAY, "25"),
        ("2025-06-04", TODAY, "50"),
    ],
)
def test_case_b_steel(shipped: Graph, at: str, known: str | None, rate: str) -> None:
    """Flat steel is free of base duty, and goods under section 232 pay no reciprocal duty."""
    answer = _tariff(shipped, "JP", "7208.39.00", at, known)
    assert (answer["adValorem"], answer["disagreements"]) == (rate, []), "what is superseded disagrees no more"


@pytest.mark.parametrize("at", ["2018-03-23", "2020-02-07"])
def test_a_duty_that_is_not_stated_is_never_zero(shipped: Graph, at: str) -> None:
    answer = _tariff(shipped, "JP", "7601.10.60", at)
    assert (answer["adValorem"], answer["coverage"]) == (None, "PARTIAL")
    assert any("from 2018 to 2025" in gap for gap in answer["gaps"])


@pytest.mark.parametrize(("origin", "at"), [("CU", "2021-01-01"), ("KP", "2021-01-01"), ("RU", "2022-04-09")])
def test_column_2_is_not_the_general_rate(shipped: Graph, origin: str, at: str) -> None:
    assert _tariff(shipped, origin, ROBOTS, at)["coverage"] == "NONE"


def test_russia_paid_the_general_rate_before(shipped: Graph) -> None:
    assert _tariff(shipped, "RU", ROBOTS, "2022-04-08")["adValorem"] == "2.5"


@pytest.mark.parametrize(("known", "total"), [("2025-04-10", "10"), ("2025-04-11", "0"), (TODAY, "0")])
def test_case_c_electronics(shipped: Graph, known: str | None, total: str) -> None:
    """Smartphones of Vietnam entered on 2025-04-10: charged as known that day, exempt from the next day on."""
    assert _tariff(shipped, "VN", "8517.13.00", "2025-04-10", known)["adValorem"] == total


def test_case_c_the_rule_is_retroactive(shipped: Graph) -> None:
    document = """{ tariff(importer: "US", origin: "VN", product: "8517.13.00", at: "2025-04-10") {
      excluded { measure { programme retroactive } rule { effect retroactive validFrom knownFrom } } } }"""
    excluded = shipped.ask(document)["tariff"]["excluded"]
    assert {each["measure"]["programme"]: each["rule"] for each in excluded}["reciprocal/baseline"] == {
        "effect": "EXCLUDES",
        "retroactive": True,
        "validFrom": "2025-04-05",
        "knownFrom": "2025-04-11",
    }
    assert not any(each["measure"]["retroactive"] for each in excluded)


@pytest.mark.parametrize(
    ("origin", "product", "at", "known", "total"),
    [
        # China: each act of April and May 2025, then the suspension; 20 % for fentanyl beside it
        ("CN", ROBOTS, "2025-04-08", TODAY, "32.5"),
        ("CN", ROBOTS, "2025-04-09", TODAY, "106.5"),
        ("CN", ROBOTS, "2025-04-09", "2025-04-03", "56.5"),
        ("CN", ROBOTS, "2025-04-10", TODAY, "147.5"),
        ("CN", ROBOTS, "2025-05-13", TODAY, "147.5"),
        ("CN", ROBOTS, "2025-05-14", TODAY, "32.5"),
        ("HK", ROBOTS, "2025-04-20", TODAY, "147.5"),
        # not named in any annex: the baseline
        ("KE", ROBOTS, "2025-06-01", TODAY, "12.5"),
        ("KE", ROBOTS, "2025-09-01", TODAY, "12.5"),
        # Switzerland: 31 % announced, suspended, 39 % from 7 August
        ("CH", ROBOTS, "2025-04-09", TODAY, "33.5"),
        ("CH", ROBOTS, "2025-06-01", TODAY, "12.5"),
        ("CH", ROBOTS, "2025-08-07", "2025-08-01", "41.5"),
        # members of the EU: 15 % in all where the base is lower, nothing on top where it is not
        ("DE", ROBOTS, "2025-04-09", TODAY, "22.5"),
        ("DE", ROBOTS, "2025-09-01", TODAY, "15"),
        ("FR", "6109.10.00", "2025-09-01", TODAY, "16.5"),
        ("IT", "6110.30.30", "2025-09-01", TODAY, "32"),
        # the United Kingdom left the EU: its own 10 %
        ("GB", ROBOTS, "2025-09-01", TODAY, "12.5"),
        # Japan above the floor
        ("JP", "6109.10.00", "2025-09-10", TODAY, "16.5"),
        ("JP", "6109.10.00", "2025-08-20", "2025-08-20", "31.5"),
        # cars and light trucks under section 232, whatever the reciprocal duty
        ("JP", "8703.23.01", "2025-04-02", TODAY, "2.5"),
        ("JP", "8703.23.01", "2025-04-03", TODAY, "27.5"),
        ("JP", "8703.23.01", "2025-07-10", TODAY, "27.5"),
        ("KR", "8703.23.01", "2025-07-10", TODAY, "27.5"),
        ("JP", "8704.21.01", "2025-07-10", TODAY, "50"),
        ("JP", "8703.23.01", "2025-09-16", TODAY, "15"),
        ("JP", "8703.23.01", "2025-09-15", TODAY, "27.5"),
        # steel of the United Kingdom stays at 25 %
        ("GB", "7208.39.00", "2025-07-01", TODAY, "25"),
    ],
)
def test_other_goods_origins_and_days_of_the_same_acts(
    shipped: Graph, origin: str, product: str, at: str, known: str | None, total: str
) -> None:
    assert _tariff(shipped, origin, product, at, known)["adValorem"] == total


def test_a_specific_base_duty_has_no_percentage(shipped: Graph) -> None:
    answer = _tariff(shipped, "KE", "2204.21.50", "2025-06-01")
    assert answer["adValorem"] is None
    assert answer["duty"]["text"] == "6.3 cents/liter + 10%"


def test_a_floor_over_a_specific_duty_is_not_guessed(shipped: Graph) -> None:
    answer = _tariff(shipped, "FR", "2204.21.50", "2025-09-01")
    assert answer["adValorem"] is None
    assert any("ad valorem equivalent of 6.3 cents/liter" in gap for gap in answer["gaps"])


def test_an_announced_duty_on_japanese_cars_waits_for_its_notice(shipped: Graph) -> None:
    answer = _tariff(shipped, "JP", "8703.23.01", "2025-10-01", "2025-09-10")
    assert answer["adValorem"] == "27.5"
    [pending] = [each for each in answer["pending"] if each["conditions"]]
    assert pending["adValoremThen"] == "15"
    assume = [{"condition": each["id"], "happens": True} for each in pending["conditions"]]
    assumed = _tariff(shipped, "JP", "8703.23.01", "2025-09-20", "2025-09-10", assume=assume)
    assert assumed["adValorem"] == "15"
    assert [each["adValoremThen"] for each in assumed["pending"] if each["conditions"]] == ["27.5"]
    assert "it is not certain that S232:autos/japan 15% holds" in assumed["gaps"]


def test_what_is_not_loaded_is_never_zero(shipped: Graph) -> None:
    russia = _tariff(shipped, "RU", ROBOTS, "2025-06-01")
    assert (russia["coverage"], russia["adValorem"], russia["duty"]) == ("NONE", None, None)
    answer = shipped.ask(
        '{ tariff(importer: "JP", origin: "US", product: "8703.23.01", at: "2025-06-01") { coverage adValorem duty { text } } }'
    )
    assert answer["tariff"] == {"coverage": "NONE", "adValorem": None, "duty": None}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ('importer: "US", origin: "XX", product: "8703"', "origin: no country with the code XX is loaded"),
        ('importer: "ZZ", origin: "JP", product: "8703"', "importer: no party with the code ZZ is loaded"),
        ('importer: "US", origin: "JP", product: "car"', "product: 'car' is no code"),
        ('importer: "US", origin: "JP", product: "9999.99.99"', "product: no loaded nomenclature has the code"),
    ],
)
def test_what_nobody_knows_is_an_error(shipped: Graph, arguments: str, message: str) -> None:
    response = shipped.respond(f"{{ tariff({arguments}) {{ adValorem }} }}")
    assert response["errors"][0]["message"].startswith(message)


def test_goods_of_the_importer_are_no_imports(shipped: Graph) -> None:
    response = shipped.respond(TARIFF, origin="US", product=ROBOTS, at="2025-06-01")
    assert response["errors"][0]["message"].startswith("origin: it is the importer")


@pytest.mark.parametrize(
    ("product", "paragraph"),
    [("8703.23.01", "section 3(b)(iii)"), ("8708.40.75", "section 3(b)(iii)"), ("7208.39.00", "section 3(b)(ii)")],
)
def test_the_rule_that_is_cited_is_the_narrowest(shipped: Graph, product: str, paragraph: str) -> None:
    excluded = _tariff(shipped, "KR", product, "2025-09-20")["excluded"]
    assert {each["rule"]["paragraph"] for each in excluded if each["rule"]} == {paragraph}


def test_a_floor_below_what_the_percentage_alone_comes_to_adds_nothing(shipped: Graph) -> None:
    answer = _tariff(shipped, "DE", "6404.19.79", "2025-09-01")
    assert answer["duty"]["text"] == "90 cents/pr. + 37.5%"


def test_a_measure_on_a_part_of_the_code_is_pending(shipped: Graph) -> None:
    answer = _tariff(shipped, "JP", "8703", "2025-07-10")
    assert answer["coverage"] == "NONE"
    assert answer["pending"]
    assert "duties differ within the code asked for: ask for a longer code" in answer["gaps"]


def test_a_longer_code_inherits_from_the_longest_loaded_parent(shipped: Graph) -> None:
    assert _tariff(shipped, "JP", "8703.23.01.90", "2025-07-10")["adValorem"] == "27.5"


@pytest.mark.parametrize(
    ("known", "total", "then"), [("2025-09-10", "15", [None, "0"]), ("2025-09-20", "0", [])], ids=["before", "after"]
)
def test_parts_of_aircraft_are_freed_only_once_the_notice_is_out(
    shipped: Graph, known: str, total: str, then: list[str | None]
) -> None:
    """EO 14345, section 3: the exemption waits for the notice of 2025-09-16. Until then a part of the code, 8807.30.0060, pays
    on its aluminium (notice of 2025-03-05), of which nothing is said."""
    answer = _tariff(shipped, "JP", "8807.30.00", "2025-09-20", known)
    assert answer["adValorem"] == total
    assert [each["adValoremThen"] for each in answer["pending"]] == then
