"""The engine: general rules on measures made up for the purpose, and properties that any of them have."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.assessment import PARTS, Assessment, Coverage, assess
from schema.base import Modality
from schema.dates import PartialDate, parse_partial
from schema.duty_grammar import read_duty
from schema.pending import Pending
from schema.selectors import selects
from schema.stacking_inputs import Address, Clause, Inputs, Measure, Period, Rule
from schema.tariffs import StackingEffect

PATIENT = settings(deadline=None)
"""A busy machine is no fault of the code."""
DAY = date(2025, 7, 10)
KNOWN = date(2025, 7, 1)


def _period(start: str | None = None, end: str | None = None) -> Period:
    def read(text: str | None) -> PartialDate | None:
        return parse_partial(text) if text else None

    return Period(read(start), read(end))


def _measure(id_: str, duty: str, authority: str = "X", programme: str | None = None, **more: object) -> Measure:
    made = Measure(
        id_, f"about-{id_}", authority, programme, f"instrument/{id_}", read_duty(duty), _period("2025-01-01")
    )
    return replace(made, **more)  # type: ignore[arg-type]


def _rule(id_: str, effect: StackingEffect, subject: str, object_: str) -> Rule:
    return Rule(id_, effect, subject, object_, f"{subject} {effect} {object_}")


BASE = _measure("base", "2.5%", "MFN", prefix=8)


def _total(*measures: Measure, rules: tuple[Rule, ...] = (), **more: object) -> Decimal | None:
    return assess(DAY, KNOWN, Inputs(measures, rules, **more)).ad_valorem  # type: ignore[arg-type]


def test_duties_add_up() -> None:
    assert _total(BASE, _measure("a", "10%"), _measure("b", "5%")) == Decimal("17.5")


def test_without_a_base_nothing_is_a_total() -> None:
    found = assess(DAY, KNOWN, Inputs((_measure("a", "10%"),)))
    assert (found.coverage, found.duty, found.ad_valorem) == (Coverage.NONE, None, None)


def test_an_exclusion_holds_only_while_its_object_is_charged() -> None:
    """A excludes B, B would exclude C: C stays."""
    a, b, c = (_measure(name, "10%", name.upper()) for name in "abc")
    rules = (_rule("1", StackingEffect.EXCLUDES, "B", "A"), _rule("2", StackingEffect.EXCLUDES, "C", "B"))
    found = assess(DAY, KNOWN, Inputs((BASE, a, b, c), rules))
    assert [each.measure.id for each in found.charged] == ["base", "a", "c"]
    assert [(each.measure.id, each.rule, each.by) for each in found.excluded] == [("b", "1", ("a",))]


def test_a_suspended_measure_displaces_nothing() -> None:
    country, baseline = _measure("c", "24%", "I", "r/country"), _measure("b", "10%", "I", "r/base")
    rules = (_rule("1", StackingEffect.REPLACES, "I:r/base", "I:r/country"),)
    assert _total(BASE, country, baseline, rules=rules) == Decimal("26.5")
    suspended = (Address("s", "about-c", _period("2025-07-01", "2025-08-01")),)
    assert _total(BASE, country, baseline, rules=rules, suspensions=suspended) == Decimal("12.5")


def test_rules_that_exclude_each_other_are_a_gap_and_never_silent() -> None:
    a, b = _measure("a", "10%", "A"), _measure("b", "5%", "B")
    rules = (_rule("1", StackingEffect.EXCLUDES, "A", "B"), _rule("2", StackingEffect.EXCLUDES, "B", "A"))
    found = assess(DAY, KNOWN, Inputs((BASE, a, b), rules))
    assert found.coverage is Coverage.PARTIAL
    assert found.gaps == ("rules exclude each other, and none of them is applied: A EXCLUDES B; B EXCLUDES A",)
    assert [each.measure.id for each in found.charged] == ["base", "a", "b"]


def test_a_floor_tops_up_and_never_below_zero() -> None:
    rules = (_rule("1", StackingEffect.FLOOR_TO, "X", "MFN"),)
    assert _total(BASE, _measure("a", "15%"), rules=rules) == 15
    assert _total(_measure("base", "32%", "MFN", prefix=8), _measure("a", "15%"), rules=rules) == 32


def test_a_floor_over_a_specific_duty_is_unknown() -> None:
    rules = (_rule("1", StackingEffect.FLOOR_TO, "X", "MFN"),)
    found = assess(DAY, KNOWN, Inputs((_measure("base", "8.8 cents/kg", "MFN", prefix=8), _measure("a", "15%")), rules))
    assert (found.ad_valorem, found.coverage) == (None, Coverage.PARTIAL)


def test_an_effect_that_is_not_computed_is_a_gap() -> None:
    rules = (_rule("1", StackingEffect.SHARE, "X", "MFN"),)
    found = assess(DAY, KNOWN, Inputs((BASE, _measure("a", "15%")), rules))
    assert (found.ad_valorem, found.coverage) == (None, Coverage.PARTIAL)


def test_the_longest_code_of_a_schedule_states_the_base() -> None:
    heading = _measure("above", "9%", "MFN", prefix=4)
    found = assess(DAY, KNOWN, Inputs((heading, BASE)))
    assert (found.ad_valorem, found.excluded, found.disagreements) == (Decimal("2.5"), (), ())


def test_a_preference_is_never_charged_unclaimed() -> None:
    found = assess(DAY, KNOWN, Inputs((BASE, _measure("p", "1%", "PREFERENCE"))))
    assert found.ad_valorem == Decimal("2.5")
    assert [each.measure.id for each in found.excluded] == ["p"]


def test_of_two_sources_the_preferred_is_charged_and_both_are_named() -> None:
    act, press = _measure("act", "10%"), _measure("press", "12%", about="about-act", rank=3, known_from=KNOWN)
    found = assess(DAY, KNOWN, Inputs((BASE, press, act)))
    assert (found.ad_valorem, found.disagreements) == (Decimal("12.5"), ("act", "press"))


def test_an_uncertain_date_is_pending_and_a_gap() -> None:
    found = assess(DAY, KNOWN, Inputs((BASE, _measure("a", "10%", period=_period("2025-07")))))
    assert (found.ad_valorem, found.coverage) == (Decimal("2.5"), Coverage.PARTIAL)
    assert [(each.measure, each.ad_valorem_then) for each in found.pending] == [("a", Decimal("12.5"))]


CLAUSE = Clause("deal", False, date(2025, 7, 9), "a deal is made")
THREAT = _measure("t", "24%", modality=Modality.CONDITIONAL, conditions=(CLAUSE,))


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
        uncertain = _measure("u", "24%", modality=modality, period=_period("2025-07"))
        assert assess(DAY, KNOWN, Inputs((BASE, uncertain))).pending == ()


def test_selectors() -> None:
    measure = _measure("m", "1%", "IEEPA", "reciprocal/country")
    acts = {"about-m": {"instrument/us/eo-1"}}
    for yes in ("*", "IEEPA", "IEEPA:reciprocal", "IEEPA:reciprocal/country", "instrument/us/eo-1"):
        assert selects(yes, measure, acts), yes
    for no in ("S232", "IEEPA:recip", "IEEPA:reciprocal/country/x", "instrument/us/eo-2"):
        assert not selects(no, measure, acts), no


def test_a_circle_of_rules_leaves_the_rest_alone() -> None:
    """A and B exclude each other, C is left out by D: the circle decides nothing about C and D."""
    a, b, c, d = (_measure(name, "10%", name.upper()) for name in "abcd")
    rules = (
        _rule("1", StackingEffect.EXCLUDES, "A", "B"),
        _rule("2", StackingEffect.EXCLUDES, "B", "A"),
        _rule("3", StackingEffect.EXCLUDES, "C", "D"),
    )
    found = assess(DAY, KNOWN, Inputs((BASE, a, b, c, d), rules))
    assert [each.measure.id for each in found.charged] == ["base", "a", "b", "d"]


def test_a_rule_with_any_object_needs_no_displacing_measure() -> None:
    found = assess(DAY, KNOWN, Inputs((BASE, _measure("a", "10%")), (_rule("1", StackingEffect.EXCLUDES, "X", "*"),)))
    assert [(each.measure.id, each.rule, each.by) for each in found.excluded] == [("a", "1", ())]
    assert (found.ad_valorem, found.coverage) == (Decimal("2.5"), Coverage.COMPLETE)


def test_a_rule_by_act_reaches_later_versions_of_its_measures() -> None:
    """The rule names the first act; its measure is charged in a version that a later act restates."""
    first = _measure("a1", "10%", instrument="instrument/us/first", period=_period("2024-01-01", "2025-01-01"))
    later = _measure("a2", "12%", about=first.about, instrument="instrument/us/later")
    rules = (_rule("1", StackingEffect.EXCLUDES, "instrument/us/first", "*"),)
    assert _total(BASE, first, later, rules=rules) == Decimal("2.5")


def test_two_acts_that_state_one_floor_top_up_once() -> None:
    rules = (_rule("1", StackingEffect.FLOOR_TO, "X", "MFN"), _rule("2", StackingEffect.FLOOR_TO, "X:p", "MFN"))
    found = assess(DAY, KNOWN, Inputs((BASE, _measure("a", "15%", programme="p")), rules))
    assert found.ad_valorem == 15
    assert [(each.duty.text, each.rules) for each in found.charged] == [("2.5%", ()), ("12.5%", ("1", "2"))]


def test_a_floor_rests_on_what_other_floors_leave() -> None:
    """Y tops the base up to 10, X tops base and Y up to 15: 2.5 + 7.5 + 5."""
    rules = (_rule("1", StackingEffect.FLOOR_TO, "X", "*"), _rule("2", StackingEffect.FLOOR_TO, "Y", "MFN"))
    found = assess(DAY, KNOWN, Inputs((BASE, _measure("a", "15%"), _measure("b", "10%", "Y")), rules))
    assert {each.measure.id: each.duty.text for each in found.charged} == {"base": "2.5%", "a": "5%", "b": "7.5%"}


def test_floors_that_rest_on_each_other_are_unknown() -> None:
    rules = (_rule("1", StackingEffect.FLOOR_TO, "X", "Y"), _rule("2", StackingEffect.FLOOR_TO, "Y", "X"))
    found = assess(DAY, KNOWN, Inputs((BASE, _measure("a", "15%"), _measure("b", "10%", "Y")), rules))
    assert (found.ad_valorem, found.coverage) == (None, Coverage.PARTIAL)
    assert found.gaps == ("rules on totals rest on each other, and the total is unknown: X FLOOR_TO Y",
                          "rules on totals rest on each other, and the total is unknown: Y FLOOR_TO X")  # fmt: skip


def test_a_floor_below_the_certain_part_of_a_compound_duty_adds_nothing() -> None:
    """37.5 % and something a pair is more than 15 %, whatever the shoes cost."""
    rules = (_rule("1", StackingEffect.FLOOR_TO, "X", "MFN"),)
    shoes = _measure("base", "90 cents/pr. + 37.5%", "MFN", prefix=8)
    found = assess(DAY, KNOWN, Inputs((shoes, _measure("a", "15%")), rules))
    assert (found.duty, found.ad_valorem, found.gaps) == (shoes.duty, None, ())


@pytest.mark.parametrize(
    ("base", "own", "added"), [("2.5%", "10%", "2.5%"), ("30%", "10%", "10%"), ("Free", "10%", "0%")]
)
def test_a_cap_is_what_the_objects_come_to(base: str, own: str, added: str) -> None:
    rules = (_rule("1", StackingEffect.CAP_AT, "X", "MFN"),)
    found = assess(DAY, KNOWN, Inputs((_measure("base", base, "MFN", prefix=8), _measure("a", own)), rules))
    assert [(each.duty.text, each.rules) for each in found.charged] == [(base, ()), (added, ("1",))]


def test_a_cap_by_a_specific_duty_is_unknown() -> None:
    rules = (_rule("1", StackingEffect.CAP_AT, "X", "MFN"),)
    found = assess(DAY, KNOWN, Inputs((_measure("base", "8.8 cents/kg", "MFN", prefix=8), _measure("a", "15%")), rules))
    assert (found.ad_valorem, found.duty and found.duty.readable) == (None, False)
    assert found.gaps == ("the total of 15% needs the ad valorem equivalent of 8.8 cents/kg",)


def test_a_rule_that_adds_is_cited_and_changes_nothing() -> None:
    found = assess(DAY, KNOWN, Inputs((BASE, _measure("a", "15%")), (_rule("1", StackingEffect.ADDS, "X", "MFN"),)))
    assert (found.ad_valorem, found.charged[1].rules) == (Decimal("17.5"), ("1",))


def test_a_duty_that_could_not_be_read_is_never_left_out_of_the_total() -> None:
    found = assess(DAY, KNOWN, Inputs((BASE, _measure("a", "See 9822.04.45"))))
    assert (found.ad_valorem, found.coverage) == (None, Coverage.PARTIAL)
    assert found.duty and (found.duty.text, found.duty.readable) == ("2.5% + See 9822.04.45", False)
    assert found.gaps == ("the duty could not be read: X See 9822.04.45",)


def test_two_releases_of_a_schedule_are_one_base() -> None:
    """Each groups the lines in its own way, so that their about-keys differ: still one line has one duty."""
    other = _measure("other", "3%", "MFN", prefix=8, known_from=date(2025, 6, 6))
    found = assess(DAY, KNOWN, Inputs((BASE, other)))
    assert (found.ad_valorem, found.disagreements) == (Decimal(3), ("base", "other"))


def test_one_duty_in_other_words_is_no_disagreement() -> None:
    for texts in (("10%", "10.0 percent"), ("Free", "0%")):
        same = [_measure(text, text, about="same") for text in texts]
        found = assess(DAY, KNOWN, Inputs((BASE, *same)))
        assert (len(found.charged), found.disagreements) == (2, ())


def test_a_duty_that_could_not_be_read_disagrees_with_free() -> None:
    found = assess(DAY, KNOWN, Inputs((BASE, _measure("a", "Free", about="k"), _measure("b", "See 9822", about="k"))))
    assert found.disagreements == ("a", "b")


def test_gaps_of_measures_rules_and_their_sources_are_repeated() -> None:
    rules = (
        replace(_rule("1", StackingEffect.EXCLUDES, "X", "Y"), gap="a list is missing", source_gaps=("an annex",)),
        replace(_rule("2", StackingEffect.EXCLUDES, "Z", "Y"), gap="bears on nothing here"),
        replace(_rule("3", StackingEffect.EXCLUDES, "X", "Y"), gap="over", period=_period("2024", "2025-01-01")),
    )
    found = assess(DAY, KNOWN, Inputs((BASE, _measure("a", "1%", gap="part", source_gaps=("page 2",))), rules))
    assert (found.gaps, found.coverage) == (("a list is missing", "an annex", "page 2", "part"), Coverage.PARTIAL)


def test_the_end_of_a_suspension_is_the_first_day_of_the_duty() -> None:
    suspended = Inputs(
        (BASE, _measure("a", "10%")), suspensions=(Address("s", "about-a", _period("2025-07", "2025-07-11")),)
    )
    found = assess(date(2025, 7, 31), KNOWN, suspended)
    assert (found.ad_valorem, found.excluded) == (Decimal("12.5"), ())


def test_a_suspension_says_until_when() -> None:
    suspended = Inputs(
        (BASE, _measure("a", "10%")), suspensions=(Address("s", "about-a", _period("2025", "2025-07-11")),)
    )
    found = assess(
        DAY,
        KNOWN,
        replace(
            suspended, suspensions=(replace(suspended.suspensions[0], period=_period("2025-01-01", "2025-07-11")),)
        ),
    )
    assert [(each.reason, each.suspension) for each in found.excluded] == [("suspended until 2025-07-11", "s")]


def test_an_uncertain_suspension_is_pending_and_a_gap() -> None:
    suspensions = (Address("s", "about-a", _period("2025-07")),)
    found = assess(DAY, KNOWN, Inputs((BASE, _measure("a", "10%")), suspensions=suspensions))
    assert found.ad_valorem == Decimal("12.5")
    assert found.gaps == ("it is not certain that a suspension holds",)
    assert [(each.measure, each.ad_valorem_then) for each in found.pending] == [("a", Decimal("2.5"))]


def test_a_planned_suspension_is_pending() -> None:
    suspensions = (Address("s", "about-a", _period("2025-07-01"), modality=Modality.PLANNED),)
    found = assess(DAY, KNOWN, Inputs((BASE, _measure("a", "10%")), suspensions=suspensions))
    assert (found.ad_valorem, found.coverage) == (Decimal("12.5"), Coverage.COMPLETE)
    assert [(each.measure, each.ad_valorem_then) for each in found.pending] == [("a", Decimal("2.5"))]


def test_a_rule_holds_in_its_period_and_is_pending_where_that_is_uncertain() -> None:
    rule = _rule("1", StackingEffect.EXCLUDES, "X", "*")
    measures = (BASE, _measure("a", "10%"))
    for period, total in (
        (_period("2025-07-10"), "2.5"),
        (_period("2025-07-11"), "12.5"),
        (_period("2025-07"), "12.5"),
    ):
        assert _total(*measures, rules=(replace(rule, period=period),)) == Decimal(total)
    found = assess(DAY, KNOWN, Inputs(measures, (replace(rule, period=_period("2025-07")),)))
    assert found.gaps == ("it is not certain that this applies: X EXCLUDES *",)
    assert [(each.measure, each.ad_valorem_then) for each in found.pending] == [("a", Decimal("2.5"))]


def test_a_plan_without_conditions_is_pending_in_place_of_what_holds() -> None:
    """A rise is planned for a key at a better-ranked source's rate: were it to come, it would be charged instead."""
    now = _measure("now", "25%", about="k")
    plan = _measure("plan", "50%", about="k", rank=3, modality=Modality.PLANNED)
    found = assess(DAY, KNOWN, Inputs((BASE, now, plan)))
    assert found.ad_valorem == Decimal("27.5")
    assert [(each.measure, each.ad_valorem_then) for each in found.pending] == [("plan", Decimal("52.5"))]


