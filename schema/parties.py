"""Countries, customs territories and groups: what can be party to something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from schema.base import DATES, Entity, Fact
from schema.marks import End, Indexed


@dataclass(frozen=True, kw_only=True)
class Party(Entity):
    """A country, a customs territory or a group. `code` is the one by which people ask for it: JP, EU, G7."""

    code: Annotated[str, Indexed()]


@dataclass(frozen=True, kw_only=True)
class Country(Party):
    """A country or customs territory with its ISO 3166-1 codes; `numeric` keeps its leading zeros."""

    iso2: Annotated[str | None, Indexed()] = None
    iso3: Annotated[str | None, Indexed()] = None
    numeric: Annotated[str | None, Indexed()] = None


@dataclass(frozen=True, kw_only=True)
class Group(Party):
    """EU, WTO, G7, ASEAN: parties that stand together, with members that change over time."""


@dataclass(frozen=True, kw_only=True)
class Membership(Fact):
    """A party belongs to a group."""

    same_about: ClassVar = ("member", "group")
    states: ClassVar = DATES
    several: ClassVar = True
    dated: ClassVar = True
    title: ClassVar = ("member", "group")

    member: Annotated[str, End("Party", inverse="memberships")]
    group: Annotated[str, End("Group", inverse="members")]
