"""The duties under IEEPA on Canada, Mexico and China and the surcharge under section 122, each case proved from an act."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from loaders import curated
from tests.conftest import Graph

TARIFF = """
query ($origin: String!, $product: String!, $at: Date!, $known: Date, $goods: Goods) {
  tariff(importer: "US", origin: $origin, product: $product, at: $at, asKnownOn: $known, goods: $goods) {
    adValorem
    components { duty { text } measure { authority programme paragraph instrument { id } } }
    excluded { measure { authority programme } rule { paragraph instrument { id } } }
    pending { adValoremThen conditions { about { id } } }
    annulled { instrument { kind } effect }
    gaps
  }
}
"""
ROBOTS = "8479.50.00"
"""Other goods: no act names them, their base duty is 2.5 %."""
STEEL = "7208.39.00"
CARS = "8703.23.01"
CRUDE_OIL = "2709.00.20"
POTASH = "3104.20.00"
BOOKS = "4901.99.00"
SMARTPHONES = "8517.13.00"
TODAY = None
USMCA = {"agreement": "agreement/usmca"}
GENERAL, ENERGY = "fentanyl/canada/general", "fentanyl/canada/energy"
LINES = """
Product:
  - {id: product/hts2025/31042000, name: Potassium chloride, nomenclature: HTS2025, code: "31042000"}
  - {id: product/hts2025/49019900, name: Books, nomenclature: HTS2025, code: "49019900"}
