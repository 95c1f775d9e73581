"""What would change an answer: conditions, threats, plans and uncertain dates, on measures made up for the purpose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from schema.assessment import PARTS, Coverage, assess
from schema.base import Modality
from schema.dates import parse_partial
from schema.duty_grammar import read_duty
from schema.pending import Pending
from schema.stacking_inputs import Address, Clause, Inputs, Period
from schema.tariffs import StackingEffect
from tests.made_up import BASE, CLAUSE, DAY, KNOWN, LENT, a_measure, a_period, a_rule


def test_an_uncertain_date_is_pending_and_a_gap() -> None:
    found = assess(DAY, KNOWN, Inputs((BASE, a_measure("a", "10%", period=a_period("2025-07")))))
    assert (found.ad_valorem, found.coverage) == (Decimal("2.5"), Coverage.PARTIAL)
    assert [(each.measure, each.ad_valorem_then) for each in found.pending] == [("a", Decimal("12.5"))]


THREAT = a_measure("t", "24%", modality=Modality.CONDITIONAL, conditions=(CLAUSE,))


def test_a_threat_is_pending_until_it_is_assumed() -> None:
    inputs = Inputs((BASE, THREAT))
    found = assess(DAY, KNOWN, inputs)
    assert found.ad_valorem == Decimal("2.5")
    assert [(each.conditions, each.ad_valorem_then) for each in found.pending] == [(("deal",), Decimal("26.5"))]
    assert assess(DAY, KNOWN, inputs, {"deal": False}).ad_valorem == Decimal("26.5")
    assert assess(DAY, KNOWN, inputs, {"deal": True}).ad_valorem == Decimal("2.5")


def test_a_passed_deadline_is_no_longer_pending() -> None:
    assert assess(DAY, date(2025, 7, 10), Inputs((BASE, THREAT))).pending == ()


def test_what_is_demanded_or_denied_is_never_charged() -> None:
    for modality in (Modality.DEMANDED, Modality.DENIED):
        found = assess(DAY, KNOWN, Inputs((BASE, replace(THREAT, modality=modality))), {"deal": False})
        assert (found.ad_valorem, found.pending) == (Decimal("2.5"), ())
        uncertain = a_measure("u", "24%", modality=modality, period=a_period("2025-07"))
        assert assess(DAY, KNOWN, Inputs((BASE, uncertain))).pending == ()


def test_an_uncertain_suspension_is_pending_and_a_gap() -> None:
    suspensions = (Address("s", "about-a", a_period("2025-07")),)
    found = assess(DAY, KNOWN, Inputs((BASE, a_measure("a", "10%")), suspensions=suspensions))
    assert found.ad_valorem == Decimal("12.5")
    assert found.gaps == ("it is not certain that a suspension holds",)
    assert [(each.measure, each.ad_valorem_then) for each in found.pending] == [("a", Decimal("2.5"))]


def test_a_planned_suspension_is_pending() -> None:
    suspensions = (Address("s", "about-a", a_period("2025-07-01"), modality=Modality.PLANNED),)
    found = assess(DAY, KNOWN, Inputs((BASE, a_measure("a", "10%")), suspensions=suspensions))
    assert (found.ad_valorem, found.coverage) == (Decimal("12.5"), Coverage.COMPLETE)
    assert [(each.measure, each.ad_valorem_then) for each in found.pending] == [("a", Decimal("2.5"))]


def test_a_rule_holds_in_its_period_and_is_pending_where_that_is_uncertain() -> None:
    rule = a_rule("1", StackingEffect.EXCLUDES, "X", "*")
    measures = (BASE, a_measure("a", "10%"))
    for period, total in (
        (a_period("2025-07-10"), "2.5"),
        (a_period("2025-07-11"), "12.5"),
        (a_period("2025-07"), "12.5"),
    ):
        found = assess(DAY, KNOWN, Inputs(measures, (replace(rule, period=period),)))
        assert found.ad_valorem == Decimal(total)
    found = assess(DAY, KNOWN, Inputs(measures, (replace(rule, period=a_period("2025-07")),)))
    assert found.gaps == ("it is not certain that this applies: X EXCLUDES *",)
    assert [(each.measure, each.ad_valorem_then) for each in found.pending] == [("a", Decimal("2.5"))]


def test_a_plan_without_conditions_is_pending_in_place_of_what_holds() -> None:
    """A rise is planned for a key at a better-ranked source's rate: were it to come, it would be charged instead."""
    now = a_measure("now", "25%", about="k")
    plan = a_measure("plan", "50%", about="k", rank=3, modality=Modality.PLANNED)
    found = assess(DAY, KNOWN, Inputs((BASE, now, plan)))
    assert found.ad_valorem == Decimal("27.5")
    assert [(each.measure, each.ad_valorem_then) for each in found.pending] == [("plan", Decimal("52.5"))]


