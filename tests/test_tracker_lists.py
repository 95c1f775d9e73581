"""The loaders of the Budget Lab's lists: on rows by hand, on the real files, and what the API answers from them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from loaders import curated, fentanyl_carveouts, ieepa_exempt, s122_exempt, s301_lists, us_curated
from loaders.bad_row import BadRow
from loaders.confirmed import holds
from loaders.s232_scope import scopes
from loaders.streams import text_of
from loaders.table import LOADERS
from schema.base import Evidence, Modality
from schema.dates import parse_partial
from schema.duty_grammar import read_duty
from schema.ontology import Record
from schema.tariffs import OriginScope, ProductScope, StackingRule, Suspension, TariffMeasure
from schema.validity import faults
from tests.conftest import SHARED, Graph

FOLDER = SHARED / "data" / "budgetlab_tariff_tracker"
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


def test_prefixes_of_any_length_stand_and_longer_ones_of_another_annex_are_not_meant() -> None:
    head = "hts_prefix,annex,metal_type,source,effective_date\n"
    text = head + "9799,1b,steel,p,2026-04-06\n9799001000,1a,steel,p,2026-04-06\n979955,2,aluminum,p,2026-04-06\n"
    stated = {each.programme: each.products for each in _of(TariffMeasure, _rows("s232_annexes", text))}
    assert stated["steel/annex-1b"] == ProductScope(include=("9799",), exclude=("9799001000", "979955"))
    assert stated["steel/annex-1a"] == ProductScope(include=("9799001000",))


def test_a_code_within_a_longer_one_of_another_annex_has_a_scope_of_its_own() -> None:
    assert list(scopes(["85", "85023100"], {"850231", "87"})) == [
        ProductScope(include=("85",), exclude=("850231",)),
        ProductScope(include=("85023100",)),
    ]


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


# Answers


TARIFF = """
query ($origin: String!, $product: String!, $at: Date!, $known: Date, $goods: Goods) {
  tariff(importer: "US", origin: $origin, product: $product, at: $at, asKnownOn: $known, goods: $goods) {
    adValorem
    components { duty { text } measure { authority programme instrument { id } } }
    excluded { measure { programme } reason }
    pending { conditions { id } adValoremThen }
    disagreements { id }
  }
}
"""


def _tariff(graph: Graph, origin: str, product: str, at: str, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = graph.ask(TARIFF, origin=origin, product=product, at=at, **more)["tariff"]
    return found


def _schedule() -> Iterator[Record]:
    """The base duties that ship, and no act."""
    files = [curated.SHIPPED / name for name in ("parties.yaml", "memberships.yaml", "schedule.yaml", "sources.yaml")]
    yield from curated.load(files)


def _good(name: str, text: str) -> list[Any]:
    return [row for row in _rows(name, text) if not isinstance(row, BadRow)]


LINES = CHINA + f"{ROBOTS},1,9903.88.01\n{SHIRTS},4A,9903.88.15\n09012100,4B,9903.88.16\n39269099,3,9903.88.03\n"


@pytest.fixture
def china(scratch: Graph) -> Graph:
    scratch.load(_schedule())
    scratch.load(_good("s301_lists", LINES))
    return scratch


def test_answers_for_lines_of_china(china: Graph) -> None:
    """Rates and days of the notices: list 1 from 2018-07-06, 4A at 15 then 7.5 %, list 3 at 10 then 25 %."""
    cases = [
        ("CN", ROBOTS, "2018-07-05", None, []),
        ("CN", ROBOTS, "2018-07-06", None, ["25%"]),
        ("CN", ROBOTS, "2025-02-01", None, ["25%"]),
        ("HK", ROBOTS, "2025-02-01", None, []),
        ("JP", ROBOTS, "2025-02-01", None, []),
        ("CN", SHIRTS, "2019-08-31", None, []),
        ("CN", SHIRTS, "2020-02-13", None, ["15%"]),
        ("CN", SHIRTS, "2020-02-14", None, ["7.5%"]),
        ("CN", SHIRTS, "2020-02-14", "2020-01-15", ["15%"]),
        ("CN", "39269099", "2018-10-01", None, ["10%"]),
        ("CN", "39269099", "2019-05-10", None, ["25%"]),
        ("CN", "39269099", "2019-05-10", "2019-05-08", ["10%"]),
    ]
    for origin, product, at, known, duties in cases:
        answer = _tariff(china, origin, product, at, known=known)
        found = [each["duty"]["text"] for each in answer["components"] if each["measure"]["authority"] == "S301"]
        assert found == duties, (origin, product, at, known)
        assert answer["disagreements"] == []
    assert _tariff(china, "CN", ROBOTS, "2025-02-01")["adValorem"] == "27.5"
    assert _tariff(china, "CN", SHIRTS, "2025-02-01")["adValorem"] == "24"


def test_list_4b_was_never_collected(china: Graph) -> None:
    answer = _tariff(china, "CN", "09012100", "2025-02-01")
    assert [(each["measure"]["programme"], each["reason"]) for each in answer["excluded"]] == [
        ("china/list-4b", "suspended")
    ]


def test_the_surcharge_spares_what_the_list_frees(scratch: Graph) -> None:
    scratch.load(_schedule())
    scratch.load(_good("s122_exempt", "hts8\n09012100\n84798910\n"))
    source = Evidence(source=s122_exempt.SOURCE.id)
    surcharge = _general(
        origins=OriginScope(), authority="S122", programme=None, duty=read_duty("10%"), evidence=(source,),
        valid_from=parse_partial("2026-02-24"), valid_to=parse_partial("2026-07-24"), instrument=None,
    )  # fmt: skip
    scratch.load([surcharge])
    charged = {
        line: [each["duty"]["text"] for each in _tariff(scratch, "DE", line, "2026-03-01")["components"]]
        for line in ("09012100", SHIRTS)
    }
    assert charged == {"09012100": ["Free"], SHIRTS: ["16.50%", "10%"]}
    about = {"attributes": [{"name": "end_use", "value": "civil_aircraft"}]}
    assert [each["duty"]["text"] for each in _tariff(scratch, "DE", "84798910", "2026-03-01")["components"]] == ["10%"]
    assert _tariff(scratch, "DE", "84798910", "2026-03-01", goods=about)["components"] == []


def test_oil_of_canada_pays_the_lower_duty(scratch: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = (Evidence(source=fentanyl_carveouts.SOURCE.id),)
    general = _general(evidence=evidence)
    monkeypatch.setattr(us_curated, "measures", lambda: (general,))
    scratch.load(_schedule())
    scratch.load([*_good("fentanyl_carveouts", CARVED), general])
    for at, duties in (("2025-03-03", []), ("2025-03-04", ["10%"]), ("2026-02-20", ["25%"])):
        answer = _tariff(scratch, "CA", OIL, at)
        found = [each["duty"]["text"] for each in answer["components"] if each["measure"]["authority"] == "IEEPA"]
        assert found == duties, at  # the made-up general duty has no end


def _union(rows: Iterable[Record | BadRow]) -> Iterator[TariffMeasure | StackingRule]:
    for row in rows:
        if isinstance(row, (TariffMeasure, StackingRule)):
            yield row


@pytest.mark.shared
@pytest.mark.parametrize("name", LISTS)
def test_every_row_of_a_list_is_accounted_for(name: str) -> None:
    """Each code is in a scope that the loader yields, or its row is set aside with a reason."""
    file, column = LISTS[name]
    with text_of(FOLDER / file) as text:
        rows = list(LOADERS[name].read(text))
    assert not [fault for row in rows if not isinstance(row, BadRow) for fault in faults(row)]
    aside = {row.line for row in _of(BadRow, rows)}
    facts = list(_union(rows))
    lines = (FOLDER / file).read_text().splitlines()
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
    with text_of(FOLDER / "s301_product_lists.csv") as text:
        rows = list(s301_lists.read(text))
    sizes = {each.programme: len(each.products.include) for each in _of(TariffMeasure, rows)}
    assert (sizes["china/list-1"], sizes["china/list-2"]) == (856, 283)
    assert (sizes["china/list-3"], sizes["china/list-4b"]) == (5941, 592)
    assert (sizes["china/review/9903-91-01"], len(_of(BadRow, rows)), len(_of(Suspension, rows))) == (348, 1191, 1)


@pytest.mark.shared
def test_the_surcharge_frees_the_lines_of_the_note() -> None:
    """US note 2(aa): 1,098 lines in (ii), 11 in (iii), 540 in (iv) without chapter 98."""
    with text_of(FOLDER / "s122_exempt_products.csv") as text:
        rules = _of(StackingRule, s122_exempt.read(text))
    assert sorted(len(each.products.include) for each in rules) == [11, 540, 1098]


@pytest.mark.shared
def test_all_lists_beside_the_curated_files_twice_are_the_same_graph(scratch: Graph) -> None:
    shipped = list(curated.load([curated.SHIPPED]))
    records: list[Record] = []
    for name, (file, _) in LISTS.items():
        with text_of(FOLDER / file) as text:
            records += [row for row in LOADERS[name].read(text) if not isinstance(row, BadRow)]
    scratch.load(shipped)
    scratch.load(records)
    before = scratch.picture()
    assert scratch.load(records).changed == 0
    robots = _tariff(scratch, "JP", ROBOTS, "2025-10-01")
    assert (robots["adValorem"], robots["disagreements"]) == ("15", [])
    assert [
        each
        for each in _tariff(scratch, "CN", ROBOTS, "2018-10-01")["components"]
        if each["measure"]["authority"] == "S301"
    ]
    scratch.clear()
    scratch.load(reversed(records))
    scratch.load(shipped)
    assert scratch.picture() == before
