"""Which of several measures are charged together, by rules that are data.

Pure: what is known on the day of knowledge, of one importer, origin and product, comes in; what is charged, what is left
out and why comes out. No country, product, date or act is named here. docs/tariff-engine.md explains each step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from schema.base import Modality
from schema.duty import Duty, DutyComponent, DutyComponentKind
from schema.stacking_inputs import Address, Inputs, Measure, Rule
from schema.tariffs import StackingEffect

SCHEDULES = frozenset({"MFN"})
"""Authorities whose lines inherit down the tree of products: the longest matching code states the duty."""
CLAIMED = frozenset({"PREFERENCE"})
"""Authorities whose measures are charged only where they are claimed."""
LEFT_OUT = frozenset({StackingEffect.EXCLUDES, StackingEffect.REPLACES})
ANY = "*"


@dataclass(frozen=True)
class Charged:
    """A measure that is charged, with what it contributes and the rules that changed that."""

    measure: Measure
    duty: Duty
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Excluded:
    """A measure that matches and is left out: by a rule (because of other measures), a suspension, or for want of a claim."""

    measure: Measure
    reason: str
    rule: str | None = None
    suspension: str | None = None
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What is charged on one day under one set of assumptions."""

    charged: tuple[Charged, ...]
    excluded: tuple[Excluded, ...]
    disagreements: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Taken:
    """How open questions are taken: clauses by id, and measures that are charged although they are uncertain."""

    clauses: Mapping[str, bool] = field(default_factory=dict)
    forced: Collection[str] = ()


def settle(day: date, inputs: Inputs, taken: Taken) -> Outcome:
    """Settle which measures are charged on `day`."""
    live = [measure for measure in inputs.measures if _live(measure, day, inputs, taken)]
    live, disagreements = _preferred(_nearest(live))
    suspended = [out for measure in live if (out := _suspended(measure, day, inputs.suspensions))]
    unclaimed = [
        Excluded(m, "a preference is charged only where it is claimed") for m in live if m.authority in CLAIMED
    ]
    out_of_play = {each.measure.id for each in (*suspended, *unclaimed)}
    stack = _Stack([measure for measure in live if measure.id not in out_of_play], inputs)
    ruled = [out for measure in stack.measures if (out := stack.excluded(measure))]
    charged = [stack.charge(measure) for measure in stack.measures if stack.applies(measure)]
    return Outcome(tuple(charged), (*suspended, *unclaimed, *ruled), disagreements, tuple(sorted(stack.gaps)))


def selects(selector: str, measure: Measure, acts: Mapping[str, Collection[str]]) -> bool:
    """Whether a selector of a rule names the measure.

    "*" names any; an act's id names its measures in all their versions (`acts`: the acts of each about-key); otherwise an
    authority, alone or with a programme or the beginning of its path: "S232", "IEEPA:reciprocal".
    """
    if selector == ANY:
        return True
    if "/" in selector and ":" not in selector:
        return selector in acts[measure.about]
    authority, _, path = selector.partition(":")
    if authority != measure.authority:
        return False
    programme = measure.programme or ""
    return not path or programme == path or programme.startswith(f"{path}/")


def _live(measure: Measure, day: date, inputs: Inputs, taken: Taken) -> bool:
    """Whether the measure would be charged were it alone."""
    if measure.id in taken.forced:
        return True
    if measure.part or not measure.period.certainly(day):
        return False
    if measure.modality is Modality.ASSERTED:
        return not _failed(measure, day, inputs, taken)
    if measure.modality in (Modality.DENIED, Modality.DEMANDED) or states(measure.about, inputs.measures):
        return False
    return bool(measure.conditions) and all(taken.clauses.get(c.id) is c.happens for c in measure.conditions)


def states(about: str, measures: Iterable[Measure]) -> bool:
    """Whether any source asserts a measure of this key: then it decides, and what others say on conditions is lent to it."""
    return any(each.about == about and each.modality is Modality.ASSERTED for each in measures)


def _failed(measure: Measure, day: date, inputs: Inputs, taken: Taken) -> bool:
    """A clause of the measure, or one lent to its key by a source that covers the day, is taken to turn out otherwise."""
    clauses = [
        clause
        for each in inputs.measures
        if each.about == measure.about and (each.id == measure.id or _lends(each, day))
        for clause in each.conditions
    ]
    return any(taken.clauses.get(clause.id, clause.happens) is not clause.happens for clause in clauses)


def _lends(measure: Measure, day: date) -> bool:
    return measure.modality is not Modality.ASSERTED and measure.period.possibly(day)


def _nearest(measures: list[Measure]) -> list[Measure]:
    """Of the lines of a schedule, those with the longest code; the duties of shorter ones are inherited over."""
    longest = max((each.prefix for each in measures if each.authority in SCHEDULES), default=0)
    return [each for each in measures if each.authority not in SCHEDULES or each.prefix == longest]


