"""The two things of which everything is made: entities, whose identity lasts, and facts, which sources state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from schema.dates import PartialDate
from schema.marks import End, Indexed, Open


class Modality(StrEnum):
    """In which sense a source states something."""

    ASSERTED = "ASSERTED"
    PLANNED = "PLANNED"
    POSSIBLE = "POSSIBLE"
    CONDITIONAL = "CONDITIONAL"
    DEMANDED = "DEMANDED"
    DENIED = "DENIED"


class Certainty(StrEnum):
    """POSSIBLE where a partial date leaves open whether a fact holds on the day asked for."""

    CERTAIN = "CERTAIN"
    POSSIBLE = "POSSIBLE"


class Redistribution(StrEnum):
    """What may leave with a source's terms: everything, facts without quotes, or nothing."""

    ALL = "ALL"
    FACTS = "FACTS"
    NONE = "NONE"


class SourceKind(StrEnum):
    """What a source is. The order is the order of preference where sources disagree: acts before datasets before press."""

    ACT = "ACT"
    OFFICIAL = "OFFICIAL"
    DATASET = "DATASET"
    PRESS = "PRESS"


@dataclass(frozen=True, kw_only=True)
class Entity:
    """Something whose identity lasts.

    `id` is the path of its URI, "person/ryosei-akazawa": the kind in kebab case, then a slug.
    """

    id: str
    name: Annotated[str, Indexed()]
    alternative_names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Organisation(Entity):
    """A ministry, agency, court, publisher or other body."""

    party: Annotated[str | None, End("Party")] = None


@dataclass(frozen=True, kw_only=True)
class Source(Entity):
    """A document or a dataset release: what stands behind every fact.

    `dataset` names the register of which a source is one release. `gap` says what a reader would expect of it and will not
    find, and is repeated in every answer that rests on it.
    """

    kind: Annotated[SourceKind, Open()]
    redistribution: Redistribution
    publisher: Annotated[str | None, End("Organisation")] = None
    published: date | None = None
    retrieved: date | None = None
    url: str | None = None
    licence: str | None = None
    version: str | None = None
    dataset: Annotated[str | None, Indexed()] = None
    gap: str | None = None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Where a statement stands.

    `chain` continues from `source` to the origin: the sources that it cites, the origin last. `published` overrides the
    source's own day of publication (a row of a register that was public before the release).
    """

    source: Annotated[str, End("Source")]
    chain: Annotated[tuple[str, ...], End("Source")] = ()
    claimed_by: Annotated[str | None, End("Entity")] = None
    locator: str | None = None
    quote: str | None = None
    published: date | None = None


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What must happen (or, with `happens` false, must not) for a fact to hold, and who says so."""

    description: str
    happens: bool
    evidence: tuple[Evidence, ...]
    deadline: date | None = None
    about: Annotated[str | None, End("Entity")] = None


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One statement that a source makes, with the envelope that every statement has.

    `valid_from`, `valid_to`: when it holds in the world, half-open, missing = open. `key` is the handle by which later
    facts name it in their `supersedes`. What is derived (`known_from`, `known_to`) is computed where facts are stored.

    A kind declares `same_about`, the fields that say what it is about, and `states`, those that say what of it. `dated`:
    dates are the value, so that two facts are compared even where they do not overlap, unless there may be `several`
    (separate terms). `title`: the fields that make its label. `rest_void`: what of a superseded period no superseding fact
    of the act covers is void. `row`: the row of a register that states it, "dataset#key", by which releases are compared.
    """

    same_about: ClassVar[tuple[str, ...]] = ()
    states: ClassVar[tuple[str, ...]] = ()
    several: ClassVar[bool] = False
    dated: ClassVar[bool] = False
    title: ClassVar[tuple[str, ...]] = ()

    key: str | None = None
    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None
    modality: Modality = Modality.ASSERTED
    conditions: tuple[Condition, ...] = ()
    supersedes: tuple[str, ...] = ()
    rest_void: bool = False
    row: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Attribute(Fact):
    """Any other property that a source states of an entity and may be wrong about.

    `name` is the property's name in the ontology ("name", "iso2") or one of the source's own; the entity shows the preferred.
    """

    same_about: ClassVar = ("about", "name")
    states: ClassVar = ("value",)
    title: ClassVar = ("about", "name", "value")

    about: Annotated[str, End("Entity")]
    name: Annotated[str, Indexed()]
    value: str


DATES = ("valid_from", "valid_to")
"""What a kind `states` for which the dates are what a source states."""
