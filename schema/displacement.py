"""Which measures rules leave out. EXCLUDES and REPLACES work alike: the words differ, the charge does not.

A rule leaves its subject out where one of its objects is itself charged. What is charged thus depends on what is left out,
and the other way round: measures are settled from those that nothing can leave out, and what is never settled that way
goes round in a circle. There no rule is applied, and that is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schema.selectors import ANY, WHOLE, Acts, in_part, named
from schema.stacking_inputs import Measure, Rule
from schema.tariffs import StackingEffect

LEAVES_OUT = frozenset({StackingEffect.EXCLUDES, StackingEffect.REPLACES})


@dataclass(frozen=True)
class Hit:
    """A rule that leaves a measure out because of `by`; none where it does so whatever else is charged (object "*")."""

    rule: Rule
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Displaced:
    """What is left out, by id of the measure, and a gap for each circle of rules."""

    hits: dict[str, Hit]
    gaps: tuple[str, ...] = ()


def displace(measures: Sequence[Measure], rules: Iterable[Rule], acts: Acts) -> Displaced:
    """Settle which of the measures in play are left out. The order of measures and rules changes nothing."""
    attacks = _attacks(measures, tuple(rules), acts)
    charged: set[str] = set()
    out: set[str] = set()
    unsettled = {measure.id for measure in measures}
    while True:
        lost = {each for each in unsettled if any(_strikes(hit, charged) for hit in attacks[each])}
        safe = {each for each in unsettled - lost if all(out.issuperset(hit.by) for hit in attacks[each])}
        if not lost and not safe:
            break
        out |= lost
        charged |= safe
        unsettled -= lost | safe
    return Displaced({each: _credited(attacks[each], charged) for each in sorted(out)}, _circles(attacks, unsettled))


def _attacks(measures: Sequence[Measure], rules: Sequence[Rule], acts: Acts) -> dict[str, list[Hit]]:
    """The rules that could leave each measure out, with the measures because of which they would."""
    attacks: dict[str, list[Hit]] = defaultdict(list)
    found = named(measures, acts)
    parts = in_part(found, rules)
    bearing = (rule for rule in rules if rule.effect in LEAVES_OUT and found.of(rule.subject))
    for rule in sorted(bearing, key=_narrowest):
        able = () if rule.object == ANY else found.of(rule.object)
        objects = [m.id for m in able if not (rule.object.startswith(WHOLE) and m.id in parts)]
        for measure in found.of(rule.subject):
            others = tuple(each for each in objects if each != measure.id)
            if others or rule.object == ANY:
                attacks[measure.id].append(Hit(rule, others))
    return attacks


def _narrowest(rule: Rule) -> tuple[bool, int, str]:
    """The order in which rules are cited: before a general rule the one that names its object more narrowly."""
    return rule.object == ANY, -len(rule.object.removeprefix(WHOLE)), rule.id


def _strikes(hit: Hit, charged: set[str]) -> bool:
    return not hit.by or not charged.isdisjoint(hit.by)


def _credited(hits: list[Hit], charged: set[str]) -> Hit:
    """The first rule that leaves the measure out, with those of its objects that are charged."""
    first = next(hit for hit in hits if _strikes(hit, charged))
    return Hit(first.rule, tuple(sorted(charged.intersection(first.by))))


def _circles(attacks: dict[str, list[Hit]], unsettled: set[str]) -> tuple[str, ...]:
    rules = {hit.rule.description for each in unsettled for hit in attacks[each] if unsettled.intersection(hit.by)}
    return (f"rules exclude each other, and none of them is applied: {'; '.join(sorted(rules))}",) if rules else ()
