"""The Harmonized Tariff Schedule as JSON: a tree told by indents, lines that inherit, and arrays that break."""

from __future__ import annotations

import io
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import hts_json
from loaders.bad_row import BadRow
from loaders.json_array import BrokenArrayError, records
from loaders.streams import text_of
from schema.base import Attribute
from schema.ontology import Record
from schema.tariffs import Product, TariffMeasure
from schema.validity import faults
from tests.conftest import Graph
from tests.test_duty_texts import EXPORT
from tests.test_usitc_answers import checksum_of, parties, tariff

DAY = date(2026, 2, 25)
RECORD: dict[str, Any] = {
    "htsno": "", "indent": "0", "description": "Asses", "superior": None, "units": [], "general": "", "special": "", "other": "",
    "footnotes": None, "quotaQuantity": None, "additionalDuties": None, "addiitionalDuties": None,
}  # fmt: skip


def _text(*records_: Any) -> io.StringIO:
    return io.StringIO("[\n" + ",\n".join(json.dumps(each) for each in records_) + "\n]")


def _record(htsno: str, indent: int, description: str, **more: Any) -> dict[str, Any]:
    return {**RECORD, "htsno": htsno, "indent": str(indent), "description": description, **more}


def _read(*records_: Any) -> list[Record | BadRow]:
    return list(hts_json.read(_text(*records_), DAY))


def test_the_tree_is_told_by_indents() -> None:
    rows = _read(
        _record("0101", 0, "Live horses:"),
        _record("", 1, "Horses:", superior="true"),
        _record("0101.21.00", 2, "Purebred", general="Free", other="Free"),
        _record("0101.21.00.10", 3, "Males"),
        _record("0101.30.00.00", 1, "Asses", general="6.8%", special="Free (A+, KR)", other="15%"),
    )
    products = {each.code: (each.name, each.parent) for each in rows if isinstance(each, Product)}
    assert products == {
        "0101": ("Live horses", None),
        "01012100": ("Horses: Purebred", "product/hts2026/0101"),
        "0101210010": ("Males", "product/hts2026/01012100"),
        "0101300000": ("Asses", "product/hts2026/0101"),
    }


def test_a_line_of_10_digits_states_its_rate_for_8_or_inherits() -> None:
    rows = _read(
        _record("0101.21.00", 2, "Purebred", general="Free"),
        _record("0101.21.00.10", 3, "Males"),
        _record("0101.30.00.00", 1, "Asses", general="6.8%"),
        _record("0101.90.40.10", 1, "Others", general="1%"),
    )
    measures = [each for each in rows if isinstance(each, TariffMeasure)]
    assert [(each.products.include, each.duty.text) for each in measures] == [
        (("01012100",), "Free"),
        (("01013000",), "6.8%"),
        (("0101904010",), "1%"),
    ]
    assert {str(each.valid_from) for each in measures} == {"2026-02-25"}


@pytest.mark.parametrize(
    ("given", "stated"),
    [
        (None, {}),
        ([], {}),
        (
            [{"columns": ["general"], "value": "See 9903.88.15. ", "type": "endnote"}],
            {"footnote (general)": "See 9903.88.15."},
        ),
        (
            [{"columns": ["general"], "value": "One."}, {"columns": ["general"], "value": "Two. "}, {"value": " "}],
            {"footnote (general)": "One. Two."},
        ),
    ],
)
def test_footnotes(given: Any, stated: dict[str, str]) -> None:
    rows = _read(_record("0101.30.00.00", 1, "Asses", footnotes=given))
    assert {each.name: each.value for each in rows if isinstance(each, Attribute)} == stated


@pytest.mark.parametrize(
    ("record", "column"),
    [
        ("text", None),
        ({"htsno": "0101"}, "indent"),
        (_record("01.01", 0, "Horses"), "htsno"),
        (_record("0101", 0, " "), "description"),
        ({**_record("0101", 0, "Horses"), "indent": 0}, "indent"),
        ({**_record("0101", 0, "Horses"), "indent": "x"}, "indent"),
        ({**_record("0101", 0, "Horses"), "general": None}, "general"),
        (_record("0101.21.00", 0, "Horses", special="Free (XX)"), "special"),
    ],
)
def test_a_bad_record_is_named_and_the_others_are_read(record: Any, column: str | None) -> None:
    rows = _read(_record("0102", 0, "Cattle"), record, _record("0103", 0, "Swine"))
    assert [(each.line, each.column) for each in rows if isinstance(each, BadRow)] == [(3, column)]
    assert {"0102", "0103"} <= {each.code for each in rows if isinstance(each, Product)}


