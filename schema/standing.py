"""Which measures stand on a day before the rules by which they meet: their dates, conditions, claims and tests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from schema.base import Modality
from schema.goods import unmet, unstated
from schema.outcome import Excluded, Taken
from schema.stacking_inputs import Address, Inputs, Measure

SCHEDULES = frozenset({"MFN"})
"""Authorities whose lines inherit down the tree of products: the longest matching code states the duty."""
CLAIMED = frozenset({"PREFERENCE"})
"""Authorities whose measures are charged only where they are claimed, and then in place of a schedule's."""


def live(day: date, inputs: Inputs, taken: Taken) -> tuple[list[Measure], tuple[str, ...]]:
    """The measures that would be charged were each alone, one for each key, and the ids of those that disagree."""
    return _preferred(_nearest([measure for measure in inputs.measures if _live(measure, day, inputs, taken)]))


def left_out(measures: list[Measure], day: date, inputs: Inputs, taken: Taken) -> list[Excluded]:
    """Of live measures those that are not in play: suspended, in transit, not claimed, or with a test that is not met."""
    found = []
    for measure in measures:
        out = (
            _suspended(measure, day, inputs.suspensions)
            or _in_transit(measure, day, taken)
            or _unclaimed(measure, taken)
            or _untested(measure, taken)
        )
        if out:
            found.append(out)
    gone = {each.measure.id for each in found}
    return found + _dearer([measure for measure in measures if measure.id not in gone])


def states(about: str, measures: Iterable[Measure]) -> bool:
    """Whether any source asserts a measure of this key: then it decides, and what others say on conditions is lent to it."""
    return any(each.about == about and each.modality is Modality.ASSERTED for each in measures)


def _live(measure: Measure, day: date, inputs: Inputs, taken: Taken) -> bool:
    """Whether the measure would be charged were it alone."""
    if measure.id in taken.forced and measure.period.possibly(day):
        return True
    if measure.part or not measure.period.certainly(day):
        return False
    if measure.modality is Modality.ASSERTED:
        return not _failed(measure, day, inputs, taken)
    if measure.modality in (Modality.DENIED, Modality.DEMANDED) or states(measure.about, inputs.measures):
        return False
    return bool(measure.conditions) and all(taken.clauses.get(c.id) is c.happens for c in measure.conditions)


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


def _line(measure: Measure) -> str | None:
    """The schedule of which a measure is a line: the base duties, or the preferences of one agreement. None: of none."""
    return claim_of(measure) if measure.authority in CLAIMED else "" if measure.authority in SCHEDULES else None


def _nearest(measures: list[Measure]) -> list[Measure]:
    """Of the lines of a schedule, those with the longest code; the duties of shorter ones are inherited over."""
    longest: dict[str | None, int] = defaultdict(int)
    for each in measures:
        longest[_line(each)] = max(longest[_line(each)], each.prefix)
    return [each for each in measures if (line := _line(each)) is None or each.prefix == longest[line]]


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


def _in_transit(measure: Measure, day: date, taken: Taken) -> Excluded | None:
    """Goods loaded before the measure began, entered while its act still lets such goods in."""
    loaded, start, until = taken.goods.loaded_on, measure.period.start, measure.in_transit_until
    if not (loaded and start and until and loaded < start.first and day < until):
        return None
    return Excluded(measure, f"loaded before {start} and entered before {until}")


def claim_of(measure: Measure) -> str | None:
    """The name by which a preference is claimed: its agreement, or its programme where it has none."""
    return (measure.agreement or measure.programme or measure.id) if measure.authority in CLAIMED else None


def _unclaimed(measure: Measure, taken: Taken) -> Excluded | None:
    if (claim := claim_of(measure)) in (None, taken.claim):
        return None
    return Excluded(measure, f"a preference is charged only where it is claimed: {claim}")


def _untested(measure: Measure, taken: Taken) -> Excluded | None:
    if measure.id in taken.forced or not (failed := unmet(measure.tests, taken.goods)):
        return None
    missing = unstated(measure.tests, taken.goods)
    reason = f"not stated of the goods: {', '.join(missing)}" if missing else f"the goods are not {', '.join(failed)}"
    return Excluded(measure, reason)


def _dearer(measures: list[Measure]) -> list[Excluded]:
    """Of several rates of the claimed preference the lowest is charged."""
    claimed = sorted((each for each in measures if each.authority in CLAIMED), key=_cheapest)
    return [
        Excluded(each, "a lower rate of the same preference is charged", by=(claimed[0].id,)) for each in claimed[1:]
    ]


def _cheapest(measure: Measure) -> tuple[bool, Decimal, str]:
    rate = measure.duty.ad_valorem
    return rate is None, rate or Decimal(0), measure.id
