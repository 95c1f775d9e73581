"""Which measures are charged together: general rules on measures made up for the purpose."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.assessment import Coverage, assess
from schema.base import Modality
from schema.selectors import selects
from schema.stacking_inputs import Address, Inputs, Measure, Rule
from schema.tariffs import StackingEffect
from tests.made_up import BASE, CLAUSE, DAY, KNOWN, LENT, PATIENT, a_measure, a_period, a_rule


def _total(*measures: Measure, rules: tuple[Rule, ...] = (), **more: object) -> Decimal | None:
    return assess(DAY, KNOWN, Inputs(measures, rules, **more)).ad_valorem  # type: ignore[arg-type]


def test_duties_add_up() -> None:
    assert _total(BASE, a_measure("a", "10%"), a_measure("b", "5%")) == Decimal("17.5")


def test_without_a_base_nothing_is_a_total() -> None:
    found = assess(DAY, KNOWN, Inputs((a_measure("a", "10%"),)))
    assert (found.coverage, found.duty, found.ad_valorem) == (Coverage.NONE, None, None)


def test_an_exclusion_holds_only_while_its_object_is_charged() -> None:
    """A excludes B, B would exclude C: C stays."""
    a, b, c = (a_measure(name, "10%", name.upper()) for name in "abc")
    rules = (a_rule("1", StackingEffect.EXCLUDES, "B", "A"), a_rule("2", StackingEffect.EXCLUDES, "C", "B"))
    found = assess(DAY, KNOWN, Inputs((BASE, a, b, c), rules))
    assert [each.measure.id for each in found.charged] == ["base", "a", "c"]
    assert [(each.measure.id, each.rule, each.by) for each in found.excluded] == [("b", "1", ("a",))]


def test_a_suspended_measure_displaces_nothing() -> None:
    country, baseline = a_measure("c", "24%", "I", "r/country"), a_measure("b", "10%", "I", "r/base")
    rules = (a_rule("1", StackingEffect.REPLACES, "I:r/base", "I:r/country"),)
    assert _total(BASE, country, baseline, rules=rules) == Decimal("26.5")
    suspended = (Address("s", "about-c", a_period("2025-07-01", "2025-08-01")),)
    assert _total(BASE, country, baseline, rules=rules, suspensions=suspended) == Decimal("12.5")


def test_rules_that_exclude_each_other_are_a_gap_and_never_silent() -> None:
    a, b = a_measure("a", "10%", "A"), a_measure("b", "5%", "B")
    rules = (a_rule("1", StackingEffect.EXCLUDES, "A", "B"), a_rule("2", StackingEffect.EXCLUDES, "B", "A"))
    found = assess(DAY, KNOWN, Inputs((BASE, a, b), rules))
    assert found.coverage is Coverage.PARTIAL
    assert found.gaps == ("rules exclude each other, and none of them is applied: A EXCLUDES B; B EXCLUDES A",)
    assert [each.measure.id for each in found.charged] == ["base", "a", "b"]


def test_a_floor_tops_up_and_never_below_zero() -> None:
    rules = (a_rule("1", StackingEffect.FLOOR_TO, "X", "MFN"),)
    assert _total(BASE, a_measure("a", "15%"), rules=rules) == 15
    assert _total(a_measure("base", "32%", "MFN", prefix=8), a_measure("a", "15%"), rules=rules) == 32


def test_a_floor_over_a_specific_duty_is_unknown() -> None:
    rules = (a_rule("1", StackingEffect.FLOOR_TO, "X", "MFN"),)
    found = assess(
        DAY, KNOWN, Inputs((a_measure("base", "8.8 cents/kg", "MFN", prefix=8), a_measure("a", "15%")), rules)
    )
    assert (found.ad_valorem, found.coverage) == (None, Coverage.PARTIAL)


def test_an_effect_that_is_not_computed_is_a_gap() -> None:
    rules = (a_rule("1", StackingEffect.SHARE, "X", "MFN"),)
    found = assess(DAY, KNOWN, Inputs((BASE, a_measure("a", "15%")), rules))
    assert (found.ad_valorem, found.coverage) == (None, Coverage.PARTIAL)


def test_the_longest_code_of_a_schedule_states_the_base() -> None:
    heading = a_measure("above", "9%", "MFN", prefix=4)
    found = assess(DAY, KNOWN, Inputs((heading, BASE)))
    assert (found.ad_valorem, found.excluded, found.disagreements) == (Decimal("2.5"), (), ())


def test_a_preference_is_never_charged_unclaimed() -> None:
    found = assess(DAY, KNOWN, Inputs((BASE, a_measure("p", "1%", "PREFERENCE"))))
    assert found.ad_valorem == Decimal("2.5")
    assert [each.measure.id for each in found.excluded] == ["p"]


def test_of_two_sources_the_preferred_is_charged_and_both_are_named() -> None:
    act, press = a_measure("act", "10%"), a_measure("press", "12%", about="about-act", rank=3, known_from=KNOWN)
    found = assess(DAY, KNOWN, Inputs((BASE, press, act)))
    assert (found.ad_valorem, found.disagreements) == (Decimal("12.5"), ("act", "press"))


def test_selectors() -> None:
    measure = a_measure("m", "1%", "IEEPA", "reciprocal/country")
    acts = {"about-m": {"instrument/us/eo-1"}}
    for yes in ("*", "IEEPA", "IEEPA:reciprocal", "IEEPA:reciprocal/country", "instrument/us/eo-1"):
        assert selects(yes, measure, acts), yes
    for no in ("S232", "IEEPA:recip", "IEEPA:reciprocal/country/x", "instrument/us/eo-2"):
        assert not selects(no, measure, acts), no


def test_a_circle_of_rules_leaves_the_rest_alone() -> None:
    """A and B exclude each other, C is left out by D: the circle decides nothing about C and D."""
    a, b, c, d = (a_measure(name, "10%", name.upper()) for name in "abcd")
    rules = (
        a_rule("1", StackingEffect.EXCLUDES, "A", "B"),
        a_rule("2", StackingEffect.EXCLUDES, "B", "A"),
        a_rule("3", StackingEffect.EXCLUDES, "C", "D"),
    )
    found = assess(DAY, KNOWN, Inputs((BASE, a, b, c, d), rules))
    assert [each.measure.id for each in found.charged] == ["base", "a", "b", "d"]


def test_a_rule_with_any_object_needs_no_displacing_measure() -> None:
    found = assess(DAY, KNOWN, Inputs((BASE, a_measure("a", "10%")), (a_rule("1", StackingEffect.EXCLUDES, "X", "*"),)))
    assert [(each.measure.id, each.rule, each.by) for each in found.excluded] == [("a", "1", ())]
    assert (found.ad_valorem, found.coverage) == (Decimal("2.5"), Coverage.COMPLETE)


def test_a_rule_by_act_reaches_later_versions_of_its_measures() -> None:
    """The rule names the first act; its measure is charged in a version that a later act restates."""
    first = a_measure("a1", "10%", instrument="instrument/us/first", period=a_period("2024-01-01", "2025-01-01"))
    later = a_measure("a2", "12%", about=first.about, instrument="instrument/us/later")
    rules = (a_rule("1", StackingEffect.EXCLUDES, "instrument/us/first", "*"),)
    assert _total(BASE, first, later, rules=rules) == Decimal("2.5")


def test_two_acts_that_state_one_floor_top_up_once() -> None:
    rules = (a_rule("1", StackingEffect.FLOOR_TO, "X", "MFN"), a_rule("2", StackingEffect.FLOOR_TO, "X:p", "MFN"))
    found = assess(DAY, KNOWN, Inputs((BASE, a_measure("a", "15%", programme="p")), rules))
    assert found.ad_valorem == 15
    assert [(each.duty.text, each.rules) for each in found.charged] == [("2.5%", ()), ("12.5%", ("1", "2"))]


def test_a_floor_rests_on_what_other_floors_leave() -> None:
    """Y tops the base up to 10, X tops base and Y up to 15: 2.5 + 7.5 + 5."""
    rules = (a_rule("1", StackingEffect.FLOOR_TO, "X", "*"), a_rule("2", StackingEffect.FLOOR_TO, "Y", "MFN"))
    found = assess(DAY, KNOWN, Inputs((BASE, a_measure("a", "15%"), a_measure("b", "10%", "Y")), rules))
    assert {each.measure.id: each.duty.text for each in found.charged} == {"base": "2.5%", "a": "5%", "b": "7.5%"}


def test_floors_that_rest_on_each_other_are_unknown() -> None:
    rules = (a_rule("1", StackingEffect.FLOOR_TO, "X", "Y"), a_rule("2", StackingEffect.FLOOR_TO, "Y", "X"))
    found = assess(DAY, KNOWN, Inputs((BASE, a_measure("a", "15%"), a_measure("b", "10%", "Y")), rules))
    assert (found.ad_valorem, found.coverage) == (None, Coverage.PARTIAL)
    assert found.gaps == ("rules on totals rest on each other, and the total is unknown: X FLOOR_TO Y",
                          "rules on totals rest on each other, and the total is unknown: Y FLOOR_TO X")  # fmt: skip


def test_a_floor_below_the_certain_part_of_a_compound_duty_adds_nothing() -> None:
    """37.5 % and something a pair is more than 15 %, whatever the shoes cost."""
    rules = (a_rule("1", StackingEffect.FLOOR_TO, "X", "MFN"),)
    shoes = a_measure("base", "90 cents/pr. + 37.5%", "MFN", prefix=8)
    found = assess(DAY, KNOWN, Inputs((shoes, a_measure("a", "15%")), rules))
    assert (found.duty, found.ad_valorem, found.gaps) == (shoes.duty, None, ())


@pytest.mark.parametrize(
    ("base", "own", "added"), [("2.5%", "10%", "2.5%"), ("30%", "10%", "10%"), ("Free", "10%", "0%")]
)
def test_a_cap_is_what_the_objects_come_to(base: str, own: str, added: str) -> None:
    rules = (a_rule("1", StackingEffect.CAP_AT, "X", "MFN"),)
    found = assess(DAY, KNOWN, Inputs((a_measure("base", base, "MFN", prefix=8), a_measure("a", own)), rules))
    assert [(each.duty.text, each.rules) for each in found.charged] == [(base, ()), (added, ("1",))]


def test_a_cap_by_a_specific_duty_is_unknown() -> None:
    rules = (a_rule("1", StackingEffect.CAP_AT, "X", "MFN"),)
    found = assess(
        DAY, KNOWN, Inputs((a_measure("base", "8.8 cents/kg", "MFN", prefix=8), a_measure("a", "15%")), rules)
    )
    assert (found.ad_valorem, found.duty and found.duty.readable) == (None, False)
    assert found.gaps == ("the total of 15% needs the ad valorem equivalent of 8.8 cents/kg",)


def test_a_rule_that_adds_is_cited_and_changes_nothing() -> None:
    found = assess(DAY, KNOWN, Inputs((BASE, a_measure("a", "15%")), (a_rule("1", StackingEffect.ADDS, "X", "MFN"),)))
    assert (found.ad_valorem, found.charged[1].rules) == (Decimal("17.5"), ("1",))


def test_a_duty_that_could_not_be_read_is_never_left_out_of_the_total() -> None:
    found = assess(DAY, KNOWN, Inputs((BASE, a_measure("a", "See 9822.04.45"))))
    assert (found.ad_valorem, found.coverage) == (None, Coverage.PARTIAL)
    assert found.duty and (found.duty.text, found.duty.readable) == ("2.5% + See 9822.04.45", False)
    assert found.gaps == ("the duty could not be read: X See 9822.04.45",)


def test_two_releases_of_a_schedule_are_one_base() -> None:
    """Each groups the lines in its own way, so that their about-keys differ: still one line has one duty."""
    other = a_measure("other", "3%", "MFN", prefix=8, known_from=date(2025, 6, 6))
    found = assess(DAY, KNOWN, Inputs((BASE, other)))
    assert (found.ad_valorem, found.disagreements) == (Decimal(3), ("base", "other"))


def test_one_duty_in_other_words_is_no_disagreement() -> None:
    for texts in (("10%", "10.0 percent"), ("Free", "0%")):
        same = [a_measure(text, text, about="same") for text in texts]
        found = assess(DAY, KNOWN, Inputs((BASE, *same)))
        assert (len(found.charged), found.disagreements) == (2, ())


def test_a_duty_that_could_not_be_read_disagrees_with_free() -> None:
    found = assess(DAY, KNOWN, Inputs((BASE, a_measure("a", "Free", about="k"), a_measure("b", "See 9822", about="k"))))
    assert found.disagreements == ("a", "b")


def test_gaps_of_measures_rules_and_their_sources_are_repeated() -> None:
    rules = (
        replace(a_rule("1", StackingEffect.EXCLUDES, "X", "Y"), gap="a list is missing", source_gaps=("an annex",)),
        replace(a_rule("2", StackingEffect.EXCLUDES, "Z", "Y"), gap="bears on nothing here"),
        replace(a_rule("3", StackingEffect.EXCLUDES, "X", "Y"), gap="over", period=a_period("2024", "2025-01-01")),
    )
    found = assess(DAY, KNOWN, Inputs((BASE, a_measure("a", "1%", gap="part", source_gaps=("page 2",))), rules))
    assert (found.gaps, found.coverage) == (("a list is missing", "an annex", "page 2", "part"), Coverage.PARTIAL)


def test_the_end_of_a_suspension_is_the_first_day_of_the_duty() -> None:
    suspended = Inputs(
        (BASE, a_measure("a", "10%")), suspensions=(Address("s", "about-a", a_period("2025-07", "2025-07-11")),)
    )
    found = assess(date(2025, 7, 31), KNOWN, suspended)
    assert (found.ad_valorem, found.excluded) == (Decimal("12.5"), ())


def test_a_suspension_says_until_when() -> None:
    suspended = Inputs(
        (BASE, a_measure("a", "10%")), suspensions=(Address("s", "about-a", a_period("2025", "2025-07-11")),)
    )
    found = assess(
        DAY,
        KNOWN,
        replace(
            suspended, suspensions=(replace(suspended.suspensions[0], period=a_period("2025-01-01", "2025-07-11")),)
        ),
    )
    assert [(each.reason, each.suspension) for each in found.excluded] == [("suspended until 2025-07-11", "s")]


def test_no_measure_displaces_itself() -> None:
    found = assess(DAY, KNOWN, Inputs((BASE, a_measure("a", "10%")), (a_rule("1", StackingEffect.EXCLUDES, "X", "X"),)))
    assert (found.ad_valorem, found.gaps) == (Decimal("12.5"), ())


def test_only_what_is_charged_is_named_as_displacing() -> None:
    rules = (a_rule("1", StackingEffect.EXCLUDES, "C", "X"), a_rule("2", StackingEffect.EXCLUDES, "X:b", "X:a"))
    a, b, c = a_measure("a", "1%", programme="a"), a_measure("b", "1%", programme="b"), a_measure("c", "1%", "C")
    found = assess(DAY, KNOWN, Inputs((BASE, a, b, c), rules))
    assert {each.measure.id: each.by for each in found.excluded} == {"b": ("a",), "c": ("a",)}


def test_the_same_source_and_rule_are_named_in_whatever_order_they_come() -> None:
    one, two = a_measure("1", "10%", about="k"), a_measure("2", "12%", about="k")
    floors = [a_rule(each, StackingEffect.FLOOR_TO, "X", "MFN") for each in "pq"]
    ways = [a_rule(each, StackingEffect.EXCLUDES, "Y", "X") for each in "rs"]
    inputs = Inputs((BASE, one, two, a_measure("y", "1%", "Y")), (*floors, *ways))
    turned = Inputs(inputs.measures[::-1], inputs.rules[::-1])
    found = assess(DAY, KNOWN, inputs)
    assert found == assess(DAY, KNOWN, turned)
    assert [(each.measure.id, each.rules) for each in found.charged] == [("base", ()), ("1", ("p", "q"))]
    assert [(each.measure.id, each.rule) for each in found.excluded] == [("y", "r")]


def test_a_judgment_is_named_where_what_it_annuls_is_charged() -> None:
    annulments = (Address("j", "about-a", a_period()), Address("k", "about-other", a_period()))
    found = assess(DAY, KNOWN, Inputs((BASE, a_measure("a", "10%")), annulments=annulments))
    assert (found.ad_valorem, found.annulled) == (Decimal("12.5"), ("j",))


RATES = st.integers(0, 50).map(lambda rate: f"{rate}%")
NAMES = st.sampled_from("ABCD")
MEASURES = st.lists(st.tuples(NAMES, RATES), max_size=5).map(
    lambda rows: tuple(a_measure(f"m{i}", rate, name) for i, (name, rate) in enumerate(rows))
)
RULES = st.lists(
    st.tuples(st.sampled_from([each for each in StackingEffect if each is not StackingEffect.SHARE]), NAMES, NAMES),
    max_size=4,
).map(lambda rows: tuple(a_rule(f"r{i}", *row) for i, row in enumerate(rows)))


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
    periods = st.sampled_from([a_period("2025-01-01"), a_period("2025-07"), a_period("2025-01-01", "2025-07-10")])
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
    more = assess(DAY, KNOWN, Inputs((BASE, *measures, a_measure("z", rate, "Z")), rules))
    assert [each for each in more.charged if each.measure.id != "z"] == list(without.charged)
    assert more.excluded == without.excluded
