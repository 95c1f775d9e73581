"""The worked cases A to C on the engine alone: the measures, rules and suspensions of the acts, by the days on which they were known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from schema.assessment import Assessment, Coverage, assess
from schema.base import Modality
from schema.duty_grammar import read_duty
from schema.stacking_inputs import Address, Clause, Inputs
from schema.tariffs import StackingEffect
from tests.made_up import BASE, a_measure, a_period, a_rule


def _state(rows: Iterable[tuple[Any, str, str | None]], known: str) -> tuple[Any, ...]:
    """What of the rows (fact, first day known, first day superseded) is known on a day, as the database gives it."""
    return tuple(fact for fact, first, last in rows if first <= known and (last is None or known < last))


ROUND, TRADE = "reciprocal/country", "IEEPA"
NO_DEAL = Clause("no-deal", False, date(2025, 7, 9), "a deal is made")
COUNTRY = a_measure("m2", "24%", TRADE, ROUND, about="country", instrument="instrument/eo-14257")
PRESS = replace(COUNTRY, id="press", instrument=None, rank=3, modality=Modality.CONDITIONAL, conditions=(NO_DEAL,))
BASELINE = a_measure("m1", "10%", TRADE, "reciprocal/baseline", about="baseline", period=a_period("2025-04-05"))
MEASURES_A = [
    (replace(BASE, period=a_period("2020-07-01")), "2020-07-01", None),
    (BASELINE, "2025-04-02", "2026-02-20"),
    (replace(BASELINE, id="m1-ended", period=a_period("2025-04-05", "2026-02-20")), "2026-02-20", None),
    (replace(COUNTRY, period=a_period("2025-04-09")), "2025-04-02", "2025-07-31"),
    (replace(PRESS, period=a_period("2025-07-09"), known_from=date(2025, 6, 14)), "2025-06-14", None),
    (replace(COUNTRY, id="m2-ended", period=a_period("2025-04-09", "2025-08-07")), "2025-07-31", None),
    (replace(COUNTRY, id="m3", duty=read_duty("15%"), period=a_period("2025-08-07")), "2025-07-31", "2025-09-04"),
    (replace(COUNTRY, id="m4", duty=read_duty("15%"), period=a_period("2025-08-07")), "2025-09-04", "2026-02-20"),
    (
        replace(COUNTRY, id="m4-ended", duty=read_duty("15%"), period=a_period("2025-08-07", "2026-02-20")),
        "2026-02-20",
        None,
    ),
]
SUSPENSIONS_A = [
    (Address("s1", "country", a_period("2025-04-10", "2025-07-09")), "2025-04-09", "2025-07-07"),
    (Address("s2", "country", a_period("2025-04-10", "2025-08-01")), "2025-07-07", "2025-07-31"),
    (Address("s3", "country", a_period("2025-04-10", "2025-08-07")), "2025-07-31", None),
]
RULES_A = [
    (
        a_rule("r1", StackingEffect.REPLACES, "IEEPA:reciprocal/baseline", "IEEPA:reciprocal/country"),
        "2025-04-02",
        None,
    ),
    (
        replace(
            a_rule("r2", StackingEffect.FLOOR_TO, "IEEPA:reciprocal/country", "MFN"), period=a_period("2025-08-07")
        ),
        "2025-09-04",
        None,
    ),
]
ANNULMENTS_A = [(Address(f"judgment-{each}", each, a_period()), "2026-02-20", None) for each in ("country", "baseline")]
TODAY = "2026-11-24"


def _case_a(at: str, known: str, assume: Mapping[str, bool] | None = None) -> Assessment:
    inputs = Inputs(
        _state(MEASURES_A, known), _state(RULES_A, known), _state(SUSPENSIONS_A, known), _state(ANNULMENTS_A, known)
    )
    return assess(date.fromisoformat(at), date.fromisoformat(known), inputs, assume)


@pytest.mark.parametrize(
    ("at", "known", "total", "charged", "pending"),
    [
        ("2025-04-07", "2025-04-03", "12.5", ["base", "m1"], []),
        ("2025-04-07", TODAY, "12.5", ["base", "m1-ended"], []),
        ("2025-04-09", TODAY, "26.5", ["base", "m2-ended"], []),
        ("2025-05-01", TODAY, "12.5", ["base", "m1-ended"], []),
        ("2025-07-10", "2025-06-14", "26.5", ["base", "m2"], [("press", ("no-deal",), Decimal("12.5"))]),
        ("2025-07-10", "2025-07-08", "12.5", ["base", "m1"], []),
        ("2025-08-15", "2025-07-20", "26.5", ["base", "m2"], []),
        ("2025-08-15", "2025-08-20", "17.5", ["base", "m3"], []),
        ("2025-08-15", "2025-09-10", "15", ["base", "m4"], []),
        ("2025-10-01", "2025-12-01", "15", ["base", "m4"], []),
        ("2025-10-01", TODAY, "15", ["base", "m4-ended"], []),
        ("2026-02-20", TODAY, "2.5", ["base"], []),
    ],
)
def test_worked_case_a(at: str, known: str, total: str, charged: list[str], pending: list[tuple[Any, ...]]) -> None:
    found = _case_a(at, known)
    assert found.ad_valorem == Decimal(total)
    assert [each.measure.id for each in found.charged] == charged
    assert [(each.measure, each.conditions, each.ad_valorem_then) for each in found.pending] == pending
    assert (found.disagreements, found.gaps, found.coverage) == ((), (), Coverage.COMPLETE)


def test_worked_case_a_says_why_a_measure_is_left_out() -> None:
    assert [(each.measure.id, each.rule, each.by) for each in _case_a("2025-04-09", TODAY).excluded] == [
        ("m1-ended", "r1", ("m2-ended",))
    ]
    assert [
        (each.measure.id, each.reason, each.suspension) for each in _case_a("2025-07-10", "2025-07-08").excluded
    ] == [("m2", "suspended until 2025-08-01", "s2")]


def test_worked_case_a_with_a_deal() -> None:
    assert _case_a("2025-07-10", "2025-06-14", {"no-deal": True}).ad_valorem == Decimal("12.5")
    assert _case_a("2025-07-10", "2025-06-14", {"no-deal": False}).ad_valorem == Decimal("26.5")


def test_worked_case_a_a_judgment_changes_no_rate() -> None:
    then, now = _case_a("2025-10-01", "2025-12-01"), _case_a("2025-10-01", TODAY)
    assert (then.annulled, now.annulled) == ((), ("judgment-country",))
    assert then.ad_valorem == now.ad_valorem == 15
    assert _case_a("2025-05-01", TODAY).annulled == ("judgment-baseline",)


STEEL = a_measure("steel", "25%", "S232", about="steel", period=a_period("2025-03-12"))
MEASURES_B = [
    (a_measure("base", "Free", "MFN", prefix=8), "2008-01-01", None),
    (STEEL, "2025-02-10", "2025-06-03"),
    (replace(STEEL, id="until", period=a_period("2025-03-12", "2025-06-04")), "2025-06-03", None),
    (replace(STEEL, id="doubled", duty=read_duty("50%"), period=a_period("2025-06-04")), "2025-06-03", None),
]


@pytest.mark.parametrize(
    ("at", "known", "total"),
    [
        ("2025-04-01", "2025-02-09", 0),
        ("2025-04-01", "2025-02-10", 25),
        ("2025-04-01", TODAY, 25),
        ("2025-06-03", TODAY, 25),
        ("2025-06-04", TODAY, 50),
        ("2025-07-01", "2025-06-02", 25),
        ("2025-07-01", "2025-06-03", 50),
    ],
)
def test_worked_case_b(at: str, known: str, total: int) -> None:
    found = assess(date.fromisoformat(at), date.fromisoformat(known), Inputs(_state(MEASURES_B, known)))
    assert found.ad_valorem == total
    assert found.disagreements == ()


RULES_C = [
    (replace(a_rule("c", StackingEffect.EXCLUDES, TRADE, "*"), period=a_period("2025-04-05")), "2025-04-11", None)
]


@pytest.mark.parametrize(("known", "total"), [("2025-04-10", 10), ("2025-04-11", 0), (TODAY, 0)])
def test_worked_case_c(known: str, total: int) -> None:
    inputs = Inputs((a_measure("base", "Free", "MFN", prefix=8), BASELINE), _state(RULES_C, known))
    assert assess(date(2025, 4, 10), date.fromisoformat(known), inputs).ad_valorem == total
