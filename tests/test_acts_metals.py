"""Section 232 on steel, aluminium and copper, from the acts that ship: each total is worked out from the paragraph beside it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Graph

TARIFF = """
query ($origin: String!, $product: String!, $at: Date!, $known: Date, $goods: Goods) {
  tariff(importer: "US", origin: $origin, product: $product, at: $at, asKnownOn: $known, goods: $goods) {
    adValorem
    coverage
    gaps
    components { duty { text } measure { programme instrument { number } } rules { effect paragraph } }
    excluded { measure { programme } rule { paragraph instrument { number } } }
    pending { adValoremThen }
  }
}
"""
FLAT, COATED, INGOT, SHEET = "7208.39.00", "7210.49.00", "7601.10.60", "7606.12.30"
BOLTS, COOKER, WINDOWS, WASHER, FRIDGE = "7318.15.20", "7321.11.10", "7610.10.00", "8450.11.00", "8418.10.00"
WIRE, CABLE, CONVEYOR, SPRAYER = "7408.11.60", "8544.42.90", "8428.33.00", "8424.89.90"
USMCA: dict[str, Any] = {"agreement": "agreement/usmca"}
EXCAVATOR, COOLER = "8429.52.10", "8415.82.01"


def _tariff(graph: Graph, origin: str, product: str, at: str, known: str | None = None, **goods: Any) -> dict[str, Any]:
    found: dict[str, Any] = graph.ask(TARIFF, origin=origin, product=product, at=at, known=known, goods=goods or None)[
        "tariff"
    ]
    return found


def _shares(**percent: int) -> list[dict[str, str]]:
    return [{"material": name, "percent": str(share)} for name, share in percent.items()]


def _has(name: str, value: str) -> list[dict[str, str]]:
    return [{"name": name, "value": value}]


@pytest.mark.parametrize(
    ("origin", "product", "at", "known", "total"),
    [
        # clause 2(b) of Proclamation 9705, as Proclamation 10896, clause (2), sets it out: (i), (vii), (x)
        ("JP", FLAT, "2018-03-23", None, "25"),
        ("JP", FLAT, "2022-03-31", None, "25"),
        ("CN", FLAT, "2024-06-01", None, "25"),
        # exempt or under a quota until 2025-03-12, clause (1) of Proclamation 10896
        ("KR", FLAT, "2025-03-11", None, "0"),
        ("BR", FLAT, "2025-03-11", None, "0"),
        ("AU", FLAT, "2025-03-11", None, "0"),
        ("UA", FLAT, "2025-03-11", None, "0"),
        ("UA", FLAT, "2022-05-31", None, "25"),
        ("KR", FLAT, "2025-03-12", None, "25"),
        ("UA", FLAT, "2025-03-12", None, "25"),
        # aluminium: 10 % under Proclamation 9704, 25 % by clause (2) of Proclamation 10895; Japan was never exempt
        ("JP", INGOT, "2025-03-11", None, "10"),
        ("JP", INGOT, "2025-03-12", None, "25"),
        ("AU", INGOT, "2025-03-11", None, "0"),
        ("AU", INGOT, "2025-03-12", None, "25"),
        # as known before the act of February 2025, the old rate goes on
        ("KR", FLAT, "2025-04-01", "2025-02-09", "0"),
        ("JP", INGOT, "2025-04-01", "2025-02-09", "10"),
        # Proclamation 10947, clauses (1) and (7)
        ("DE", SHEET, "2025-06-03", None, "28"),
        ("DE", SHEET, "2025-06-04", None, "53"),
        ("GB", SHEET, "2025-06-04", None, "28"),
        ("CA", INGOT, "2025-07-01", None, "50"),
        ("KR", COATED, "2025-09-01", None, "50"),
        # Proclamation 11021, clause (2)(a): the rate stays; what changes is that it is on the full value
        ("JP", FLAT, "2026-04-05", None, "50"),
        ("JP", FLAT, "2026-04-06", None, "50"),
        ("DE", SHEET, "2026-05-01", None, "53"),
        # clause (2)(a): derivatives of Annex I-A on the full value; clause (3)(a): Annex I-B
        ("TW", BOLTS, "2026-04-06", None, "50"),
        ("TR", WINDOWS, "2026-04-06", None, "55.7"),
        ("CN", COOKER, "2026-08-01", None, "30.7"),
        ("CL", WIRE, "2026-04-06", None, "53"),
        # a code that is listed under steel and aluminium, or aluminium and copper, pays once: clause (9)
        ("KR", WASHER, "2026-08-01", None, "26.4"),
        ("MX", CABLE, "2026-08-01", None, "27.6"),
        # Annex III, clause (5)(a): 15 % in all until the end of 2027, once for both metals; clause (7)
        ("DE", CONVEYOR, "2026-05-01", None, "15"),
        ("DE", SPRAYER, "2026-05-01", None, "15"),
        ("DE", SPRAYER, "2028-01-01", None, "26.8"),
        # Proclamation 11032: Annex I-B before 2026-06-08, then 25 %, or 15 % in all for partners, clause (2)
        ("JP", EXCAVATOR, "2026-06-07", None, "25"),
        ("JP", EXCAVATOR, "2026-06-08", None, "15"),
        ("CN", EXCAVATOR, "2026-06-08", None, "25"),
        ("JP", EXCAVATOR, "2026-06-08", "2026-05-31", "25"),
        ("JP", EXCAVATOR, "2028-01-01", None, "25"),
        # heading 9903.90.09, US note 30(d): 70 % in the place of column 2; Proclamation 10522: 200 % on aluminium
        ("RU", SHEET, "2025-04-01", None, "270"),
        ("RU", FLAT, "2025-06-04", None, "120"),
        # air conditioners move to Annex III: clause (1), paragraphs 4 and 7
        ("TH", COOLER, "2026-06-07", None, "27.2"),
        ("TH", COOLER, "2026-06-08", None, "15"),
    ],
)
def test_what_is_due(shipped: Graph, origin: str, product: str, at: str, known: str | None, total: str) -> None:
    assert _tariff(shipped, origin, product, at, known)["adValorem"] == total


@pytest.mark.parametrize(
    ("origin", "product", "at", "goods", "total"),
    [
        # chapter 73 before 2025-06-04: on the full value, and no reciprocal duty (EO 14257, section 3(b)(ii))
        ("TW", BOLTS, "2025-05-01", {}, "25"),
        # from then on the steel in it, and the reciprocal duty on the rest: Proclamation 10947, clause (6)
        ("TW", BOLTS, "2025-07-01", {"contentShares": _shares(steel=90)}, "46"),
        ("TW", BOLTS, "2025-09-01", {"contentShares": _shares(steel=90)}, "47"),
        ("GB", BOLTS, "2025-09-01", {"contentShares": _shares(steel=90)}, "23.5"),
        ("TR", WINDOWS, "2025-07-01", {"contentShares": _shares(aluminium=60)}, "39.7"),
        ("TR", WINDOWS, "2025-07-01", {"contentShares": _shares(aluminum=60)}, "39.7"),  # as acts spell it
        # a base duty of 5.7 %, the floor of 15 % adds 9.3 % on what is not aluminium: EO 14326, then clause (6)
        ("DE", WINDOWS, "2025-09-01", {"contentShares": _shares(aluminium=60)}, "39.42"),
        # appliances from 2025-06-23, their aluminium from 2025-08-18 (notices of 06-16 and 08-19)
        ("MY", WASHER, "2025-06-22", {"contentShares": _shares(steel=40, aluminium=10)}, "11.4"),
        ("MY", WASHER, "2025-06-23", {"contentShares": _shares(steel=40, aluminium=10)}, "27.4"),
        ("MY", WASHER, "2025-08-18", {"contentShares": _shares(steel=40, aluminium=10)}, "35.9"),
        # copper, Proclamation 10962, clause (1): until then Annex II of EO 14257 frees it
        ("CL", WIRE, "2025-07-31", {"contentShares": _shares(copper=100)}, "3"),
        ("CL", WIRE, "2025-08-01", {"contentShares": _shares(copper=100)}, "53"),
        # 2.6 % + 30 % of 50 % copper + 20 % of 50 % aluminium; the rest of 50 % pays Vietnam's 20 %
        ("VN", CABLE, "2025-09-01", {"contentShares": _shares(copper=30, aluminium=20)}, "37.6"),
        # within the tariff quota: clause 2(b)(vii) and (viii) of Proclamation 9705
        ("JP", FLAT, "2024-06-01", {"inQuota": True}, "0"),
        ("JP", FLAT, "2022-03-31", {"inQuota": True}, "25"),
        ("DE", SHEET, "2024-06-01", {"inQuota": True}, "3"),
        ("JP", FLAT, "2025-03-12", {"inQuota": True}, "25"),
        # steel of the United Kingdom at 25 % only if it was melted and poured there: Proclamation 11021, clause (2)(b)
        ("GB", FLAT, "2026-04-06", {}, "50"),
        ("GB", FLAT, "2026-04-06", {"attributes": _has("melted_and_poured", "GB")}, "25"),
        ("GB", COOKER, "2026-04-06", {"attributes": _has("melted_and_poured", "GB")}, "20.7"),
        # machines that qualify under USMCA: 25 % on what is not US content, at least 15 %; Proclamation 11032, clause (2)(d)
        ("MX", EXCAVATOR, "2026-06-08", USMCA | {"contentShares": _shares(us=30)}, "17.5"),
        ("CA", EXCAVATOR, "2026-06-08", {"preference": "BEST", "contentShares": _shares(us=39)}, "15.25"),
        ("MX", EXCAVATOR, "2026-06-08", USMCA | {"contentShares": _shares(us=60)}, "15"),
        ("MX", EXCAVATOR, "2026-06-08", {"contentShares": _shares(us=60)}, "25"),
        ("MX", EXCAVATOR, "2026-06-08", USMCA, "25"),
        ("JP", EXCAVATOR, "2026-08-01", USMCA | {"contentShares": _shares(us=60)}, "15"),
        ("VN", EXCAVATOR, "2026-08-01", USMCA | {"contentShares": _shares(us=60)}, "25"),
        ("MX", EXCAVATOR, "2026-06-07", USMCA | {"contentShares": _shares(us=60)}, "25"),
        ("MX", EXCAVATOR, "2028-01-01", USMCA | {"contentShares": _shares(us=60)}, "25"),
        (
            "MX",
            EXCAVATOR,
            "2026-08-01",
            USMCA | {"contentShares": _shares(us=60), "attributes": _has("melted_and_poured", "US")},
            "10",
        ),
        # half the duty on primary aluminium under an approved plan: proclamation of 2026-07-20, clause (1)(c)
        ("AE", INGOT, "2026-07-19", {"attributes": _has("approved_onshoring_plan", "true")}, "50"),
        ("AE", INGOT, "2026-07-20", {"attributes": _has("approved_onshoring_plan", "true")}, "25"),
        ("AE", INGOT, "2026-07-20", {}, "50"),
        # metal of the United States: clauses (2)(c), (3)(c), (5)(b)
        ("TW", BOLTS, "2026-04-06", {"attributes": _has("melted_and_poured", "US")}, "10"),
        # the same in other words
        ("TW", BOLTS, "2026-04-06", {"attributes": _has("Melted_and_poured", "usa")}, "10"),
        ("DE", CONVEYOR, "2026-05-01", {"attributes": _has("melted_and_poured", "US")}, "10"),
        ("JP", EXCAVATOR, "2026-06-08", {"attributes": _has("melted_and_poured", "US")}, "10"),
        ("TW", BOLTS, "2025-05-01", {"attributes": _has("melted_and_poured", "US")}, "10"),
        # metal of the United States: no duty on it, and the reciprocal duty on the whole, whatever its share
        ("TW", BOLTS, "2025-07-01", {"attributes": _has("melted_and_poured", "US")}, "10"),
        # sheet is taken to be aluminium, unless its share is stated: Proclamation 10947, clause (6)
        ("CH", SHEET, "2025-07-01", {}, "53"),
        ("CH", SHEET, "2025-07-01", {"contentShares": _shares(aluminium=80)}, "45"),
        # the surcharge falls on what is not metal: clause (4) of the proclamation of 2026-02-20
        ("TW", BOLTS, "2026-02-23", {"contentShares": _shares(steel=90)}, "45"),
        ("TW", BOLTS, "2026-02-24", {"contentShares": _shares(steel=90)}, "46"),
        ("VN", CABLE, "2026-03-01", {"contentShares": _shares(copper=30, aluminium=20)}, "32.6"),
        ("TW", BOLTS, "2026-03-01", {"attributes": _has("melted_and_poured", "US")}, "10"),
        # little metal: clause (9), last sentence
        ("KR", WASHER, "2026-08-01", {"attributes": _has("metal_below_15_percent_of_weight", "true")}, "1.4"),
    ],
)
def test_what_is_due_on_goods_of_which_more_is_known(
    shipped: Graph, origin: str, product: str, at: str, goods: dict[str, Any], total: str
) -> None:
    assert _tariff(shipped, origin, product, at, **goods)["adValorem"] == total


def test_the_share_of_a_metal_is_not_guessed(shipped: Graph) -> None:
    answer = _tariff(shipped, "TW", BOLTS, "2025-07-01")
    assert (answer["adValorem"], answer["coverage"]) == (None, "PARTIAL")
    assert any("content:steel" in gap for gap in answer["gaps"])


def test_a_quota_that_nothing_is_said_on_is_pending(shipped: Graph) -> None:
    answer = _tariff(shipped, "JP", FLAT, "2025-01-15")
    assert (answer["adValorem"], answer["coverage"]) == ("25", "PARTIAL")
    assert [each["adValoremThen"] for each in answer["pending"]] == ["0"]


def test_aluminium_before_2020_is_not_read_and_never_zero(shipped: Graph) -> None:
    answer = _tariff(shipped, "JP", INGOT, "2019-06-01")
    assert (answer["adValorem"], answer["coverage"]) == (None, "PARTIAL")


@pytest.mark.parametrize(
    ("at", "number"),
    [("2025-03-12", "10896"), ("2025-06-04", "10947"), ("2026-04-06", "11021"), ("2024-01-01", "9705")],
)
def test_each_step_of_steel_from_japan_names_its_act(shipped: Graph, at: str, number: str) -> None:
    components = _tariff(shipped, "JP", FLAT, at)["components"]
    assert [each["measure"]["instrument"]["number"] for each in components[1:]] == [number]


def test_a_part_of_a_car_pays_the_duty_on_parts_and_no_duty_on_metal(shipped: Graph) -> None:
    """EO 14289, section 3(a)(i): fittings for cars are parts of them, and derivatives of aluminium."""
    answer = _tariff(shipped, "JP", "8302.30.30.60", "2025-09-20", contentShares=_shares(aluminium=50))
    assert [each["measure"]["programme"] for each in answer["components"]] == [None, "auto-parts/japan"]
    gone = {each["measure"]["programme"]: each["rule"]["paragraph"] for each in answer["excluded"] if each["rule"]}
    assert gone["aluminium/general/derivatives"] == "section 3(a)(i)"


def test_what_may_come_on_refined_copper_is_pending(shipped: Graph) -> None:
    """Proclamation 10962, clause (7): 15 % from 2027, recommended and not imposed."""
    answer = _tariff(shipped, "CL", "7403.11.00", "2027-02-01")
    assert answer["adValorem"] == "1"
    assert [each["adValoremThen"] for each in answer["pending"]] == ["13.5", "16"]  # the memorandum of 2026-07-23 too
