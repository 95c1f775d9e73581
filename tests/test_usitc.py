"""The annual tariff database of the USITC: what its rows become, what is set aside, and how its releases are settled."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from loaders import curated, usitc
from loaders.bad_row import BadRow
from loaders.streams import text_of
from schema.base import Attribute, Modality
from schema.ontology import Record
from schema.tariffs import Product, TariffMeasure
from schema.validity import faults
from tests.conftest import SHARED, Graph
from tests.shared_files import DATABASE

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
    *chapters, product = [each for each in _read({}) if isinstance(each, Product)]
    assert [(each.id, each.parent) for each in chapters] == [("product/hts2025/98", None), ("product/hts2025/99", None)]
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
    scratch.load(curated.load([curated.SHIPPED / "parties.yaml"]))
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
    """12,907 rows: each a product, and two chapters above them; 1,061 of chapter 99 without measures, 279 more (chapter 98) without a general rate."""
    counts: Counter[object] = Counter()
    with text_of(DATABASE) as text:
        for each in usitc.read(text):
            assert isinstance(each, BadRow) or not faults(each), each
            counts[type(each).__name__] += 1
            if isinstance(each, TariffMeasure):
                counts[each.authority, each.duty.readable] += 1
                counts["lapsed"] += each.modality is Modality.POSSIBLE
    assert counts["BadRow"] == 0
    assert (counts["Product"], counts["TariffMeasure"], counts["Attribute"]) == (12909, 140662, 3386)
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


@pytest.mark.shared
def test_the_extract_of_chapter_99_is_read_too() -> None:
    [extract] = (SHARED / "data" / "usitc_tariff_database").glob("Chapter 99*")
    with text_of(extract) as text:
        rows = list(usitc.read(text, date(2025, 6, 9)))
    assert Counter(type(each).__name__ for each in rows)["Product"] == 103  # two chapters among them
    assert not [each for each in rows if isinstance(each, (BadRow, TariffMeasure))]