ACT = a_measure("act", "24%", about="k")
PAPER = replace(ACT, id="press", rank=3, modality=Modality.CONDITIONAL, conditions=(LENT,))


def test_a_condition_of_the_press_is_lent_to_the_act() -> None:
    inputs = Inputs((BASE, ACT, PAPER))
    found = assess(DAY, KNOWN, inputs)
    assert (found.ad_valorem, [each.measure.id for each in found.charged]) == (Decimal("26.5"), ["base", "act"])
    assert [(each.measure, each.conditions, each.ad_valorem_then) for each in found.pending] == [
        ("press", ("fails",), Decimal("2.5"))
    ]
    assert assess(DAY, KNOWN, inputs, {"fails": True}).charged == found.charged
    turned = assess(DAY, KNOWN, inputs, {"fails": False})
    assert turned.ad_valorem == Decimal("2.5")
    assert [(each.measure, each.ad_valorem_then) for each in turned.pending] == [("press", Decimal("26.5"))]


def test_a_condition_is_lent_only_for_the_days_of_its_own_fact() -> None:
    later = replace(PAPER, period=a_period("2025-08-01"))
    found = assess(DAY, KNOWN, Inputs((BASE, ACT, later)), {"fails": False})
    assert (found.ad_valorem, found.pending) == (Decimal("26.5"), ())


def test_a_demand_lends_no_condition() -> None:
    for modality in (Modality.DEMANDED, Modality.DENIED):
        inputs = Inputs((BASE, ACT, replace(PAPER, modality=modality)))
        assert assess(DAY, KNOWN, inputs, {"fails": False}).ad_valorem == Decimal("26.5")


def test_a_threat_of_another_rate_comes_instead_and_never_on_top() -> None:
    threat = replace(PAPER, duty=read_duty("50%"))
    inputs = Inputs((BASE, ACT, threat))
    found = assess(DAY, KNOWN, inputs)
    assert (found.ad_valorem, found.disagreements) == (Decimal("26.5"), ())
    assert [(each.measure, each.ad_valorem_then) for each in found.pending] == [("press", Decimal("52.5"))]
    came = assess(DAY, KNOWN, inputs, {"fails": True})
    assert (came.ad_valorem, came.disagreements) == (Decimal("52.5"), ())
    assert assess(DAY, KNOWN, inputs, {"fails": False}).ad_valorem == Decimal("26.5")


def test_a_threat_for_days_of_which_no_act_speaks_stands_for_itself() -> None:
    """The act ends on 07-01; the press threatens the same rate for the time after."""
    ended = replace(ACT, period=a_period("2025-01-01", "2025-07-01"), known_from=date(2025, 1, 1))
    threat = replace(PAPER, known_from=date(2025, 6, 1))
    found = assess(DAY, KNOWN, Inputs((BASE, ended, threat)))
    assert found.ad_valorem == Decimal("2.5")
    assert [(each.measure, each.ad_valorem_then) for each in found.pending] == [("press", Decimal("26.5"))]


@pytest.mark.parametrize(
    ("rank", "known", "counts"), [(0, "2025-06-02", False), (0, "2025-06-01", True), (3, "2025-06-02", True)]
)
def test_a_better_source_overtakes_an_older_threat(rank: int, known: str, counts: bool) -> None:
    act = replace(ACT, rank=rank, known_from=date.fromisoformat(known))
    threat = replace(PAPER, duty=read_duty("50%"), known_from=date(2025, 6, 1))
    inputs = Inputs((BASE, act, threat))
    assert bool(assess(DAY, KNOWN, inputs).pending) is counts
    assert assess(DAY, KNOWN, inputs, {"fails": True}).ad_valorem == Decimal("52.5" if counts else "26.5")


def test_an_uncertain_end_is_pending_too() -> None:
    found = assess(DAY, KNOWN, Inputs((BASE, a_measure("a", "10%", period=a_period("2025-01-01", "2025-07")))))
    assert (found.ad_valorem, found.coverage) == (Decimal("2.5"), Coverage.PARTIAL)
    assert [each.ad_valorem_then for each in found.pending] == [Decimal("12.5")]


def test_own_conditions_of_what_is_asserted_are_taken_to_hold() -> None:
    inputs = Inputs((BASE, a_measure("a", "10%", conditions=(LENT,))))
    found = assess(DAY, KNOWN, inputs)
    assert (found.ad_valorem, [each.ad_valorem_then for each in found.pending]) == (Decimal("12.5"), [Decimal("2.5")])
    assert assess(DAY, KNOWN, inputs, {"fails": False}).ad_valorem == Decimal("2.5")


