"""What would have to be said of the goods, and what of acts and claims on them is not loaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schema.goods import Goods, unstated
from schema.preference import claims, incomparable
from schema.selectors import acts_of, selects
from schema.stacking import Outcome, Taken
from schema.stacking_inputs import SCHEDULES, Inputs, Measure


def of_goods(day: date, inputs: Inputs, outcome: Outcome, goods: Goods) -> Iterator[str]:
    """Tests that nothing is said on, unit values that do not fit, and goods in transit of which no act speaks."""
    for left in outcome.excluded:
        yield from (
            f"not stated of the goods: {test} ({left.measure.name})" for test in unstated(left.measure.tests, goods)
        )
    acts = acts_of(inputs.measures)
    for rule in inputs.rules:
        if rule.period.possibly(day) and any(selects(rule.subject, each, acts) for each in outcome.in_play):
            yield from (f"not stated of the goods: {test} ({rule.description})" for test in unstated(rule.tests, goods))
    for charged in outcome.charged:
        duty, value = charged.measure.duty, goods.unit_value
        if value and duty.readable and duty.ad_valorem is None:
            yield f"{duty.text} has no ad valorem equivalent at a value in {value.currency} per {value.unit}"
        if _in_transit(charged.measure, goods):
            yield f"whether {charged.measure.name} spares goods loaded before {charged.measure.period.start} is not loaded"


def of_claims(day: date, inputs: Inputs, taken: Taken) -> Iterator[str]:
    """A claim that nothing is loaded of, and claims that could not be compared."""
    if taken.goods.agreement and taken.goods.agreement not in claims(inputs):
        yield f"no preference of {taken.goods.agreement} is loaded for this product and origin"
    yield from (
        f"{claim} could not be compared: its total is no percentage" for claim in incomparable(day, inputs, taken)
    )


def _in_transit(measure: Measure, goods: Goods) -> bool:
    """Goods loaded before the measure began, and its act is not known to say anything of such goods."""
    start = measure.period.start
    if goods.loaded_on is None or start is None or measure.in_transit_until or measure.authority in SCHEDULES:
        return False
    return goods.loaded_on < start.last
