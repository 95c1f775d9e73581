"""The annual tariff database of the USITC: what its rows become, what is set aside, and what the engine answers from them."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.checksum import checksum
from graph.embedded.progress import progress_on
from loaders import curated, usitc
from loaders.bad_row import BadRow
from loaders.streams import text_of
from schema.base import Attribute, Modality
from schema.ontology import Record
from schema.tariffs import Product, TariffMeasure
from schema.validity import faults
from tests.conftest import SHARED, Graph
from tests.test_duty_texts import DATABASE

DAY, LATER = date(2025, 6, 6), date(2026, 1, 15)
ROW = {
    "hts8": "01022940",
    "brief_description": "Cattle",
    "mfn_text_rate": "1 cents/kg",
    "col1_special_text": "Free (KR,S)",
    "col2_text_rate": "5.5 cents/kg",
    "begin_effect_date": "1/1/21",
    "end_effective_date": "12/31/50",
    "footnote_comment": "",
    "gsp_ctry_excluded": "",
}


def _csv(*rows: dict[str, str]) -> io.StringIO:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(ROW))
    writer.writeheader()
    writer.writerows(ROW | row for row in rows)
    text.seek(0)
    return text


def _read(*rows: dict[str, str], day: date = DAY) -> list[Record | BadRow]:
    return list(usitc.read(_csv(*rows), day))


def _measures(*rows: dict[str, str], day: date = DAY) -> dict[str, TariffMeasure]:
    """By the column of the row: "mfn", "special/KR"."""
    found = [each for each in _read(*rows, day=day) if isinstance(each, TariffMeasure)]
    return {(each.row or "").partition("/tariff-database#")[2].partition("/")[2]: each for each in found}


def _bad(*rows: dict[str, str]) -> list[tuple[int, str | None, str | None]]:
    return [(each.line, each.column, each.value) for each in _read(*rows) if isinstance(each, BadRow)]


def test_a_row_is_a_product_and_a_measure_for_each_column() -> None:
    [product] = [each for each in _read({}) if isinstance(each, Product)]
    assert (product.id, product.nomenclature, product.code) == ("product/hts2025/01022940", "HTS2025", "01022940")
    measures = _measures({})
    assert {column: (each.authority, each.programme, each.duty.text) for column, each in measures.items()} == {
        "mfn": ("MFN", None, "1 cents/kg"),
        "column2": ("COLUMN2", None, "5.5 cents/kg"),
        "special/KR": ("PREFERENCE", "korus", "Free"),
        "special/S": ("PREFERENCE", "usmca", "Free"),
    }
    assert measures["special/S"].agreement == "agreement/usmca"
    assert measures["special/S"].origins.include == ("country/ca", "country/mx")
    assert measures["column2"].origins.include == ("group/us-column-2",)
    assert {str(each.valid_from) for each in measures.values()} == {"2021-01-01"}
    assert {each.valid_to for each in measures.values()} == {None}


@pytest.mark.parametrize(
    ("begin", "end", "period"),
    [
        ("7/1/20", "12/31/50", ("2020-07-01", None)),
        ("1/1/99", "12/31/50", ("1999-01-01", None)),
        ("1/1/2021", "12/31/2050", ("2021-01-01", None)),
        ("1/27/22", "12/31/26", ("2022-01-27", "2027-01-01")),
        ("4/9/25", "4/9/25", ("2025-04-09", "2025-04-10")),
    ],
)
def test_days_of_two_digits(begin: str, end: str, period: tuple[str, str | None]) -> None:
    general = _measures({"begin_effect_date": begin, "end_effective_date": end})
    [mfn] = [each for each in general.values() if each.authority == "MFN"]
    assert (str(mfn.valid_from), mfn.valid_to and str(mfn.valid_to)) == period


def test_a_programme_counts_from_its_own_first_day_and_until_it_lapsed() -> None:
    measures = _measures({"begin_effect_date": "1/1/95", "col1_special_text": "Free (A,KR) 2% (MX)"})
    assert str(measures["special/KR"].valid_from) == "2012-03-15"
    assert (str(measures["special/A"].valid_from), str(measures["special/A"].valid_to)) == ("1995-01-01", "2021-01-01")
    assert str(measures["special/MX"].valid_to) == "2020-07-01"
    later = _measures({"begin_effect_date": "1/27/22", "col1_special_text": "Free (A)"})["special/A"]
    assert (later.modality, later.valid_to) == (Modality.POSSIBLE, None)


def test_beneficiaries_that_a_line_excludes() -> None:
    measures = _measures({"col1_special_text": "Free (A*,KR)", "gsp_ctry_excluded": "BRTh"})
    assert measures["special/A*"].origins.exclude == ("country/br", "country/th")
    assert measures["special/KR"].origins.exclude == ()


def test_what_refers_to_another_line_is_unreadable_and_never_zero() -> None:
    duty = _measures({"col1_special_text": "Free (KR) See 9822.04.45 (AU)"})["special/AU"].duty
    assert (duty.text, duty.readable, duty.ad_valorem, duty.free) == ("See 9822.04.45", False, None, False)


def test_blank_columns_state_nothing() -> None:
    assert _measures({"mfn_text_rate": "", "col1_special_text": "", "col2_text_rate": " "}) == {}


def test_chapter_99_is_texts_and_no_measures() -> None:
    text = "The duty provided in the applicable subheading + "
    rows = [
        {
            "hts8": "99030163",
            "mfn_text_rate": text + "125%",
            "begin_effect_date": "4/10/25",
            "footnote_comment": "A note",
        },
        {
            "hts8": "99030163",
            "mfn_text_rate": text + "84%",
            "begin_effect_date": "4/9/25",
            "end_effective_date": "4/9/25",
        },
    ]
    assert _measures(*rows) == {}
    stated = [each for each in _read(*rows) if isinstance(each, Attribute)]
    assert [each.value for each in stated if each.name == "general rate of duty"] == [text + "125%", text + "84%"]
    assert len({each.row for each in stated}) == len(stated) == 7


@pytest.mark.parametrize(
    ("row", "bad"),
    [
        ({"hts8": "0102294"}, ("hts8", "0102294")),
        ({"hts8": "0102.29.40"}, ("hts8", "0102.29.40")),
        ({"brief_description": " "}, ("brief_description", "")),
        ({"begin_effect_date": "2/30/21"}, ("begin_effect_date", "2/30/21")),
        ({"end_effective_date": ""}, ("end_effective_date", "")),
        ({"end_effective_date": "12/31/20"}, ("end_effective_date", "12/31/20")),
        ({"gsp_ctry_excluded": "BRT"}, ("gsp_ctry_excluded", "BRT")),
        ({"col1_special_text": "Free (KR,XX)"}, ("col1_special_text", "XX")),
        ({"col1_special_text": "Free (KR) 5% (KR)"}, ("col1_special_text", "KR")),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_read(row: dict[str, str], bad: tuple[str, str]) -> None:
    assert _bad({}, row, {"hts8": "01022941"}) == [(3, *bad)]
    assert "product/hts2025/01022941" in {
        each.id for each in _read(row, {"hts8": "01022941"}) if isinstance(each, Product)
    }


def test_one_code_twice_at_one_rate_is_one() -> None:
    assert _bad({"col1_special_text": "Free (L,KR,L)"}) == []


def test_a_cut_row_and_moved_columns() -> None:
    cut = io.StringIO(_csv({}).getvalue() + "01022941,Cattle\n")
    assert [each.line for each in usitc.read(cut, DAY) if isinstance(each, BadRow)] == [3]
    [bad] = usitc.read(io.StringIO("hts8,rate\n"), DAY)
    assert isinstance(bad, BadRow)
    assert (bad.line, "brief_description" in bad.reason) == (1, True)


@pytest.mark.parametrize(
    ("name", "version"),
    [("tariff_database_2025_06062025.csv", "2025-06-06"), ("x-2026-01-15.csv", "2026-01-15"), ("13452025.csv", None)],
)
def test_the_release_stands_in_the_name_of_the_file(tmp_path: Path, name: str, version: str | None) -> None:
    (tmp_path / name).write_text(_csv({}).getvalue())
    with text_of(tmp_path / name) as text:
        rows = list(usitc.read(text))
    assert [each.version for each in rows if hasattr(each, "version")] == ([version] if version else [])
    assert version or isinstance(rows[0], BadRow)


RATES = """
query ($product: String!, $at: Date, $known: Date) {
  tariffMeasures(filter: { importer: "US", product: $product, authority: "MFN" }, at: $at, asKnownOn: $known) {
    nodes { duty { text } certainty evidence { source { version } } }
  }
}
"""


def parties() -> Iterator[Record]:
    yield from (each for each in curated.load([curated.SHIPPED / "parties.yaml"]))


def _general(graph: Graph, product: str, at: str, known: str | None = None) -> list[tuple[str, str]]:
    nodes = graph.ask(RATES, product=product, at=at, known=known)["tariffMeasures"]["nodes"]
    return [(each["duty"]["text"], each["certainty"]) for each in nodes]


def _load(graph: Graph, *rows: dict[str, str], day: date = DAY) -> None:
    graph.load(each for each in _read(*rows, day=day) if not isinstance(each, BadRow))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_releases_are_settled_row_by_row(scratch: Graph, order: tuple[int, int]) -> None:
    """Of three rows one stays, one changes, one vanishes; whichever release is loaded first."""
    first = [{}, {"hts8": "01022941", "mfn_text_rate": "2%"}, {"hts8": "01022942", "mfn_text_rate": "3%"}]
    second = [{}, {"hts8": "01022941", "mfn_text_rate": "1%", "begin_effect_date": "1/1/26"}]
    scratch.load(parties())
    for index in order:
        _load(scratch, *(first, second)[index], day=(DAY, LATER)[index])
    assert _general(scratch, "01022940", "2026-02-01") == [("1 cents/kg", "CERTAIN")]
    assert _general(scratch, "01022941", "2025-12-31") == [("2%", "CERTAIN")]
    assert _general(scratch, "01022941", "2026-02-01") == [("1%", "CERTAIN")]
    assert _general(scratch, "01022941", "2026-02-01", "2026-01-14") == [("2%", "CERTAIN")]
    assert _general(scratch, "01022942", "2025-06-06") == [("3%", "CERTAIN")]
    assert _general(scratch, "01022942", "2025-10-01") == [("3%", "POSSIBLE")]
    assert _general(scratch, "01022942", "2026-02-01") == []


@pytest.mark.shared
def test_the_whole_file_is_accounted_for() -> None:
    """12,907 rows: each a product; 1,061 of chapter 99 without measures, 279 more (chapter 98) without a general rate."""
    counts: Counter[object] = Counter()
    with text_of(DATABASE) as text:
        for each in usitc.read(text):
            assert isinstance(each, BadRow) or not faults(each), each
            counts[type(each).__name__] += 1
            if isinstance(each, TariffMeasure):
                counts[each.authority, each.duty.readable] += 1
                counts["lapsed"] += each.modality is Modality.POSSIBLE
    assert counts["BadRow"] == 0
    assert (counts["Product"], counts["TariffMeasure"], counts["Attribute"]) == (12907, 140662, 3386)
    assert (counts["MFN", True], counts["MFN", False]) == (11493, 75)
    assert (counts["COLUMN2", True], counts["COLUMN2", False]) == (11477, 79)
    assert (counts["PREFERENCE", True], counts["PREFERENCE", False], counts["lapsed"]) == (116752, 786, 1037)


@pytest.mark.shared
def test_memory_does_not_grow_with_the_file() -> None:
    tracemalloc.start()
    with text_of(DATABASE) as text:
        peaks = []
        for number, _ in enumerate(usitc.read(text)):
            if number in (2_000, 40_000):
                peaks.append(tracemalloc.get_traced_memory()[1])
                if len(peaks) == 2:
                    break
    tracemalloc.stop()
    assert peaks[1] < peaks[0] + 1_000_000


CODES = frozenset(
    {"02071100", "04069012", "20091100", "22042150", "61091000", "84795000", "87032301", "87042101", "91011940"}
)
"""Lines of many kinds of duty, some of which are curated as well."""


@pytest.fixture(scope="module")
def lines() -> list[Record]:
    with text_of(DATABASE) as text:
        rows = csv.DictReader(text)
        head = list(rows.fieldnames or ())
        picked = [row for row in rows if row["hts8"] in CODES or row["hts8"] == "99030163"]
    cut = io.StringIO()
    writer = csv.DictWriter(cut, head)
    writer.writeheader()
    writer.writerows(picked)
    cut.seek(0)
    return [each for each in usitc.read(cut, DAY) if not isinstance(each, BadRow)]


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
    scratch.load(curated.load([curated.SHIPPED]))
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
    scratch.load(curated.load([curated.SHIPPED]))
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
    scratch.load(curated.load([curated.SHIPPED]))
    scratch.load(lines)
    assert tariff(scratch, "CU", "61091000")["adValorem"] == "90"


@pytest.mark.shared
def test_loaded_twice_is_the_same_graph(schedule: Graph, lines: list[Record]) -> None:
    before = schedule.picture(with_time=True), checksum_of(schedule)
    assert schedule.load(lines).changed == 0
    assert (schedule.picture(with_time=True), checksum_of(schedule)) == before


@pytest.mark.shared
def test_the_extract_of_chapter_99_is_read_too() -> None:
    [extract] = (SHARED / "data" / "usitc_tariff_database").glob("Chapter 99*")
    with text_of(extract) as text:
        rows = list(usitc.read(text, date(2025, 6, 9)))
    assert Counter(type(each).__name__ for each in rows)["Product"] == 101
    assert not [each for each in rows if isinstance(each, (BadRow, TariffMeasure))]
