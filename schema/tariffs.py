"""Products, legal acts, duties, and the rules by which duties meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar

from schema.base import Entity, Fact
from schema.duty import Duty
from schema.marks import Address, Codes, Doc, End, Indexed, Open, Shared, Term

Paragraph = Annotated[str | None, Doc("The paragraph of the act.")]
Gap = Annotated[str | None, Doc("What of its scope is not loaded, such as an annex; repeated in answers.")]
Tests = Annotated[
    tuple[str, ...],
    Doc("What the goods must be, each as name=value: melted_and_poured=GB, in_quota=true, share:us>=20."),
]
Measure = Annotated[
    str, Indexed(), Address("TariffMeasure"), Doc("The measure, in all its versions, by its about-key.")
]


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
    """What a rule does to its subject where its object applies too.

    ADDS: both are charged. EXCLUDES: the subject is not charged. REPLACES: the object is charged in its place. FLOOR_TO:
    the subject tops the object up to its own rate. CAP_AT: the subject is charged at most what the object comes to. SHARE: the subject is
    charged on a part of the value.
    """

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

    classes: ClassVar = ("skos:Concept",)

    nomenclature: Annotated[str, Doc("The edition whose code it is.")]
    code: Annotated[str, Indexed(), Term("skos:notation"), Doc("The code without dots.")]
    parent: Annotated[
        str | None,
        End("Product", inverse="children", paged=True),
        Term("skos:broader"),
        Doc("The heading above it in the tree."),
    ] = None


@dataclass(frozen=True, kw_only=True)
class Instrument(Entity):
    """A legal act or judgment."""

    classes: ClassVar = ("eli:LegalResource",)

    kind: Annotated[InstrumentKind, Open(), Term("eli:type_document"), Doc("What sort of act it is.")]
    issuer: Annotated[str | None, End("Party"), Term("eli:passed_by"), Doc("Whose act it is.")] = None
    promulgated: Annotated[
        date | None, Term("eli:date_document"), Doc("The day on which it was signed or handed down.")
    ] = None
    number: Annotated[str | None, Indexed(), Term("eli:number"), Doc('Its number in its series: "14257".')] = None


@dataclass(frozen=True, kw_only=True)
class Amendment(Fact):
    """An act changes another."""

    same_about: ClassVar = ("instrument", "amends", "paragraph")
    title: ClassVar = ("instrument", "amends")
    direct: ClassVar = ("instrument", "eli:amends", "amends")

    instrument: Annotated[str, End("Instrument"), Doc("The act that changes the other.")]
    amends: Annotated[str, End("Instrument"), Doc("The act that is changed.")]
    paragraph: Paragraph = None


STATISTICAL = 10
"""The digits of a code with its statistical suffix."""


def _sort(scope: OriginScope | ProductScope) -> None:
    """A scope is a set: the order in which an act lists it makes no other scope."""
    for name in ("include", "exclude"):
        object.__setattr__(scope, name, tuple(sorted(set(getattr(scope, name)))))


@dataclass(frozen=True, kw_only=True)
class OriginScope:
    """The origins of a measure as its act states them: countries and groups, never expanded."""

    include: Annotated[
        tuple[str, ...], End("Party"), Term("tg:includesOrigin"), Doc("The origins concerned; none = all.")
    ] = ()
    exclude: Annotated[tuple[str, ...], End("Party"), Term("tg:excludesOrigin"), Doc("Origins that are left out.")] = ()

    def __post_init__(self) -> None:
        _sort(self)


@dataclass(frozen=True, kw_only=True)
class ProductScope:
    """The products of a measure as its act states them: codes or prefixes without dots, never expanded."""

    include: Annotated[
        tuple[str, ...], Codes(), Term("tg:includesCode"), Doc("The products concerned; none = all.")
    ] = ()
    exclude: Annotated[tuple[str, ...], Term("tg:excludesCode"), Doc("Products that are left out.")] = ()

    def __post_init__(self) -> None:
        for name in ("include", "exclude"):
            object.__setattr__(self, name, tuple(map(_undivided, getattr(self, name))))
        _sort(self)


def _undivided(code: str) -> str:
    """A statistical suffix of 00 divides nothing: 8511.10.00.00 is the line 8511.10.00, and is kept as such."""
    return code.removesuffix("00") if len(code) == STATISTICAL else code


@dataclass(frozen=True, kw_only=True)
class TariffMeasure(Fact):
    """A duty on goods of some origins and products."""

    same_about: ClassVar = ("importer", "origins", "products", "authority", "programme")
    states: ClassVar = ("duty",)
    title: ClassVar = ("importer", "duty", "authority", "programme", "product_scope")
    during: ClassVar = "dcterms:temporal"

    importer: Annotated[str, End("Party"), Indexed(), Doc("Who charges it.")]
    authority: Annotated[str, Indexed(), Doc("The power under which it is imposed: MFN, PREFERENCE, IEEPA, S232, …")]
    duty: Annotated[Duty, Doc("What is charged.")]
    product_scope: Annotated[str, Doc("The goods, as the act names them.")]
    origins: Annotated[OriginScope, Shared(), Doc("On goods of which origins.")] = OriginScope()
    products: Annotated[ProductScope, Shared(), Doc("On which goods.")] = ProductScope()
    programme: Annotated[str | None, Doc('The scheme within the authority, as a path: "reciprocal/country".')] = None
    agreement: Annotated[str | None, End("Agreement"), Doc("The agreement that grants it, for a preference.")] = None
    instrument: Annotated[
        str | None,
        End("Instrument", inverse="measures", paged=True),
        Doc("The act that imposes it, whatever act later restates its period."),
    ] = None
    paragraph: Paragraph = None
    announced: Annotated[date | None, Doc("The day on which it was first made public that it would come.")] = None
    effective: Annotated[date | None, Doc("The day from which the act counts it, which may lie before the act.")] = None
    published: Annotated[date | None, Doc("The day on which the schedule first showed it.")] = None
    in_transit_until: Annotated[
        date | None, Doc("Goods loaded before its first day and entered before this day do not pay it.")
    ] = None
    in_transit_before: Annotated[
        date | None, Doc("The day before which such goods must have been loaded, where that is not its first day.")
    ] = None
    tests: Tests = ()
    gap: Gap = None


@dataclass(frozen=True, kw_only=True)
class Suspension(Fact):
    """A measure, in all its versions, is not collected for a period."""

    same_about: ClassVar = ("measure",)
    states: ClassVar = ("valid_to",)
    title: ClassVar = ("instrument",)

    measure: Measure
    instrument: Annotated[str | None, End("Instrument"), Doc("The act that suspends it.")] = None
    paragraph: Paragraph = None


@dataclass(frozen=True, kw_only=True)
class Annulment(Fact):
    """A judgment that a measure, in all its versions, was void."""

    same_about: ClassVar = ("measure", "instrument")
    states: ClassVar = ("effect",)
    title: ClassVar = ("instrument", "effect")

    measure: Measure
    instrument: Annotated[str, End("Instrument"), Doc("The judgment.")]
    effect: Annotated[AnnulmentEffect, Doc("From when it is void.")]


@dataclass(frozen=True, kw_only=True)
class Quota(Fact):
    """Volume that enters at a lower duty, and what is left of it."""

    same_about: ClassVar = ("measure", "order_number")
    states: ClassVar = ("volume", "unit", "balance", "state")
    title: ClassVar = ("order_number", "volume", "unit")

    measure: Measure
    order_number: Annotated[str | None, Doc("Its number in the importer's list of quotas.")] = None
    volume: Annotated[Decimal | None, Doc("What may enter in its period.")] = None
    unit: Annotated[str | None, Doc("The unit of volume and balance.")] = None
    balance: Annotated[Decimal | None, Doc("What is left of the volume.")] = None
    state: Annotated[str | None, Doc("As the importer names it: open, critical, exhausted.")] = None


ADDRESSING = (Suspension, Annulment, Quota)
"""Kinds that name a measure by its about-key, and so all its versions."""


@dataclass(frozen=True, kw_only=True)
class StackingRule(Fact):
    """How measures meet: `subject` is excluded by, replaced by, topped up to … because of `object`.

    Both are selectors: an authority ("S232"), an authority with a programme or the beginning of its path
    ("IEEPA:reciprocal"), an act's id (its measures in all their versions), or "*" for any measure. An object may also be
    a claim ("claim:agreement/…": goods that claim that preference), of the measures that "S232" names those that fall on the
    whole value ("whole:S232") or, of a SHARE, a part of the value: "content:steel", "rest:steel+aluminium", or what is left
    beside the parts on which measures fall ("beside:S232").
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

    importer: Annotated[str, End("Party"), Indexed(), Doc("On whose duties it acts.")]
    effect: Annotated[StackingEffect, Doc("What it does to the subject.")]
    subject: Annotated[str, Doc("The measures that it changes or leaves out, as a selector.")]
    object: Annotated[str, Doc("The measures because of which it does, as a selector.")]
    description: Annotated[str, Term("dcterms:description", "en"), Doc("The rule as a sentence of ours.")]
    origins: Annotated[OriginScope, Shared(), Doc("Only for goods of these origins.")] = OriginScope()
    products: Annotated[ProductScope, Shared(), Doc("Only for these goods.")] = ProductScope()
    instrument: Annotated[str | None, End("Instrument"), Doc("The act that lays it down.")] = None
    paragraph: Paragraph = None
    tests: Tests = ()
    gap: Gap = None
