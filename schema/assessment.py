"""What is due on goods of one origin on one day, as known on another: the total, its parts, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from schema.base import Modality
from schema.contribution import Charged
from schema.duty import Duty
from schema.equivalent import valued
from schema.goods import Goods, could_meet
from schema.goods_gaps import of_claims, of_goods
from schema.pending import Pending, pending, total
from schema.preference import best
from schema.selectors import acts_of, selects
from schema.stacking import Excluded, Outcome, Taken, settle
from schema.stacking_inputs import Address, Inputs, Measure, Rule, in_force


class Coverage(StrEnum):
    """COMPLETE: no gap is known. PARTIAL: `gaps` says what is missing. NONE: no base duty is loaded."""

    COMPLETE = "COMPLETE"
    PARTIAL = "PARTIAL"
    NONE = "NONE"


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
PARTS = "duties differ within the code asked for: ask for a longer code"


def assess(
    day: date, known: date, inputs: Inputs, assume: Mapping[str, bool] | None = None, goods: Goods | None = None
) -> Assessment:
    """Assess goods entered on `day` as known on `known`, with clauses (by id) taken to happen or not as `assume` says."""
    goods = goods or Goods()
    inputs = _prepared(day, inputs, goods)
    taken = best(day, inputs, Taken(dict(assume or {}), goods=goods, claim=goods.agreement))
    outcome = settle(day, inputs, taken)
    duty = total(outcome)
    of_them = (*of_goods(day, inputs, outcome, goods), *of_claims(day, inputs, taken), *_assumed(inputs, taken.clauses))
    gaps = tuple(sorted({*outcome.gaps, *_gaps(day, inputs, outcome, duty, taken), *of_them}))
    abouts = {each.measure.about for each in outcome.charged}
    return Assessment(
        coverage=Coverage.NONE if duty is None else Coverage.PARTIAL if gaps else Coverage.COMPLETE,
        gaps=gaps,
        duty=duty,
        ad_valorem=duty.ad_valorem if duty else None,
        charged=outcome.charged,
        excluded=outcome.excluded,
        pending=pending(day, known, inputs, taken, outcome),
        annulled=tuple(sorted(each.id for each in inputs.annulments if each.measure in abouts)),
        disagreements=outcome.disagreements,
    )


def _assumed(inputs: Inputs, clauses: Mapping[str, bool]) -> Iterator[str]:
    """What the answer takes to happen, or not to, because the client says so."""
    for stated in inputs.conditional:
        for clause in stated.conditions:
            if clause.id in clauses:
                yield f"assumed to {'' if clauses[clause.id] else 'not '}happen: {clause.description}"


def _prepared(day: date, inputs: Inputs, goods: Goods) -> Inputs:
    """The inputs for the origin as it is on the day, duties with their equivalents at the value of the goods."""
    inputs = inputs.on(day)
    if goods.unit_value is None:
        return inputs
    measures = (replace(each, duty=valued(each.duty, goods.unit_value)) for each in inputs.measures)
    return replace(inputs, measures=tuple(measures))


def _gaps(day: date, inputs: Inputs, outcome: Outcome, duty: Duty | None, taken: Taken) -> Iterator[str]:
    """What is missing of what the answer rests on, of what is left out too: that it is left out is part of the answer."""
    if duty is None:
        yield NO_BASE
    acts = acts_of(inputs.measures)
    rules = [rule for rule in inputs.rules if any(selects(rule.subject, each, acts) for each in outcome.in_play)]
    bearing = [rule for rule in rules if rule.period.possibly(day) and could_meet(rule.tests, taken.goods)]
    stands: list[Measure | Rule] = [*outcome.in_play, *bearing]
    for stated in stands:
        yield from filter(None, (stated.gap, *stated.source_gaps))
    for each in inputs.belongings:
        if not each.period.certainly(day):
            yield f"its dates leave open whether the origin belongs to {each.group}"
    abouts = {each.about for each in outcome.in_play}
    suspensions = [each for each in inputs.suspensions if each.measure in abouts]
    yield from _doubts(day, taken.clauses, inputs.measures, rules, suspensions)


def _doubts(
    day: date,
    clauses: Mapping[str, bool],
    measures: tuple[Measure, ...],
    rules: list[Rule],
    suspensions: list[Address],
) -> Iterator[str]:
    """What is not certain to hold on the day. What is only planned or threatened is no gap but `pending`."""
    for measure in measures:
        if measure.part and measure.period.possibly(day):
            yield PARTS
        elif _unsure(measure, day, clauses):
            yield f"it is not certain that {measure.name} holds"
    if any(_unsure(each, day, clauses) for each in suspensions):
        yield "it is not certain that a suspension holds"
    for rule in rules:
        if _unsure(rule, day, clauses):
            yield f"it is not certain that this applies: {rule.description}"


def _unsure(stated: Measure | Address | Rule, day: date, clauses: Mapping[str, bool]) -> bool:
    """It is asserted, or assumed, and its dates leave the day open."""
    claimed = stated.modality is Modality.ASSERTED or in_force(stated, day, clauses)
    return claimed and stated.period.possibly(day) and not stated.period.certainly(day)
