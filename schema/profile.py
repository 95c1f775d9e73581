"""Statistics of the duty over the lines of a schedule, rolled up the tree of codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from operator import attrgetter

from schema.pending import based
from schema.stacking import Outcome, Taken, applies, settled
from schema.stacking_inputs import SCHEDULES, Inputs, Measure, Rule

PLACES = Decimal("0.0001")
"""A mean is rounded here, half to even."""


@dataclass(frozen=True)
class Codes:
    """The codes or prefixes of a scope of products; none: all products."""

    include: frozenset[str]
    exclude: frozenset[str]


@dataclass(frozen=True)
class Schedule:
    """All measures and rules of one importer and origin by their scope of products; `rest`: suspensions and the like."""

    scopes: Mapping[str, Codes]
    measures: Mapping[str, tuple[Measure, ...]]
    rules: Mapping[str, tuple[Rule, ...]]
    rest: Inputs

    def on(self, day: date) -> Schedule:
        """The measures that mean what the origin is on a day, and the rules that hold on it."""
        origins = self.rest.origins(day)
        measures, rules = {}, {}
        for scope in self.scopes:
            measures[scope] = tuple(each for each in self.measures.get(scope, ()) if each.scope.fits(origins))
            rules[scope] = tuple(
                each for each in self.rules.get(scope, ()) if each.scope.fits(origins) and applies(each, day, Taken())
            )
        return replace(self, measures=measures, rules=rules, rest=self.rest.on(day))


@dataclass(frozen=True)
class Row:
    """Simple statistics in per cent over the lines below a code; each line counts once."""

    code: str
    lines: int
    minimum: Decimal | None
    mean: Decimal | None
    maximum: Decimal | None
    not_ad_valorem: int
    unreadable: int


class NoRowError(ValueError):
    """Lines above which no product of the level asked for is loaded: left out they would make the statistics wrong."""


@dataclass(frozen=True)
class Rate:
    """The total of one line: per cent, None where it is none; `read` is False where it rests on what is not read or loaded."""

    ad_valorem: Decimal | None
    read: bool


def profile(day: date, schedule: Schedule, below: str, codes: Iterable[str], level: int) -> list[Row]:
    """A row for each code of `codes` at most `level` digits long that is the longest above some line below `below`.

    Raises NoRowError for lines that are below none of them.
    """
    known = frozenset(codes)
    groups: dict[str | None, list[Rate]] = defaultdict(list)
    lost = set()
    for line, rate in _rates(day, schedule.on(day), below):
        row = next((code for code in reversed(_prefixes(line[:level])) if code in known), None)
        groups[row].append(rate)
        lost |= {line[:2]} if row is None else set()
    if lost:
        raise NoRowError(
            f"{len(groups[None])} lines have no product of {level} digits or less above them, in chapters {', '.join(sorted(lost))}"
        )
    return [_row(code, groups[code]) for code in sorted(filter(None, groups))]


def lines(day: date, schedule: Schedule, below: str) -> list[str]:
    """The longest codes below `below` for which a line of the schedule holds, or may hold."""
    found = {
        code
        for scope, codes in schedule.scopes.items()
        if any(each.authority in SCHEDULES and each.period.possibly(day) for each in schedule.measures[scope])
        for code in codes.include
        if code.startswith(below) and not codes.exclude.intersection(_prefixes(code))
    }
    parents = {code[:length] for code in found for length in range(2, len(code))}
    return sorted(found - parents)


def _rates(day: date, schedule: Schedule, below: str) -> Iterator[tuple[str, Rate]]:
    """Each line with its rate. Lines of which scopes say the same are settled once: most lines share their duty with many."""
    everywhere = {scope: 0 for scope, codes in schedule.scopes.items() if not codes.include and not codes.exclude}
    index: dict[str, list[str]] = defaultdict(list)
    for scope in schedule.scopes.keys() - everywhere.keys():
        for code in schedule.scopes[scope].include or ("",):
            index[code].append(scope)
    alike = _alike(schedule)
    rates: dict[tuple[tuple[int, int], ...], Rate] = {}

    @cache
    def placed(scope: str, length: int) -> tuple[Measure, ...]:
        """Only lines of a schedule are told apart by the length of their code, and no preference is claimed here."""
        found = schedule.measures[scope]
        return tuple(replace(each, prefix=length) if each.authority in SCHEDULES else each for each in found)

    for line in lines(day, schedule, below):
        matching = _matching(line, index, schedule.scopes)
        key = tuple(sorted((alike[scope], length) for scope, length in matching.items()))
        if key not in rates:
            of = {**everywhere, **matching}
            measures = tuple(each for found in of.items() for each in placed(*found))
            rules = (rule for scope in of for rule in schedule.rules[scope])
            rates[key] = _rate(settled(day, replace(schedule.rest, measures=measures), rules, Taken()))
        yield line, rates[key]


_said = attrgetter(*(each.name for each in fields(Measure) if each.name not in ("id", "about")))
"""What a measure says, without its names."""


def _alike(schedule: Schedule) -> dict[str, int]:
    """Scopes by number, the same for those that say the same but for the names of their measures.

    The about-key of a measure stays where a suspension addresses it, and otherwise as the place of the first in its scope that has it.
    """
    addressed = {each.measure for each in schedule.rest.suspensions}
    numbers: dict[Hashable, int] = {}
    alike = {}
    for scope in schedule.scopes:
        measures = schedule.measures[scope]
        abouts = [each.about for each in measures]
        names = (about if about in addressed else abouts.index(about) for about in abouts)
        said = tuple((name, _said(each)) for each, name in zip(measures, names, strict=True))
        alike[scope] = numbers.setdefault((said, schedule.rules[scope]), len(numbers))
    return alike


def _matching(line: str, index: Mapping[str, list[str]], scopes: Mapping[str, Codes]) -> dict[str, int]:
    """Of the scopes in the index those that mean a line, with the length of the longest code by which they do."""
    prefixes = _prefixes(line)
    matching: dict[str, int] = {}
    for prefix in prefixes:
        if prefix in index:
            matching |= {scope: len(prefix) for scope in index[prefix] if scopes[scope].exclude.isdisjoint(prefixes)}
    return matching


def _prefixes(code: str) -> list[str]:
    return ["", *(code[:length] for length in range(2, len(code) + 1))]


def _rate(outcome: Outcome) -> Rate:
    rates = [each.duty.ad_valorem for each in outcome.charged]
    read = based(outcome) and all(each.measure.duty.readable for each in outcome.charged)
    known = [rate for rate in rates if rate is not None]
    return Rate(sum(known, Decimal(0)) if based(outcome) and len(known) == len(rates) else None, read)


def _row(code: str, rates: list[Rate]) -> Row:
    known = [rate.ad_valorem for rate in rates if rate.ad_valorem is not None]
    mean = (sum(known, Decimal(0)) / len(known)).quantize(PLACES, ROUND_HALF_EVEN) if known else None
    return Row(
        code,
        len(rates),
        min(known, default=None),
        mean,
        max(known, default=None),
        sum(rate.ad_valorem is None and rate.read for rate in rates),
        sum(rate.ad_valorem is None and not rate.read for rate in rates),
    )
