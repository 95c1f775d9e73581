"""What the engine answers from lines of the annual tariff database of the USITC."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from graph.checksum import checksum
from graph.embedded.progress import progress_on
from loaders import curated, usitc
from schema.ontology import Record
from tests.conftest import Graph
from tests.shared_files import schedule_lines
from tests.shipped import records as shipped_records

CODES = frozenset(
    {
        "02071100",
        "04069012",
        "20091100",
        "22042150",
        "61091000",
        "84795000",
        "87032301",
        "87042101",
        "91011940",
        "21050005",
    }
)
"""Lines of many kinds of duty, some of which are curated as well."""


@pytest.fixture(scope="module")
def lines() -> list[Record]:
    return schedule_lines(lambda code: code in CODES or code == "99030163")


def parties() -> Iterator[Record]:
    yield from (each for each in curated.load([curated.SHIPPED / "parties.yaml"]))


TARIFF = """
query ($origin: String!, $product: String!, $at: Date!, $goods: Goods) {
  tariff(importer: "US", origin: $origin, product: $product, at: $at, goods: $goods) {
    coverage adValorem gaps disagreements { __typename }
    duty { text readable components { kind amount unit basis } }
    components { duty { text } measure { authority programme } }
    excluded { measure { authority programme } reason }
  }
}
"""


def checksum_of(graph: Graph) -> str:
    return graph.run(checksum(graph.database.driver, graph.database.name, progress_on())).checksum


AT = "2025-02-01"
"""Before the acts of 2025: only the schedule counts."""


def tariff(graph: Graph, origin: str, product: str, at: str = AT, **goods: Any) -> dict[str, Any]:
    found: dict[str, Any] = graph.ask(TARIFF, origin=origin, product=product, at=at, goods=goods or None)["tariff"]
    return found


@pytest.fixture
def schedule(scratch: Graph, lines: list[Record]) -> Graph:
    scratch.load(parties())
    scratch.load(lines)
    return scratch


@pytest.mark.shared
def test_answers_from_the_schedule(schedule: Graph) -> None:
    """By hand from the file: the general rate, and what a claim makes of it."""
    korus, usmca = {"agreement": "agreement/korus"}, {"agreement": "agreement/usmca"}
    cases: list[tuple[str, str, dict[str, str], str]] = [
        ("JP", "0207.11.00", {}, "8.8 cents/kg"),
        ("KR", "0207.11.00", {}, "8.8 cents/kg"),
        ("KR", "0207.11.00", korus, "Free"),
        ("MX", "0207.11.00", usmca, "Free"),
        ("CA", "8703.23.01", usmca, "Free"),
        ("CA", "8703.23.01", {}, "2.5%"),
        ("KR", "8704.21.01", korus, "25%"),
        ("AU", "8704.21.01", {"agreement": "agreement/us-au-2005"}, "Free"),
        ("KR", "0406.90.12", korus, "8.1 cents/kg"),
        ("KR", "0406.90.12", {}, "$1.227/kg"),
        ("JO", "2204.21.50", {"agreement": "agreement/us-jo-2001"}, "2.8 cents/liter"),
        ("JP", "2204.21.50", {}, "6.3 cents/liter"),
        ("CL", "2009.11.00", {"agreement": "agreement/us-cl-2004"}, "Free"),
        ("JP", "6109.10.00", korus, "16.5%"),
    ]
    for origin, product, goods, text in cases:
        assert tariff(schedule, origin, product, **goods)["duty"]["text"] == text, (origin, product, goods)


@pytest.mark.shared
def test_the_whole_answer_of_a_claim(schedule: Graph) -> None:
    answer = tariff(schedule, "KR", "0406.90.12", agreement="agreement/korus")
    assert answer.pop("gaps") == [f"USITC annual tariff database, release of 2025-06-06: {usitc.GAP}"]
    assert answer == {
        "coverage": "PARTIAL",
        "adValorem": None,
        "disagreements": [],
        "duty": {
            "text": "8.1 cents/kg",
            "readable": True,
            "components": [{"kind": "SPECIFIC", "amount": "0.081", "unit": "kg", "basis": None}],
        },
        "components": [
            {"duty": {"text": "8.1 cents/kg"}, "measure": {"authority": "PREFERENCE", "programme": "korus"}}
        ],
        "excluded": [{"measure": {"authority": "MFN", "programme": None}, "reason": "a preference is claimed"}],
    }


@pytest.mark.shared
def test_a_rate_that_stands_elsewhere_is_not_zero(schedule: Graph) -> None:
    answer = tariff(schedule, "AU", "0406.90.12", agreement="agreement/us-au-2005")
    assert (answer["coverage"], answer["adValorem"], answer["duty"]["readable"]) == ("PARTIAL", None, False)
    assert any("9822.04.45" in gap for gap in answer["gaps"])


@pytest.mark.shared
def test_a_duty_by_parts(schedule: Graph) -> None:
    duty = tariff(schedule, "JP", "9101.19.40")["duty"]
    assert [(each["amount"], each["unit"], each["basis"]) for each in duty["components"]] == [
        ("0.41", "each", None),
        ("5", None, "the case and strap, band or bracelet"),
        ("4.2", None, "the battery"),
    ]


@pytest.mark.shared
def test_specific_duties_at_a_value(schedule: Graph) -> None:
    value = {"amount": "4", "currency": "USD", "unit": "kg"}
    assert tariff(schedule, "JP", "0207.11.00", unitValue=value)["adValorem"] == "2.2"
    assert tariff(schedule, "KR", "0207.11.00", unitValue=value, preference="BEST")["adValorem"] == "0"


@pytest.mark.shared
def test_a_lapsed_programme_grants_nothing(schedule: Graph) -> None:
    answer = tariff(schedule, "BR", "8479.50.00", agreement="gsp")
    assert (answer["adValorem"], answer["components"][0]["measure"]["authority"]) == ("2.5", "MFN")


@pytest.mark.shared
def test_curated_lines_and_the_file_agree(scratch: Graph, lines: list[Record]) -> None:
    """The engine's answers are those of the curated lines alone, whichever of the two is preferred."""
    scratch.load(shipped_records())
    cases = [("JP", "84795000", "2025-10-01"), ("JP", "87032301", "2025-10-01"), ("DE", "22042150", "2025-08-10")]
    before = [tariff(scratch, *case) for case in cases]
    scratch.load(lines)
    after = [tariff(scratch, *case) for case in cases]
    for old, new in zip(before, after, strict=True):
        assert new["disagreements"] == []
        assert (new["adValorem"], new["duty"]) == (old["adValorem"], old["duty"])
        assert new["components"] == old["components"]
    scratch.holds = "?"


