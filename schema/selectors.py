"""The selectors by which stacking rules name measures (schema/tariffs.py, StackingRule)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from schema.stacking_inputs import Measure, Rule
from schema.tariffs import StackingEffect

ANY = "*"
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
    bare = _bare(selector)
    return bare in _paths(measure.authority, measure.programme) or bare in acts.get(measure.about, ())


@dataclass(frozen=True)
class Named:
    """Measures by all selectors that name them: many rules are asked about few measures."""

    by: Mapping[str, tuple[Measure, ...]]

    def of(self, selector: str) -> tuple[Measure, ...]:
        """The measures that a selector names, in the order in which they came."""
        return self.by.get(_bare(selector), ())


def named(measures: Iterable[Measure], acts: Acts) -> Named:
    """The measures by what `selects` says of them."""
    by: dict[str, list[Measure]] = defaultdict(list)
    for measure in measures:
        for selector in (*_paths(measure.authority, measure.programme), *acts.get(measure.about, ())):
            by[selector].append(measure)
    return Named({selector: tuple(each) for selector, each in by.items()})


@lru_cache(maxsize=4096)
def _bare(selector: str) -> str:
    return selector.removeprefix(BESIDE).removeprefix(WHOLE)


@lru_cache(maxsize=4096)
def _paths(authority: str, programme: str | None) -> tuple[str, ...]:
    """The selectors that name any measure, an authority, and each beginning of the path of a programme."""
    steps = programme.split("/") if programme else []
    beginnings = ("/".join(steps[:count]) for count in range(1, len(steps) + 1))
    return ANY, authority, *(f"{authority}:{path}" for path in beginnings)


def in_part(measures: Named, rules: Iterable[Rule]) -> frozenset[str]:
    """The ids of the measures that fall on a part of the value alone, by what the goods are made of."""
    shares = (r for r in rules if r.effect is StackingEffect.SHARE and r.object.startswith(MATERIALS))
    return frozenset(measure.id for rule in shares for measure in measures.of(rule.subject))


def claimed(rule: Rule, claim: str | None) -> Rule:
    """A rule whose object is a claim applies, whatever else is charged, to goods for which it is made."""
    return replace(rule, object=ANY) if claim and rule.object == f"{CLAIM}{claim}" else rule
