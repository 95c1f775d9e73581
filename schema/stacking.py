"""Which of several measures are charged together, by rules that are data.

Pure: what is known on the day of knowledge, of one importer, origin and product, comes in; what is charged, what is left
out and why comes out. No country, product, date or act is named here. docs/tariff-engine.md explains each step.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from schema.amounts import Amounts
from schema.goods import unmet, unstated
from schema.outcome import Excluded, Outcome, Taken
from schema.selectors import ANY, CLAIM, selects
from schema.stacking_inputs import Inputs, Measure, Rule
from schema.standing import CLAIMED, SCHEDULES, left_out, live
from schema.tariffs import StackingEffect

__all__ = ["CLAIMED", "SCHEDULES", "selects", "settle"]

LEFT_OUT = frozenset({StackingEffect.EXCLUDES, StackingEffect.REPLACES})


def settle(day: date, inputs: Inputs, taken: Taken) -> Outcome:
    """Settle which measures are charged on `day`; `inputs` are those of that day (`Inputs.on`)."""
    standing, disagreements = live(day, inputs, taken)
    out = left_out(standing, day, inputs, taken)
    gone = {each.measure.id for each in out}
    stack = _Stack([measure for measure in standing if measure.id not in gone], inputs, taken)
    ruled = [found for measure in stack.measures if (found := stack.excluded(measure))]
    amounts = Amounts([measure for measure in stack.measures if stack.applies(measure)], stack.rules, stack.acts, taken)
    charged = tuple(amounts.charge(measure) for measure in amounts.measures)
    gaps = {*stack.gaps, *amounts.gaps}
    return Outcome(charged, (*out, *ruled), disagreements, tuple(sorted(gaps)))


class _Stack:
    """The measures that are in play on a day, and the rules by which they meet; each measure is settled once."""

    def __init__(self, measures: list[Measure], inputs: Inputs, taken: Taken) -> None:
        self.measures = measures
        self.taken = taken
        self.acts: dict[str, set[str]] = defaultdict(set)
        for each in inputs.measures:
            if each.instrument:
                self.acts[each.about].add(each.instrument)
        self.settled: dict[str, Excluded | None] = {}
        self.open: list[str] = []
        self.gaps: set[str] = set()
        self.rules = [rule for rule in sorted(inputs.rules, key=lambda rule: rule.id) if self._met(rule)]

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
        found = (self._left_out(measure, rule) for rule in self.rules)
        self.settled[measure.id] = self._displaced(measure) or next(filter(None, found), None)
        self.open.pop()
        return self.settled[measure.id]

    def _met(self, rule: Rule) -> bool:
        """The goods meet the rule's tests. A gap names a test that nothing is said on, where the rule could matter."""
        if rule.id in self.taken.forced or not unmet(rule.tests, self.taken.goods):
            return True
        if any(selects(rule.subject, measure, self.acts) for measure in self.measures):
            missing = unstated(rule.tests, self.taken.goods)
            self.gaps.update(f"not stated of the goods: {test} ({rule.description})" for test in missing)
        return False

    def _displaced(self, measure: Measure) -> Excluded | None:
        """A claimed preference is charged in place of the base."""
        if measure.authority not in SCHEDULES:
            return None
        claimed = [other.id for other in self.measures if other.authority in CLAIMED and self.applies(other)]
        return Excluded(measure, "a preference is claimed", by=tuple(claimed)) if claimed else None

    def _left_out(self, measure: Measure, rule: Rule) -> Excluded | None:
        if rule.effect not in LEFT_OUT or not selects(rule.subject, measure, self.acts):
            return None
        if rule.object == ANY or (self.taken.claim and rule.object == f"{CLAIM}{self.taken.claim}"):
            return Excluded(measure, rule.description, rule.id)
        others = (other for other in self.measures if other.id != measure.id)
        because = [other.id for other in others if selects(rule.object, other, self.acts) and self.applies(other)]
        return Excluded(measure, rule.description, rule.id, by=tuple(because)) if because else None
