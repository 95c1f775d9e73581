"""Which of several measures are charged together, by rules that are data.

Pure: what is known on the day of knowledge, of one importer, origin and product, comes in; what is charged, what is left
out and why comes out. No country, product, date or act is named here. docs/tariff-engine.md explains each step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from schema.base import Modality
from schema.contribution import Charged, contribute
from schema.displacement import displace
from schema.goods import Goods, loading_limit, spared, unmet, unstated
from schema.selectors import acts_of, claimed
from schema.stacking_inputs import NEVER, SCHEDULES, Inputs, Measure, Rule, in_force


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
    """What is charged on one day under one set of assumptions. `gaps`: what the rules could not settle."""

    charged: tuple[Charged, ...]
    excluded: tuple[Excluded, ...]
    disagreements: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()

    @property
    def in_play(self) -> tuple[Measure, ...]:
        """All measures that the answer speaks of."""
        return (*(each.measure for each in self.charged), *(each.measure for each in self.excluded))


@dataclass(frozen=True)
class Taken:
    """How open questions are taken: clauses by id, and the ids of what holds although that is not certain.

    `goods`: what is known of them; `claim`: the preference that is claimed, by agreement or programme.
    """

    clauses: Mapping[str, bool] = field(default_factory=dict)
    forced: Collection[str] = ()
    goods: Goods = field(default_factory=Goods)
    claim: str | None = None


def settle(day: date, inputs: Inputs, taken: Taken) -> Outcome:
    """Settle which measures are charged on `day`, and what each contributes."""
    return settled(day, inputs, [rule for rule in inputs.rules if applies(rule, day, taken)], taken)


def settled(day: date, inputs: Inputs, standing: Iterable[Rule], taken: Taken) -> Outcome:
    """The same, with the rules that apply on the day known: over a schedule they are found once and not for each line."""
    live = [measure for measure in inputs.measures if is_live(measure, day, inputs, taken)]
    live, disagreements = _preferred(_nearest(live), taken)
    out = _out_of_play(live, day, inputs, taken)
    gone = {each.measure.id for each in out}
    in_play = [measure for measure in live if measure.id not in gone]
    acts = acts_of(inputs.measures)
    rules = [claimed(rule, taken.claim) for rule in standing]
    left_out = displace(in_play, rules, acts)
    ruled = [
        Excluded(measure, hit.rule.description, hit.rule.id, by=hit.by)
        for measure in in_play
        if (hit := left_out.hits.get(measure.id))
    ]
    charged, gaps = contribute([m for m in in_play if m.id not in left_out.hits], rules, acts, taken.goods)
    return Outcome(charged, (*out, *ruled), disagreements, tuple(sorted({*left_out.gaps, *gaps})))


def applies(rule: Rule, day: date, taken: Taken) -> bool:
    """Whether a rule holds on the day, for goods that meet its tests, or is taken to."""
    return rule.id in taken.forced or (in_force(rule, day, taken.clauses) and not unmet(rule.tests, taken.goods))


def is_live(measure: Measure, day: date, inputs: Inputs, taken: Taken) -> bool:
    """Whether the measure would be charged were it alone and nothing suspended it."""
    if measure.id in taken.forced:
        return True
    if measure.part or not in_force(measure, day, taken.clauses):
        return False
    if measure.modality is Modality.ASSERTED:
        return stands(measure, day, inputs, taken)
    return not (lends(measure, day, inputs.measures) or _overtaken(measure, inputs.measures))


def lends(measure: Measure, day: date, measures: Iterable[Measure]) -> bool:
    """Whether a statement that asserts nothing lends its conditions to what is asserted of the same key for the day.

    It does where it states the same duty, and so adds nothing but the conditions. Another duty ("50 % unless there is a
    deal") is one of its own, which takes the place of the asserted one if its conditions are assumed.
    """
    return any(_lends_to(measure, each, day) and each.period.possibly(day) for each in measures)


def _lends_to(measure: Measure, asserted: Measure, day: date) -> bool:
    open_ = measure.modality not in (Modality.ASSERTED, *NEVER) and measure.period.possibly(day)
    same = asserted.about == measure.about and _value(asserted) == _value(measure)
    return open_ and same and asserted.modality is Modality.ASSERTED


def _overtaken(measure: Measure, measures: Iterable[Measure]) -> bool:
    """A better source has since asserted a duty of the same key: an old report of a threat says nothing beside a new act."""
    return any(
        each.about == measure.about
        and each.modality is Modality.ASSERTED
        and each.rank < measure.rank
        and each.known_from > measure.known_from
        for each in measures
    )


def stands(measure: Measure, day: date, inputs: Inputs, taken: Taken) -> bool:
    """Whether no condition of an asserted measure, its own or lent to its key, is taken to turn out otherwise."""
    return all(
        taken.clauses.get(clause.id, clause.happens) is clause.happens
        for each in inputs.measures
        if each.conditions and (each.id == measure.id or _lends_to(each, measure, day))
        for clause in each.conditions
    )


def _nearest(measures: list[Measure]) -> list[Measure]:
    """Of the lines of each schedule those with the longest code: the duties of shorter ones are inherited over.

    The rates of one preference are a schedule too, those with tests apart: they stand beside the general ones.
    """
    longest: dict[Hashable, int] = defaultdict(int)
    for each in measures:
        longest[_line(each)] = max(longest[_line(each)], each.prefix)
    return [each for each in measures if _line(each) is None or each.prefix == longest[_line(each)]]


def _line(measure: Measure) -> Hashable:
    """The schedule of which a measure is a line; None: of none."""
    if measure.claim:
        return measure.authority, measure.claim, measure.tests
    return measure.authority if measure.authority in SCHEDULES else None


def _preferred(measures: list[Measure], taken: Taken) -> tuple[list[Measure], tuple[str, ...]]:
    """One measure for each key, and the ids of those that are asserted and state different duties for one.

    Preferred is what is assumed (the question is what if it holds), then the better source, then the later publication.
    """
    groups: dict[Hashable, list[Measure]] = defaultdict(list)
    order = sorted(measures, key=lambda m: (not _assumed(m, taken), m.rank, -m.known_from.toordinal(), m.id))
    for measure in order:
        groups[_key(measure)].append(measure)
    asserted = [[m for m in group if m.modality is Modality.ASSERTED] for group in groups.values()]
    disagreeing = [m.id for group in asserted if len({_value(m) for m in group}) > 1 for m in group]
    return sorted((group[0] for group in groups.values()), key=_in_order), tuple(sorted(disagreeing))


def _assumed(measure: Measure, taken: Taken) -> bool:
    return measure.id in taken.forced or measure.modality is not Modality.ASSERTED


def _key(measure: Measure) -> Hashable:
    """What there is one duty for: the about-key, for a schedule its line, however a release groups the lines."""
    return (measure.authority, measure.programme) if measure.authority in SCHEDULES else measure.about


def _value(measure: Measure) -> Hashable:
    """Equal for equal duties, however they are worded; "Free" is 0 %."""
    duty = measure.duty
    return (duty.components if not duty.free else ()) if duty.readable else duty.text


def _in_order(measure: Measure) -> tuple[bool, str, str, str]:
    """Base duties first, then by authority and programme."""
    return measure.authority not in SCHEDULES, measure.authority, measure.programme or "", measure.id


def _suspended(measure: Measure, day: date, inputs: Inputs, taken: Taken) -> Excluded | None:
    found = [
        each
        for each in inputs.suspensions
        if each.measure == measure.about and (each.id in taken.forced or in_force(each, day, taken.clauses))
    ]
    if not found:
        return None
    last = max(found, key=lambda each: (each.period.end is None, each.period.end and each.period.end.last, each.id))
    until = f" until {last.period.end}" if last.period.end else ""
    return Excluded(measure, f"suspended{until}", suspension=last.id)


def _out_of_play(live: list[Measure], day: date, inputs: Inputs, taken: Taken) -> list[Excluded]:
    """What is left out before any rule is asked: suspended, or not for these goods; and what a claimed preference replaces."""
    found = [out for m in live if (out := _suspended(m, day, inputs, taken) or _not_for(m, day, taken))]
    gone = {each.measure.id for each in found}
    preferences = sorted((m for m in live if m.claim and m.id not in gone), key=_cheapest)
    if not preferences:
        return found
    by = (preferences[0].id,)
    base = [m for m in live if m.authority in SCHEDULES and m.id not in gone]
    dearer = [Excluded(each, "a lower rate of the same preference is charged", by=by) for each in preferences[1:]]
    return [*found, *(Excluded(each, "a preference is claimed", by=by) for each in base), *dearer]


def _not_for(measure: Measure, day: date, taken: Taken) -> Excluded | None:
    """The measure is not for goods of which this is known."""
    if measure.claim and measure.claim != taken.claim:
        return Excluded(measure, f"a preference is charged only where it is claimed: {measure.claim}")
    if spared(measure, day, taken.goods):
        until = measure.in_transit_until
        return Excluded(measure, f"loaded before {loading_limit(measure)} and entered before {until}")
    if measure.id in taken.forced or not (failed := unmet(measure.tests, taken.goods)):
        return None
    missing = unstated(measure.tests, taken.goods)
    return Excluded(
        measure,
        f"not stated of the goods: {', '.join(missing)}" if missing else f"the goods are not {', '.join(failed)}",
    )


def _cheapest(measure: Measure) -> tuple[bool, Decimal, str]:
    rate = measure.duty.ad_valorem
    return rate is None, rate or Decimal(0), measure.id