LENT = Clause("fails", True, None, "the court agrees")
ACT = _measure("act", "24%", about="k")
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
    later = replace(PAPER, period=_period("2025-08-01"))
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
    ended = replace(ACT, period=_period("2025-01-01", "2025-07-01"), known_from=date(2025, 1, 1))
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
    found = assess(DAY, KNOWN, Inputs((BASE, _measure("a", "10%", period=_period("2025-01-01", "2025-07")))))
    assert (found.ad_valorem, found.coverage) == (Decimal("2.5"), Coverage.PARTIAL)
    assert [each.ad_valorem_then for each in found.pending] == [Decimal("12.5")]


def test_no_measure_displaces_itself() -> None:
    found = assess(DAY, KNOWN, Inputs((BASE, _measure("a", "10%")), (_rule("1", StackingEffect.EXCLUDES, "X", "X"),)))
    assert (found.ad_valorem, found.gaps) == (Decimal("12.5"), ())


def test_only_what_is_charged_is_named_as_displacing() -> None:
    rules = (_rule("1", StackingEffect.EXCLUDES, "C", "X"), _rule("2", StackingEffect.EXCLUDES, "X:b", "X:a"))
    a, b, c = _measure("a", "1%", programme="a"), _measure("b", "1%", programme="b"), _measure("c", "1%", "C")
    found = assess(DAY, KNOWN, Inputs((BASE, a, b, c), rules))
    assert {each.measure.id: each.by for each in found.excluded} == {"b": ("a",), "c": ("a",)}


