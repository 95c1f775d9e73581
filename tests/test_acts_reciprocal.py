"""The reciprocal duty, what spares goods of it, and the acts beside it: cases proved from the acts, with their paragraphs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from loaders import curated
from tests.conftest import Graph
from tests.shipped import records as shipped_records

TARIFF = """
query ($origin: String!, $product: String!, $at: Date!, $known: Date, $goods: Goods) {
  tariff(importer: "US", origin: $origin, product: $product, at: $at, asKnownOn: $known, goods: $goods) {
    adValorem
    gaps
    duty { text }
    components { measure { authority programme instrument { id } } }
    excluded { measure { authority programme } rule { paragraph instrument { id } } }
    pending { adValoremThen conditions { description } }
    annulled { instrument { kind } }
  }
}
"""
ROBOTS = "8479.50.00"
"""Other goods: no act names them, their base duty is 2.5 %."""
COFFEE, STEEL, T_SHIRTS, AIRCRAFT_PARTS = "0901.21.00", "7208.39.00", "6109.10.00", "8807.30.00"
PHONES, MEDICINES, CRUDE_OIL = "8517.13.00", "3004.90.92", "2709.00.20"
TODAY = None


def _tariff(graph: Graph, origin: str, product: str, at: str, known: str | None = None, **goods: Any) -> dict[str, Any]:
    found: dict[str, Any] = graph.ask(TARIFF, origin=origin, product=product, at=at, known=known, goods=goods or None)[
        "tariff"
    ]
    return found


@pytest.mark.parametrize(
    ("percent", "total"),
    [
        # EO 14257, section 3(f): 10 % of what is not US content, if that is 20 % at least; the base duty is on all of it
        (None, "12.5"),
        ("19.99", "12.5"),
        ("20", "10.5"),
        ("60", "6.5"),
        ("100", "2.5"),
    ],
)
def test_us_content(shipped: Graph, percent: str | None, total: str) -> None:
    shares = [{"material": "US", "percent": percent}] if percent else []
    found = _tariff(shipped, "JP", ROBOTS, "2025-07-10", contentShares=shares)
    assert found["adValorem"] == total
    # what is not stated is no gap: who wants it shows it
    plain = _tariff(shipped, "JP", ROBOTS, "2025-07-10")
    assert found["gaps"] == plain["gaps"]


@pytest.mark.parametrize(
    ("origin", "product", "at", "known", "total"),
    [
        # EO 14323, section 2(a): 40 % from seven days after 2025-07-30; section 3(c): on top of the reciprocal duty
        ("BR", ROBOTS, "2025-08-05", TODAY, "12.5"),
        ("BR", ROBOTS, "2025-08-06", TODAY, "52.5"),
        ("BR", ROBOTS, "2025-08-10", "2025-07-29", "12.5"),
        # section 3(a): not where section 232 applies
        ("BR", STEEL, "2025-08-10", TODAY, "50"),
        # section 3(b), Annex I: aircraft, of which the reciprocal duty of Brazil spares none
        ("BR", AIRCRAFT_PARTS, "2025-08-10", TODAY, "10"),
        # coffee is Free: EO 14360 ends the 10 %, the order of 2025-11-20, section 2, the 40 %, both back to 2025-11-13
        ("BR", COFFEE, "2025-11-12", TODAY, "50"),
        ("BR", COFFEE, "2025-11-13", "2025-11-13", "50"),
        ("BR", COFFEE, "2025-11-13", "2025-11-14", "40"),
        ("BR", COFFEE, "2025-11-13", "2025-11-20", "0"),
        ("VN", COFFEE, "2025-11-13", TODAY, "0"),
        # the order of 2026-02-20, section 1
        ("BR", ROBOTS, "2026-02-19", TODAY, "52.5"),
        ("BR", ROBOTS, "2026-02-20", TODAY, "2.5"),
        # EO 14329, section 2(b): 25 % from 21 days after 2025-08-06; section 3(d): on top of the reciprocal 25 %
        ("IN", ROBOTS, "2025-08-26", TODAY, "27.5"),
        ("IN", ROBOTS, "2025-08-27", TODAY, "52.5"),
        # section 3(a) and 3(c): not where section 232 applies, nor on goods of Annex II of EO 14257 as amended
        ("IN", STEEL, "2025-09-01", TODAY, "50"),
        ("IN", PHONES, "2025-09-01", TODAY, "0"),
        ("IN", MEDICINES, "2025-09-01", TODAY, "0"),
        ("IN", COFFEE, "2025-11-12", TODAY, "50"),
        ("IN", COFFEE, "2025-11-13", TODAY, "0"),
        # the order of 2026-02-06, section 2: no longer from 2026-02-07
        ("IN", ROBOTS, "2026-02-06", TODAY, "52.5"),
        ("IN", ROBOTS, "2026-02-07", TODAY, "27.5"),
        ("IN", ROBOTS, "2026-02-07", "2026-02-05", "52.5"),
        ("IN", ROBOTS, "2026-02-20", TODAY, "2.5"),
        # South Korea: heading 9903.02.80, a total from 2025-11-14, known from the notice of 2025-12-04
        ("KR", ROBOTS, "2025-11-13", TODAY, "17.5"),
        ("KR", ROBOTS, "2025-11-14", "2025-12-03", "17.5"),
        ("KR", ROBOTS, "2025-11-14", TODAY, "15"),
        ("KR", T_SHIRTS, "2025-12-10", TODAY, "16.5"),
        # Switzerland and Liechtenstein: headings 9903.02.83 and 9903.02.88, known from the notice of 2025-12-18
        ("CH", ROBOTS, "2025-11-13", TODAY, "41.5"),
        ("CH", ROBOTS, "2025-11-14", "2025-12-17", "41.5"),
        ("CH", ROBOTS, "2025-11-14", TODAY, "15"),
        ("LI", ROBOTS, "2025-11-13", TODAY, "17.5"),
        ("LI", ROBOTS, "2025-11-14", TODAY, "15"),
        ("CH", ROBOTS, "2026-02-20", TODAY, "2.5"),
        # aircraft of the EU (heading 9903.02.76, from 2025-09-01) and of the United Kingdom (9903.96.01, from 2025-06-30)
        ("DE", AIRCRAFT_PARTS, "2025-09-01", "2025-09-24", "15"),
        ("DE", AIRCRAFT_PARTS, "2025-09-01", TODAY, "0"),
        ("GB", AIRCRAFT_PARTS, "2025-06-29", TODAY, "10"),
        ("GB", AIRCRAFT_PARTS, "2025-06-30", TODAY, "0"),
        # EO 14326, Annex I: each by its own rate
        ("SY", ROBOTS, "2025-08-07", TODAY, "43.5"),
        ("TR", ROBOTS, "2025-08-06", TODAY, "12.5"),
        ("TR", ROBOTS, "2025-08-07", TODAY, "17.5"),
        ("SG", ROBOTS, "2025-09-01", TODAY, "12.5"),
        # EO 14257, section 3(d): not Canada and Mexico
        ("MX", ROBOTS, "2025-01-31", TODAY, "2.5"),
    ],
)  # fmt: skip
def test_totals(shipped: Graph, origin: str, product: str, at: str, known: str | None, total: str) -> None:
    assert _tariff(shipped, origin, product, at, known)["adValorem"] == total


@pytest.mark.parametrize(
    ("origin", "at", "loaded", "total"),
    [
        # EO 14257, section 3(a): loaded before 2025-04-05, with no last day of entry
        ("KE", "2025-04-20", "2025-04-04", "2.5"),
        ("KE", "2025-04-20", "2025-04-05", "12.5"),
        # EO 14326, section 2(a): loaded before 2025-08-07, entered before 2025-10-05, the earlier 10 % stays
        ("VN", "2025-10-04", "2025-08-06", "12.5"),
        ("VN", "2025-10-05", "2025-08-06", "22.5"),
        # EO 14323 and EO 14329, section 2: entered before 2025-10-05 and 2025-09-17
        ("BR", "2025-10-04", "2025-08-05", "12.5"),
        ("BR", "2025-10-05", "2025-08-05", "52.5"),
        ("IN", "2025-09-16", "2025-08-26", "27.5"),
        ("IN", "2025-09-17", "2025-08-26", "52.5"),
    ],
)
def test_goods_in_transit(shipped: Graph, origin: str, at: str, loaded: str, total: str) -> None:
    assert _tariff(shipped, origin, ROBOTS, at, loadedOn=loaded)["adValorem"] == total


def test_energy_of_brazil_pays_the_base_duty_alone(shipped: Graph) -> None:
    """EO 14323, Annex I, and Annex II of EO 14257."""
    assert _tariff(shipped, "BR", CRUDE_OIL, "2025-09-01")["duty"]["text"] == "10.5 cents/bbl"


@pytest.mark.parametrize(("origin", "at"), [("BR", "2025-10-01"), ("IN", "2025-10-01"), ("CH", "2025-12-01")])
def test_what_was_charged_under_ieepa_is_annulled(shipped: Graph, origin: str, at: str) -> None:
    answer = _tariff(shipped, origin, ROBOTS, at)
    assert {each["instrument"]["kind"] for each in answer["annulled"]} == {"JUDGMENT"}
    assert _tariff(shipped, origin, ROBOTS, at, "2026-02-19")["annulled"] == []


@pytest.mark.parametrize("at", ["2025-06-01", "2026-02-10"])
def test_duties_that_wait_for_a_finding_touch_nobody(shipped: Graph, at: str) -> None:
    """EO 14245, 14380 and 14382, section 2: no country was found to fall under them."""
    answer = _tariff(shipped, "KE", ROBOTS, at)
    assert (answer["adValorem"], answer["pending"]) == ("12.5", [])


@pytest.mark.parametrize(
    ("origin", "then"),
    [("MX", "12.5"), ("DE", "10"), ("TW", "10"), ("JP", "12.5"), ("VN", "15"), ("BS", "15"), ("KE", None)],
)
def test_section_301_on_60_economies_waits_for_the_trade_representative(
    shipped: Graph, origin: str, then: str | None
) -> None:
    """Memorandum of 2026-07-23, section 1(a): the base duty is 2.5 %."""
    answer = _tariff(shipped, origin, ROBOTS, "2026-08-15")
    waiting = [each["adValoremThen"] for each in answer["pending"] if _imposed(each)]
    assert waiting == ([then] if then else [])
    assert not any(_imposed(each) for each in _tariff(shipped, origin, ROBOTS, "2026-08-15", "2026-07-22")["pending"])


def _imposed(pending: dict[str, Any]) -> bool:
    return any(each["description"].startswith("The Trade Representative") for each in pending["conditions"])


@pytest.mark.parametrize(
    ("at", "known", "total"),
    [
        # Proclamations 11046 to 11048, clause (1): from 2026-08-19; proclamation of 2026-08-18, clause (1): from 2026-08-22
        ("2026-08-18", TODAY, "2.5"),
        ("2026-08-20", "2026-08-17", "52.5"),
        ("2026-08-20", TODAY, "2.5"),
        ("2026-08-22", TODAY, "52.5"),
    ],
)
def test_section_338_on_listed_goods_of_canada(shipped: Graph, at: str, known: str | None, total: str) -> None:
    listed = [{"name": "annex_ii_of_proclamation_11046", "value": "true"}]
    answer = _tariff(shipped, "CA", ROBOTS, at, known, attributes=listed)
    assert answer["adValorem"] == total


def test_which_goods_of_canada_are_listed_is_not_known(shipped: Graph) -> None:
    answer = _tariff(shipped, "CA", ROBOTS, "2026-08-22")
    assert answer["adValorem"] == "2.5"
    assert any("annex_ii_of_proclamation_11047" in gap for gap in answer["gaps"])


@pytest.mark.parametrize(
    ("origin", "at", "total", "by_use"),
    [
        # EO 14323, Annex I: a line that is spared for civil aircraft only
        ("BR", "2025-09-01", "52.5", "12.5"),
        # headings 9903.96.01, 9903.96.02, 9903.02.76, 9903.02.81 and 9903.02.85
        ("GB", "2025-06-29", "12.5", "12.5"),
        ("GB", "2025-06-30", "12.5", "2.5"),
        ("JP", "2025-10-01", "15", "2.5"),
        ("FR", "2025-10-01", "15", "2.5"),
        ("KR", "2025-11-14", "15", "2.5"),
        ("CH", "2025-11-14", "15", "2.5"),
        ("VN", "2025-11-14", "22.5", "22.5"),
    ],
)
def test_vacuum_pumps_for_civil_aircraft(shipped: Graph, origin: str, at: str, total: str, by_use: str) -> None:
    assert _tariff(shipped, origin, "8414.10.00", at)["adValorem"] == total
    use = [{"name": "end_use", "value": "civil_aircraft"}]
    assert _tariff(shipped, origin, "8414.10.00", at, attributes=use)["adValorem"] == by_use


MORE_LINES = """\
source: source/test/lines
Source:
  - {id: source/test/lines, name: Lines, kind: DATASET, published: 2025-01-01, redistribution: ALL}
