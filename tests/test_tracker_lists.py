"""The loaders of the Budget Lab's lists: on rows by hand and on the real files."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from loaders import ieepa_exempt, s122_exempt, s301_lists, us_curated
from loaders.bad_row import BadRow
from loaders.confirmed import holds
from loaders.streams import text_of
from loaders.table import LOADERS
from schema.base import Evidence, Modality
from schema.dates import parse_partial
from schema.duty_grammar import read_duty
from schema.identity import fact_id
from schema.ontology import Record
from schema.tariffs import OriginScope, ProductScope, StackingRule, Suspension, TariffMeasure
from schema.validity import faults
from tests.shared_files import TRACKER

LISTS = {
    "country_exempt": ("country_eo_exempt_products.csv", "hts10"),
    "fentanyl_carveouts": ("fentanyl_carveout_products.csv", "hts8"),
    "floor_exempt": ("floor_exempt_products.csv", "hts8"),
    "ieepa_exempt": ("ieepa_exempt_products.csv", "hts10"),
    "s122_exempt": ("s122_exempt_products.csv", "hts8"),
    "s232_annexes": ("s232_annex_products.csv", "hts_prefix"),
    "s232_derivatives": ("s232_derivative_products.csv", "hts_prefix"),
    "s301_lists": ("s301_product_lists.csv", "hts8"),
}
ROBOTS, SHIRTS, OIL = "84795000", "61091000", "27090020"
"""Lines of the shipped schedule at 2.5 %, 16.5 % and 10.5 cents a barrel."""
CHINA = "hts8,list,ch99_code\n"


def _rows(name: str, text: str) -> list[Record | BadRow]:
    rows = list(LOADERS[name].read(io.StringIO(text)))
    assert not [fault for row in rows if not isinstance(row, BadRow) for fault in faults(row)]
    return rows


def _of(kind: type[Any], rows: Iterable[Any]) -> list[Any]:
    return [row for row in rows if isinstance(row, kind)]


def _bad(name: str, text: str) -> list[tuple[int, str | None, str | None]]:
    return [(row.line, row.column, row.value) for row in _of(BadRow, _rows(name, text))]


def test_each_rate_of_a_list_is_known_from_its_notice() -> None:
    measures = _of(TariffMeasure, _rows("s301_lists", CHINA + f"{SHIRTS},4A,9903.88.15\n"))
    stated = [
        (each.duty.text, str(each.valid_from), str(each.valid_to), each.evidence[0].published) for each in measures
    ]
    assert [(duty, start, end, str(public)) for duty, start, end, public in stated] == [
        ("15%", "2019-09-01", "None", "2019-08-30"),
        ("15%", "2019-09-01", "2020-02-14", "2020-01-22"),
        ("7.5%", "2020-02-14", "None", "2020-01-22"),
    ]
    assert {each.products.include for each in measures} == {(SHIRTS,)}


def test_a_line_pays_the_first_list_that_holds_it() -> None:
    text = CHINA + f"{ROBOTS},4B,9903.88.16\n{ROBOTS},1,9903.88.01\n"
    assert _bad("s301_lists", text) == [(2, "ch99_code", "9903.88.16")]
    assert {each.programme for each in _of(TariffMeasure, _rows("s301_lists", text))} == {"china/list-1"}


def test_what_a_heading_describes_pays_in_place_of_the_list() -> None:
    text = CHINA + "63079098,4A,9903.88.15\n63079098,biden_jan26,9903.91.07\n"
    rows = _rows("s301_lists", text)
    described = [each for each in _of(TariffMeasure, rows) if each.tests]
    assert [(each.duty.text, each.tests) for each in described] == [("50%", ("described_in=9903.91.07",))]
    assert [each.object for each in _of(StackingRule, rows)] == ["S301:china/review/9903-91-07"]


def test_before_the_review_nothing_is_asserted_but_what_a_note_shows() -> None:
    text = CHINA + "85076000,biden_jan26,9903.91.06\n85051100,biden_jan26,9903.91.06\n"
    measures = _of(TariffMeasure, _rows("s301_lists", text))
    before = [each for each in measures if each.programme.endswith("/before")]
    assert [(each.products.include, each.modality, each.duty.readable) for each in before] == [
        (("85051100",), Modality.POSSIBLE, False)
    ]
    assert ("7.5%", "2026-01-01") in [(each.duty.text, str(each.valid_to)) for each in measures]


@pytest.mark.parametrize(
    ("name", "text", "bad"),
    [
        ("s301_lists", CHINA + "6109.10.00,4A,9903.88.15\n", (2, "hts8", "6109.10.00")),
        ("s301_lists", CHINA + f"{SHIRTS},5,9903.88.99\n", (2, "ch99_code", "9903.88.99")),
        ("s301_lists", CHINA + "98020040,1,9903.88.01\n", (2, "hts8", "98020040")),
        ("s301_lists", CHINA + f"{SHIRTS}\n", (2, None, None)),
        ("s301_lists", "code\n", (1, None, "code")),
        ("floor_exempt", "hts8,category,country_group,ch99_code\n73021000,x,japan,9903.96.02\n", (2, "ch99_code", "9903.96.02")),
        ("s122_exempt", "hts8\n90314970\n", (2, "hts8", "90314970")),
        ("ieepa_exempt", f"hts10\n{ROBOTS}00\n", (2, "hts10", f"{ROBOTS}00")),
        ("ieepa_exempt", "hts8\n", (1, None, "hts8")),
        (
            "country_exempt",
            "# a comment\nch99_code,hts10,effective_date_start,effective_date_end,source,note\n9903.01.77,0801.21.00,2025-08-07,,,\n",
            (3, "effective_date_start", "2025-08-07"),
        ),
        (
            "s232_annexes",
            "hts_prefix,annex,metal_type,source,effective_date\n9999,4,steel,p,2026-04-06\n",
            (2, "annex", "4"),
        ),
        (
            "s232_derivatives",
            "hts_prefix,ch99_code,derivative_type,effective_date\n04029968,9903.85.08,steel,\n",
            (2, "derivative_type", "steel"),
        ),
    ],
)  # fmt: skip
def test_rows_that_are_set_aside(name: str, text: str, bad: tuple[int, str | None, str | None]) -> None:
    assert _bad(name, text) == [bad]


def test_lines_of_the_surcharge_are_freed_whole_or_in_part() -> None:
    """84717010 holds articles of civil aircraft too, and is freed whole all the same."""
    rules = _of(
        StackingRule, _rows("s122_exempt", "hts8\n09012100\n84717010\n39172100\n88062100\n21069099\n8505110070\n")
    )
    assert {each.tests: each.products.include for each in rules} == {
        (): ("09012100", "84717010", "8505110070"),
        ("end_use=civil_aircraft",): ("39172100", "88062100"),
        ("described_in=9903.03.04",): ("21069099",),
    }


def test_lists_of_metals_confirm_what_they_hold_and_state_nothing() -> None:
    head = "hts_prefix,annex,metal_type,source,effective_date\n"
    rows = _rows(
        "s232_annexes", head + "7208,1a,steel,p,2026-04-06\n8471,1b,aluminum,p,2026-04-06\n2203,2,steel,p,2026-04-06\n"
    )
    found = _of(TariffMeasure, rows)
    assert {each.programme.partition("/")[0] for each in found} == {"steel"}
    assert all(holds(each, "72083900") for each in found)
    assert [(each.line, each.value) for each in _of(BadRow, rows)] == [(3, "8471"), (4, "2")]


def test_a_list_confirms_what_curated_files_state() -> None:
    rule = next(each for each in us_curated.rules() if each.key == "us/memorandum-2025-04-11/semiconductors")
    [confirmed] = _of(StackingRule, _rows("ieepa_exempt", "hts10\n8486100000\n"))
    assert replace(confirmed, evidence=rule.evidence) == rule
    assert [each.locator for each in confirmed.evidence] == ["1 of the 20 codes of the scope"]
    assert ieepa_exempt.SOURCE.id == confirmed.evidence[0].source


CARVED = "hts8,ch99_code,category\n27090020,9903.01.13,energy_ca\n31042000,9903.01.15,potash_ca\n"


def _general(**more: Any) -> TariffMeasure:
    given: dict[str, Any] = {
        "importer": "country/us",
        "origins": OriginScope(include=("country/ca",)),
        "authority": "IEEPA",
        "programme": "drugs/canada",
        "duty": read_duty("25%"),
        "product_scope": "all articles",
        "instrument": "instrument/us/eo-14193",
        "valid_from": parse_partial("2025-03-04"),
        "evidence": (Evidence(source="source/test"),),
    }
    return TariffMeasure(**(given | more))


def test_a_lower_duty_stands_below_the_general_one_and_replaces_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(us_curated, "measures", lambda: (_general(),))
    rows = _rows("fentanyl_carveouts", CARVED)
    assert {each.programme for each in _of(TariffMeasure, rows)} == {"drugs/canada/energy", "drugs/canada/potash"}
    assert {each.subject for each in _of(StackingRule, rows)} == {"IEEPA:drugs/canada"}


def test_a_lower_duty_that_curated_files_state_is_not_stated_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    own = _general(
        key="own",
        duty=read_duty("10%"),
        products=ProductScope(include=("2711",)),
        product_scope="Energy",
        programme="drugs/energy",
    )
    monkeypatch.setattr(us_curated, "measures", lambda: (_general(), own))
    rows = _rows("fentanyl_carveouts", CARVED)
    assert [each.value for each in _of(BadRow, rows)] == ["27090020"]
    assert {each.programme for each in _of(TariffMeasure, rows)} == {"drugs/canada/potash"}


def _union(rows: Iterable[Record | BadRow]) -> Iterator[TariffMeasure | StackingRule]:
    for row in rows:
        if isinstance(row, (TariffMeasure, StackingRule)):
            yield row


@pytest.mark.shared
@pytest.mark.parametrize("name", LISTS)
def test_every_row_of_a_list_is_accounted_for(name: str) -> None:
    """Each code is in a scope that the loader yields, or its row is set aside with a reason."""
    file, column = LISTS[name]
    with text_of(TRACKER / file) as text:
        rows = list(LOADERS[name].read(text))
    assert not [fault for row in rows if not isinstance(row, BadRow) for fault in faults(row)]
    aside = {row.line for row in _of(BadRow, rows)}
    facts = list(_union(rows))
    lines = (TRACKER / file).read_text().splitlines()
    head = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    place = lines[head].replace('"', "").split(",").index(column)
    seen: dict[str, bool] = {}
    for number, line in enumerate(lines[head + 1 :], head + 2):
        code = line.split(",")[place].replace(".", "").strip('"')
        if code not in seen:
            seen[code] = any(holds(each, code) for each in facts)
        assert number in aside or seen[code], line


@pytest.mark.shared
def test_the_lists_of_section_301_are_those_of_the_notes() -> None:
    """856 lines of note 20(b) and 283 of 20(d); the file adds chapter 98, and to list 3 lines that its note does not hold."""
    with text_of(TRACKER / "s301_product_lists.csv") as text:
        rows = list(s301_lists.read(text))
    sizes = {each.programme: len(each.products.include) for each in _of(TariffMeasure, rows)}
    assert (sizes["china/list-1"], sizes["china/list-2"]) == (856, 283)
    assert (sizes["china/list-3"], sizes["china/list-4b"]) == (5941, 592)
    assert (sizes["china/review/9903-91-01"], len(_of(BadRow, rows)), len(_of(Suspension, rows))) == (348, 1191, 1)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["s232_annexes", "s232_derivatives", "fentanyl_carveouts"])
def test_no_duty_is_stated_beside_the_one_of_curated_files(name: str) -> None:
    """The lists shorten codes: 8471 for four lines of the note, 3004.90.92 for 3004.90.9244; potash has an order of its own."""
    with text_of(TRACKER / LISTS[name][0]) as text:
        found = _of(TariffMeasure, LOADERS[name].read(text))
    assert {fact_id(each) for each in found} <= {fact_id(each) for each in us_curated.measures()}


@pytest.mark.shared
def test_the_surcharge_frees_the_lines_of_the_note() -> None:
    """US note 2(aa): 1,098 lines in (ii), 11 in (iii), 540 in (iv) without chapter 98."""
    with text_of(TRACKER / "s122_exempt_products.csv") as text:
        rules = _of(StackingRule, s122_exempt.read(text))
    assert sorted(len(each.products.include) for each in rules) == [11, 540, 1098]
