"""Duty texts: read exactly or not at all, and written so that they are read again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.duty import Duty, DutyBound, DutyComponent, DutyComponentKind
from schema.duty_classes import DutyText, classify
from schema.duty_grammar import add_duties, read_duty, write_duty
from schema.duty_words import QUANTITY_BASES, UNITS, VALUE_BASES
from schema.equivalent import valued
from schema.goods import UnitValue

PATIENT = settings(deadline=None)
"""A busy machine is no fault of the code."""
AD_VALOREM, SPECIFIC = DutyComponentKind


def _per_cent(amount: str, bound: DutyBound | None = None) -> DutyComponent:
    return DutyComponent(AD_VALOREM, Decimal(amount), bound)


def _of(amount: str, basis: str) -> DutyComponent:
    return DutyComponent(AD_VALOREM, Decimal(amount), basis=basis)


def _dollars(amount: str, unit: str, per: str = "1", basis: str | None = None) -> DutyComponent:
    return DutyComponent(SPECIFIC, Decimal(amount), currency="USD", per=Decimal(per), unit=unit, basis=basis)


@pytest.mark.parametrize(
    ("text", "components"),
    [
        ("Free", ()),
        ("free", ()),
        ("2.5%", (_per_cent("2.5"),)),
        ("2.50 %", (_per_cent("2.50"),)),
        ("25 percent", (_per_cent("25"),)),
        ("8.8 cents/kg", (_dollars("0.088", "kg"),)),
        ("8.8¢/kg", (_dollars("0.088", "kg"),)),
        ("$1.227/kg", (_dollars("1.227", "kg"),)),
        ("$3/100 kg", (_dollars("3", "kg", "100"),)),
        ("41 cents each", (_dollars("0.41", "each"),)),
        ("90 cents/pr. + 37.5%", (_dollars("0.90", "pr."), _per_cent("37.5"))),
        ("4.4 cents/kg + 10%", (_dollars("0.044", "kg"), _per_cent("10"))),
        ("6.3 cents/liter, minimum 15%", (_dollars("0.063", "liter"), _per_cent("15", DutyBound.MINIMUM))),
        ("0.5 cents/pf.liter", (_dollars("0.005", "pf. liter"),)),
        ("$1,050.25 each", (_dollars("1050.25", "each"),)),
        ("Free, under bond, as prescribed in U.S. note 1 to this subchapter", ()),
        ("5.4 cents/kg on drained weight", (_dollars("0.054", "kg", basis="drained weight"),)),
        ("$1.32/t, including weight of container", (_dollars("1.32", "t", basis="weight and container"),)),
        ("38.4 cents/1000", (_dollars("0.384", "thousand"),)),
        ("10 cents/1,000 pins + 3.5%", (_dollars("0.1", "pins", "1000"), _per_cent("3.5"))),
        ("0.3 cents/line/ gross + 4.6%", (_dollars("0.003", "line/gross"), _per_cent("4.6"))),
        (
            "41 cents each + 5% on case and strap, band or bracelet + 4.2% on the battery",
            (
                _dollars("0.41", "each"),
                _of("5", "the case and strap, band or bracelet"),
                _of("4.2", "the battery"),
            ),
        ),
        (
            "57 cents each + 3.7 cents/jewel over 7 + 4.9% on the case",
            (_dollars("0.57", "each"), _dollars("0.037", "jewel over 7"), _of("4.9", "the case")),
        ),
        (
            "3.1 cents/liter + 22.1 cents/pf. liter on ethyl alcohol content",
            (_dollars("0.031", "liter"), _dollars("0.221", "pf. liter", basis="ethyl alcohol content")),
        ),
        ("5 EUR/100 kg", (DutyComponent(SPECIFIC, Decimal(5), currency="EUR", per=Decimal(100), unit="kg"),)),
    ],
)
def test_a_duty_is_read_exactly(text: str, components: tuple[DutyComponent, ...]) -> None:
    assert read_duty(text) == Duty(text, components)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "See 9822.04.45",
        "The duty provided in the applicable subheading + 10%",
        "10% or so",
        "1/2%",
        "-5%",
        "10%%",
        "ten percent",
        "8.8 cents",
        "5 cents/kg drained",
        "5.4 cents/kg on drained",
        "5% on the lid",
        "5.4 cents/kg on the case",
        "Free (A,AU)",
        "Free, for such temporary periods as the Secretary of the Treasury by regulation may prescribe",
        "3.6606 cents/kg less 0.020668 cents/kg for each degree under 100 degrees",
        "2,5%",
        "1234,567%",
        "٢٥%",
        "1" * 30 + "%",
        "minimum 15%",
        "10%, minimum 5% + 3%",
        "(10%",
        "((10%))",
        "10% +",
    ],
)
def test_what_is_not_certain_stays_unread(text: str) -> None:
    duty = read_duty(text)
    assert (duty.readable, duty.components, duty.ad_valorem, duty.free) == (False, (), None, False)


@pytest.mark.parametrize(
    ("text", "ad_valorem", "free"),
    [
        ("Free", "0", True),
        ("0%", "0", True),
        ("0 cents/kg", "0", True),
        ("10%, minimum 5%", None, False),
        ("2.5%", "2.5", False),
        ("8.8 cents/kg", None, False),
        ("4.4 cents/kg + 10%", None, False),
    ],
)
def test_only_percentages_of_the_value_are_ad_valorem(text: str, ad_valorem: str | None, free: bool) -> None:
    duty = read_duty(text)
    assert duty.ad_valorem == (None if ad_valorem is None else Decimal(ad_valorem))
    assert duty.free is free


def test_a_percentage_of_something_else_is_no_percentage_of_the_value() -> None:
    components = (DutyComponent(AD_VALOREM, Decimal(5), basis="the case"),)
    assert write_duty(components) == "5% of the case"
    assert Duty("5% of the case", components).ad_valorem is None


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("Free", "0"),
        ("2.5%", "2.5"),
        ("8.8 cents/kg", "0"),
        ("90 cents/pr. + 37.5%", "37.5"),
        ("6.3 cents/liter, minimum 15%", "15"),
        ("20%, minimum 15%", "20"),
        ("20%, maximum 3 cents/kg", "0"),
        ("10% + (6.3 cents/liter, minimum 15%)", "25"),
        ("See 9822.04.45", "0"),
    ],
)
def test_what_a_duty_certainly_comes_to(text: str, least: str) -> None:
    assert read_duty(text).at_least == Decimal(least)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Free", "Free"),
        ("25.00 percent", "25%"),
        ("100%", "100%"),
        ("8.80¢ / kg", "8.8 cents/kg"),
        ("$0.41 each", "41 cents each"),
        ("122.7 cents/kg", "$1.227/kg"),
        ("$3/100 kg", "$3/100 kg"),
        ("4.4 cents/kg+10%", "4.4 cents/kg + 10%"),
        ("6.3 cents/liter minimum 15%", "6.3 cents/liter, minimum 15%"),
        ("10%, minimum 2 cents/kg, maximum 5 cents/kg", "10%, minimum 2 cents/kg, maximum 5 cents/kg"),
    ],
)
def test_duties_are_written_in_one_form(text: str, canonical: str) -> None:
    assert write_duty(read_duty(text).components) == canonical


AMOUNTS = st.decimals(min_value="0.001", max_value="999", places=3)
PARTS = st.one_of(
    st.builds(
        lambda amount, basis: DutyComponent(AD_VALOREM, amount, basis=basis),
        AMOUNTS,
        st.sampled_from([None, *sorted(set(VALUE_BASES.values()))]),
    ),
    st.builds(
        lambda amount, currency, per, unit, basis: DutyComponent(
            SPECIFIC, amount, currency=currency, per=Decimal(per), unit=unit, basis=basis
        ),
        AMOUNTS,
        st.sampled_from(["USD", "EUR"]),
        st.sampled_from([1, 100]),
        st.sampled_from(sorted(set(UNITS.values()))),
        st.sampled_from([None, *sorted(set(QUANTITY_BASES.values()))]),
    ),
)
DUTIES = st.builds(
    lambda plain, bounds: (*plain, *(replace(part, bound=bound) for bound, part in bounds.items())),
    st.lists(PARTS, min_size=1, max_size=3),
    st.dictionaries(st.sampled_from(DutyBound), PARTS, max_size=2),
).map(lambda parts: Duty(write_duty(parts), parts))


@PATIENT
@given(DUTIES)
def test_what_is_written_is_read_again(duty: Duty) -> None:
    assert Counter(read_duty(duty.text).components) == Counter(duty.components)


@PATIENT
@given(st.lists(DUTIES, min_size=1, max_size=4))
def test_a_sum_is_read_again(duties: list[Duty]) -> None:
    total = add_duties(duties)
    assert Counter(read_duty(total.text).components) == Counter(total.components)


@PATIENT
@given(st.lists(AMOUNTS, max_size=5))
def test_percentages_add_up(amounts: list[Decimal]) -> None:
    total = add_duties(Duty(f"{amount}%", (DutyComponent(AD_VALOREM, amount),)) for amount in amounts)
    assert total.ad_valorem == sum(amounts, Decimal(0))


def test_a_sum_is_written_specific_parts_first() -> None:
    assert add_duties([read_duty("10%"), read_duty("4.4 cents/kg"), read_duty("15%")]).text == "4.4 cents/kg + 25%"


def test_parts_of_other_bases_stay_apart() -> None:
    duties = map(read_duty, ["30 cents each + 6.9% on the case", "10%", "20 cents each + 1% on the case"])
    assert add_duties(duties).text == "50 cents each + 7.9% of the case + 10%"


def test_a_rate_on_a_part_of_the_goods_is_no_rate_of_the_whole() -> None:
    assert read_duty("5% on the case").at_least == 0
    assert valued(read_duty("3.7 cents/kg on drained weight"), UnitValue(Decimal(4), "USD", "kg")).equivalent is None


@PATIENT
@given(st.one_of(st.text(), st.text(alphabet="0123456789.,%$¢/+ ()centskgFreeminimumaxo")))
def test_no_text_makes_reading_fail(text: str) -> None:
    duty = read_duty(text)
    assert duty.text == text
    assert duty.readable or not duty.components
    assert classify(text) in DutyText
    assert (classify(text) is DutyText.READ) is read_duty(" ".join(text.split())).readable


def test_a_sum_with_an_unread_part_is_unread() -> None:
    total = add_duties([read_duty("10%"), read_duty("See 9822.04.45")])
    assert (total.readable, total.ad_valorem) == (False, None)
    assert "See 9822.04.45" in total.text


def test_money_of_one_currency_and_unit_adds_up() -> None:
    duties = map(read_duty, ["4.4 cents/kg + 10%", "$1/kg", "2 cents/100 kg", "3 EUR/kg", "5%"])
    assert add_duties(duties).text == "$1.044/kg + 2 cents/100 kg + 3 EUR/kg + 15%"


def test_a_bound_limits_its_own_duty_alone() -> None:
    total = add_duties(map(read_duty, ["6.3 cents/liter, minimum 15%", "10%"]))
    assert total.text == "10% + (6.3 cents/liter, minimum 15%)"
    assert total == read_duty(total.text)
    assert add_duties([total, read_duty("5%")]).text == "15% + (6.3 cents/liter, minimum 15%)"


def test_what_is_free_adds_nothing() -> None:
    assert add_duties([read_duty("0% + 5 cents/kg")]).text == "5 cents/kg"
    assert add_duties([]) == add_duties([read_duty("Free"), read_duty("0%")]) == Duty("Free")
    bounded = read_duty("6.3 cents/liter, minimum 15%")
    assert add_duties([read_duty("Free"), bounded]) == bounded
