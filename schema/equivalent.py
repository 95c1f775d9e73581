"""Duties on quantity as per cent of the value, where the value of a unit is known: 8.8 cents/kg at 4 USD/kg is 2.2 %."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from schema.duty import Duty, DutyBound, DutyComponent, DutyComponentKind
from schema.goods import UnitValue

PLACES = Decimal("1e-12")
"""What has no finite form (a third) is rounded here, half to even; with fewer places it is exact."""
_CONTEXT = Context(prec=60, rounding=ROUND_HALF_EVEN)
_SPELLINGS = {"litre": "liter", "kilogram": "kg", "number": "each", "no": "each"}


def valued(duty: Duty, value: UnitValue | None) -> Duty:
    """The duty with its ad valorem equivalent at a unit value; as it is where it needs none or cannot have one."""
    if value is None or not duty.readable or duty.ad_valorem is not None:
        return duty
    groups: dict[int, list[DutyComponent]] = defaultdict(list)
    for part in duty.components:
        groups[part.group].append(part)
    rates = [_group(parts, value) for parts in groups.values()]
    if any(rate is None for rate in rates):
        return duty
    return replace(duty, equivalent=_decimal(sum((rate for rate in rates if rate is not None), Fraction(0))))


def _group(parts: list[DutyComponent], value: UnitValue) -> Fraction | None:
    """Per cent of the components of one group: the sum, within its bounds."""
    rates = [_rate(part, value) for part in parts]
    if any(rate is None for rate in rates):
        return None
    pairs = [(part.bound, rate) for part, rate in zip(parts, rates, strict=True) if rate is not None]
    total = sum((rate for bound, rate in pairs if bound is None), Fraction(0))
    for bound, rate in pairs:
        total = max(total, rate) if bound is DutyBound.MINIMUM else min(total, rate) if bound else total
    return total


def _rate(part: DutyComponent, value: UnitValue) -> Fraction | None:
    if part.basis is not None:
        return None
    if part.kind is DutyComponentKind.AD_VALOREM:
        return Fraction(part.amount)
    if part.currency != value.currency or part.unit is None or _unit(part.unit) != _unit(value.unit):
        return None
    return 100 * Fraction(part.amount) / (Fraction(part.per or 1) * Fraction(value.amount))


def _unit(text: str) -> str:
    """A unit whatever its spelling; nothing is converted."""
    plain = text.casefold().strip().rstrip(".")
    plain = plain.removesuffix("s") if len(plain) > 2 else plain
    return _SPELLINGS.get(plain, plain)


def _decimal(number: Fraction) -> Decimal:
    return _CONTEXT.divide(Decimal(number.numerator), Decimal(number.denominator)).quantize(PLACES, context=_CONTEXT)