def test_the_same_source_and_rule_are_named_in_whatever_order_they_come() -> None:
    one, two = _measure("1", "10%", about="k"), _measure("2", "12%", about="k")
    floors = [_rule(each, StackingEffect.FLOOR_TO, "X", "MFN") for each in "pq"]
    ways = [_rule(each, StackingEffect.EXCLUDES, "Y", "X") for each in "rs"]
    inputs = Inputs((BASE, one, two, _measure("y", "1%", "Y")), (*floors, *ways))
    turned = Inputs(inputs.measures[::-1], inputs.rules[::-1])
    found = assess(DAY, KNOWN, inputs)
    assert found == assess(DAY, KNOWN, turned)
    assert [(each.measure.id, each.rules) for each in found.charged] == [("base", ()), ("1", ("p", "q"))]
    assert [(each.measure.id, each.rule) for each in found.excluded] == [("y", "r")]


def test_own_conditions_of_what_is_asserted_are_taken_to_hold() -> None:
    inputs = Inputs((BASE, _measure("a", "10%", conditions=(LENT,))))
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
    part = _measure("a", "10%", part=True)
    found = assess(DAY, KNOWN, Inputs((BASE, part)))
    assert (found.ad_valorem, found.gaps) == (Decimal("2.5"), (PARTS,))
    assert [(each.measure, each.ad_valorem_then) for each in found.pending] == [("a", Decimal("12.5"))]
    several = assess(DAY, KNOWN, Inputs((BASE, part, _measure("b", "5%", part=True))))
    assert [(each.measure, each.ad_valorem_then) for each in several.pending] == [("a", None), ("b", None)]


