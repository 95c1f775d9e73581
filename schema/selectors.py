"""The selectors by which stacking rules name measures (schema/tariffs.py, StackingRule)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from schema.stacking_inputs import Measure, Rule
from schema.tariffs import StackingEffect

ANY = "*"
ACT = "instrument/"
CLAIM = "claim:"
MATERIALS = ("content:", "rest:")
"""A part of the value by what the goods are made of."""
BESIDE = "beside:"
"""What is left of the value beside the parts on which the named measures fall."""
WHOLE = "whole:"
"""Of the named measures those that fall on the whole value."""

Acts = Mapping[str, Collection[str]]
"""The acts that impose a measure in any of its versions, by about-key."""


def acts_of(measures: Iterable[Measure]) -> Acts:
    """The acts of each about-key: a later act that restates a measure does not take it from the act that imposed it."""
    acts: dict[str, set[str]] = defaultdict(set)
    for measure in measures:
        if measure.instrument:
            acts[measure.about].add(measure.instrument)
    return acts


def selects(selector: str, measure: Measure, acts: Acts) -> bool:
    """Whether a selector of a rule names the measure.

    "*" names any; an act's id its measures in all their versions; otherwise an authority, alone or with a programme or the
    beginning of its path: "S232", "IEEPA:reciprocal" ("IEEPA:recip" names nothing of it). "beside:S232" and "whole:S232" name what
    "S232" does.
    """
    selector = selector.removeprefix(BESIDE).removeprefix(WHOLE)
    if selector == ANY:
        return True
    if selector.startswith(ACT):
        return selector in acts.get(measure.about, ())
    authority, _, path = selector.partition(":")
    programme = measure.programme or ""
    return authority == measure.authority and (not path or programme == path or programme.startswith(f"{path}/"))


def in_part(measures: Iterable[Measure], rules: Iterable[Rule], acts: Acts) -> frozenset[str]:
    """The ids of the measures that fall on a part of the value alone, by what the goods are made of."""
    shares = [r for r in rules if r.effect is StackingEffect.SHARE and r.object.startswith(MATERIALS)]
    return frozenset(m.id for m in measures if any(selects(rule.subject, m, acts) for rule in shares))


def claimed(rule: Rule, claim: str | None) -> Rule:
    """A rule whose object is a claim applies, whatever else is charged, to goods for which it is made."""
    return replace(rule, object=ANY) if claim and rule.object == f"{CLAIM}{claim}" else rule
