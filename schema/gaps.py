"""What is missing of what an answer rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schema.base import Modality
from schema.goods import unstated
from schema.outcome import Outcome, Taken
from schema.preference import claims, incomparable
from schema.stacking_inputs import Inputs, Measure
from schema.standing import SCHEDULES
from schema.total import total

NO_BASE = "no base duty is loaded for this product and origin"


def gaps(day: date, inputs: Inputs, outcome: Outcome, taken: Taken) -> Iterator[str]:
    """Name all that is missing, of the data and of the goods."""
    yield from outcome.gaps
    if total(outcome) is None:
        yield NO_BASE
    measures = [each.measure for each in outcome.charged] + [each.measure for each in outcome.excluded]
    for measure in measures:
        yield from filter(None, (measure.gap, *measure.source_gaps))
    yield from (rule.gap for rule in inputs.rules if rule.gap)
    yield from _uncertain(day, inputs)
    yield from _of_goods(outcome, taken)
    yield from _of_claims(day, inputs, taken)


def uncertain(measure: Measure, day: date) -> bool:
    """A partial date leaves open whether the measure holds on the day."""
    asserted = measure.modality is Modality.ASSERTED and not measure.part
    return asserted and measure.period.possibly(day) and not measure.period.certainly(day)


def _uncertain(day: date, inputs: Inputs) -> Iterator[str]:
    for measure in inputs.measures:
        if uncertain(measure, day):
            yield f"{measure.name} {measure.duty.text}: its dates leave open whether it holds"
        if measure.part and measure.period.possibly(day):
            yield "duties differ within the code asked for: ask for a longer code"
    for rule in inputs.rules:
        if not rule.period.certainly(day):
            yield f"its dates leave open whether a rule holds: {rule.description}"
    for each in inputs.belongings:
        if not each.period.certainly(day):
            yield f"its dates leave open whether the origin belongs to {each.group}"


def _of_goods(outcome: Outcome, taken: Taken) -> Iterator[str]:
    """What would have to be said of the goods, and what acts say of goods in transit and is not loaded."""
    goods, value = taken.goods, taken.goods.unit_value
    for each in outcome.excluded:
        for test in unstated(each.measure.tests, goods):
            yield f"not stated of the goods: {test} ({each.measure.name} {each.measure.duty.text})"
    for charged in outcome.charged:
        start = charged.measure.period.start
        if value and charged.duty.readable and charged.duty.ad_valorem is None:
            yield f"{charged.duty.text} has no ad valorem equivalent at a value in {value.currency} per {value.unit}"
        late = goods.loaded_on is not None and start is not None and goods.loaded_on < start.last
        if late and not charged.measure.in_transit_until and charged.measure.authority not in SCHEDULES:
            yield f"whether {charged.measure.name} {charged.measure.duty.text} spares goods loaded before {start} is not loaded"


def _of_claims(day: date, inputs: Inputs, taken: Taken) -> Iterator[str]:
    if taken.goods.agreement and taken.goods.agreement not in claims(inputs):
        yield f"no preference of {taken.goods.agreement} is loaded for this product and origin"
    yield from (
        f"{claim} could not be compared: its total is no percentage" for claim in incomparable(day, inputs, taken)
    )
