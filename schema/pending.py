"""What would change an answer: conditions, uncertain dates and plans, each turned the other way.

Every open question gives one alternative set of assumptions; the measures are settled again under it, and it is listed
where what is charged changes. Nothing is listed that changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from schema.base import Modality
from schema.duty import Duty
from schema.duty_grammar import add_duties
from schema.goods import unstated
from schema.selectors import acts_of, selects
from schema.stacking import Outcome, Taken, is_live, lends, settle, stands
from schema.stacking_inputs import (
    CLAIMED,
    NEVER,
    SCHEDULES,
    Address,
    Clause,
    Inputs,
    Measure,
    Rule,
    certain,
    doubtful,
    in_force,
)

BASES = SCHEDULES | CLAIMED


@dataclass(frozen=True)
class Pending:
    """A measure whose conditions or uncertain dates could turn out otherwise, and the total in per cent then.

    `conditions` is empty where the doubt is about a date, a plan, a test, a part of the code, a suspension or a rule.
    """

    measure: str
    conditions: tuple[str, ...]
    ad_valorem_then: Decimal | None


def total(outcome: Outcome) -> Duty | None:
    """The sum of what is charged, None without a base duty or a preference in its place: nothing is ever quietly free."""
    return add_duties(each.duty for each in outcome.charged) if based(outcome) else None


def based(outcome: Outcome) -> bool:
    """A base duty is charged, or a preference in its place."""
    return any(each.measure.authority in BASES for each in outcome.charged)


def pending(day: date, known: date, inputs: Inputs, taken: Taken, now: Outcome) -> tuple[Pending, ...]:
    """All that would change `now`, the outcome on `day` as known on `known`, in the order of the measures' ids."""
    found: set[Pending] = set()
    parts = {
        measure.id for measure in inputs.measures if measure.part
    }  # several can apply to one line: no total of one alone
    for measure, conditions, otherwise, own in _alternatives(day, known, inputs, taken, now):
        then = settle(day, inputs, otherwise)
        if _essence(then) != _essence(now) and (own or _charge(measure, then) != _charge(measure, now)):
            found.add(Pending(measure, conditions, None if measure in parts and len(parts) > 1 else _ad_valorem(then)))
    return tuple(sorted(found, key=lambda each: (each.measure, each.conditions, str(each.ad_valorem_then))))


def _essence(outcome: Outcome) -> object:
    """What a client would see change: the total, and what is charged, whichever source states it."""
    charged = {(each.measure.about, each.duty.readable, each.duty.components) for each in outcome.charged}
    return _ad_valorem(outcome), charged


def _charge(measure: str, outcome: Outcome) -> Duty | None:
    return next((each.duty for each in outcome.charged if each.measure.id == measure), None)


def _ad_valorem(outcome: Outcome) -> Decimal | None:
    duty = total(outcome)
    return duty.ad_valorem if duty else None


Alternative = tuple[str, tuple[str, ...], Taken, bool]
"""The measure in question, the conditions in question, how they are taken, and whether they are the measure's own: not those
of a rule or suspension on it, which may leave it as it is."""


def _alternatives(day: date, known: date, inputs: Inputs, taken: Taken, now: Outcome) -> Iterator[Alternative]:
    for measure in inputs.measures:
        if other := _otherwise(measure, day, known, inputs, taken):
            yield measure.id, tuple(clause.id for clause in measure.conditions), other, True
    for suspension in inputs.suspensions:
        if found := _turned(suspension, day, known, taken):
            yield from ((m.id, *found, False) for m in now.in_play if m.about == suspension.measure)
    acts = acts_of(inputs.measures)
    for rule in inputs.rules:
        untold = certain(rule, day) and unstated(rule.tests, taken.goods)
        if found := ((), _with(taken, rule.id)) if untold else _turned(rule, day, known, taken):
            yield from ((m.id, *found, False) for m in now.in_play if selects(rule.subject, m, acts))


def _turned(stated: Address | Rule, day: date, known: date, taken: Taken) -> tuple[tuple[str, ...], Taken] | None:
    """The conditions of a rule or suspension turned the other way, or what is not certain about it taken to hold."""
    if not stated.conditions:
        return ((), _with(taken, stated.id)) if doubtful(stated, day) else None
    if not stated.period.possibly(day) or stated.modality in NEVER or _decided(stated.conditions, known):
        return None
    came = in_force(stated, day, taken.clauses)
    if not came and not stated.period.certainly(day):
        return tuple(clause.id for clause in stated.conditions), _with(taken, stated.id)
    turned = {clause.id: clause.happens is not came for clause in stated.conditions}
    return tuple(turned), replace(taken, clauses={**taken.clauses, **turned})


def _decided(conditions: Iterable[Clause], known: date) -> bool:
    """A deadline has passed: what happened is known, and acts state it."""
    return any(clause.deadline and clause.deadline < known for clause in conditions)


def _with(taken: Taken, forced: str) -> Taken:
    return replace(taken, forced={*taken.forced, forced})


def _otherwise(measure: Measure, day: date, known: date, inputs: Inputs, taken: Taken) -> Taken | None:
    """The other way in which the open question of a measure can turn out, None where it has none."""
    if not measure.period.possibly(day) or measure.modality in NEVER:
        return None
    if _decided(measure.conditions, known):
        return None
    planned = measure.modality is not Modality.ASSERTED and not measure.conditions
    open_day = not measure.period.certainly(day) and not is_live(measure, day, inputs, taken)
    if measure.part or planned or open_day or unstated(measure.tests, taken.goods):
        return _with(taken, measure.id)
    if not measure.conditions:
        return None
    came = _came(measure, day, inputs, taken)
    turned = {clause.id: clause.happens is not came for clause in measure.conditions}
    return replace(taken, clauses={**taken.clauses, **turned})


def _came(measure: Measure, day: date, inputs: Inputs, taken: Taken) -> bool:
    """Whether the answer takes the measure's conditions to have turned out as it says."""
    if measure.modality is Modality.ASSERTED:
        return stands(measure, day, inputs, taken)
    if lends(measure, day, inputs.measures):
        return all(taken.clauses.get(clause.id, clause.happens) is clause.happens for clause in measure.conditions)
    return is_live(measure, day, inputs, taken)
