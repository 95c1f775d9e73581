"""Duty texts: read exactly or not at all, and written so that they are read again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.duty import Duty, DutyBound, DutyComponent, DutyComponentKind
from schema.duty_grammar import UNITS, add_duties, read_duty, write_duty

AD_VALOREM, SPECIFIC = DutyComponentKind


def _per_cent(amount: str, bound: DutyBound | None = None) -> DutyComponent:
    return DutyComponent(AD_VALOREM, Decimal(amount), bound)


def _dollars(amount: str, unit: str, per: str = "1") -> DutyComponent:
    return DutyComponent(SPECIFIC, Decimal(amount), currency="USD", per=Decimal(per), unit=unit)


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
        "41 cents each + 5% on case and strap, band or bracelet",
        "3.6606 cents/kg of total sugars",
        "10% or so",
        "1/2%",
        "-5%",
        "10%%",
        "ten percent",
        "8.8 cents",
        "5 cents/kg drained",
        "5.4 cents/kg on drained weight",
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
    assert Duty("5% of the case", (DutyComponent(AD_VALOREM, Decimal(5), basis="the case"),)).ad_valorem is None


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
    AMOUNTS.map(lambda amount: DutyComponent(AD_VALOREM, amount)),
    st.builds(
        lambda amount, currency, per, unit: DutyComponent(
            SPECIFIC, amount, currency=currency, per=Decimal(per), unit=unit
        ),
        AMOUNTS,
        st.sampled_from(["USD", "EUR"]),
        st.sampled_from([1, 100]),
        st.sampled_from(sorted(set(UNITS.values()))),
    ),
)
DUTIES = st.builds(
    lambda plain, bounds: (*plain, *(replace(part, bound=bound) for bound, part in bounds.items())),
    st.lists(PARTS, min_size=1, max_size=3),
    st.dictionaries(st.sampled_from(DutyBound), PARTS, max_size=2),
).map(lambda parts: Duty(write_duty(parts), parts))


@given(DUTIES)
def test_what_is_written_is_read_again(duty: Duty) -> None:
    assert Counter(read_duty(duty.text).components) == Counter(duty.components)


@given(st.lists(DUTIES, min_size=1, max_size=4))
def test_a_sum_is_read_again(duties: list[Duty]) -> None:
    total = add_duties(duties)
    assert Counter(read_duty(total.text).components) == Counter(total.components)


@given(st.lists(AMOUNTS, max_size=5))
def test_percentages_add_up(amounts: list[Decimal]) -> None:
    total = add_duties(Duty(f"{amount}%", (DutyComponent(AD_VALOREM, amount),)) for amount in amounts)
    assert total.ad_valorem == sum(amounts, Decimal(0))


def test_a_sum_is_written_specific_parts_first() -> None:
    assert add_duties([read_duty("10%"), read_duty("4.4 cents/kg"), read_duty("15%")]).text == "4.4 cents/kg + 25%"


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
    assert add_duties([]) == add_duties([read_duty("Free"), read_duty("0%")]) == Duty("Free")
    bounded = read_duty("6.3 cents/liter, minimum 15%")
    assert add_duties([read_duty("Free"), bounded]) == bounded