@pytest.mark.parametrize("text", ["", "{}", "[1, 2", '[{"htsno": "01', "[1 2]", "[1,]", "[nope]", "[" * 5000])
def test_a_broken_array_is_one_bad_row(text: str) -> None:
    bad = [each for each in hts_json.read(io.StringIO(text), DAY) if isinstance(each, BadRow)]
    assert len(bad) >= 1
    with pytest.raises(BrokenArrayError):
        list(records(io.StringIO(text)))


class _Slow(io.StringIO):
    """A stream that gives a few characters at a time."""

    def read(self, size: int | None = -1) -> str:
        return super().read(3)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(VALUES, max_size=5), st.sampled_from([None, 2]), st.sampled_from([io.StringIO, _Slow]))
def test_an_array_is_read_record_by_record(values: list[Any], indent: int | None, stream: type[IO[str]]) -> None:
    text = json.dumps(values, indent=indent)
    assert [value for _, value in records(stream(text))] == values  # type: ignore[call-arg]


def test_records_know_their_line() -> None:
    assert [line for line, _ in records(io.StringIO('[\n{"a": 1},\n\n{"b":\n2}, 3]'))] == [2, 4, 5]


def test_the_release_stands_in_the_name_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "hts-2026-02-25.json").write_text("[]")
    (tmp_path / "htsdata.json").write_text("[]")
    with text_of(tmp_path / "hts-2026-02-25.json") as text:
        assert "source/usitc/hts-export/2026-02-25" in {getattr(each, "id", "") for each in hts_json.read(text)}
    with text_of(tmp_path / "htsdata.json") as text:
        [bad] = hts_json.read(text)
    assert isinstance(bad, BadRow)


@pytest.fixture(scope="module")
def sample() -> list[Record]:
    with text_of(EXPORT) as text:
        rows = list(hts_json.read(text, DAY))
    assert not [each for each in rows if isinstance(each, BadRow)]
    return [each for each in rows if not isinstance(each, BadRow)]


@pytest.mark.shared
def test_the_whole_sample_is_accounted_for(sample: list[Record]) -> None:
    """34 records: 28 with a code, 6 headings that are steps of the way to these."""
    assert not [fault for each in sample for fault in faults(each)]
    counts = Counter(type(each).__name__ for each in sample)
    assert (counts["Product"], counts["TariffMeasure"], counts["Attribute"]) == (28, 88, 10)
    measures = [each for each in sample if isinstance(each, TariffMeasure)]
    assert Counter(each.authority for each in measures) == {"MFN": 10, "COLUMN2": 10, "PREFERENCE": 68}
    assert all(each.duty.readable for each in measures)
    steps = {each.name for each in sample if isinstance(each, Product) and ": " in each.name}
    assert "Cattle: Purebred breeding animals" in steps
    assert len(steps) == 12


@pytest.mark.shared
def test_answers_from_the_sample(scratch: Graph, sample: list[Record]) -> None:
    """By hand from the file, at 8 digits and below; loaded twice it is the same graph."""
    scratch.load(parties())
    scratch.load(sample)
    before = checksum_of(scratch)
    assert scratch.load(sample).changed == 0
    assert checksum_of(scratch) == before
    korus = {"agreement": "agreement/korus"}
    cases: list[tuple[str, str, dict[str, str], str]] = [
        ("JP", "0101.30.00.00", {}, "6.8%"),
        ("KR", "0101.30.00", korus, "Free"),
        ("JP", "0102.29.40.24", {}, "1 cents/kg"),
        ("KR", "0102.29.40.24", korus, "Free"),
        ("JP", "0101.21.00.10", {}, "Free"),
        ("MX", "0101.90.40", {"agreement": "agreement/usmca"}, "Free"),
        ("MX", "0101.90.40", {}, "4.5%"),
    ]
    for origin, product, goods, text in cases:
        assert tariff(scratch, origin, product, "2026-03-01", **goods)["duty"]["text"] == text, (origin, product)
    assert tariff(scratch, "JP", "0101.30.00", "2026-02-24")["coverage"] == "NONE"
