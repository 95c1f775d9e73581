"""Reads the words of a duty into exact components, writes components as words, and adds duties up.

    duty   =  "Free"  |  sum  |  item { "+" item }
    item   =  part  |  "(" sum ")"
    sum    =  part { "+" part } { "," ("minimum" | "maximum") part }
    part   =  one of FORMS: an amount, for money with a unit of UNITS  [ ("of" | "on") basis ]
    basis  =  one of VALUE_BASES after a percentage, one of QUANTITY_BASES after money

These are forms of the Harmonized Tariff Schedule of the United States and of the acts that amend it, and what `write_duty`
makes of sums. Text that is not certainly one of them stays unread: a duty is never guessed. To read more, add to the tables
of this module and of schema/duty_words.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from schema.duty import Duty, DutyBound, DutyComponent, DutyComponentKind
from schema.duty_words import INCLUDING, QUANTITY_BASES, UNITS, VALUE_BASES

_NUMBER = r"(?P<amount>(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.[0-9]{1,12})?)"
"""At most 27 digits, so that no sum or share is ever rounded."""


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_COUNT = r"(?P<per>[1-9][0-9]{0,2},[0-9]{3}|[1-9][0-9]{0,5})"
_PER = rf"(?:(?:\s*/\s*|\s+per\s+)(?:{_COUNT}\s*)?(?P<unit>{_any_of(UNITS)})|\s+(?P<each>each))"
_OF = rf"(?:\s+(?:of|on)\s+(?P<basis>{_any_of(QUANTITY_BASES)})|(?P<including>{INCLUDING}))?"
_SHARE = rf"(?:\s+(?:of|on)\s+(?P<basis>{_any_of(VALUE_BASES)}))?"
_FREE = re.compile(
    r"free(?:, under bond)?(?:, as prescribed in U\.S\. note [0-9]+ to this subchapter"
    r"|, under the terms of U\.S\. note [0-9]+(?:\([a-z]\))?(?: to this subchapter)?"
    r"|,? \(see U\.S\. note [0-9]+ of this subchapter\))?",
    re.IGNORECASE,
)
"""Free, whatever the note asks of who brings the goods in: the line itself is for such goods only."""
_BOUNDS = {"minimum": DutyBound.MINIMUM, "maximum": DutyBound.MAXIMUM}

Builder = Callable[[re.Match[str]], DutyComponent]


def read_duty(text: str) -> Duty:
    """The duty that a text states; `readable` is False where it states none that we can be certain of. Never raises.

    "Free", "2.5%", "25 percent", "8.8 cents/kg", "$1.227/kg", "4.4 cents/kg + 10%", "41 cents each",
    "6.3 cents/liter, minimum 15%", "$3/100 kg", "5 EUR/100 kg", "10% + (6.3 cents/liter, minimum 15%)",
    "41 cents each + 5% on the case", "5.4 cents/kg on drained weight", "Free, under bond".
    """
    words = " ".join(text.split())
    if _FREE.fullmatch(words):
        return Duty(text)
    components = _sum(words, 0) or _groups(words)
    return Duty(text, components or (), readable=bool(components))


def write_duty(components: Iterable[DutyComponent]) -> str:
    """Components in the canonical form that `read_duty` reads: "4.4 cents/kg + 10%", "Free" for none.

    Amounts are plain and without closing zeros. Of several groups those with bounds stand in brackets.
    """
    parts = tuple(components)
    groups = sorted({part.group for part in parts})
    texts = [_group(parts, group, alone=len(groups) == 1) for group in groups]
    return " + ".join(texts) or "Free"


def per_cent(amount: Decimal) -> Duty:
    """The duty of `amount` per cent of the value."""
    component = DutyComponent(DutyComponentKind.AD_VALOREM, amount)
    return Duty(write_duty((component,)), (component,))


def add_duties(duties: Iterable[Duty]) -> Duty:
    """The sum, in canonical words: components of one kind, basis, currency and unit become one, zeros fall away.

    A group with bounds stays a group of its own, since its bounds limit nothing else. Unreadable where a part is, with the
    texts of all parts and no components: an unread part is never left out of a sum. It has an ad valorem equivalent where
    every part is per cent or has one.
    """
    listed = [duty for duty in duties if not duty.free]
    rates = [duty.ad_valorem for duty in listed]
    total = _added(listed)
    if total.ad_valorem is not None or any(rate is None for rate in rates):
        return total
    return replace(total, equivalent=sum((rate for rate in rates if rate is not None), Decimal(0)))


def _added(listed: list[Duty]) -> Duty:
    if any(not duty.readable for duty in listed):
        return Duty(" + ".join(duty.text for duty in listed), readable=False)
    groups = [group for duty in listed for group in _by_group(duty.components)]
    bounded = [group for group in groups if any(part.bound for part in group)]
    merged = _merged(part for group in groups if group not in bounded for part in group)
    first = 1 if merged or len(bounded) > 1 else 0
    apart = [replace(part, group=number) for number, group in enumerate(bounded, first) for part in group]
    return Duty(write_duty((*merged, *apart)), (*merged, *apart))


def _by_group(parts: tuple[DutyComponent, ...]) -> list[list[DutyComponent]]:
    return [[part for part in parts if part.group == group] for group in sorted({part.group for part in parts})]


def _merged(parts: Iterable[DutyComponent]) -> list[DutyComponent]:
    """Components of one kind summed, money before percentages."""
    sums: dict[DutyComponent, Decimal] = {}
    for part in sorted(parts, key=lambda each: each.kind is DutyComponentKind.AD_VALOREM):
        key = replace(part, amount=Decimal(0), group=0)
        sums[key] = sums.get(key, Decimal(0)) + part.amount
    return [replace(key, amount=amount) for key, amount in sums.items() if amount]


def _sum(words: str, group: int) -> tuple[DutyComponent, ...] | None:
    """The components of "a + b, minimum c", None where one is not read."""
    main, *tails = re.split(r",?\s+(?=minimum |maximum )", words)
    parts = [_part(part, None) for part in main.split("+")]
    for tail in tails:
        name, _, rest = tail.partition(" ")
        parts.append(_part(rest, _BOUNDS[name]))
    found = tuple(replace(part, group=group) for part in parts if part)
    return found if len(found) == len(parts) else None


def _groups(words: str) -> tuple[DutyComponent, ...] | None:
    """The components of "a + (b, minimum c)": what stands in brackets is a group of its own."""
    found: list[DutyComponent] = []
    group = 0
    for item in re.split(r"\s*\+\s*(?![^(]*\))", words):
        inner = re.fullmatch(r"\(([^()]*)\)", item)
        group += bool(inner)
        parts = _sum(inner[1], group) if inner else _plain_part(item)
        if parts is None:
            return None
        found += parts
    return tuple(found)


def _plain_part(text: str) -> tuple[DutyComponent, ...] | None:
    part = _part(text, None)
    return (part,) if part else None


def _part(text: str, bound: DutyBound | None) -> DutyComponent | None:
    for form, build in FORMS:
        if match := form.fullmatch(text.strip()):
            return replace(build(match), bound=bound)
    return None


def _amount(match: re.Match[str]) -> Decimal:
    return Decimal(match["amount"].replace(",", ""))


def _percentage(match: re.Match[str]) -> DutyComponent:
    basis = VALUE_BASES[match["basis"]] if match["basis"] else None
    return DutyComponent(DutyComponentKind.AD_VALOREM, _amount(match), basis=basis)


def _money(match: re.Match[str], currency: str, share: str = "1") -> DutyComponent:
    unit = "each" if match["each"] else UNITS[match["unit"]]
    per = Decimal((match["per"] or "1").replace(",", ""))
    basis = "weight and container" if match["including"] else match["basis"] and QUANTITY_BASES[match["basis"]]
    amount = _amount(match) * Decimal(share)
    return DutyComponent(DutyComponentKind.SPECIFIC, amount, currency=currency, per=per, unit=unit, basis=basis)


FORMS: tuple[tuple[re.Pattern[str], Builder], ...] = (
    (re.compile(rf"{_NUMBER}\s*(?:%|percent|per cent){_SHARE}"), _percentage),
    (re.compile(rf"{_NUMBER}\s*(?:¢|cents?){_PER}{_OF}"), lambda match: _money(match, "USD", "0.01")),
    (re.compile(rf"\$\s*{_NUMBER}{_PER}{_OF}"), lambda match: _money(match, "USD")),
    (re.compile(rf"{_NUMBER}\s+(?P<currency>[A-Z]{{3}}){_PER}{_OF}"), lambda match: _money(match, match["currency"])),
)
"""What one part of a duty may look like, and the component that it is."""


def _group(parts: tuple[DutyComponent, ...], group: int, alone: bool) -> str:
    mine = [part for part in parts if part.group == group]
    text = " + ".join(_written(part) for part in mine if part.bound is None)
    tails = "".join(f", {part.bound.lower()} {_written(part)}" for part in mine if part.bound)
    return text + tails if alone or (group == 0 and not tails) else f"({text}{tails})"


def _written(part: DutyComponent) -> str:
    return "".join(_words(part))


def _words(part: DutyComponent) -> Iterator[str]:
    if part.kind is DutyComponentKind.AD_VALOREM:
        yield f"{_plain(part.amount)}%"
        yield f" of {part.basis}" if part.basis else ""
        return
    cents = part.amount * 100
    if part.currency != "USD":
        yield f"{_plain(part.amount)} {part.currency}"
    else:
        yield f"{_plain(cents)} cents" if cents < 100 else f"${_plain(part.amount)}"
    per = "" if part.per in (None, 1) else f"{_plain(part.per)} "
    yield f" {part.unit}" if part.unit == "each" and not per else f"/{per}{part.unit}"
    yield f" of {part.basis}" if part.basis else ""


def _plain(number: Decimal | None) -> str:
    return format((number or Decimal(0)).normalize(), "f")
