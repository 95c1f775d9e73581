"""What is due on goods of one origin on one day, as known on another: the total, its parts, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from schema.base import Modality
from schema.duty import Duty
from schema.duty_grammar import add_duties
from schema.stacking import SCHEDULES, Charged, Excluded, Outcome, Taken, settle, states
from schema.stacking_inputs import Inputs, Measure


class Coverage(StrEnum):
    """COMPLETE: no gap is known. PARTIAL: `gaps` says what is missing. NONE: no base duty is loaded."""

    COMPLETE = "COMPLETE"
    PARTIAL = "PARTIAL"
    NONE = "NONE"


@dataclass(frozen=True)
class Pending:
    """A measure whose conditions (or uncertain dates) could turn out otherwise, and the total in per cent then."""

    measure: str
    conditions: tuple[str, ...]
    ad_valorem_then: Decimal | None


@dataclass(frozen=True)
class Assessment:
    """The answer. `duty` and `ad_valorem` are None where no base duty is loaded; the latter also where a part is no
    percentage. Never 0 for what is not known."""

    coverage: Coverage
    gaps: tuple[str, ...]
    duty: Duty | None
    ad_valorem: Decimal | None
    charged: tuple[Charged, ...]
    excluded: tuple[Excluded, ...]
    pending: tuple[Pending, ...]
    annulled: tuple[str, ...]
    disagreements: tuple[str, ...]


NO_BASE = "no base duty is loaded for this product and origin"


def assess(day: date, known: date, inputs: Inputs, assume: Mapping[str, bool] | None = None) -> Assessment:
    """Assess goods entered on `day` as known on `known`, with clauses taken as `assume` says."""
    taken = Taken(dict(assume or {}))
    outcome = settle(day, inputs, taken)
    duty = _total(outcome)
    gaps = tuple(sorted({*outcome.gaps, *_gaps(day, inputs, outcome, duty)}))
    abouts = {each.measure.about for each in outcome.charged}
    return Assessment(
        coverage=Coverage.NONE if duty is None else Coverage.PARTIAL if gaps else Coverage.COMPLETE,
        gaps=gaps,
        duty=duty,
        ad_valorem=_ad_valorem(outcome),
        charged=outcome.charged,
        excluded=outcome.excluded,
        pending=tuple(_pending(day, known, inputs, taken, outcome)),
        annulled=tuple(sorted(each.id for each in inputs.annulments if each.measure in abouts)),
        disagreements=outcome.disagreements,
    )


def _total(outcome: Outcome) -> Duty | None:
    """The sum of what is charged, None without a base duty."""
    if not any(each.measure.authority in SCHEDULES for each in outcome.charged):
        return None
    return add_duties(each.duty for each in outcome.charged)


def _ad_valorem(outcome: Outcome) -> Decimal | None:
    duty = _total(outcome)
    return duty.ad_valorem if duty else None


def _gaps(day: date, inputs: Inputs, outcome: Outcome, duty: Duty | None) -> Iterator[str]:
    """What is missing of what the answer rests on."""
    if duty is None:
        yield NO_BASE
    measures = [each.measure for each in outcome.charged] + [each.measure for each in outcome.excluded]
    for measure in measures:
        yield from filter(None, (measure.gap, *measure.source_gaps))
    yield from (rule.gap for rule in inputs.rules if rule.gap)
    for measure in inputs.measures:
        if _uncertain(measure, day):
            yield f"{measure.authority} {measure.programme or ''} {measure.duty.text}: it is not certain that it holds on {day}"
        if measure.part and measure.period.possibly(day):
            yield "duties differ within the code asked for: ask for a longer code"


def _uncertain(measure: Measure, day: date) -> bool:
    asserted = measure.modality is Modality.ASSERTED and not measure.part
    return asserted and measure.period.possibly(day) and not measure.period.certainly(day)


def _pending(day: date, known: date, inputs: Inputs, taken: Taken, outcome: Outcome) -> Iterator[Pending]:
    """What would change the answer were it to turn out otherwise than the answer takes it."""
    now = _essence(outcome)
    for measure in sorted(inputs.measures, key=lambda each: each.id):
        other = _otherwise(measure, day, known, inputs, taken)
        if other is None:
            continue
        then = settle(day, inputs, other)
        if _essence(then) != now:
            yield Pending(measure.id, tuple(clause.id for clause in measure.conditions), _ad_valorem(then))


def _essence(outcome: Outcome) -> object:
    return _ad_valorem(outcome), frozenset((each.measure.about, each.duty.components) for each in outcome.charged)


def _otherwise(measure: Measure, day: date, known: date, inputs: Inputs, taken: Taken) -> Taken | None:
    """The other way in which the open question of a measure can turn out, None where it has none."""
    if not measure.period.possibly(day) or measure.modality in (Modality.DENIED, Modality.DEMANDED):
        return None
    if any(clause.deadline and clause.deadline < known for clause in measure.conditions):
        return None  # the deadline has passed: what happened is known, and acts state it
    if (
        measure.part
        or _uncertain(measure, day)
        or (measure.modality is not Modality.ASSERTED and not measure.conditions)
    ):
        return Taken(taken.clauses, {*taken.forced, measure.id})
    if not measure.conditions:
        return None
    decided = measure.modality is Modality.ASSERTED or states(measure.about, inputs.measures)
    turned = {
        clause.id: not taken.clauses.get(clause.id, clause.happens if decided else not clause.happens)
        for clause in measure.conditions
    }
    return Taken({**taken.clauses, **turned}, taken.forced)
