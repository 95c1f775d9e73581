"""Products, legal acts, duties, and the rules by which duties meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar

from schema.base import Entity, Fact
from schema.duty import Duty
from schema.marks import Codes, End, Indexed, Open, Shared


class InstrumentKind(StrEnum):
    """What a legal act is."""

    PROCLAMATION = "PROCLAMATION"
    EXECUTIVE_ORDER = "EXECUTIVE_ORDER"
    MEMORANDUM = "MEMORANDUM"
    STATUTE = "STATUTE"
    REGULATION = "REGULATION"
    NOTICE = "NOTICE"
    JUDGMENT = "JUDGMENT"
    TREATY = "TREATY"


class MeasureState(StrEnum):
    """Where a measure stands on a day."""

    THREATENED = "THREATENED"
    ANNOUNCED = "ANNOUNCED"
    SCHEDULED = "SCHEDULED"
    IN_FORCE = "IN_FORCE"
    SUSPENDED = "SUSPENDED"
    ENDED = "ENDED"
    ANNULLED = "ANNULLED"


class StackingEffect(StrEnum):
    """What a rule does to its subject where its object applies too."""

    ADDS = "ADDS"
    EXCLUDES = "EXCLUDES"
    REPLACES = "REPLACES"
    FLOOR_TO = "FLOOR_TO"
    CAP_AT = "CAP_AT"
    SHARE = "SHARE"


class AnnulmentEffect(StrEnum):
    """From when a judgment holds a measure void."""

    FROM_START = "FROM_START"
    FROM_DATE = "FROM_DATE"


@dataclass(frozen=True, kw_only=True)
class Product(Entity):
    """A code of one nomenclature edition ("HTS2025" 87032301), in a tree."""

    nomenclature: str
    code: Annotated[str, Indexed()]
    parent: Annotated[str | None, End("Product", inverse="children", paged=True)] = None


@dataclass(frozen=True, kw_only=True)
class Instrument(Entity):
    """A legal act or judgment."""

    kind: Annotated[InstrumentKind, Open()]
    issuer: Annotated[str | None, End("Party")] = None
    promulgated: date | None = None
    number: Annotated[str | None, Indexed()] = None


@dataclass(frozen=True, kw_only=True)
class Amendment(Fact):
    """An act changes another."""

    same_about: ClassVar = ("instrument", "amends", "paragraph")
    title: ClassVar = ("instrument", "amends")

    instrument: Annotated[str, End("Instrument")]
    amends: Annotated[str, End("Instrument")]
    paragraph: str | None = None


def _sort(scope: OriginScope | ProductScope) -> None:
    """A scope is a set: the order in which an act lists it makes no other scope."""
    for name in ("include", "exclude"):
        object.__setattr__(scope, name, tuple(sorted(set(getattr(scope, name)))))


@dataclass(frozen=True, kw_only=True)
class OriginScope:
    """The origins of a measure as its act states them: countries and groups, never expanded; none = all origins."""

    include: Annotated[tuple[str, ...], End("Party")] = ()
    exclude: Annotated[tuple[str, ...], End("Party")] = ()

    def __post_init__(self) -> None:
        _sort(self)


@dataclass(frozen=True, kw_only=True)
class ProductScope:
    """The products of a measure as its act states them: codes or prefixes without dots; none = all products."""

    include: Annotated[tuple[str, ...], Codes()] = ()
    exclude: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _sort(self)


@dataclass(frozen=True, kw_only=True)
class TariffMeasure(Fact):
    """A duty on goods of some origins and products.

    `authority` is the power under which it is imposed (MFN, IEEPA, S232, …), `programme` the scheme within it, as a path
    ("reciprocal/country"). `instrument` is the act that imposes it, whatever act later restates its period. `gap` says
    what of its scope is not loaded, such as an annex.

    `tests` are what the goods must be for it to apply, each as "name=value" (melted_and_poured=GB, in_quota=true); measures
    that differ in them differ in programme. `in_transit_until`: goods loaded before its first day and entered before this
    day do not pay it.
    """

    same_about: ClassVar = ("importer", "origins", "products", "authority", "programme")
    states: ClassVar = ("duty",)
    title: ClassVar = ("importer", "duty", "authority", "programme", "product_scope")

    importer: Annotated[str, End("Party"), Indexed()]
    authority: Annotated[str, Indexed()]
    duty: Duty
    product_scope: str
    origins: Annotated[OriginScope, Shared()] = OriginScope()
    products: Annotated[ProductScope, Shared()] = ProductScope()
    programme: str | None = None
    agreement: Annotated[str | None, End("Agreement")] = None
    instrument: Annotated[str | None, End("Instrument", inverse="measures", paged=True)] = None
    paragraph: str | None = None
    announced: date | None = None
    effective: date | None = None
    published: date | None = None
    in_transit_until: date | None = None
    tests: tuple[str, ...] = ()
    gap: str | None = None


@dataclass(frozen=True, kw_only=True)
class Suspension(Fact):
    """A measure, in all its versions, is not collected for a period. `measure` is the measure's about-key."""

    same_about: ClassVar = ("measure",)
    states: ClassVar = ("valid_to",)
    title: ClassVar = ("instrument",)

    measure: Annotated[str, Indexed()]
    instrument: Annotated[str | None, End("Instrument")] = None
    paragraph: str | None = None


@dataclass(frozen=True, kw_only=True)
class Annulment(Fact):
    """A judgment that a measure, in all its versions, was void. `measure` is the measure's about-key."""

    same_about: ClassVar = ("measure", "instrument")
    states: ClassVar = ("effect",)
    title: ClassVar = ("instrument", "effect")

    measure: Annotated[str, Indexed()]
    instrument: Annotated[str, End("Instrument")]
    effect: AnnulmentEffect


@dataclass(frozen=True, kw_only=True)
class Quota(Fact):
    """Volume that enters at a lower duty, and what is left of it. `measure` is the about-key of the measure within it."""

    same_about: ClassVar = ("measure", "order_number")
    states: ClassVar = ("volume", "unit", "balance", "state")
    title: ClassVar = ("order_number", "volume", "unit")

    measure: Annotated[str, Indexed()]
    order_number: str | None = None
    volume: Decimal | None = None
    unit: str | None = None
    balance: Decimal | None = None
    state: str | None = None


ADDRESSING = (Suspension, Annulment, Quota)
"""Kinds that name a measure by its about-key, and so all its versions."""


@dataclass(frozen=True, kw_only=True)
class StackingRule(Fact):
    """How measures meet: `subject` is excluded by, replaced by, topped up to … because of `object`.

    Both are selectors: an authority ("S232"), an authority with a programme or the beginning of its path
    ("IEEPA:reciprocal"), an act's id (its measures in all their versions), or "*" for any measure. An object may also be a
    claim ("claim:agreement/…": goods that claim that preference) or, of a SHARE, a part of the value ("content:steel",
    "rest:steel+aluminium"). `origins` and `products` limit the rule to some goods, `tests` too, as those of a measure.
    """

    same_about: ClassVar = (
        "importer",
        "effect",
        "subject",
        "object",
        "origins",
        "products",
        "instrument",
        "paragraph",
    )
    title: ClassVar = ("effect", "subject", "object")

    importer: Annotated[str, End("Party"), Indexed()]
    effect: StackingEffect
    subject: str
    object: str
    description: str
    origins: Annotated[OriginScope, Shared()] = OriginScope()
    products: Annotated[ProductScope, Shared()] = ProductScope()
    instrument: Annotated[str | None, End("Instrument")] = None
    paragraph: str | None = None
    tests: tuple[str, ...] = ()
    gap: str | None = None
