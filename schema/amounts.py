"""What each charged measure contributes: rules that top up, cap or share change its duty."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from schema.duty import Duty, DutyComponent, DutyComponentKind
from schema.duty_grammar import write_duty
from schema.goods import share_of
from schema.outcome import Charged, Taken
from schema.selectors import SHARES, selects
from schema.stacking_inputs import Measure, Rule
from schema.tariffs import StackingEffect

BOUNDS = (StackingEffect.FLOOR_TO, StackingEffect.CAP_AT)
"""Bounds are of the rate; the share of the value to which the rate applies comes after them."""


class Amounts:
    """The measures that are charged, and the rules that change their amounts; each measure is computed once."""

    def __init__(
        self, measures: Sequence[Measure], rules: Sequence[Rule], acts: Mapping[str, Collection[str]], taken: Taken
    ) -> None:
        self.measures = measures
        self.rules = rules
        self.acts = acts
        self.taken = taken
        self.found: dict[str, Charged] = {}
        self.open: list[str] = []
        self.gaps: set[str] = set()

    def charge(self, measure: Measure) -> Charged:
        """What a charged measure contributes."""
        if measure.id in self.found:
            return self.found[measure.id]
        if measure.id in self.open:
            self.gaps.add(f"rules make the amount of {measure.name} depend on itself: taken as it stands")
            return Charged(measure, measure.duty)
        self.open.append(measure.id)
        rules = [rule for rule in self.rules if selects(rule.subject, measure, self.acts)]
        charged = self._bounded(self._added(Charged(measure, measure.duty), rules), rules)
        for rule in rules:
            if rule.effect is StackingEffect.SHARE:
                charged = replace(charged, duty=self._shared(charged.duty, rule), rules=(*charged.rules, rule.id))
        self.open.pop()
        self.found[measure.id] = charged
        return charged

    def _objects(self, measure: Measure, rule: Rule) -> list[Measure]:
        return [each for each in self.measures if each.id != measure.id and selects(rule.object, each, self.acts)]

    def _added(self, charged: Charged, rules: list[Rule]) -> Charged:
        adds = (rule for rule in rules if rule.effect is StackingEffect.ADDS)
        return replace(charged, rules=tuple(rule.id for rule in adds if self._objects(charged.measure, rule)))

    def _bounded(self, charged: Charged, rules: list[Rule]) -> Charged:
        """The subject's rate is the least (of a floor) or the most (of a cap) that it and its objects come to.

        Of a floor it contributes the rest up to its rate and never less than nothing; of a cap it takes off what its objects
        come to beyond its rate, and never adds.
        """
        objects = {rule.id: self._objects(charged.measure, rule) for rule in rules if rule.effect in BOUNDS}
        bounds = [r for r in rules if r.effect is StackingEffect.CAP_AT or objects.get(r.id)]
        if not bounds:
            return charged
        others = {each.id: each for rule in bounds for each in objects[rule.id]}
        rest = self._rest(charged.duty, [self.charge(each).duty for each in others.values()])
        ids = (*charged.rules, *(rule.id for rule in bounds))
        if rest is None:
            return replace(charged, duty=_unknown(charged.duty), rules=ids)
        effect = StackingEffect.FLOOR_TO if rest > 0 else StackingEffect.CAP_AT
        counts = any(rule.effect is effect for rule in bounds)
        return replace(charged, duty=_percent(rest if counts else Decimal(0)), rules=ids)

    def _rest(self, own: Duty, others: list[Duty]) -> Decimal | None:
        rates = [duty.ad_valorem for duty in others]
        if own.ad_valorem is not None and all(rate is not None for rate in rates):
            return own.ad_valorem - sum((rate for rate in rates if rate is not None), Decimal(0))
        texts = ", ".join(duty.text for duty in others)
        self.gaps.add(f"the total of {own.text} needs the ad valorem equivalent of {texts}")
        return None

    def _shared(self, duty: Duty, rule: Rule) -> Duty:
        """The duty on a part of the value alone."""
        if not rule.object.startswith(SHARES):
            self.gaps.add(f"the rule names no part of the value: {rule.description}")
            return _unknown(duty)
        share = share_of(rule.object, self.taken.goods)
        if share is None:
            self.gaps.add(
                f"not stated of the goods: the share of the value that {rule.object} names ({rule.description})"
            )
            return _unknown(duty)
        if duty.ad_valorem is None:
            self.gaps.add(f"the share of {duty.text} needs its ad valorem equivalent")
            return _unknown(duty)
        return _percent(duty.ad_valorem * share / 100)


def _percent(rate: Decimal) -> Duty:
    component = DutyComponent(DutyComponentKind.AD_VALOREM, rate)
    return Duty(write_duty((component,)), (component,))


def _unknown(duty: Duty) -> Duty:
    """A duty whose amount depends on what is not known; never 0."""
    return Duty(duty.text, readable=False)
