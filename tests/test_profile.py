"""Statistics over the lines of a schedule."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.assessment import assess
from schema.duty_grammar import read_duty
from schema.profile import Codes, NoRowError, Row, Schedule, lines, profile
from schema.stacking_inputs import Address, Inputs, Measure
from schema.tariffs import StackingEffect
from tests.conftest import Graph
from tests.made_up import DAY, KNOWN, a_measure, a_period, a_rule

PROFILE = """
query ($origin: String!, $product: String, $level: Int, $at: Date, $known: Date, $least: Decimal) {
  tariffProfile(importer: "US", origin: $origin, product: $product, level: $level, at: $at, asKnownOn: $known, minAdValorem: $least) {
    product { code } lines minimum mean maximum notAdValorem unreadable
  }
}
"""
DEFAULT = '{ tariffProfile(importer: "US", origin: "JP", at: "2025-07-10") { product { code } lines } }'
LINES = """{ tariffMeasures(filter: { importer: "US", authority: "MFN" }, first: 1000) { nodes { productCodes } } }"""


def _rows(graph: Graph, **variables: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = graph.ask(PROFILE, **variables)["tariffProfile"]
    return rows


def test_cars_from_japan(shipped: Graph) -> None:
    """Passenger cars at 2.5 % and light trucks at 25 % of base duty, 25 % of section 232 on each, and parts."""
    rows = _rows(shipped, origin="JP", product="87", level=4, at="2025-07-10")
    assert {row["product"]["code"]: (row["lines"], row["minimum"], row["mean"], row["maximum"]) for row in rows} == {
        "8703": (3, "27.5", "27.5", "27.5"),
        "8704": (2, "50", "50", "50"),
        "8708": (2, "27.5", "27.5", "27.5"),
        "8712": (1, "21", "21", "21"),
    }


def test_every_line_of_the_schedule_is_in_one_row(shipped: Graph) -> None:
    codes = {code for node in shipped.ask(LINES)["tariffMeasures"]["nodes"] for code in node["productCodes"]}
    for level in (2, 4, 6):
        rows = _rows(shipped, origin="JP", level=level, at="2025-07-10")
        assert sum(row["lines"] for row in rows) == len(codes)
    by_default = shipped.ask(DEFAULT)["tariffProfile"]
    assert {len(row["product"]["code"]) for row in by_default} == {2}


@pytest.mark.parametrize("origin", ["JP", "FR", "CN"])
def test_a_row_of_one_line_is_the_answer_on_that_line(shipped: Graph, origin: str) -> None:
    for chapter in ("22", "61", "72", "76", "84", "87"):
        for row in _rows(shipped, origin=origin, product=chapter, level=8, at="2025-09-20"):
            code = row["product"]["code"]
            answer = shipped.ask(
                "query ($o: String!, $p: String!) "
                '{ tariff(importer: "US", origin: $o, product: $p, at: "2025-09-20") { adValorem } }',
                o=origin,
                p=code,
            )["tariff"]
            assert row["lines"] == 1
            assert row["minimum"] == row["maximum"] == answer["adValorem"], code


def test_lines_without_a_percentage_are_counted_apart(shipped: Graph) -> None:
    [row] = _rows(shipped, origin="KE", product="2204", at="2025-06-01")
    assert (row["product"]["code"], row["lines"], row["notAdValorem"], row["unreadable"]) == ("2204", 2, 2, 0)
    [row] = _rows(shipped, origin="RU", product="8479", at="2025-06-01")
    assert (row["lines"], row["maximum"], row["notAdValorem"], row["unreadable"]) == (1, None, 0, 1)


def test_headings_that_face_more_than_a_rate(shipped: Graph) -> None:
    rows = _rows(shipped, origin="JP", level=4, at="2025-07-10", least="40")
    assert rows
    assert all(Decimal(row["maximum"]) >= 40 for row in rows)
    assert "8704" in {row["product"]["code"] for row in rows}
    assert "8703" not in {row["product"]["code"] for row in rows}


def test_what_was_known_counts(shipped: Graph) -> None:
    then, now = (
        _rows(shipped, origin="JP", product="7208", level=4, at="2025-07-01", known=known)[0]["maximum"]
        for known in ("2025-06-02", "2025-06-03")
    )
    assert (then, now) == ("25", "50")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("level: 8", "level 8 needs a product"),
        ("level: 3", "ask for 2, 4, 6, 8 digits"),
        ('product: "car"', "is no code"),
        ('product: "99"', "no loaded nomenclature has the code"),
    ],
)
def test_what_cannot_be_asked(shipped: Graph, arguments: str, message: str) -> None:
    document = f'{{ tariffProfile(importer: "US", origin: "JP", {arguments}) {{ lines }} }}'
    [error] = shipped.respond(document)["errors"]
    assert error["extensions"]["code"] == "BAD_QUESTION"
    assert message in error["message"]


def _schedule(scopes: dict[str, tuple[Codes, Measure]], *rules: tuple[str, Any]) -> Schedule:
    held: dict[str, tuple[Any, ...]] = dict.fromkeys(scopes, ())
    for name, rule in rules:
        held[name] = (*held[name], rule)
    return Schedule(
        {name: codes for name, (codes, _) in scopes.items()},
        {name: (measure,) for name, (_, measure) in scopes.items()},
        held,
        Inputs(),
    )


def _codes(*include: str, exclude: tuple[str, ...] = ()) -> Codes:
    return Codes(frozenset(include), frozenset(exclude))


def test_lines_are_the_longest_codes() -> None:
    heading = a_measure("h", "9%", "MFN")
    schedule = _schedule(
        {"a": (_codes("0101", "0102"), heading), "b": (_codes("01012100"), a_measure("l", "2%", "MFN"))}
    )
    assert lines(DAY, schedule, "01") == ["01012100", "0102"]
    [row] = profile(DAY, schedule, "01", ["01"], 2)
    assert row == Row("01", 2, Decimal(2), Decimal("5.5"), Decimal(9), 0, 0)


def test_excluded_codes_are_left_out_and_means_are_rounded() -> None:
    schedule = _schedule(
        {
            "a": (_codes("0101", "0102", "0103"), a_measure("l", "1%", "MFN")),
            "b": (_codes(exclude=("0102", "0103")), a_measure("m", "1%")),
        }
    )
    [row] = profile(DAY, schedule, "01", ["01"], 2)
    assert (row.minimum, row.mean, row.maximum) == (Decimal(1), Decimal("1.3333"), Decimal(2))


def test_unreadable_duties_are_counted() -> None:
    duties = {"0101": "Free", "0102": "see note 3", "0103": "8 cents/kg"}
    assert not read_duty("see note 3").readable
    schedule = _schedule({code: (_codes(code), a_measure(code, text, "MFN")) for code, text in duties.items()})
    assert profile(DAY, schedule, "", ["01"], 2) == [Row("01", 3, Decimal(0), Decimal(0), Decimal(0), 1, 1)]


def test_lines_without_a_row_are_named() -> None:
    duties = {code: (_codes(code), a_measure(code, "1%", "MFN")) for code in ("01010000", "02010000", "02020000")}
    with pytest.raises(NoRowError, match="2 lines have no product of 4 digits or less above them, in chapters 02"):
        profile(DAY, _schedule(duties), "", ["01"], 4)


LINE = st.integers(0, 99).map(lambda number: f"01{number:02}0000")
PREFIX = st.sampled_from(["", "01", "0101", "0102", "010200"])


@given(
    st.dictionaries(LINE, st.integers(0, 3), min_size=1, max_size=8),
    st.lists(PREFIX, max_size=3),
    st.booleans(),
    st.integers(0, 9),
)
def test_each_line_is_assessed_as_the_point_answer(
    base: dict[str, int], more: list[str], floor: bool, suspended: int
) -> None:
    """All lines at once, so that those alike share their settlement, one of them perhaps with its duty suspended."""
    scopes = {
        f"b{code}": (_codes(code), a_measure(f"b{code}", f"{rate}%", "MFN", instrument=None))
        for code, rate in base.items()
    }
    halted = tuple(Address(f"s{code}", f"about-b{code}", a_period()) for code in list(base)[suspended : suspended + 1])
    added = [(f"x{i}", _codes(*filter(None, [prefix])), a_measure(f"x{i}", "5%", "X")) for i, prefix in enumerate(more)]
    scopes |= {name: (codes, measure) for name, codes, measure in added}
    rule = a_rule("r", StackingEffect.FLOOR_TO, "X", "MFN")
    zero = a_measure("y", "0%", "Y")
    schedule = _schedule({**scopes, "all": (_codes(), zero)}, *([("all", rule)] if floor else []))
    schedule = replace(schedule, rest=Inputs(suspensions=halted))
    rows = {row.code: row for row in profile(DAY, schedule, "", list(base), 8)}
    for code in base:
        measures = [scopes[f"b{code}"][1], *(each for _, codes, each in added if _means(codes, code)), zero]
        inputs = Inputs(tuple(measures), (rule,) if floor else (), suspensions=halted)
        assert rows[code].mean == assess(DAY, KNOWN, inputs).ad_valorem


def _means(codes: Codes, code: str) -> bool:
    return not codes.include or any(code.startswith(each) for each in codes.include)
