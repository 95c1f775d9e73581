"""What would change the answer were it to turn out otherwise than the answer takes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from schema.base import Modality
from schema.gaps import uncertain
from schema.goods import unstated
from schema.outcome import Outcome, Taken
from schema.stacking import settle
from schema.stacking_inputs import Inputs, Measure
from schema.standing import states
from schema.total import total_rate


@dataclass(frozen=True)
class Pending:
    """A measure whose conditions, uncertain dates or unstated tests could turn out otherwise, and the total per cent then."""

    measure: str
    conditions: tuple[str, ...]
    ad_valorem_then: Decimal | None


def pending(day: date, known: date, inputs: Inputs, taken: Taken, outcome: Outcome) -> Iterator[Pending]:
    """Turn each open question the other way, settle everything again, and name it where the answer differs."""
    now = _essence(outcome)
    for measure in sorted(inputs.measures, key=lambda each: each.id):
        other = _otherwise(measure, day, known, inputs, taken)
        if other is None:
            continue
        then = settle(day, inputs, other)
        if _essence(then) != now:
            yield Pending(measure.id, tuple(clause.id for clause in measure.conditions), total_rate(then))
    yield from _by_rules(day, inputs, taken, outcome)


def _by_rules(day: date, inputs: Inputs, taken: Taken, outcome: Outcome) -> Iterator[Pending]:
    """Rules whose tests are not stated: the first charged measure that they would change stands for them."""
    for rule in sorted(inputs.rules, key=lambda each: each.id):
        if not unstated(rule.tests, taken.goods):
            continue
        then = settle(day, inputs, replace(taken, forced={*taken.forced, rule.id}))
        kept = {(each.measure.id, each.duty) for each in then.charged}
        changed = [each.measure.id for each in outcome.charged if (each.measure.id, each.duty) not in kept]
        if changed:
            yield Pending(changed[0], (), total_rate(then))


def _essence(outcome: Outcome) -> object:
    return total_rate(outcome), frozenset((each.measure.about, each.duty.components) for each in outcome.charged)


def _otherwise(measure: Measure, day: date, known: date, inputs: Inputs, taken: Taken) -> Taken | None:
    """The other way in which the open question of a measure can turn out, None where it has none."""
    if not measure.period.possibly(day) or measure.modality in (Modality.DENIED, Modality.DEMANDED):
        return None
    if any(clause.deadline and clause.deadline < known for clause in measure.conditions):
        return None  # the deadline has passed: what happened is known, and acts state it
    if (
        measure.part
        or uncertain(measure, day)
        or unstated(measure.tests, taken.goods)
        or (measure.modality is not Modality.ASSERTED and not measure.conditions)
    ):
        return replace(taken, forced={*taken.forced, measure.id})
    if not measure.conditions:
        return None
    decided = measure.modality is Modality.ASSERTED or states(measure.about, inputs.measures)
    turned = {
        clause.id: not taken.clauses.get(clause.id, clause.happens if decided else not clause.happens)
        for clause in measure.conditions
    }
    return replace(taken, clauses={**taken.clauses, **turned})
