"""What the tariff engine is given: the measures, rules, suspensions and annulments that bear on one importer, origin and product.

They are plain values of all periods, already chosen by importer, product and what was known on the day of knowledge, so that
the engine needs no database. docs/tariff-engine.md says how it goes on from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from schema.base import Modality
from schema.dates import PartialDate
from schema.duty import Duty
from schema.tariffs import StackingEffect

SCHEDULES = frozenset({"MFN", "COLUMN2"})
"""Authorities whose lines inherit down the tree of products: the longest matching code states the base duty."""
CLAIMED = frozenset({"PREFERENCE"})
"""Authorities whose measures are charged only where they are claimed."""
NEVER = frozenset({Modality.DENIED, Modality.DEMANDED})
"""What is denied or asked for is no duty, and no condition of it bears on one."""


@dataclass(frozen=True)
class Period:
    """A half-open period between dates of known precision; None is open."""

    start: PartialDate | None = None
    end: PartialDate | None = None

    def certainly(self, day: date) -> bool:
        """The day lies in the period however its partial dates are read."""
        return (self.start is None or self.start.last <= day) and (self.end is None or day < self.end.first)

    def possibly(self, day: date) -> bool:
        """The day lies in the period for some reading of its partial dates."""
        return (self.start is None or self.start.first <= day) and (self.end is None or day < self.end.last)


@dataclass(frozen=True)
class Clause:
    """A condition of a measure: what must (not) happen, by when; `about`: the id of the deal, act or talks that it is about."""

    id: str
    happens: bool
    deadline: date | None
    description: str
    about: str | None = None


@dataclass(frozen=True)
class Scope:
    """The origins of a measure or rule, as far as they bear on the origin asked for: it, or groups that it ever belonged to.

    Without `include`: all origins.
    """

    include: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()

    def fits(self, origins: frozenset[str]) -> bool:
        """Whether goods of an origin that is all of these are meant."""
        return (not self.include or bool(self.include & origins)) and not self.exclude & origins


@dataclass(frozen=True)
class Belonging:
    """The origin asked for belongs to a group for a period."""

    group: str
    period: Period


@dataclass(frozen=True)
class Measure:
    """A measure that matches importer, product and, on some day, origin.

    `about`: its about-key, equal for all versions. `prefix`: length of its matching code, 0 for all products. `part`: it
    covers only a part of the code asked for. `rank`: preference of its source, 0 first. `tests`, `in_transit_until`, `in_transit_before`: as
    the ontology has them.
    """

    id: str
    about: str
    authority: str
    programme: str | None
    instrument: str | None
    duty: Duty
    period: Period
    modality: Modality = Modality.ASSERTED
    conditions: tuple[Clause, ...] = ()
    prefix: int = 0
    part: bool = False
    rank: int = 0
    known_from: date = date.min
    gap: str | None = None
    source_gaps: tuple[str, ...] = ()
    scope: Scope = Scope()
    agreement: str | None = None
    tests: tuple[str, ...] = ()
    in_transit_until: date | None = None
    in_transit_before: date | None = None

    @property
    def claim(self) -> str | None:
        """The name by which a preference is claimed: its agreement, or its programme where it has none."""
        return (self.agreement or self.programme or self.id) if self.authority in CLAIMED else None

    @property
    def name(self) -> str:
        """How a gap names it: "MFN 2.5%", "S232:steel/general 50%"."""
        return f"{self.authority}{f':{self.programme}' if self.programme else ''} {self.duty.text}"


@dataclass(frozen=True)
class Address:
    """A suspension or annulment: it addresses all versions of the measures with the about-key `measure`."""

    id: str
    measure: str
    period: Period
    instrument: str | None = None
    modality: Modality = Modality.ASSERTED
    conditions: tuple[Clause, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A stacking rule that matches importer, product and, on some day, origin; `subject` and `object` are selectors (schema/selectors.py)."""

    id: str
    effect: StackingEffect
    subject: str
    object: str
    description: str
    gap: str | None = None
    source_gaps: tuple[str, ...] = ()
    period: Period = Period()
    modality: Modality = Modality.ASSERTED
    scope: Scope = Scope()
    tests: tuple[str, ...] = ()
    conditions: tuple[Clause, ...] = ()


@dataclass(frozen=True)
class Inputs:
    """All that is known on the day of knowledge, of all periods. The order within the tuples means nothing."""

    measures: tuple[Measure, ...] = ()
    rules: tuple[Rule, ...] = ()
    suspensions: tuple[Address, ...] = ()
    annulments: tuple[Address, ...] = ()
    origin: str = ""
    belongings: tuple[Belonging, ...] = ()

    @property
    def conditional(self) -> tuple[Measure | Rule | Address, ...]:
        """All that may hang on conditions."""
        return (*self.measures, *self.rules, *self.suspensions)

    def on(self, day: date) -> Inputs:
        """What means the origin as it is on a day: itself, and the groups to which it then belongs or may belong."""
        origins = self.origins(day)
        return replace(
            self,
            measures=tuple(each for each in self.measures if each.scope.fits(origins)),
            rules=tuple(each for each in self.rules if each.scope.fits(origins)),
            belongings=tuple(each for each in self.belongings if each.period.possibly(day)),
        )

    def origins(self, day: date) -> frozenset[str]:
        """What the origin is on a day: itself, and the groups to which it then belongs or may belong."""
        return frozenset({self.origin, *(each.group for each in self.belongings if each.period.possibly(day))})


def certain(stated: Measure | Address | Rule, day: date) -> bool:
    """A source asserts that it holds on the day."""
    return stated.modality is Modality.ASSERTED and stated.period.certainly(day)


def in_force(stated: Measure | Address | Rule, day: date, clauses: Mapping[str, bool]) -> bool:
    """It is taken to hold on the day: asserted and no condition of it assumed otherwise, or all its conditions assumed.

    What only holds if they turn out so is then taken to hold on every day on which it may: "from September, once published".
    """
    if stated.modality is Modality.ASSERTED:
        certain_ = stated.period.certainly(day)
        return certain_ and all(clauses.get(each.id, each.happens) is each.happens for each in stated.conditions)
    assumed = stated.conditions and all(clauses.get(each.id) is each.happens for each in stated.conditions)
    return bool(assumed) and stated.modality not in NEVER and stated.period.possibly(day)


def doubtful(stated: Measure | Address | Rule, day: date) -> bool:
    """It may hold on the day, and no source asserts that it does: a partial date, or a plan."""
    return stated.modality not in NEVER and stated.period.possibly(day) and not certain(stated, day)
