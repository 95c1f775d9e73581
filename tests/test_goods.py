"""What is known of the goods: unit values, preferences, tests, shares of content, days of loading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.assessment import Assessment, Coverage, assess
from schema.duty import Duty
from schema.duty_grammar import read_duty
from schema.equivalent import valued
from schema.goods import Goods, UnitValue
from schema.stacking_inputs import Inputs, Measure, Rule
from schema.tariffs import StackingEffect
from tests.conftest import Graph
from tests.made_up import BASE, DAY, KNOWN, a_measure, a_period, a_rule

TARIFF = """
query ($origin: String!, $product: String!, $at: Date!, $goods: Goods) {
  tariff(importer: "US", origin: $origin, product: $product, at: $at, goods: $goods) {
    adValorem duty { text adValorem } gaps components { duty { text adValorem } measure { authority } }
  }
}
"""
WINE = "2204.21.50"


def _tariff(graph: Graph, origin: str, product: str, at: str, **goods: Any) -> dict[str, Any]:
    found: dict[str, Any] = graph.ask(TARIFF, origin=origin, product=product, at=at, goods=goods)["tariff"]
    return found


def _worth(amount: str, currency: str = "USD", unit: str = "liter") -> dict[str, str]:
    return {"amount": amount, "currency": currency, "unit": unit}


def test_wine_at_a_unit_value(shipped: Graph) -> None:
    """6.3 cents/liter at 7 USD is 0.9 %, and 10 % of the baseline on top."""
    answer = _tariff(shipped, "KE", WINE, "2025-06-01", unitValue=_worth("7.00"))
    assert answer["adValorem"] == answer["duty"]["adValorem"] == "10.9"
    assert answer["duty"]["text"] == "6.3 cents/liter + 10%"
    assert [part["duty"]["adValorem"] for part in answer["components"]] == ["0.9", "10"]


def test_a_floor_over_a_specific_duty_at_a_unit_value(shipped: Graph) -> None:
    """15 % in all on wine of the EU, whatever the specific duty comes to: a third of a cent is no loss."""
    for amount, base in (("7.00", "0.9"), ("3.00", "2.1"), ("7.10", "0.887323943662")):
        answer = _tariff(shipped, "FR", WINE, "2025-09-01", unitValue=_worth(amount))
        assert answer["adValorem"] == "15"
        assert answer["components"][0]["duty"]["adValorem"] == base


def test_another_unit_or_currency_is_a_gap(shipped: Graph) -> None:
    for worth in (_worth("7", "EUR"), _worth("7", unit="kg")):
        answer = _tariff(shipped, "KE", WINE, "2025-06-01", unitValue=worth)
        assert answer["adValorem"] is None
        assert any("no ad valorem equivalent" in gap for gap in answer["gaps"])


def test_nothing_said_of_the_goods_changes_nothing(shipped: Graph) -> None:
    assert _tariff(shipped, "JP", "8703.23.01", "2025-07-10") == _tariff(
        shipped, "JP", "8703.23.01", "2025-07-10", preference="NONE", inQuota=False
    )


@pytest.mark.parametrize(
    "goods",
    [
        {"unitValue": _worth("0")},
        {"loadedOn": "2025-07-11"},
        {"contentShares": [{"material": "steel", "percent": "60"}, {"material": "copper", "percent": "60"}]},
        {"contentShares": [{"material": "steel", "percent": "-1"}]},
        {"contentShares": [{"material": "steel", "percent": "1"}, {"material": "steel", "percent": "2"}]},
        {"attributes": [{"name": "a", "value": "1"}, {"name": "a", "value": "2"}]},
    ],
)
def test_goods_that_cannot_be(shipped: Graph, goods: dict[str, Any]) -> None:
    response = shipped.respond(TARIFF, origin="JP", product="8479.50.00", at="2025-07-10", goods=goods)
    assert response["errors"][0]["extensions"]["code"] == "BAD_QUESTION"


@pytest.mark.parametrize(
    ("text", "amount", "unit", "rate"),
    [
        ("8.8 cents/kg", "4.00", "kg", "2.2"),
        ("4.4 cents/kg + 10%", "2", "kg", "12.2"),
        ("$3/100 kg", "0.30", "KG", "10"),
        ("41 cents each", "8.2", "each", "5"),
        ("6.3 cents/liter, minimum 15%", "7", "litre", "15"),
        ("6.3 cents/liter, minimum 15%", "0.21", "liters", "30"),
        ("6.3 cents/liter, maximum 15%", "0.21", "liter", "15"),
        ("10%", "1", "kg", "10"),
    ],
)
def test_equivalents(text: str, amount: str, unit: str, rate: str) -> None:
    assert valued(read_duty(text), UnitValue(Decimal(amount), "USD", unit)).ad_valorem == Decimal(rate)


def test_what_is_not_read_has_no_equivalent() -> None:
    assert valued(Duty("see note", readable=False), UnitValue(Decimal(1), "USD", "kg")).ad_valorem is None


def _assess(measures: tuple[Measure, ...], rules: tuple[Rule, ...] = (), **goods: Any) -> Assessment:
    return assess(DAY, KNOWN, Inputs((BASE, *measures), rules), goods=Goods(**goods))


A = a_measure("p", "1%", "PREFERENCE", "A", agreement="agreement/a")
B = a_measure("q", "0%", "PREFERENCE", "B", agreement="agreement/b")


def test_a_claimed_preference_stands_in_place_of_the_base() -> None:
    found = _assess((A, B), agreement="agreement/a")
    assert found.ad_valorem == 1
    assert {each.measure.id: each.by for each in found.excluded} == {"base": ("p",), "q": ()}


def test_a_rule_that_tests_a_claim_or_what_importers_show_is_never_open() -> None:
    """Not claimed and not shown it leaves the answer as it is, and says nothing of its gaps."""
    cases: tuple[tuple[str, dict[str, Any]], ...] = (
        ("claim=agreement/a", {"agreement": "agreement/a"}),
        ("shown:kind=gift", {"attributes": {"kind": "gift"}}),
    )
    for test, said in cases:
        more = a_measure("x", "10%")
        rule = replace(a_rule("r", StackingEffect.EXCLUDES, "X", "*"), tests=(test,), gap="a list is missing")
        plain, shown = _assess((A, more), (rule,)), _assess((A, more), (rule,), **said)
        assert (plain.ad_valorem, plain.gaps, plain.pending) == (Decimal("12.5"), (), ())
        assert "a list is missing" in shown.gaps
        assert "x" in {each.measure.id for each in shown.excluded}


def test_the_best_preference_is_the_cheapest_in_total() -> None:
    assert _assess((A, B), best=True).ad_valorem == 0
    dear = a_rule("1", StackingEffect.EXCLUDES, "X", "claim:agreement/a")
    assert _assess((A, B, a_measure("x", "10%")), (dear,), best=True).ad_valorem == 1
    assert _assess((a_measure("p", "9%", "PREFERENCE", "A"),), best=True).ad_valorem == Decimal("2.5")


def test_a_claim_counts_without_a_rate_of_its_own() -> None:
    """The base is free already, but goods that qualify are spared another duty."""
    rule = a_rule("1", StackingEffect.EXCLUDES, "X", "claim:agreement/a")
    extra = a_measure("x", "25%")
    assert _assess((extra,), (rule,)).ad_valorem == Decimal("27.5")
    found = _assess((extra,), (rule,), agreement="agreement/a")
    assert (found.ad_valorem, found.gaps) == (Decimal("2.5"), ())


def test_a_preference_that_is_not_loaded_is_a_gap() -> None:
    found = _assess((A,), agreement="agreement/z")
    assert (found.ad_valorem, found.coverage) == (Decimal("2.5"), Coverage.PARTIAL)


QUOTA = a_measure("t", "0%", "PREFERENCE", "A/quota", agreement="agreement/a", tests=("in_quota=true",))


def test_a_quota_that_is_left_unstated_is_not_used_and_pending() -> None:
    found = _assess((A, QUOTA), agreement="agreement/a")
    assert found.ad_valorem == 1
    assert any("in_quota=true" in gap for gap in found.gaps)
    assert [(each.measure, each.ad_valorem_then) for each in found.pending] == [("t", Decimal(0))]
    within = _assess((A, QUOTA), agreement="agreement/a", in_quota=True)
    assert (within.ad_valorem, within.pending, within.coverage) == (Decimal(0), (), Coverage.COMPLETE)


def test_attributes_that_are_unstated_met_or_not() -> None:
    tested = a_measure("x", "25%", tests=("melted=GB",))
    unstated = _assess((tested,))
    assert (unstated.ad_valorem, unstated.coverage) == (Decimal("2.5"), Coverage.PARTIAL)
    assert [each.ad_valorem_then for each in unstated.pending] == [Decimal("27.5")]
    assert _assess((tested,), attributes={"melted": "GB"}).ad_valorem == Decimal("27.5")
    failed = _assess((tested,), attributes={"melted": "IN"})
    assert (failed.ad_valorem, failed.coverage, failed.pending) == (Decimal("2.5"), Coverage.COMPLETE, ())
    assert [each.measure.id for each in failed.excluded] == ["x"]


def test_a_rule_with_a_test() -> None:
    rule = replace(a_rule("1", StackingEffect.EXCLUDES, "X", "*"), tests=("end_use=aircraft",))
    extra = a_measure("x", "25%")
    unstated = _assess((extra,), (rule,))
    assert (unstated.ad_valorem, unstated.coverage) == (Decimal("27.5"), Coverage.PARTIAL)
    assert [(each.measure, each.ad_valorem_then) for each in unstated.pending] == [("x", Decimal("2.5"))]
    assert _assess((extra,), (rule,), attributes={"end_use": "aircraft"}).ad_valorem == Decimal("2.5")


def test_shares_of_content() -> None:
    """Half of the metal duty on half of the value, and the other duty on the rest of it."""
    metal, other = a_measure("m", "50%", "M"), a_measure("o", "10%", "O")
    rules = (
        a_rule("1", StackingEffect.SHARE, "M", "content:steel+copper"),
        a_rule("2", StackingEffect.SHARE, "O", "rest:steel+copper"),
    )
    shares = {"steel": Decimal(40), "copper": Decimal(10)}
    found = _assess((metal, other), rules, shares=shares)
    assert (found.ad_valorem, found.coverage) == (Decimal("32.5"), Coverage.COMPLETE)
    unstated = _assess((metal, other), rules, shares={"steel": Decimal(40)})
    assert (unstated.ad_valorem, unstated.coverage) == (None, Coverage.PARTIAL)


PARTS = (
    a_rule("1", StackingEffect.SHARE, "M:a", "content:steel"),
    a_rule("2", StackingEffect.EXCLUDES, "O", "whole:M"),
    a_rule("3", StackingEffect.SHARE, "O", "beside:M"),
    a_rule("4", StackingEffect.SHARE, "O", "beside:M"),
    replace(a_rule("5", StackingEffect.EXCLUDES, "M:a", "*"), tests=("metal=ours",)),
)
"""A duty on the steel in goods; another falls on what is left beside it, and not on goods that pay the first on the whole."""


@pytest.mark.parametrize(
    ("programme", "shares", "attributes", "rates"),
    [
        ("a", {"steel": "40"}, {}, ["2.5", "20", "6"]),
        ("a", {"steel": "100"}, {}, ["2.5", "50", "0"]),
        ("a", {}, {}, ["2.5", None, None]),
        ("b", {"steel": "40"}, {}, ["2.5", "50"]),
        ("a", {}, {"metal": "ours"}, ["2.5", "10"]),
    ],
)
def test_what_is_left_beside_the_part_on_which_another_duty_falls(
    programme: str, shares: dict[str, str], attributes: dict[str, str], rates: list[str | None]
) -> None:
    goods = Goods(shares={name: Decimal(share) for name, share in shares.items()}, attributes=attributes)
    inputs = Inputs((BASE, a_measure("m", "50%", "M", programme), a_measure("o", "10%", "O")), PARTS)
    found = assess(DAY, KNOWN, inputs, goods=goods)
    assert [each.duty.ad_valorem for each in found.charged] == [
        None if rate is None else Decimal(rate) for rate in rates
    ]


@pytest.mark.parametrize(("shares", "total"), [({}, "52.5"), ({"steel": "40"}, "22.5")])
def test_a_share_that_counts_only_where_it_is_stated(shares: dict[str, str], total: str) -> None:
    rule = replace(a_rule("1", StackingEffect.SHARE, "M", "content:steel"), tests=("share:steel=stated",))
    goods = Goods(shares={name: Decimal(share) for name, share in shares.items()})
    found = assess(DAY, KNOWN, Inputs((BASE, a_measure("m", "50%", "M")), (rule,)), goods=goods)
    assert found.ad_valorem == Decimal(total)
    assert any("share:steel" in gap for gap in found.gaps) is not bool(shares)


GRACE = a_measure("x", "10%", period=a_period("2025-07-05"), in_transit_until=date(2025, 8, 1))


@pytest.mark.parametrize(
    ("loaded", "day", "total"),
    [(None, "2025-07-10", "12.5"), ("2025-07-04", "2025-07-10", "2.5"), ("2025-07-05", "2025-07-10", "12.5"),
     ("2025-07-04", "2025-08-01", "12.5")],
)  # fmt: skip
def test_goods_in_transit(loaded: str | None, day: str, total: str) -> None:
    goods = Goods(loaded_on=date.fromisoformat(loaded) if loaded else None)
    found = assess(date.fromisoformat(day), KNOWN, Inputs((BASE, GRACE)), goods=goods)
    assert (found.ad_valorem, found.coverage) == (Decimal(total), Coverage.COMPLETE)


@pytest.mark.parametrize(("loaded", "total"), [("2025-06-30", "2.5"), ("2025-07-01", "12.5"), ("2025-07-04", "12.5")])
def test_goods_in_transit_before_a_day_of_the_act(loaded: str, total: str) -> None:
    grace = replace(GRACE, in_transit_before=date(2025, 7, 1))
    found = assess(date(2025, 7, 10), KNOWN, Inputs((BASE, grace)), goods=Goods(loaded_on=date.fromisoformat(loaded)))
    assert found.ad_valorem == Decimal(total)


def test_goods_in_transit_of_which_no_act_speaks_are_a_gap() -> None:
    found = _assess((replace(GRACE, in_transit_until=None),), loaded_on=date(2025, 7, 4))
    assert (found.ad_valorem, found.coverage) == (Decimal("12.5"), Coverage.PARTIAL)


TEXTS = st.sampled_from(["5%", "8.8 cents/kg", "4.4 cents/kg + 10%", "$3/100 kg", "1 cents/kg, minimum 2%", "Free"])
AMOUNTS = st.decimals("0.01", "1000", places=2)


@given(
    st.lists(st.tuples(st.sampled_from("ABC"), TEXTS), max_size=4), TEXTS, AMOUNTS, st.integers(0, 100), st.booleans()
)
def test_components_add_up(rows: list[tuple[str, str]], base: str, amount: Decimal, share: int, best: bool) -> None:
    measures = (replace(BASE, duty=read_duty(base)), A, *(a_measure(f"m{i}", t, n) for i, (n, t) in enumerate(rows)))
    rules = (
        a_rule("1", StackingEffect.FLOOR_TO, "A", "MFN"),
        a_rule("2", StackingEffect.CAP_AT, "B", "A"),
        a_rule("3", StackingEffect.SHARE, "C", "content:steel"),
    )
    goods = Goods(None, UnitValue(amount, "USD", "kg"), best=best, shares={"steel": Decimal(share)})
    found = assess(DAY, KNOWN, Inputs(measures, rules), goods=goods)
    rates = [each.duty.ad_valorem for each in found.charged]
    assert found.ad_valorem == sum(rate for rate in rates if rate is not None)
    assert None not in rates


@given(st.lists(st.tuples(st.sampled_from(["A", "B"]), st.integers(0, 40)), max_size=4))
def test_the_best_is_never_dearer_than_any_claim(rows: list[tuple[str, int]]) -> None:
    measures = tuple(
        a_measure(f"p{i}", f"{rate}%", "PREFERENCE", f"{name}{i}", agreement=name)
        for i, (name, rate) in enumerate(rows)
    )
    best = _assess(measures, best=True).ad_valorem
    totals = [_assess(measures, agreement=claim).ad_valorem for claim in (None, "A", "B")]
    assert best == min(total for total in totals if total is not None)
