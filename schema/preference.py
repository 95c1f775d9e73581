"""Which preference is claimed where the client asks for the cheapest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from schema.goods import CLAIMED
from schema.pending import total
from schema.selectors import CLAIM
from schema.stacking import Taken, settle
from schema.stacking_inputs import Inputs


def claims(inputs: Inputs) -> list[str]:
    """What can be claimed: preferences with a rate of their own, and those that rules or tests speak of."""
    stated = {measure.claim for measure in inputs.measures if measure.claim}
    ruled = {rule.object.removeprefix(CLAIM) for rule in inputs.rules if rule.object.startswith(CLAIM)}
    tests = {test for stated in (inputs.measures, inputs.rules) for each in stated for test in each.tests}
    tested = {test.removeprefix(f"{CLAIMED}=") for test in tests if test.startswith(f"{CLAIMED}=")}
    return sorted(stated | ruled | tested)


def best(day: date, inputs: Inputs, taken: Taken) -> Taken:
    """With the claim that is cheapest in total where that is asked for; equal totals: no claim, then the first by name.

    A claim whose total is no percentage cannot be compared and is not made (`gaps` says so).
    """
    if not taken.goods.best or taken.claim:
        return taken
    ways = [taken, *_ways(inputs, taken)]
    rates = [(rate, place) for place, way in enumerate(ways) if (rate := _rate(day, inputs, way)) is not None]
    return ways[min(rates)[1]] if rates else taken


def incomparable(day: date, inputs: Inputs, taken: Taken) -> list[str]:
    """The claims whose total is no percentage, so that the cheapest could not be told for certain."""
    if not taken.goods.best:
        return []
    return [way.claim for way in _ways(inputs, taken) if way.claim and _rate(day, inputs, way) is None]


def _ways(inputs: Inputs, taken: Taken) -> list[Taken]:
    """The same with each claim made."""
    goods = taken.goods
    return [replace(taken, claim=claim, goods=replace(goods, agreement=claim)) for claim in claims(inputs)]


def _rate(day: date, inputs: Inputs, taken: Taken) -> Decimal | None:
    duty = total(settle(day, inputs, taken))
    return duty.ad_valorem if duty else None