def test_a_judgment_is_named_where_what_it_annuls_is_charged() -> None:
    annulments = (Address("j", "about-a", _period()), Address("k", "about-other", _period()))
    found = assess(DAY, KNOWN, Inputs((BASE, _measure("a", "10%")), annulments=annulments))
    assert (found.ad_valorem, found.annulled) == (Decimal("12.5"), ("j",))


def _state(rows: Iterable[tuple[Any, str, str | None]], known: str) -> tuple[Any, ...]:
    """What of the rows (fact, first day known, first day superseded) is known on a day, as the database gives it."""
    return tuple(fact for fact, first, last in rows if first <= known and (last is None or known < last))


ROUND, TRADE = "reciprocal/country", "IEEPA"
NO_DEAL = Clause("no-deal", False, date(2025, 7, 9), "a deal is made")
COUNTRY = _measure("m2", "24%", TRADE, ROUND, about="country", instrument="instrument/eo-14257")
PRESS = replace(COUNTRY, id="press", instrument=None, rank=3, modality=Modality.CONDITIONAL, conditions=(NO_DEAL,))
BASELINE = _measure("m1", "10%", TRADE, "reciprocal/baseline", about="baseline", period=_period("2025-04-05"))
MEASURES_A = [
    (replace(BASE, period=_period("2020-07-01")), "2020-07-01", None),
    (BASELINE, "2025-04-02", "2026-02-20"),
    (replace(BASELINE, id="m1-ended", period=_period("2025-04-05", "2026-02-20")), "2026-02-20", None),
    (replace(COUNTRY, period=_period("2025-04-09")), "2025-04-02", "2025-07-31"),
    (replace(PRESS, period=_period("2025-07-09"), known_from=date(2025, 6, 14)), "2025-06-14", None),
    (replace(COUNTRY, id="m2-ended", period=_period("2025-04-09", "2025-08-07")), "2025-07-31", None),
    (replace(COUNTRY, id="m3", duty=read_duty("15%"), period=_period("2025-08-07")), "2025-07-31", "2025-09-04"),
    (replace(COUNTRY, id="m4", duty=read_duty("15%"), period=_period("2025-08-07")), "2025-09-04", "2026-02-20"),
    (
        replace(COUNTRY, id="m4-ended", duty=read_duty("15%"), period=_period("2025-08-07", "2026-02-20")),
        "2026-02-20",
        None,
    ),
]
SUSPENSIONS_A = [
    (Address("s1", "country", _period("2025-04-10", "2025-07-09")), "2025-04-09", "2025-07-07"),
    (Address("s2", "country", _period("2025-04-10", "2025-08-01")), "2025-07-07", "2025-07-31"),
    (Address("s3", "country", _period("2025-04-10", "2025-08-07")), "2025-07-31", None),
]
RULES_A = [
    (_rule("r1", StackingEffect.REPLACES, "IEEPA:reciprocal/baseline", "IEEPA:reciprocal/country"), "2025-04-02", None),
    (
        replace(_rule("r2", StackingEffect.FLOOR_TO, "IEEPA:reciprocal/country", "MFN"), period=_period("2025-08-07")),
        "2025-09-04",
        None,
    ),
]
ANNULMENTS_A = [(Address(f"judgment-{each}", each, _period()), "2026-02-20", None) for each in ("country", "baseline")]
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