def test_of_two_conditions_assuming_one_leaves_the_measure_pending() -> None:
    threat = replace(THREAT, conditions=(CLAUSE, LENT))
    half = assess(DAY, KNOWN, Inputs((BASE, threat)), {"deal": False})
    assert (half.ad_valorem, [each.ad_valorem_then for each in half.pending]) == (Decimal("2.5"), [Decimal("26.5")])
    both = assess(DAY, KNOWN, Inputs((BASE, threat)), {"deal": False, "fails": True})
    assert (both.ad_valorem, [each.ad_valorem_then for each in both.pending]) == (Decimal("26.5"), [Decimal("2.5")])


def test_a_measure_on_a_part_of_the_code_is_pending_and_a_gap() -> None:
    """Of several there is no total of one alone: they may apply to one line below the code."""
    part = a_measure("a", "10%", part=True)
    found = assess(DAY, KNOWN, Inputs((BASE, part)))
    assert (found.ad_valorem, found.gaps) == (Decimal("2.5"), (PARTS,))
    assert [(each.measure, each.ad_valorem_then) for each in found.pending] == [("a", Decimal("12.5"))]
    several = assess(DAY, KNOWN, Inputs((BASE, part, a_measure("b", "5%", part=True))))
    assert [(each.measure, each.ad_valorem_then) for each in several.pending] == [("a", None), ("b", None)]


NOTICE = Clause("notice", True, None, "the notice is published")
FREED = replace(a_rule("freed", StackingEffect.EXCLUDES, "S232", "*"), conditions=(NOTICE,))
METAL = a_measure("metal", "50%", authority="S232")


@pytest.mark.parametrize(
    ("modality", "clauses", "now", "then"),
    [
        (Modality.CONDITIONAL, {}, "52.5", "2.5"),
        (Modality.CONDITIONAL, {"notice": True}, "2.5", "52.5"),
        (Modality.ASSERTED, {}, "2.5", "52.5"),
        (Modality.ASSERTED, {"notice": False}, "52.5", "2.5"),
        (Modality.DENIED, {"notice": True}, "52.5", None),
    ],
)
def test_a_rule_with_a_condition_acts_as_the_condition_is_taken(
    modality: Modality, clauses: dict[str, bool], now: str, then: str | None
) -> None:
    inputs = Inputs((BASE, METAL), (replace(FREED, modality=modality),))
    found = assess(DAY, DAY, inputs, clauses)
    assert found.ad_valorem == Decimal(now)
    expected = () if then is None else (Pending("metal", ("notice",), Decimal(then)),)
    assert found.pending == expected


def test_a_suspension_with_a_condition_is_pending() -> None:
    stay = Address("stay", METAL.about, Period(), modality=Modality.CONDITIONAL, conditions=(NOTICE,))
    found = assess(DAY, DAY, Inputs((BASE, METAL), suspensions=(stay,)))
    assert found.ad_valorem == Decimal("52.5")
    assert found.pending == (Pending("metal", ("notice",), Decimal("2.5")),)
    assert assess(DAY, DAY, Inputs((BASE, METAL), suspensions=(stay,)), {"notice": True}).ad_valorem == Decimal("2.5")


def test_a_rule_of_which_the_day_is_open_too_is_pending_with_its_conditions() -> None:
    rule = replace(FREED, modality=Modality.CONDITIONAL, period=Period(parse_partial("2025-07")))
    found = assess(DAY, DAY, Inputs((BASE, METAL), (rule,)))
    assert found.pending == (Pending("metal", ("notice",), Decimal("2.5")),)


@pytest.mark.parametrize("happens", [True, False])
def test_what_is_assumed_counts_where_the_day_is_open_too(happens: bool) -> None:
    """What `pending` says would come comes where it is assumed; that the day is open stays a gap."""
    period = Period(parse_partial("2025-07"))
    rule = replace(FREED, modality=Modality.CONDITIONAL, period=period)
    found = assess(DAY, DAY, Inputs((BASE, METAL), (rule,)), {"notice": happens})
    now, then = ("2.5", "52.5") if happens else ("52.5", "2.5")
    assert found.ad_valorem == Decimal(now)
    assert found.pending == (Pending("metal", ("notice",), Decimal(then)),)
    assert any(rule.description in gap for gap in found.gaps) is happens
    threat = replace(METAL, modality=Modality.CONDITIONAL, period=period, conditions=(NOTICE,))
    found = assess(DAY, DAY, Inputs((BASE, threat)), {"notice": happens})
    assert found.ad_valorem == Decimal(then)
    assert found.pending == (Pending("metal", ("notice",), Decimal(now)),)
    uncertain = ("it is not certain that S232 50% holds",) if happens else ()
    assumed = f"assumed to {'' if happens else 'not '}happen: the notice is published"
    assert found.gaps == (assumed, *uncertain)
    assert found.coverage is Coverage.PARTIAL