Product:
  - {id: product/hts2025/44123326, name: Plywood, nomenclature: HTS2025, code: "44123326"}
  - {id: product/hts2025/44072500, name: Meranti, nomenclature: HTS2025, code: "44072500"}
  - {id: product/hts2025/74111010, name: Copper tubes, nomenclature: HTS2025, code: "74111010"}
  - {id: product/hts2025/20089921, name: Acai, nomenclature: HTS2025, code: "20089921"}
TariffMeasure:
  - key: test/{code}
    each: [{code: "44123326"}, {code: "44072500"}, {code: "74111010"}, {code: "20089921"}]
    importer: country/us
    products: {include: ["{code}"]}
    product_scope: a line
    authority: MFN
    duty: Free
    valid_from: 2025-01-01
    evidence: [{locator: row}]
"""


def test_annex_ii_lost_wood_and_copper_and_gained_articles(scratch: Graph, tmp_path: Path) -> None:
    """Proclamation 10962 (annex) and Proclamation 10976, clause (12); EO 14360, Annex I, subdivision (b)."""
    file = tmp_path / "lines.yaml"
    file.write_text(MORE_LINES)
    scratch.load(shipped_records())
    scratch.load(curated.load([file]))
    acai = [{"name": "article", "value": "acai"}]
    for origin, product, at, known, goods, total in (
        ("ID", "4412.33.26", "2025-10-13", TODAY, {}, "0"),
        ("ID", "4412.33.26", "2025-10-14", "2025-09-28", {}, "0"),
        ("ID", "4412.33.26", "2025-10-14", TODAY, {}, "19"),
        ("ID", "4407.25.00", "2025-10-14", TODAY, {}, "0"),
        ("IN", "4412.33.26", "2025-10-13", TODAY, {}, "0"),
        ("IN", "4412.33.26", "2025-10-14", TODAY, {}, "50"),
        ("VN", "7411.10.10", "2025-07-31", TODAY, {}, "0"),
        ("BR", "2008.99.21", "2025-12-01", TODAY, {}, "50"),
        ("BR", "2008.99.21", "2025-12-01", TODAY, {"attributes": acai}, "0"),
    ):
        assert _tariff(scratch, origin, product, at, known, **goods)["adValorem"] == total, (origin, product, at, known)
