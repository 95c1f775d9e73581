"""What the tariff engine gets: what is known on the day of knowledge of one importer, origin and product."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from schema.base import Modality
from schema.dates import PartialDate
from schema.duty import Duty
from schema.tariffs import StackingEffect


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
    """A condition of a measure: what must (not) happen, by when."""

    id: str
    happens: bool
    deadline: date | None
    description: str


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
    """The origin asked for belonged to a group for a period."""

    group: str
    period: Period


@dataclass(frozen=True)
class Measure:
    """A measure that matches importer, product and, on some day, origin.

    `prefix`: length of its matching code, 0 for all products. `part`: it covers only a part of the code asked for.
    `rank`: preference of its source, 0 first. `tests`, `in_transit_until`: as the ontology has them.
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

    @property
    def name(self) -> str:
        """As gaps and reasons name it: authority and programme."""
        return f"{self.authority} {self.programme}" if self.programme else self.authority


@dataclass(frozen=True)
class Address:
    """A suspension or annulment: it addresses all versions of the measures with the about-key `measure`."""

    id: str
    measure: str
    period: Period
    instrument: str | None = None


@dataclass(frozen=True)
class Rule:
    """A stacking rule that matches importer, product and, on some day, origin."""

    id: str
    effect: StackingEffect
    subject: str
    object: str
    description: str
    gap: str | None = None
    period: Period = Period()
    scope: Scope = Scope()
    tests: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inputs:
    """All that is known on the day of knowledge, of all periods. The order within the tuples means nothing."""

    measures: tuple[Measure, ...] = ()
    rules: tuple[Rule, ...] = ()
    suspensions: tuple[Address, ...] = ()
    annulments: tuple[Address, ...] = ()
    origin: str = ""
    belongings: tuple[Belonging, ...] = ()

    def on(self, day: date) -> Inputs:
        """The measures that mean what the origin is on a day, whenever they hold; the rules that also hold, or may, then."""
        groups = {each.group for each in self.belongings if each.period.possibly(day)}
        origins = frozenset({self.origin, *groups})
        return replace(
            self,
            measures=tuple(each for each in self.measures if each.scope.fits(origins)),
            rules=tuple(each for each in self.rules if each.scope.fits(origins) and each.period.possibly(day)),
            belongings=tuple(each for each in self.belongings if each.period.possibly(day)),
        )