def _preferred(measures: list[Measure]) -> tuple[list[Measure], tuple[str, ...]]:
    """One measure for each key, and the ids of those that state different duties for the same."""
    groups: dict[str, list[Measure]] = defaultdict(list)
    for measure in sorted(measures, key=lambda each: (each.rank, -each.known_from.toordinal(), each.id)):
        groups[measure.about].append(measure)
    disagreeing = [
        each.id
        for group in groups.values()
        if any(other.duty.components != group[0].duty.components for other in group)
        for each in group
    ]
    return sorted((group[0] for group in groups.values()), key=_in_order), tuple(sorted(disagreeing))


def _in_order(measure: Measure) -> tuple[bool, str, str, str]:
    """Base duties first, then by authority and programme."""
    return measure.authority not in SCHEDULES, measure.authority, measure.programme or "", measure.id


def _suspended(measure: Measure, day: date, suspensions: Iterable[Address]) -> Excluded | None:
    found = [each for each in suspensions if each.measure == measure.about and each.period.certainly(day)]
    if not found:
        return None
    last = max(found, key=lambda each: (each.period.end is None, each.period.end and each.period.end.last, each.id))
    until = f" until {last.period.end}" if last.period.end else ""
    return Excluded(measure, f"suspended{until}", suspension=last.id)


class _Stack:
    """The measures that are in play on a day, and the rules by which they meet; each measure is settled once."""

    def __init__(self, measures: list[Measure], inputs: Inputs) -> None:
        self.measures = measures
        self.rules = sorted(inputs.rules, key=lambda rule: rule.id)
        self.acts: dict[str, set[str]] = defaultdict(set)
        for each in inputs.measures:
            if each.instrument:
                self.acts[each.about].add(each.instrument)
        self.settled: dict[str, Excluded | None] = {}
        self.open: list[str] = []
        self.gaps: set[str] = set()

    def applies(self, measure: Measure) -> bool:
        """The measure is charged."""
        return self.excluded(measure) is None

    def excluded(self, measure: Measure) -> Excluded | None:
        """Why the measure is left out, or None: a rule leaves it out where a measure that the rule names is charged itself."""
        if measure.id in self.settled:
            return self.settled[measure.id]
        if measure.id in self.open:
            self.gaps.add(
                f"rules leave {measure.authority} {measure.programme or ''} out because of itself: not applied"
            )
            return None
        self.open.append(measure.id)
        self.settled[measure.id] = next(filter(None, (self._left_out(measure, rule) for rule in self.rules)), None)
        self.open.pop()
        return self.settled[measure.id]

    def charge(self, measure: Measure) -> Charged:
        """What a charged measure contributes."""
        charged = Charged(measure, measure.duty)
        for rule in self._rules_on(measure):
            charged = self._changed(charged, rule)
        return charged

    def _left_out(self, measure: Measure, rule: Rule) -> Excluded | None:
        if rule.effect not in LEFT_OUT or not selects(rule.subject, measure, self.acts):
            return None
        if rule.object == ANY:
            return Excluded(measure, rule.description, rule.id)
        because = [other.id for other in self._objects(measure, rule) if self.applies(other)]
        return Excluded(measure, rule.description, rule.id, by=tuple(because)) if because else None

    def _objects(self, measure: Measure, rule: Rule) -> list[Measure]:
        return [other for other in self.measures if other.id != measure.id and selects(rule.object, other, self.acts)]

    def _rules_on(self, measure: Measure) -> list[Rule]:
        return [
            rule for rule in self.rules if rule.effect not in LEFT_OUT and selects(rule.subject, measure, self.acts)
        ]

    def _changed(self, charged: Charged, rule: Rule) -> Charged:
        objects = [other for other in self._objects(charged.measure, rule) if self.applies(other)]
        if not objects:
            return charged
        if rule.effect is StackingEffect.ADDS:
            return replace(charged, rules=(*charged.rules, rule.id))
        if rule.effect is StackingEffect.FLOOR_TO:
            return replace(charged, duty=self._topped_up(charged, objects), rules=(*charged.rules, rule.id))
        self.gaps.add(f"{rule.effect} is not computed yet: {rule.description}")
        return replace(charged, duty=_unknown(charged.duty), rules=(*charged.rules, rule.id))

    def _topped_up(self, charged: Charged, objects: list[Measure]) -> Duty:
        """The rest up to the subject's rate: subject and objects together come to it, or the objects alone to more."""
        rates = [other.duty.ad_valorem for other in objects]
        own = charged.duty.ad_valorem
        if own is None or any(rate is None for rate in rates):
            texts = ", ".join(other.duty.text for other in objects)
            self.gaps.add(f"the total of {charged.duty.text} needs the ad valorem equivalent of {texts}")
            return _unknown(charged.duty)
        rest = max(Decimal(0), own - sum((rate for rate in rates if rate is not None), Decimal(0)))
        component = DutyComponent(DutyComponentKind.AD_VALOREM, rest)
        return Duty(f"{format(rest.normalize(), 'f')}%", (component,))


def _unknown(duty: Duty) -> Duty:
    """A duty whose amount depends on what is not known; never 0."""
    return Duty(duty.text, readable=False)
