"""What each charged measure adds to the total: its own duty, or what the rules on totals leave of it.

FLOOR_TO: the subject tops its objects up to its own rate, so that together they come to that rate, or the objects alone to
more: max(0, own - objects). CAP_AT: the subject is charged at most what its objects come to: min(own, objects). Both need
percentages; where a part has none, the answer is exact as far as it is certain ("90 cents/pr. + 37.5%" is above a floor
of 15 % whatever the shoes cost) and otherwise unknown, never 0. SHARE: the subject is charged on a part of the value, after
the other two, which are of the rate: on a material, or on what is left beside the parts on which other measures fall.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schema.duty import Duty
from schema.duty_grammar import per_cent
from schema.goods import Goods, share_of
from schema.selectors import BESIDE, MATERIALS, Acts, named
from schema.stacking_inputs import Measure, Rule
from schema.tariffs import StackingEffect

LIMITS = (StackingEffect.FLOOR_TO, StackingEffect.CAP_AT)
TOTALS = (*LIMITS, StackingEffect.SHARE)
"""The effects that change what their subject contributes, in the order in which they do."""
BEARS = (StackingEffect.ADDS, *TOTALS)
"""The effects that are cited with what is charged."""
FULL = Decimal(100)
"""The whole value, in per cent."""
Shares = dict[str, Decimal | None]
"""Parts of the value in per cent, by the objects of the rules that name them; None: not stated of the goods."""


@dataclass(frozen=True)
class Charged:
    """A measure that is charged, with what it contributes and the ids of the rules that say so."""

    measure: Measure
    duty: Duty
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bearing:
    """A rule on a charged measure, with the other charged measures that it names."""

    rule: Rule
    objects: tuple[Measure, ...]


def contribute(
    measures: Sequence[Measure], rules: Iterable[Rule], acts: Acts, goods: Goods
) -> tuple[tuple[Charged, ...], tuple[str, ...]]:
    """What each of the charged measures contributes, and a gap for each contribution that cannot be computed.

    A contribution may rest on others. All that are changed by a rule begin unknown and are computed from what is known until
    nothing more becomes known: an order of the rules is not needed, and a circle of them stays unknown.
    """
    bearing = _bearing(measures, rules, acts)
    shares = _shares(bearing, goods)
    found = {m.id: _unknown(m.duty) if _changing(bearing[m.id]) else m.duty for m in measures}
    while (again := {m.id: _contribution(m, bearing[m.id], found, shares[m.id]) for m in measures}) != found:
        found = again
    gaps = [gap for m in measures if not found[m.id].readable for gap in _why(m, bearing[m.id], shares[m.id])]
    charged = [Charged(m, found[m.id], tuple(each.rule.id for each in bearing[m.id])) for m in measures]
    return tuple(charged), tuple(gaps)


def _bearing(measures: Sequence[Measure], rules: Iterable[Rule], acts: Acts) -> dict[str, list[Bearing]]:
    """The rules on each measure of which some object is charged too; a material is always there."""
    found = named(measures, acts)
    listed: dict[str, list[Bearing]] = {measure.id: [] for measure in measures}
    bearing = (rule for rule in rules if rule.effect in BEARS and found.of(rule.subject))
    for rule in sorted(bearing, key=lambda rule: rule.id):
        alone = rule.effect is StackingEffect.SHARE and not rule.object.startswith(BESIDE)
        for measure in found.of(rule.subject):
            objects = tuple(m for m in found.of(rule.object) if m.id != measure.id)
            if objects or alone:
                listed[measure.id].append(Bearing(rule, objects))
    return listed


def _changing(bearing: list[Bearing]) -> list[Bearing]:
    return [each for each in bearing if each.rule.effect in TOTALS]


def _shares(bearing: Mapping[str, list[Bearing]], goods: Goods) -> dict[str, Shares]:
    """The parts of the value on which each measure falls, one for each object: two acts that state one part do not cut twice."""
    made = {each: _of_materials(rules, goods) for each, rules in bearing.items()}
    return {each: made[each] | _beside(rules, made) for each, rules in bearing.items()}


def _of_materials(bearing: list[Bearing], goods: Goods) -> Shares:
    named = [each.rule.object for each in _sharing(bearing) if not each.rule.object.startswith(BESIDE)]
    return {each: share_of(each, goods) if each.startswith(MATERIALS) else None for each in named}


def _beside(bearing: list[Bearing], made: Mapping[str, Shares]) -> Shares:
    """What is left of the value beside the parts on which the objects fall: nothing, where one falls on all of it."""
    left: Shares = {}
    for each in _sharing(bearing):
        if each.rule.object.startswith(BESIDE):
            parts = [_product(made[measure.id].values()) for measure in each.objects]
            known = [part for part in parts if part is not None]
            taken = sum(known, Decimal(0))
            left[each.rule.object] = None if taken < FULL and len(known) < len(parts) else max(FULL - taken, Decimal(0))
    return left


def _product(shares: Iterable[Decimal | None]) -> Decimal | None:
    """The per cent of the value that is left of it by one share after the other."""
    part = FULL
    for share in shares:
        if share is None:
            return None
        part = part * share / FULL
    return part


def _sharing(bearing: list[Bearing]) -> list[Bearing]:
    return [each for each in bearing if each.rule.effect is StackingEffect.SHARE]


def _contribution(measure: Measure, bearing: list[Bearing], found: dict[str, Duty], shares: Shares) -> Duty:
    duty = measure.duty
    for effect in LIMITS if bearing else ():
        objects = _objects(bearing, effect)
        if objects and duty.readable:
            duty = _changed(duty, effect, [found[each] for each in objects])
    return _shared(duty, _product(shares.values())) if shares and duty.readable else duty


def _shared(duty: Duty, share: Decimal | None) -> Duty:
    """The duty on a part of the value."""
    rate = duty.ad_valorem
    return _unknown(duty) if share is None or rate is None else per_cent(rate * share / FULL)


def _objects(bearing: list[Bearing], effect: StackingEffect) -> list[str]:
    """The objects of all rules of one effect, each once: two acts that state one total do not top up twice."""
    return sorted({measure.id for each in bearing if each.rule.effect is effect for measure in each.objects})


def _changed(own: Duty, effect: StackingEffect, objects: list[Duty]) -> Duty:
    rate = own.ad_valorem
    least = sum((each.at_least for each in objects), Decimal(0))
    exact = all(each.ad_valorem is not None for each in objects)
    if rate is None:
        return _unknown(own)
    if effect is StackingEffect.FLOOR_TO:
        return per_cent(max(Decimal(0), rate - least)) if exact or least >= rate else _unknown(own)
    return per_cent(min(rate, least)) if exact or least >= rate else _unknown(own)


def _unknown(duty: Duty) -> Duty:
    """A duty whose amount depends on what is not known; never 0."""
    return Duty(duty.text, readable=False)


def _why(measure: Measure, bearing: list[Bearing], known: Shares) -> Iterator[str]:
    """Why the contribution is unknown."""
    if not measure.duty.readable:
        yield f"the duty could not be read: {measure.name}"
    shares = [each.rule for each in _sharing(bearing)]
    yield from (gap for rule in shares if (gap := _no_share(measure, rule, known[rule.object])))
    limits = [each for each in _changing(bearing) if each.rule not in shares]
    objects = {each.id: each for limit in limits for each in limit.objects}.values()
    wanting = {m.duty.text for m in (measure, *objects) if m.duty.readable and m.duty.ad_valorem is None}
    if limits and wanting:
        yield f"the total of {measure.duty.text} needs the ad valorem equivalent of {', '.join(sorted(wanting))}"
    elif limits and not shares and all(each.duty.readable for each in (measure, *objects)):
        rules = sorted(limit.rule.description for limit in limits)
        yield f"rules on totals rest on each other, and the total is unknown: {'; '.join(rules)}"


def _no_share(measure: Measure, rule: Rule, share: Decimal | None) -> str | None:
    """Why the part of the value cannot be told, or the duty on it."""
    if not rule.object.startswith((*MATERIALS, BESIDE)):
        return f"the rule names no part of the value: {rule.description}"
    if share is None:
        return f"not stated of the goods: the share of the value that {rule.object} names ({rule.description})"
    if measure.duty.readable and measure.duty.ad_valorem is None:
        return f"the share of {measure.duty.text} needs its ad valorem equivalent"
    return None
