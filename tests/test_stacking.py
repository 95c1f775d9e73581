"""The engine: general rules on measures made up for the purpose, and properties that any of them have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from schema.assessment import Coverage, assess
from schema.base import Modality
from schema.dates import PartialDate, parse_partial
from schema.duty_grammar import read_duty
from schema.stacking import selects
from schema.stacking_inputs import Address, Clause, Inputs, Measure, Period, Rule
from schema.tariffs import StackingEffect

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
    assert any("because of itself" in gap for gap in found.gaps)


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
    heading = _measure("heading", "9%", "MFN", prefix=4)
    found = assess(DAY, KNOWN, Inputs((heading, BASE)))
    assert (found.ad_valorem, found.excluded) == (Decimal("2.5"), ())


def test_a_preference_is_never_charged_unclaimed() -> None:
    found = assess(DAY, KNOWN, Inputs((BASE, _measure("p", "1%", "PREFERENCE"))))
    assert found.ad_valorem == Decimal("2.5")
    assert [each.measure.id for each in found.excluded] == ["p"]


def test_of_two_sources_the_preferred_is_charged_and_both_are_named() -> None:
    act, press = _measure("act", "10%"), _measure("press", "12%", about="about-act", rank=3)
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


def test_selectors() -> None:
    measure = _measure("m", "1%", "IEEPA", "reciprocal/country")
    acts = {"about-m": {"instrument/us/eo-1"}}
    for yes in ("*", "IEEPA", "IEEPA:reciprocal", "IEEPA:reciprocal/country", "instrument/us/eo-1"):
        assert selects(yes, measure, acts), yes
    for no in ("S232", "IEEPA:recip", "IEEPA:reciprocal/country/x", "instrument/us/eo-2"):
        assert not selects(no, measure, acts), no


RATES = st.integers(0, 50).map(lambda rate: f"{rate}%")
NAMES = st.sampled_from("ABCD")
MEASURES = st.lists(st.tuples(NAMES, RATES), max_size=5).map(
    lambda rows: tuple(_measure(f"m{i}", rate, name) for i, (name, rate) in enumerate(rows))
)
RULES = st.lists(
    st.tuples(
        st.sampled_from([StackingEffect.EXCLUDES, StackingEffect.REPLACES, StackingEffect.FLOOR_TO]), NAMES, NAMES
    ),
    max_size=4,
).map(lambda rows: tuple(_rule(f"r{i}", *row) for i, row in enumerate(rows)))


@given(MEASURES, RULES)
def test_components_add_up_and_every_measure_is_accounted_for(
    measures: tuple[Measure, ...], rules: tuple[Rule, ...]
) -> None:
    found = assess(DAY, KNOWN, Inputs((BASE, *measures), rules))
    rates = [each.duty.ad_valorem for each in found.charged]
    assert found.ad_valorem == sum(rate for rate in rates if rate is not None)
    charged = [each.measure.id for each in found.charged]
    excluded = [each.measure.id for each in found.excluded]
    assert sorted(charged + excluded) == sorted(["base", *(each.id for each in measures)])


@given(MEASURES, RULES, st.randoms())
def test_the_order_of_inputs_means_nothing(
    measures: tuple[Measure, ...], rules: tuple[Rule, ...], chance: object
) -> None:
    shuffled_measures, shuffled_rules = list(measures), list(rules)
    chance.shuffle(shuffled_measures)  # type: ignore[attr-defined]
    chance.shuffle(shuffled_rules)  # type: ignore[attr-defined]
    first = assess(DAY, KNOWN, Inputs((BASE, *measures), rules))
    second = assess(DAY, KNOWN, Inputs((*shuffled_measures, BASE), tuple(shuffled_rules)))
    assert first == second


@given(MEASURES, RULES, RATES)
def test_a_measure_that_no_rule_names_changes_no_other(
    measures: tuple[Measure, ...], rules: tuple[Rule, ...], rate: str
) -> None:
    without = assess(DAY, KNOWN, Inputs((BASE, *measures), rules))
    more = assess(DAY, KNOWN, Inputs((BASE, *measures, _measure("z", rate, "Z")), rules))
    assert [each for each in more.charged if each.measure.id != "z"] == list(without.charged)
    assert more.excluded == without.excluded