@pytest.mark.shared
def test_column_2_beside_the_general_rate(scratch: Graph, lines: list[Record]) -> None:
    """Goods of Cuba and Russia: the general rate is left out by general note 3(b), and the rate of column 2 is charged."""
    scratch.load(shipped_records())
    scratch.load(lines)
    for origin, product, text in [
        ("RU", "02071100", "22 cents/kg"),
        ("CU", "61091000", "90%"),
        ("KP", "84795000", "35%"),
    ]:
        answer = tariff(scratch, origin, product)
        [charged] = answer["components"]
        assert (charged["measure"]["authority"], charged["duty"]["text"]) == ("COLUMN2", text)
        assert {each["measure"]["authority"] for each in answer["excluded"]} >= {"MFN"}
    before = tariff(scratch, "RU", "84795000", "2022-04-08")
    assert [each["measure"]["authority"] for each in before["components"]] == ["MFN"]


@pytest.mark.shared
def test_column_2_is_a_base_duty(scratch: Graph, lines: list[Record]) -> None:
    scratch.load(shipped_records())
    scratch.load(lines)
    assert tariff(scratch, "CU", "61091000")["adValorem"] == "90"


@pytest.mark.shared
def test_loaded_twice_is_the_same_graph(schedule: Graph, lines: list[Record]) -> None:
    before = schedule.picture(with_time=True), checksum_of(schedule)
    assert schedule.load(lines).changed == 0
    assert (schedule.picture(with_time=True), checksum_of(schedule)) == before


BENEFICIARIES = (
    "parties-exempt.yaml",
    "sources.yaml",
    "people.yaml",
    "memberships-us-preferences.yaml",
    "acts/proc-2026-05-19-agoa.yaml",
)


@pytest.mark.shared
def test_one_sided_preferences_are_for_their_beneficiaries(schedule: Graph) -> None:
    """General notes 7 and 16 of the schedule; AGOA lapsed after 2025-09-30, and an act of 2026 let it run on as if it had not."""
    schedule.load(curated.load([curated.SHIPPED / each for each in BENEFICIARIES]))
    document = TARIFF.replace("$at: Date!,", "$at: Date!, $known: Date,").replace(
        "at: $at,", "at: $at, asKnownOn: $known,"
    )

    def best(origin: str, at: str, known: str | None = None) -> str:
        asked = {"origin": origin, "product": "2105.00.05", "at": at, "known": known, "goods": {"preference": "BEST"}}
        found: str = schedule.ask(document, **asked)["tariff"]["duty"]["text"]
        return found

    assert [best("KE", "2025-08-01"), best("JM", "2025-08-01"), best("DE", "2025-08-01")] == ["Free", "Free", "20%"]
    assert [best("KE", "2025-10-10", "2025-12-01"), best("KE", "2025-10-10")] == ["20%", "Free"]
    assert [best("GA", "2025-08-01"), best("GA", "2026-03-01")] == ["20%", "Free"]
