"""Cases of the section 232 acts other than metals, and of the safeguard on quartz, each proved from an act."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from loaders import curated
from schema.tariffs import Product
from tests.conftest import Graph
from tests.shipped import records as shipped_records

TARIFF = """
query ($origin: String!, $product: String!, $at: Date!, $known: Date, $goods: Goods) {
  tariff(importer: "US", origin: $origin, product: $product, at: $at, asKnownOn: $known, goods: $goods) {
    adValorem
    coverage
    gaps
    duty { text }
    components { duty { text adValorem } measure { authority programme paragraph instrument { number } } }
    excluded { measure { programme } rule { paragraph instrument { number } } }
    pending { adValoremThen conditions { description } }
    disagreements { id }
  }
}
"""
LINES = {
    "28046100": "Free",
    "38180000": "Free",
    "44071100": "Free",
    "44119210": "Free",
    "68109900": "Free",
    "70200060": "5%",
    "84715001": "Free",
    "85414200": "Free",
    "85111000": "2.50%",
    "85414300": "Free",
    "87012100": "4%",
    "87021031": "2%",
    "87042251": "25%",
    "87083050": "2.50%",
    "88062200": "Free",
    "88062400": "Free",
    "94016140": "Free",
    "94034090": "Free",
}
"""Base duties of the schedule as of 2025-06-06 that do not ship."""
FILE = """\
source: source/usitc/tariff-database-2025-06-06
Product:
  - each: &lines [{lines}]
    id: "product/hts2025/{{code}}"
    name: "{{code}}"
    nomenclature: HTS2025
    code: "{{code}}"
TariffMeasure:
  - key: "test/mfn/{{code}}"
    each: *lines
    importer: country/us
    products: {{include: ["{{code}}"]}}
    product_scope: "{{code}}"
    authority: MFN
    duty: "{{duty}}"
    valid_from: 2023-01-01
    evidence: [{{locator: "row {{code}}", published: 2023-01-01}}]
