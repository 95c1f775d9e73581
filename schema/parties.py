"""Countries, customs territories and groups: what can be party to something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from schema.base import DATES, Entity, Fact
from schema.marks import Doc, End, Indexed, Term


@dataclass(frozen=True, kw_only=True)
class Party(Entity):
    """A country, a customs territory or a group."""

    code: Annotated[str, Indexed(), Term("dcterms:identifier"), Doc("The code by which people ask for it: JP, EU, G7.")]


@dataclass(frozen=True, kw_only=True)
class Country(Party):
    """A country or customs territory with its ISO 3166-1 codes."""

    classes: ClassVar = ("schema:Country",)

    iso2: Annotated[str | None, Indexed(), Doc("ISO 3166-1 alpha-2.")] = None
    iso3: Annotated[str | None, Indexed(), Doc("ISO 3166-1 alpha-3.")] = None
    numeric: Annotated[str | None, Indexed(), Doc("ISO 3166-1 numeric, with its leading zeros.")] = None


@dataclass(frozen=True, kw_only=True)
class Group(Party):
    """EU, WTO, G7, ASEAN: parties that stand together, with members that change over time."""

    classes: ClassVar = ("org:OrganizationalCollaboration",)


@dataclass(frozen=True, kw_only=True)
class Membership(Fact):
    """A party belongs to a group."""

    same_about: ClassVar = ("member", "group")
    states: ClassVar = DATES
    several: ClassVar = True
    dated: ClassVar = True
    title: ClassVar = ("member", "group")
    classes: ClassVar = ("org:Membership",)
    during: ClassVar = "org:memberDuring"
    direct: ClassVar = ("member", "org:memberOf", "group")

    member: Annotated[str, End("Party", inverse="memberships"), Term("org:member"), Doc("Who belongs to it.")]
    group: Annotated[str, End("Group", inverse="members"), Term("org:organization")]