"""
"""Codes that the schedule that ships lacks."""


def _ask(graph: Graph, origin: str, product: str, at: str, known: str | None = None, **goods: Any) -> dict[str, Any]:
    found: dict[str, Any] = graph.ask(TARIFF, origin=origin, product=product, at=at, known=known, goods=goods)["tariff"]
    return found


def _ieepa(answer: dict[str, Any]) -> dict[str, str]:
    """What is charged under IEEPA and section 122, by programme; acts under other powers change nothing of it."""
    charged = [each for each in answer["components"] if each["measure"]["authority"] in ("IEEPA", "S122")]
    return {each["measure"]["programme"]: each["duty"]["text"] for each in charged}


@pytest.mark.parametrize(
    ("origin", "at", "known", "total"),
    [
        # EO 14193 and EO 14194, section 2(a): 25 % from 2025-02-04, announced on 02-01
        ("CA", "2025-02-04", "2025-02-02", "27.5"),
        ("MX", "2025-02-04", "2025-02-02", "27.5"),
        # EO 14197 and EO 14198, section 3(a): not before 2025-03-04
        ("CA", "2025-02-04", "2025-02-03", "2.5"),
        ("MX", "2025-02-10", TODAY, "2.5"),
        ("CA", "2025-03-03", TODAY, "2.5"),
        ("CA", "2025-03-04", TODAY, "27.5"),
        ("MX", "2025-03-04", TODAY, "27.5"),
        # EO 14325, section 2(a) and (b): Canada 35 % from 2025-08-01, Mexico unchanged
        ("CA", "2025-07-31", TODAY, "27.5"),
        ("CA", "2025-08-01", "2025-07-30", "27.5"),
        ("CA", "2025-08-01", TODAY, "37.5"),
        ("MX", "2025-08-01", TODAY, "27.5"),
        # order of 2026-02-20 on ending tariff actions, section 1
        ("CA", "2026-02-19", TODAY, "37.5"),
        ("MX", "2026-02-19", TODAY, "27.5"),
        ("CA", "2026-02-20", "2026-02-19", "37.5"),
        ("CA", "2026-02-20", TODAY, "2.5"),
        ("MX", "2026-02-23", TODAY, "2.5"),
        # proclamation of 2026-02-20, clauses (1) and (7): 10 % from 02-24 up to 07-24
        ("CA", "2026-02-24", TODAY, "12.5"),
        ("JP", "2026-02-23", TODAY, "2.5"),
        ("JP", "2026-02-24", TODAY, "12.5"),
        # EO 14345, section 2(a): a total, open as known before the order of 2026-02-20
        ("JP", "2026-02-24", "2026-02-19", "15"),
        ("KE", "2026-07-23", TODAY, "12.5"),
        ("KE", "2026-07-24", TODAY, "2.5"),
    ],
)
def test_other_goods(shipped: Graph, origin: str, at: str, known: str | None, total: str) -> None:
    assert _ask(shipped, origin, ROBOTS, at, known)["adValorem"] == total


@pytest.mark.parametrize(
    ("origin", "at", "known", "charged"),
    [
        # EO 14195, section 2(a): 10 % from 2025-02-04; Hong Kong by US note 2(s), Macau not (EO 14256, section 5)
        ("CN", "2025-02-03", TODAY, {}),
        ("CN", "2025-02-04", TODAY, {"fentanyl/china": "10%"}),
        ("HK", "2025-02-04", TODAY, {"fentanyl/china": "10%"}),
        ("MO", "2025-02-04", TODAY, {}),
        # EO 14228, section 2: 20 %, from 2025-03-04 by US note 2(s) and (u)
        ("CN", "2025-03-03", TODAY, {"fentanyl/china": "10%"}),
        ("CN", "2025-03-04", "2025-03-02", {"fentanyl/china": "10%"}),
        ("CN", "2025-03-04", TODAY, {"fentanyl/china": "20%"}),
        # beside the reciprocal duty: EO 14195, section 2(b); EO 14257, section 3(c); EO 14266; EO 14298
        ("CN", "2025-04-05", TODAY, {"fentanyl/china": "20%", "reciprocal/baseline": "10%"}),
        ("CN", "2025-04-09", TODAY, {"fentanyl/china": "20%", "reciprocal/country": "84%"}),
        ("CN", "2025-04-10", TODAY, {"fentanyl/china": "20%", "reciprocal/country": "125%"}),
        ("CN", "2025-05-14", TODAY, {"fentanyl/china": "20%", "reciprocal/baseline": "10%"}),
        ("CN", "2025-09-01", TODAY, {"fentanyl/china": "20%", "reciprocal/baseline": "10%"}),
        # the suspension of EO 14298 as EO 14334, section 2, had prolonged it: to 2025-11-10
        ("CN", "2025-11-10", "2025-11-03", {"fentanyl/china": "20%", "reciprocal/country": "34%"}),
        # EO 14357, section 2(a), and EO 14358, section 2
        ("CN", "2025-11-09", TODAY, {"fentanyl/china": "20%", "reciprocal/baseline": "10%"}),
        ("CN", "2025-11-10", TODAY, {"fentanyl/china": "10%", "reciprocal/baseline": "10%"}),
        ("CN", "2026-02-20", TODAY, {}),
        ("CN", "2026-02-24", TODAY, {"import-surcharge": "10%"}),
    ],
)
def test_china(shipped: Graph, origin: str, at: str, known: str | None, charged: dict[str, str]) -> None:
    assert _ieepa(_ask(shipped, origin, ROBOTS, at, known)) == charged


def test_smartphones_of_china_pay_for_fentanyl_and_not_the_reciprocal_duty(shipped: Graph) -> None:
    """Memorandum of 2025-04-11; EO 14195 names no exception for them."""
    assert _ieepa(_ask(shipped, "CN", SMARTPHONES, "2025-06-01")) == {"fentanyl/china": "20%"}


@pytest.mark.parametrize(
    ("origin", "at", "total", "act"),
    [
        # EO 14231 and EO 14232, section 2(a) and (c): from 2025-03-07
        ("CA", "2025-03-06", "27.5", None),
        ("CA", "2025-03-07", "2.5", "instrument/us/eo-14231"),
        ("MX", "2025-03-07", "2.5", "instrument/us/eo-14232"),
        ("CA", "2025-09-01", "2.5", "instrument/us/eo-14231"),
        # proclamation of 2026-02-20, paragraph 14(l)
        ("MX", "2026-03-01", "2.5", "instrument/us/proc-2026-02-20-import-surcharge"),
        ("JP", "2026-03-01", "12.5", None),
    ],
)
def test_goods_under_the_usmca(shipped: Graph, origin: str, at: str, total: str, act: str | None) -> None:
    answer = _ask(shipped, origin, ROBOTS, at, **USMCA)
    acts = {each["rule"]["instrument"]["id"] for each in answer["excluded"] if each["rule"]}
    assert answer["adValorem"] == total
    assert acts == ({act} if act else set())


@pytest.mark.parametrize(
    ("origin", "product", "at", "charged"),
    [
        # EO 14193, section 2(b): energy of Canada 10 %, which EO 14325, section 2(c), leaves so; not of Mexico
        ("CA", CRUDE_OIL, "2025-03-04", {ENERGY: "10%"}),
        ("CA", CRUDE_OIL, "2025-09-01", {ENERGY: "10%"}),
        ("CA", CRUDE_OIL, "2026-02-20", {}),
        ("MX", CRUDE_OIL, "2025-03-04", {"fentanyl/mexico/general": "25%"}),
        # proclamation of 2026-02-20, paragraph 14(c), (f), (g), (i): energy, medicines, electronics, aircraft
        ("SA", CRUDE_OIL, "2026-03-01", {}),
        ("IE", "3004.90.92", "2026-03-01", {}),
        ("VN", SMARTPHONES, "2026-03-01", {}),
        ("FR", "8807.30.00", "2026-03-01", {}),
        ("VN", "6109.10.00", "2026-03-01", {"import-surcharge": "10%"}),
    ],
)
def test_goods_with_a_rate_of_their_own(
    shipped: Graph, origin: str, product: str, at: str, charged: dict[str, str]
) -> None:
    assert _ieepa(_ask(shipped, origin, product, at)) == charged


@pytest.mark.parametrize(
    ("product", "at", "known", "claim", "total"),
    [
        # EO 14289, section 3(a)(ii), back to 2025-03-04: the border duty, not that on steel
        (STEEL, "2025-04-01", "2025-04-28", {}, "50"),
        (STEEL, "2025-04-01", TODAY, {}, "25"),
        # under the USMCA the border duty falls away, and that on steel is due
        (STEEL, "2025-04-01", TODAY, USMCA, "25"),
        # Proclamation 10947, clause (5), from 2025-06-04: the duty on steel, not that at the border
        (STEEL, "2025-06-04", TODAY, {}, "50"),
        # EO 14289, section 3(a)(i): cars pay the 25 % of Proclamation 10908 and not the border duty
        (CARS, "2025-04-02", TODAY, {}, "27.5"),
        (CARS, "2025-04-03", "2025-04-28", {}, "52.5"),
        (CARS, "2025-04-03", TODAY, {}, "27.5"),
        (CARS, "2025-08-01", TODAY, {}, "27.5"),
    ],
)
def test_steel_and_cars_of_canada(
    shipped: Graph, product: str, at: str, known: str | None, claim: dict[str, str], total: str
) -> None:
    assert _ask(shipped, "CA", product, at, known, **claim)["adValorem"] == total


def test_the_surcharge_is_not_on_what_pays_under_section_232(shipped: Graph) -> None:
    """Proclamation of 2026-02-20, clause (4)."""
    answer = _ask(shipped, "JP", STEEL, "2026-03-01")
    assert _ieepa(answer) == {}
    assert any(each["measure"]["authority"] == "S122" and each["rule"] for each in answer["excluded"])


@pytest.mark.parametrize(
    ("loaded", "at", "charged"),
    [
        # proclamation of 2026-02-20, paragraph 15: loaded before 02-24 and entered before 02-28
        ("2026-02-23", "2026-02-27", {}),
        ("2026-02-23", "2026-02-28", {"import-surcharge": "10%"}),
        ("2026-02-24", "2026-02-27", {"import-surcharge": "10%"}),
    ],
)
def test_goods_in_transit_are_spared_the_surcharge(
    shipped: Graph, loaded: str, at: str, charged: dict[str, str]
) -> None:
    assert _ieepa(_ask(shipped, "KE", ROBOTS, at, loadedOn=loaded)) == charged


@pytest.mark.parametrize(
    ("origin", "at", "known", "loaded", "total"),
    [
        # EO 14195, section 2(a): loaded before 2025-02-01; heading 9903.01.23: entered before 2025-03-07; EO 14228 changes the rate alone
        ("CN", "2025-02-20", TODAY, "2025-01-31", "2.5"),
        ("CN", "2025-02-20", TODAY, "2025-02-01", "12.5"),
        ("CN", "2025-03-06", TODAY, "2025-01-31", "2.5"),
        ("CN", "2025-03-07", TODAY, "2025-01-31", "22.5"),
        # EO 14193, section 2(a), as known before EO 14197
        ("CA", "2025-02-04", "2025-02-02", "2025-01-31", "2.5"),
        ("CA", "2025-02-04", "2025-02-02", "2025-02-02", "27.5"),
        # EO 14257, section 3(a); EO 14266, section 3(a) and (c): 10 % of what was loaded before 2025-04-10, nothing of what was before 04-05
        ("CN", "2025-04-12", TODAY, "2025-04-04", "22.5"),
        ("CN", "2025-04-12", TODAY, "2025-04-09", "32.5"),
        ("CN", "2025-04-12", TODAY, "2025-04-10", "147.5"),
        ("CN", "2025-04-09", TODAY, "2025-04-08", "32.5"),
    ],
)
def test_goods_in_transit_from_the_borders_and_china(
    shipped: Graph, origin: str, at: str, known: str | None, loaded: str, total: str
) -> None:
    assert _ask(shipped, origin, ROBOTS, at, known, loadedOn=loaded)["adValorem"] == total


@pytest.mark.parametrize("origin", ["CA", "MX", "CN"])
def test_the_judgment_annuls_them_and_changes_no_rate(shipped: Graph, origin: str) -> None:
    then, now = (_ask(shipped, origin, ROBOTS, "2025-10-01", known) for known in ("2026-02-19", TODAY))
    assert then["annulled"] == []
    assert {(each["instrument"]["kind"], each["effect"]) for each in now["annulled"]} == {("JUDGMENT", "FROM_START")}
    assert _ieepa(then) == _ieepa(now)


def test_what_follows_the_end_of_the_border_orders_comes_in_their_place(shipped: Graph) -> None:
    """EO 14257, section 3(e): 12 % once the border orders end, and not on goods under the USMCA or on energy."""
    then = {each["adValoremThen"] for each in _ask(shipped, "CA", ROBOTS, "2025-06-01")["pending"]}
    assert then == {"14.5"}
    assert _ask(shipped, "CA", ROBOTS, "2025-06-01", **USMCA)["pending"] == []
    assert _ask(shipped, "CA", "2811.11.00", "2025-06-01")["pending"] == []


@pytest.mark.parametrize(
    ("origin", "at"),
    [
        ("CA", "2025-09-01"),  # EO 14193, section 2(j)
        ("MX", "2025-09-01"),  # EO 14194, section 2(i)
        ("CN", "2025-09-01"),  # EO 14195, section 2(i)
        ("HK", "2025-03-10"),
        ("VN", "2025-09-01"),  # EO 14257, section 3(b)(i)
        ("BR", "2025-09-01"),  # EO 14323, section 3(b)
        ("IN", "2025-09-01"),  # EO 14329, section 3(b)
        ("KE", "2026-03-01"),  # the surcharge, paragraph 14(j)
    ],
)
def test_what_the_power_does_not_reach_where_it_is_shown(shipped: Graph, origin: str, at: str) -> None:
    """50 U.S.C. 1702(b): donations, informational materials, accompanied baggage. Of other goods no answer speaks of them."""
    shown: dict[str, Any] = {"attributes": [{"name": "covered_by_50_usc_1702b", "value": "true"}]}
    assert _ieepa(_ask(shipped, origin, ROBOTS, at, **shown)) == {}
    ordinary = _ask(shipped, origin, ROBOTS, at)
    assert _ieepa(ordinary) and "1702" not in " ".join(ordinary["gaps"])


def test_potash_and_books(scratch: Graph, tmp_path: Path) -> None:
    """EO 14231 and EO 14232, section 2(b): potash 10 % from 2025-03-07. EO 14193, section 2(j): no duty on books."""
    lines = tmp_path / "lines.yaml"
    lines.write_text(LINES)
    scratch.load(curated.load([curated.SHIPPED, lines]))
    for origin, product, at, charged in (
        ("CA", POTASH, "2025-03-06", {GENERAL: "25%"}),
        ("CA", POTASH, "2025-03-07", {"fentanyl/canada/potash": "10%"}),
        ("CA", POTASH, "2025-09-01", {"fentanyl/canada/potash": "10%"}),
        ("MX", POTASH, "2025-03-07", {"fentanyl/mexico/potash": "10%"}),
        ("CA", BOOKS, "2025-09-01", {}),
        ("CN", BOOKS, "2025-09-01", {}),
        ("BR", BOOKS, "2025-09-01", {}),  # EO 14323, section 3(b)
        ("VN", BOOKS, "2026-03-01", {}),
    ):
        assert _ieepa(_ask(scratch, origin, product, at)) == charged, (origin, product, at)
