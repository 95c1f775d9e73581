"""Timelines: periods tile the span, agree with the point answers, and each step has its act."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema import timeline as module
from schema.assessment import assess
from schema.dates import parse_partial
from schema.goods import Goods
from schema.stacking_inputs import Address, Belonging, Inputs, Measure, Period, Rule, Scope
from schema.tariffs import StackingEffect
from schema.timeline import TooLongError, timeline
from tests.conftest import Graph
from tests.made_up import BASE, KNOWN, a_measure, a_rule

TIMELINE = """
query ($origin: String!, $product: String!, $from: Date, $to: Date, $known: Date, $goods: Goods) {
  tariffTimeline(importer: "US", origin: $origin, product: $product, from: $from, to: $to, asKnownOn: $known, goods: $goods) {
    from to
    answer { at adValorem components { measure { authority programme instrument { number } } } }
  }
}
"""
POINT = """
query ($product: String!, $at: Date!) {
  tariff(importer: "US", origin: "JP", product: $product, at: $at) { adValorem coverage gaps components { duty { text } } }
}
"""


def _steps(graph: Graph, **variables: Any) -> list[tuple[Any, ...]]:
    periods = graph.ask(TIMELINE, **variables)["tariffTimeline"]
    return [(each["from"], each["to"], each["answer"]["adValorem"]) for each in periods]


def _charged(steps: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Steps of the total alone: periods that differ only in what is left out are one."""
    merged: list[tuple[Any, ...]] = []
    for start, end, rate in steps:
        if merged and merged[-1][2] == rate:
            merged[-1] = (merged[-1][0], end, rate)
        else:
            merged.append((start, end, rate))
    return merged


def test_steel_from_japan_since_2022(shipped: Graph) -> None:
    """Before 2025-03-12 a tariff quota spared what was within it; what is not said to be in it pays the 25 %."""
    steps = _steps(shipped, origin="JP", product="7208.39.00", **{"from": "2022-01-01"})
    assert _charged(steps) == [
        ("2022-01-01", "2025-06-04", "25"),
        ("2025-06-04", None, "50"),
    ]


def test_steel_from_japan_within_the_tariff_quota(shipped: Graph) -> None:
    steps = _steps(shipped, origin="JP", product="7208.39.00", goods={"inQuota": True}, **{"from": "2022-01-01"})
    assert _charged(steps) == [
        ("2022-01-01", "2022-04-01", "25"),
        ("2022-04-01", "2025-03-12", "0"),
        ("2025-03-12", "2025-06-04", "25"),
        ("2025-06-04", None, "50"),
    ]


def test_each_step_names_its_acts(shipped: Graph) -> None:
    periods = shipped.ask(TIMELINE, origin="JP", product="7208.39.00", **{"from": "2025-03-12", "to": "2025-06-10"})
    acts = {
        each["from"]: [part["measure"]["instrument"]["number"] for part in each["answer"]["components"][1:]]
        for each in periods["tariffTimeline"]
    }
    assert (acts["2025-03-12"], acts["2025-06-04"]) == (["10896"], ["10947"])


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ("2025-04-03", [("2025-04-05", "2025-04-09", "12.5"), ("2025-04-09", None, "26.5")]),
        (
            None,
            [
                ("2025-04-05", "2025-04-09", "12.5"),
                ("2025-04-09", "2025-04-10", "26.5"),
                ("2025-04-10", "2025-08-07", "12.5"),
                ("2025-08-07", "2026-02-20", "15"),
                ("2026-02-20", "2026-02-24", "2.5"),
                ("2026-02-24", "2026-07-24", "12.5"),
                ("2026-07-24", None, "2.5"),
            ],
        ),
    ],
)
def test_other_goods_from_japan(shipped: Graph, known: str | None, expected: list[tuple[Any, ...]]) -> None:
    steps = _steps(shipped, origin="JP", product="8479.50.00", known=known, **{"from": "2025-04-05"})
    assert _charged(steps) == expected


def test_a_group_counts_while_the_origin_belongs_to_it(shipped: Graph) -> None:
    """The United Kingdom left the EU before the EU's floor began; Croatia belongs to it."""
    span = {"from": "2025-09-01", "to": "2025-09-02"}
    rates = {origin: _steps(shipped, origin=origin, product="8479.50.00", **span) for origin in ("GB", "HR")}
    assert rates == {
        "GB": [("2025-09-01", "2025-09-02", "12.5")],
        "HR": [("2025-09-01", "2025-09-02", "15")],
    }


def test_it_begins_with_the_first_measure(shipped: Graph) -> None:
    steps = _steps(shipped, origin="JP", product="8479.50.00")
    assert (steps[0][0], steps[-1][1]) == ("2020-07-01", None)


