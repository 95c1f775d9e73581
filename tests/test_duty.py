"""Duty texts: read exactly or not at all, and written so that they are read again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.duty import Duty, DutyBound, DutyComponent, DutyComponentKind
from schema.duty_grammar import add_duties, read_duty, write_duty

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
        ("2.5%", "2.5", False),
        ("8.8 cents/kg", None, False),
        ("4.4 cents/kg + 10%", None, False),
    ],
)
def test_only_percentages_of_the_value_are_ad_valorem(text: str, ad_valorem: str | None, free: bool) -> None:
    duty = read_duty(text)
    assert duty.ad_valorem == (None if ad_valorem is None else Decimal(ad_valorem))
    assert duty.free is free


AMOUNTS = st.decimals(min_value="0.001", max_value="999", places=3)
PARTS = st.one_of(
    AMOUNTS.map(lambda amount: DutyComponent(AD_VALOREM, amount)),
    st.builds(
        lambda amount, unit, per: DutyComponent(SPECIFIC, amount, currency="USD", per=Decimal(per), unit=unit),
        AMOUNTS,
        st.sampled_from(["kg", "liter", "pr.", "No."]),
        st.sampled_from([1, 100]),
    ),
)


def _exact(components: tuple[DutyComponent, ...]) -> list[tuple[object, ...]]:
    return [(each.kind, each.amount.normalize(), each.per, each.unit, each.bound) for each in components]


@given(st.lists(PARTS, min_size=1, max_size=3).map(tuple))
def test_what_is_written_is_read_again(components: tuple[DutyComponent, ...]) -> None:
    again = read_duty(write_duty(components))
    assert again.readable
    expected = [
        (kind, amount, per if kind is SPECIFIC else None, unit, bound)
        for kind, amount, per, unit, bound in _exact(components)
    ]
    assert _exact(again.components) == expected


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
