"""Reads the words of a duty into exact components, and writes components as words.

The forms are those of the Harmonized Tariff Schedule of the United States and of the acts that amend it. What is not
certainly one of them stays unread: a duty is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from schema.duty import Duty, DutyBound, DutyComponent, DutyComponentKind

_NUMBER = r"(?P<amount>\d+(?:,\d{3})*(?:\.\d+)?)"
_UNIT = r"(?:/|\s*per\s+)(?P<per>\d+(?:\.\d+)?)?\s*(?P<unit>[A-Za-z][A-Za-z0-9]*\.?(?: [A-Za-z]+)?)|\s+(?P<each>each)"
_AD_VALOREM = re.compile(rf"{_NUMBER}\s*(?:%|percent|per cent)")
_CENTS = re.compile(rf"{_NUMBER}\s*(?:¢|cents?)\s*(?:{_UNIT})")
_DOLLARS = re.compile(rf"\$\s*{_NUMBER}\s*(?:{_UNIT})")
_BOUNDS = {"minimum": DutyBound.MINIMUM, "maximum": DutyBound.MAXIMUM}


def read_duty(text: str) -> Duty:
    """The duty that a text states; `readable` is False where it states none that we can be certain of.

    "Free", "2.5%", "25 percent", "8.8 cents/kg", "$1.227/kg", "4.4 cents/kg + 10%", "41 cents each",
    "6.3 cents/liter, minimum 15%", "$3/100 kg".
    """
    words = " ".join(text.split())
    if words.casefold() == "free":
        return Duty(text)
    components = [_bounded(part, bound) for part, bound in _parts(words)]
    found = tuple(component for component in components if component is not None)
    if not found or len(found) != len(components):
        return Duty(text, readable=False)
    return Duty(text, found)


def write_duty(components: Iterable[DutyComponent]) -> str:
    """Components in the canonical form that `read_duty` reads: "4.4 cents/kg + 10%", "Free" for none."""
    main = [component for component in components if component.bound is None]
    bounds = [component for component in components if component.bound is not None]
    text = " + ".join(_written(component) for component in main)
    for component in bounds:
        text += f", {str(component.bound).lower()} {_written(component)}"
    return text or "Free"


def add_duties(duties: Iterable[Duty]) -> Duty:
    """The sum: components of one kind, currency and unit become one. Unreadable where a part is, its text kept.

    It has an ad valorem equivalent where every part is per cent or has one itself.
    """
    listed = list(duties)
    rates = [duty.ad_valorem for duty in listed]
    total = _components(listed)
    if total.ad_valorem is not None or any(rate is None for rate in rates):
        return total
    return replace(total, equivalent=sum((rate for rate in rates if rate is not None), Decimal(0)))


def _components(listed: list[Duty]) -> Duty:
    unread = [duty.text for duty in listed if not duty.readable]
    parts = [component for duty in listed if duty.readable for component in duty.components]
    bounded = [component for component in parts if component.bound is not None]
    if unread or (bounded and len(listed) > 1):
        text = " + ".join(duty.text for duty in listed if not duty.free or len(listed) == 1)
        return Duty(text, tuple(parts) if not unread else (), readable=not unread)
    sums: dict[tuple[object, ...], DutyComponent] = {}
    for part in sorted(parts, key=lambda each: each.kind is DutyComponentKind.AD_VALOREM):
        key = (part.kind, part.bound, part.basis, part.currency, part.per, part.unit)
        held = sums.get(key)
        amount = part.amount + (held.amount if held else 0)
        sums[key] = DutyComponent(part.kind, amount, part.bound, 0, part.basis, part.currency, part.per, part.unit)
    return Duty(write_duty(sums.values()), tuple(sums.values()))


def _parts(words: str) -> list[tuple[str, DutyBound | None]]:
    """The parts of a duty with their bounds: "a + b, minimum c"."""
    main, *bounds = re.split(r",?\s+(?=minimum |maximum )", words)
    parts: list[tuple[str, DutyBound | None]] = [(part, None) for part in main.split("+")]
    for bound in bounds:
        name, _, rest = bound.partition(" ")
        parts.append((rest, _BOUNDS[name]))
    return parts


def _bounded(text: str, bound: DutyBound | None) -> DutyComponent | None:
    text = text.strip().strip(",")
    if match := _AD_VALOREM.fullmatch(text):
        return DutyComponent(DutyComponentKind.AD_VALOREM, _amount(match), bound)
    for form, share in ((_CENTS, Decimal("0.01")), (_DOLLARS, Decimal(1))):
        if match := form.fullmatch(text):
            per = Decimal(match["per"]) if match["per"] else Decimal(1)
            unit = match["unit"] or match["each"]
            return DutyComponent(
                DutyComponentKind.SPECIFIC, _amount(match) * share, bound, currency="USD", per=per, unit=unit
            )
    return None


def _amount(match: re.Match[str]) -> Decimal:
    return Decimal(match["amount"].replace(",", ""))


def _written(component: DutyComponent) -> str:
    if component.kind is DutyComponentKind.AD_VALOREM:
        return f"{_plain(component.amount)}%"
    per = "" if component.per in (None, 1) else f"{_plain(component.per)} "
    unit = " each" if component.unit == "each" else f"/{per}{component.unit}"
    if component.currency == "USD":
        cents = component.amount * 100
        return f"{_plain(cents)} cents{unit}" if cents < 100 else f"${_plain(component.amount)}{unit}"
    return f"{_plain(component.amount)} {component.currency}{unit}"


def _plain(number: Decimal | None) -> str:
    return format((number or Decimal(0)).normalize(), "f")