@pytest.mark.parametrize("day", ["2025-04-08", "2025-04-09", "2025-04-10", "2025-08-06", "2025-08-07", "2026-02-20"])
def test_periods_of_the_api_agree_with_its_point_answers(shipped: Graph, day: str) -> None:
    document = POINT.replace(
        "query ($product: String!, $at: Date!) {", "query ($product: String!, $at: Date!, $to: Date) {"
    )
    document = document.replace(
        "\n}\n",
        '\n  tariffTimeline(importer: "US", origin: "JP", product: $product, from: $at, to: $to)'
        " { answer { adValorem coverage gaps components { duty { text } } } }\n}\n",
    )
    after = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    found = shipped.ask(document, product="8479.50.00", at=day, to=after)
    assert [each["answer"] for each in found["tariffTimeline"]] == [found["tariff"]]


@pytest.mark.parametrize(("start", "end"), [("2025-01-02", "2025-01-01"), ("2025-01-01", "2025-01-01")])
def test_an_empty_span_is_an_error(shipped: Graph, start: str, end: str) -> None:
    response = shipped.respond(TIMELINE, origin="JP", product="8479.50.00", **{"from": start, "to": end})
    assert response["errors"][0]["extensions"]["code"] == "BAD_QUESTION"


def test_a_timeline_takes_two_statements(shipped: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def counted(*arguments: Any) -> Any:
        asked.append(arguments)
        return original(*arguments)

    from graph import tariff, tariff_inputs
    from graph.reads.statement import read as original

    for place in (tariff, tariff_inputs):
        monkeypatch.setattr(place, "read", counted)
    _steps(shipped, origin="JP", product="8479.50.00")
    assert len(asked) == 2


DAYS = st.integers(0, 60).map(lambda days: date(2025, 7, 1) + timedelta(days=days))
DATES = st.one_of(st.none(), DAYS.map(lambda day: parse_partial(day.isoformat())), st.just(parse_partial("2025-07")))
PERIODS = st.tuples(DATES, DATES).map(lambda ends: Period(*ends))
SCOPES = st.sampled_from([Scope(), Scope(frozenset({"g"})), Scope(exclude=frozenset({"g"}))])


@st.composite
def _inputs(draw: st.DrawFn) -> Inputs:
    measures: list[Measure] = [BASE]
    for place in range(draw(st.integers(0, 4))):
        made = a_measure(f"m{place}", f"{draw(st.integers(0, 40))}%", draw(st.sampled_from("AB")))
        until = draw(st.one_of(st.none(), DAYS))
        measures.append(replace(made, period=draw(PERIODS), scope=draw(SCOPES), in_transit_until=until))
    rules: list[Rule] = []
    for place in range(draw(st.integers(0, 3))):
        effect = draw(st.sampled_from([StackingEffect.EXCLUDES, StackingEffect.FLOOR_TO, StackingEffect.CAP_AT]))
        made_rule = a_rule(f"r{place}", effect, draw(st.sampled_from("AB")), draw(st.sampled_from(["A", "B", "MFN"])))
        rules.append(replace(made_rule, period=draw(PERIODS), scope=draw(SCOPES)))
    suspended = [Address(f"s{i}", f"about-m{i}", draw(PERIODS)) for i in range(draw(st.integers(0, 2)))]
    belongings = [Belonging("g", draw(PERIODS)) for _ in range(draw(st.integers(0, 2)))]
    return Inputs(tuple(measures), tuple(rules), tuple(suspended), (), "o", tuple(belongings))


@given(_inputs(), st.one_of(st.none(), DAYS), st.one_of(st.none(), DAYS), st.one_of(st.none(), DAYS))
def test_periods_tile_and_agree_with_point_answers(
    inputs: Inputs, start: date | None, length: date | None, loaded: date | None
) -> None:
    end = start + (length - date(2025, 6, 30)) if start and length else None
    goods = Goods(loaded_on=loaded)
    found = timeline(start, end, KNOWN, inputs, goods)
    assert (found[0].start, found[-1].end) == (start or found[0].start, end)
    assert all(one.end == two.start and one.end is not None for one, two in itertools.pairwise(found))
    assert all(one.answer != two.answer for one, two in itertools.pairwise(found))
    for offset in range(70):
        day = date(2025, 6, 28) + timedelta(days=offset)
        inside = [each for each in found if (each.start or date.min) <= day and (each.end is None or day < each.end)]
        if (start is None or start <= day) and (end is None or day < end) and day >= (found[0].start or date.min):
            [only] = inside
            assert only.answer == assess(day, KNOWN, inputs, goods=goods)
        else:
            assert inside == []


def test_too_many_periods_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 1)
    inputs = Inputs((BASE, replace(a_measure("m", "5%"), period=Period(parse_partial("2025-07-01")))))
    with pytest.raises(TooLongError):
        timeline(None, None, KNOWN, inputs)