STEEL = _measure("steel", "25%", "S232", about="steel", period=_period("2025-03-12"))
MEASURES_B = [
    (_measure("base", "Free", "MFN", prefix=8), "2008-01-01", None),
    (STEEL, "2025-02-10", "2025-06-03"),
    (replace(STEEL, id="until", period=_period("2025-03-12", "2025-06-04")), "2025-06-03", None),
    (replace(STEEL, id="doubled", duty=read_duty("50%"), period=_period("2025-06-04")), "2025-06-03", None),
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


RULES_C = [(replace(_rule("c", StackingEffect.EXCLUDES, TRADE, "*"), period=_period("2025-04-05")), "2025-04-11", None)]


@pytest.mark.parametrize(("known", "total"), [("2025-04-10", 10), ("2025-04-11", 0), (TODAY, 0)])
def test_worked_case_c(known: str, total: int) -> None:
    inputs = Inputs((_measure("base", "Free", "MFN", prefix=8), BASELINE), _state(RULES_C, known))
    assert assess(date(2025, 4, 10), date.fromisoformat(known), inputs).ad_valorem == total


RATES = st.integers(0, 50).map(lambda rate: f"{rate}%")
NAMES = st.sampled_from("ABCD")
MEASURES = st.lists(st.tuples(NAMES, RATES), max_size=5).map(
    lambda rows: tuple(_measure(f"m{i}", rate, name) for i, (name, rate) in enumerate(rows))
)
RULES = st.lists(
    st.tuples(st.sampled_from([each for each in StackingEffect if each is not StackingEffect.SHARE]), NAMES, NAMES),
    max_size=4,
).map(lambda rows: tuple(_rule(f"r{i}", *row) for i, row in enumerate(rows)))


@PATIENT
@given(MEASURES, RULES)
def test_components_add_up_and_every_measure_is_accounted_for(
    measures: tuple[Measure, ...], rules: tuple[Rule, ...]
) -> None:
    found = assess(DAY, KNOWN, Inputs((BASE, *measures), rules))
    rates = [each.duty.ad_valorem for each in found.charged]
    known = [rate for rate in rates if rate is not None]
    assert found.ad_valorem == (sum(known) if len(known) == len(rates) else None)
    assert (found.ad_valorem is None) <= (found.coverage is Coverage.PARTIAL)
    charged = [each.measure.id for each in found.charged]
    excluded = [each.measure.id for each in found.excluded]
    assert sorted(charged + excluded) == sorted(["base", *(each.id for each in measures)])


@st.composite
def _any_inputs(draw: st.DrawFn) -> Inputs:
    """Measures of all sorts, some of one key, with rules and suspensions on them."""
    clauses = st.sampled_from([(), (CLAUSE,), (LENT,), (CLAUSE, LENT)])
    periods = st.sampled_from([_period("2025-01-01"), _period("2025-07"), _period("2025-01-01", "2025-07-10")])
    measures = [
        replace(
            measure,
            about=draw(st.sampled_from("kl")) + measure.authority,
            modality=draw(st.sampled_from(Modality)),
            conditions=draw(clauses),
            period=draw(periods),
            rank=draw(st.integers(0, 1)),
            part=draw(st.booleans()),
        )
        for measure in draw(MEASURES)
    ]
    suspensions = [
        Address(f"s{i}", about, draw(periods)) for i, about in enumerate(draw(st.lists(st.sampled_from(["kA", "lB"]))))
    ]
    rules = [replace(rule, period=draw(periods)) for rule in draw(RULES)]
    return Inputs((BASE, *measures), tuple(rules), tuple(suspensions))


@PATIENT
@given(_any_inputs(), st.dictionaries(st.sampled_from(["deal", "fails"]), st.booleans()), st.randoms())
def test_the_order_of_inputs_means_nothing(inputs: Inputs, assume: dict[str, bool], chance: random.Random) -> None:
    tuples: dict[str, Any] = {name: rows for name, rows in vars(inputs).items() if isinstance(rows, tuple)}
    shuffled: dict[str, Any] = {name: tuple(chance.sample(rows, len(rows))) for name, rows in tuples.items()}
    assert assess(DAY, KNOWN, inputs, assume) == assess(DAY, KNOWN, replace(inputs, **shuffled), assume)


@PATIENT
@given(_any_inputs(), st.dictionaries(st.sampled_from(["deal", "fails"]), st.booleans()))
def test_each_key_is_charged_at_most_once(inputs: Inputs, assume: dict[str, bool]) -> None:
    """Whoever states it, and however conditions are assumed; and nothing is both charged and left out."""
    found = assess(DAY, KNOWN, inputs, assume)
    abouts = [each.measure.about for each in found.charged]
    assert len(abouts) == len(set(abouts))
    charged = {each.measure.id for each in found.charged}
    assert charged.isdisjoint(each.measure.id for each in found.excluded)


@PATIENT
@given(MEASURES, RULES, RATES)
def test_a_measure_that_no_rule_names_changes_no_other(
    measures: tuple[Measure, ...], rules: tuple[Rule, ...], rate: str
) -> None:
    without = assess(DAY, KNOWN, Inputs((BASE, *measures), rules))
    more = assess(DAY, KNOWN, Inputs((BASE, *measures, _measure("z", rate, "Z")), rules))
    assert [each for each in more.charged if each.measure.id != "z"] == list(without.charged)
    assert more.excluded == without.excluded


NOTICE = Clause("notice", True, None, "the notice is published")
FREED = replace(_rule("freed", StackingEffect.EXCLUDES, "S232", "*"), conditions=(NOTICE,))
METAL = _measure("metal", "50%", authority="S232")


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
    assert found.gaps == (("it is not certain that S232 50% holds",) if happens else ())