"""
SEAT_BELTS = "8708.21.00"
BRAKES = "8708.30.50"
"""They stand in the lists of parts of cars and of parts of trucks."""
CAR = "8703.23.01"
SOFA = "9401.61.40.11"
CABINET = "9403.40.90.60"
LUMBER = "4407.11.00"
TRACTOR = "8701.21.00"
USMCA = {"agreement": "agreement/usmca"}
Case = tuple[str, str, str, str | None, dict[str, Any], str]
"""Origin, product, day, day of knowledge, what is said of the goods, and the total."""


def _stated(**attributes: str) -> dict[str, Any]:
    return {"attributes": [{"name": name, "value": value} for name, value in attributes.items()]}


@pytest.fixture
def graph(_graph: Graph, tmp_path: Path) -> Graph:
    """The data that ships with the base duties of some further lines."""
    if _graph.holds != "section 232":
        known = {each.code for each in shipped_records() if isinstance(each, Product)}
        missing = {code: duty for code, duty in LINES.items() if code not in known}
        rows = ", ".join(f'{{code: "{code}", duty: "{duty}"}}' for code, duty in missing.items())
        file = tmp_path / "lines.yaml"
        file.write_text(FILE.format(lines=rows))
        _graph.clear()
        _graph.load(curated.load([curated.SHIPPED, file]))
        _graph.holds = "section 232"
    return _graph


def _tariff(graph: Graph, origin: str, product: str, at: str, known: str | None = None, **goods: Any) -> dict[str, Any]:
    found: dict[str, Any] = graph.ask(TARIFF, origin=origin, product=product, at=at, known=known, goods=goods or None)[
        "tariff"
    ]
    return found


@pytest.mark.parametrize(
    "case",
    [
        # Proclamation 10908, clause (1): parts from 2025-05-03
        ("KR", SEAT_BELTS, "2025-05-02", None, {}, "12.5"),
        ("KR", SEAT_BELTS, "2025-05-03", None, {}, "27.5"),
        # spark plugs, which note 33(g) names with a suffix of 00: the whole line
        ("JP", "8511.10.00", "2025-05-02", None, {}, "12.5"),
        ("JP", "8511.10.00", "2025-05-03", None, {}, "27.5"),
        ("JP", "8511.10.00.00", "2025-05-03", None, {}, "27.5"),
        ("JP", "8511.10.00", "2025-09-16", None, {}, "15"),
        # clause (2): the duty on the value less the approved US content, 25 % of 60 %
        ("MX", CAR, "2025-05-01", None, {}, "27.5"),
        (
            "MX",
            CAR,
            "2025-05-01",
            None,
            {**_stated(us_content_approved="true"), "contentShares": [{"material": "us", "percent": "40"}]},
            "17.5",
        ),
        # clause (4): parts that qualify under USMCA; only of Canada and Mexico
        ("CA", SEAT_BELTS, "2025-06-01", None, {}, "27.5"),
        ("CA", SEAT_BELTS, "2025-06-01", None, USMCA, "2.5"),
        ("DE", SEAT_BELTS, "2025-06-01", None, USMCA, "27.5"),
        # Annex I, heading 9903.94.04: cars of 25 years and more then pay the reciprocal duty
        ("JP", CAR, "2025-05-01", None, _stated(built_25_years_ago="true"), "12.5"),
        # EO 14309, section 2(a): 7.5 % within the quota, once published
        ("GB", CAR, "2025-06-29", None, {"inQuota": True}, "27.5"),
        ("GB", CAR, "2025-06-30", None, {"inQuota": True}, "10"),
        ("GB", CAR, "2025-06-30", None, {}, "27.5"),
        ("GB", CAR, "2025-07-05", "2025-06-20", {"inQuota": True}, "27.5"),
        # light trucks are not in the quota: heading 8703 only
        ("GB", "8704.21.01", "2025-07-05", None, {"inQuota": True}, "50"),
        # section 2(b): parts 10 % in all, if for cars of the United Kingdom
        ("GB", SEAT_BELTS, "2025-06-29", None, {}, "27.5"),
        ("GB", SEAT_BELTS, "2025-06-30", None, {}, "10"),
        ("GB", SEAT_BELTS, "2025-07-01", None, _stated(for_uk_automobiles="false"), "27.5"),
        # section 3(a): aircraft and their parts free of the reciprocal duty from the notice on
        ("GB", "8807.30.00", "2025-06-29", None, {}, "10"),
        ("GB", "8807.30.00", "2025-06-30", None, {}, "0"),
        # the notice of 2025-09-25: the EU at 15 % in all, back to 2025-08-01
        ("DE", CAR, "2025-07-31", None, {}, "27.5"),
        ("DE", CAR, "2025-08-01", None, {}, "15"),
        ("DE", CAR, "2025-08-20", "2025-09-24", {}, "27.5"),
        ("FR", SEAT_BELTS, "2025-08-01", None, {}, "15"),
        ("SK", "8704.21.01", "2025-08-01", None, {}, "25"),
        # the notice of 2025-12-04: South Korea back to 2025-11-01
        ("KR", CAR, "2025-10-31", None, {}, "27.5"),
        ("KR", CAR, "2025-11-01", None, {}, "15"),
        ("KR", CAR, "2025-11-20", "2025-12-03", {}, "27.5"),
        # Proclamation 10984, clause (1): trucks 25 %, buses 10 %, nothing before 2025-11-01 but the reciprocal duty
        ("DE", TRACTOR, "2025-10-31", None, {}, "15"),
        ("DE", TRACTOR, "2025-11-01", None, {}, "29"),
        ("DE", "8702.10.31", "2025-11-01", None, {}, "12"),
        ("DE", "8704.22.51", "2025-11-01", None, {}, "50"),
        # a part that is in both lists pays one duty, that on parts of cars unless it is for a truck
        ("DE", BRAKES, "2025-12-01", None, {}, "15"),
        ("DE", BRAKES, "2025-12-01", None, _stated(part_of="truck"), "27.5"),
        ("DE", BRAKES, "2025-12-01", None, _stated(part_of="other"), "15"),
        ("VN", BRAKES, "2025-12-01", None, _stated(part_of="other"), "22.5"),
        # clauses (2) and (3)
        ("MX", BRAKES, "2025-12-01", None, USMCA, "2.5"),
        ("MX", TRACTOR, "2025-12-01", None, {}, "29"),
        (
            "MX",
            TRACTOR,
            "2025-12-01",
            None,
            {**_stated(us_content_approved="true"), "contentShares": [{"material": "us", "percent": "20"}]},
            "24",
        ),
        # Proclamation 10976: lumber 10 %, furniture and cabinets 25 % from 2025-10-14
        ("CL", LUMBER, "2025-10-13", None, {}, "0"),
        ("BR", LUMBER, "2025-10-14", None, {}, "10"),
        ("CA", LUMBER, "2025-10-14", None, {}, "10"),
        ("DE", LUMBER, "2025-10-14", None, {}, "10"),
        ("VN", SOFA, "2025-10-13", None, {}, "20"),
        ("VN", SOFA, "2025-10-14", None, {}, "25"),
        ("VN", CABINET, "2025-10-14", None, {}, "25"),
        ("VN", CABINET, "2025-10-14", None, _stated(kitchen_cabinet_or_vanity="false"), "20"),
        # clause (7): 10 % for the United Kingdom, 15 % in all for the EU and Japan
        ("GB", SOFA, "2025-10-14", None, {}, "10"),
        ("IT", SOFA, "2025-10-14", None, {}, "15"),
        ("JP", CABINET, "2025-10-14", None, {}, "15"),
        # clause (5), and the proclamation of 2025-12-31 that puts it off by a year
        ("VN", SOFA, "2026-01-02", "2025-12-30", {}, "30"),
        ("VN", CABINET, "2026-01-02", "2025-12-30", {}, "50"),
        ("VN", SOFA, "2026-01-02", "2025-12-31", {}, "25"),
        # clause (12): fibreboard leaves Annex II
        ("CL", "4411.92.10", "2025-10-13", None, {}, "0"),
        ("CL", "4411.92.10", "2025-10-14", None, {}, "10"),
        ("CL", "4411.92.10", "2025-10-14", "2025-09-28", {}, "0"),
        # South Korea and Taiwan later
        ("KR", SOFA, "2025-11-13", None, {}, "25"),
        ("KR", SOFA, "2025-11-14", None, {}, "15"),
        # Proclamation 11002, clause (3): a narrow class of chips, not for uses in the United States
        ("TW", "8471.50.01", "2026-01-14", None, _stated(advanced_chip="true"), "0"),
        ("TW", "8471.50.01", "2026-01-15", None, _stated(advanced_chip="true"), "25"),
        ("TW", "8471.50.01", "2026-01-15", None, _stated(advanced_chip="true", exempt_use="true"), "0"),
        ("TW", "8471.50.01", "2026-01-15", None, {}, "0"),
    ],
)
def test_the_total(graph: Graph, case: Case) -> None:
    origin, product, at, known, goods, total = case
    answer = _tariff(graph, origin, product, at, known, **goods)
    assert (answer["adValorem"], answer["disagreements"]) == (total, [])


@pytest.mark.parametrize(
    "case",
    [
        # Taiwan: parts, not cars, from 2026-05-01
        ("TW", SEAT_BELTS, "2026-05-01", None, {}, "15"),
        ("TW", CAR, "2026-05-01", None, {}, "27.5"),
        # clause (10)
        ("JP", TRACTOR, "2026-03-01", None, _stated(built_25_years_ago="true"), "4"),
        ("VN", CABINET, "2026-12-31", None, {}, "25"),
        ("VN", SOFA, "2027-01-01", None, {}, "30"),
        ("VN", CABINET, "2027-01-01", None, {}, "50"),
        ("IT", CABINET, "2027-01-01", None, {}, "15"),
        ("TW", SOFA, "2026-04-30", None, {}, "25"),
        ("TW", SOFA, "2026-05-01", None, {}, "15"),
        # Proclamation 11020: 100 % in all, 15 % for partners, 10 % and then nothing for the United Kingdom
        ("IN", "3004.90.92", "2026-09-28", None, _stated(patented="true"), "0"),
        ("IN", "3004.90.92", "2026-09-29", None, _stated(patented="true"), "100"),
        ("IN", "3004.90.92", "2026-07-31", None, _stated(patented="true", annex_iii_company="true"), "100"),
        ("IN", "3004.90.92", "2026-10-01", None, _stated(patented="true", onshoring_plan="true"), "20"),
        ("IN", "3004.90.92", "2030-04-02", None, _stated(patented="true", onshoring_plan="true"), "100"),
        ("CH", "3004.90.92", "2026-10-01", None, _stated(patented="true"), "15"),
        ("CH", "3004.90.92", "2026-10-01", None, _stated(patented="true", onshoring_plan="true"), "15"),
        ("GB", "3004.90.92", "2026-10-01", "2026-08-03", _stated(patented="true"), "10"),
        ("GB", "3004.90.92", "2026-10-01", None, _stated(patented="true"), "0"),
        ("IN", "3004.90.92", "2026-10-01", None, _stated(patented="true", mfn_pricing_agreement="true"), "0"),
        # US note 18(b), (e), (f): cells beyond the quota, not of developing countries, until 2026-02-06
        ("KR", "8541.42.00.10", "2024-02-06", None, {}, "14.5"),
        ("KR", "8541.42.00.10", "2024-02-07", None, {}, "14.25"),
        ("KR", "8541.42.00.10", "2024-02-07", None, {"inQuota": True}, "0"),
        ("BR", "8541.42.00.10", "2024-02-07", None, {}, "0"),
        ("KR", "8541.42.00.10", "2026-02-06", None, {}, "14"),
        ("KR", "8541.42.00.10", "2026-02-07", None, {}, "0"),
        # Proclamation 11052, clauses (2), (4) and (5)
        ("MY", "8541.42.00.10", "2026-12-03", None, {}, "0"),
        ("MY", "8541.42.00.10", "2026-12-04", None, {}, "15"),
        ("GB", "8541.42.00.10", "2026-12-04", None, {}, "10"),
        ("KR", "8541.42.00.10", "2026-12-04", None, {}, "15"),
        ("MY", "8541.43.00", "2026-12-04", None, {}, "15"),
        ("MY", "2804.61.00.00", "2026-12-04", None, {}, "0"),
        # Proclamation 11055, clauses (1) and (4)
        ("CN", "8806.24.00", "2026-09-03", None, {}, "100"),
        ("CN", "8806.22.00", "2026-09-02", None, {}, "0"),
        ("CN", "8806.22.00", "2026-09-03", None, {}, "25"),
        ("CN", "8806.22.00", "2026-09-03", None, _stated(thermal_imager="true"), "100"),
        ("FR", "8806.22.00", "2026-09-03", None, _stated(allied_components="true"), "15"),
        ("GB", "8806.24.00", "2026-09-03", None, _stated(allied_components="true"), "10"),
        ("FR", "8806.22.00", "2026-09-03", None, _stated(thermal_imager="true", allied_components="true"), "15"),
        # Proclamation 11051, Annex: 50 % beyond the quota and 25 % within; Canada and Brazil are exempt
        ("IN", "6810.99.00.20", "2026-08-14", None, {}, "0"),
        ("IN", "6810.99.00.20", "2026-08-15", None, {}, "50"),
        ("IN", "6810.99.00.20", "2026-08-15", None, {"inQuota": True}, "25"),
        ("IN", "6810.99.00.20", "2027-08-15", None, {"inQuota": True}, "23"),
        ("CA", "6810.99.00.20", "2026-08-15", None, {}, "0"),
        ("BR", "6810.99.00.20", "2026-08-15", None, {}, "0"),
        ("IN", "6810.99.00.20", "2030-08-15", None, {}, "0"),
        ("IN", "7020.00.60", "2026-08-15", None, {}, "55"),
    ],
)
def test_what_these_acts_charge_with_the_base_duty(graph: Graph, case: Case) -> None:
    """Other acts of 2026 may add theirs: what sections 232 and 201 and the schedule charge is summed."""
    origin, product, at, known, goods, total = case
    answer = _tariff(graph, origin, product, at, known, **goods)
    charged = [each for each in answer["components"] if each["measure"]["authority"] in {"MFN", "S232", "S201"}]
    assert sum(Decimal(each["duty"]["adValorem"]) for each in charged) == Decimal(total)
    assert answer["disagreements"] == []


def _conditional(answer: dict[str, Any]) -> list[tuple[str | None, str]]:
    return [
        (each["adValoremThen"], condition["description"])
        for each in answer["pending"]
        for condition in each["conditions"]
    ]


@pytest.mark.parametrize(
    "case",
    [
        # EO 14309, section 2(a): seven days after publication
        ("GB", CAR, "2025-07-05", "2025-06-20", {"inQuota": True}, "10", "seven days"),
        # section 2(b): the notice
        ("GB", SEAT_BELTS, "2025-07-05", "2025-06-20", {}, "10", "The notice"),
        # the joint statement of 2025-08-21, section 3: once the EU proposes its law
        ("DE", CAR, "2025-08-25", "2025-08-25", {}, "15", "The European Union"),
        # Proclamation 10908, clause (4): until a process for US content is published
        ("CA", SEAT_BELTS, "2025-06-01", None, USMCA, "27.5", "The Secretary publishes a process"),
        # Proclamation 10976, clause (5): no increase where there is an agreement
        ("VN", SOFA, "2026-01-02", "2025-12-30", {}, "25", "reach an agreement"),
        ("VN", CABINET, "2027-01-02", None, {}, "25", "reach an agreement"),
    ],
)
def test_what_is_pending(graph: Graph, case: tuple[str, str, str, str | None, dict[str, Any], str, str]) -> None:
    origin, product, at, known, goods, then, words = case
    found = _conditional(_tariff(graph, origin, product, at, known, **goods))
    assert [total for total, description in found if words in description] == [then]


def test_what_south_korea_was_promised_is_pending(graph: Graph) -> None:
    """The fact sheet of 2025-11-13 names no day: a plan, until the notice of 2025-12-04."""
    answer = _tariff(graph, "KR", CAR, "2025-11-20", "2025-11-20")
    assert answer["adValorem"] == "27.5"
    assert "15" in [each["adValoremThen"] for each in answer["pending"]]


@pytest.mark.parametrize(
    "case",
    [
        # Proclamation 10976, clause (4): no reciprocal duty on wood products that pay
        ("VN", SOFA, "2025-11-01", "reciprocal/country", "10976", "clause (4)"),
        # clause (7): the rate of the EU in the place of the general one
        ("IT", SOFA, "2025-11-01", "wood/upholstered/general", "10976", "clause (7)"),
        # EO 14309, section 2(b)
        ("GB", SEAT_BELTS, "2025-07-01", "auto-parts/general", "14309", "section 2(b)"),
        # Proclamation 10984: trucks pay no reciprocal duty (EO 14257, section 3(b)(vi)), parts one duty
        ("VN", TRACTOR, "2025-12-01", "reciprocal/country", "14257", "section 3(b)(vi)"),
        ("VN", BRAKES, "2025-12-01", "truck-parts/general", "10984", "clauses (1) and (12)"),
        # Proclamation 11052, clause (5)(c)
        ("GB", "8541.42.00.10", "2026-12-04", "polysilicon/general", "11052", "clause (5)(c)"),
    ],
)
def test_what_is_left_out_and_why(graph: Graph, case: tuple[str, str, str, str, str, str]) -> None:
    origin, product, at, programme, number, paragraph = case
    excluded = _tariff(graph, origin, product, at)["excluded"]
    [rule] = [each["rule"] for each in excluded if each["measure"]["programme"] == programme]
    assert rule == {"paragraph": paragraph, "instrument": {"number": number}}


def test_a_minimum_price_is_charged_where_it_is_not_documented(graph: Graph) -> None:
    """Proclamation 11052, clause (2)(b): 21 dollars a kilogram of polysilicon."""
    undocumented = _stated(minimum_price_documented="false")
    assert _tariff(graph, "MY", "2804.61.00", "2026-12-04", **undocumented)["duty"]["text"] == "$21/kg"
    value = {"amount": "30", "currency": "USD", "unit": "kg"}
    valued = _tariff(graph, "MY", "2804.61.00.00", "2026-12-04", unitValue=value, **undocumented)
    assert [each["duty"]["adValorem"] for each in valued["components"] if each["measure"]["authority"] == "S232"] == [
        "70"
    ]


def test_the_quota_of_the_united_kingdom(graph: Graph) -> None:
    """US note 33(i): 65,205 cars for the rest of 2025, 100,000 a year from 2026 on."""
    found = graph.cypher("MATCH (q:Quota) WHERE q.unit = 'vehicles' RETURN q.volume AS volume, q.valid_from AS since")
    assert sorted((str(each["since"]), str(each["volume"])) for each in found) == [
        ("2025-06-30", "65205"),
        ("2026-01-01", "100000"),
    ]


def test_answers_do_not_name_what_acts_on_other_goods_and_origins_lack(graph: Graph) -> None:
    gaps = " ".join(_tariff(graph, "JP", CAR, "2025-10-01")["gaps"])
    assert "Korea" not in gaps
    assert "Proclamation 11002" not in gaps
