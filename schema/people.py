"""Persons, posts, and who held which post when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from schema.base import DATES, Entity, Fact
from schema.marks import End


@dataclass(frozen=True, kw_only=True)
class Person(Entity):
    """An official, minister, negotiator or leader."""


@dataclass(frozen=True, kw_only=True)
class Post(Entity):
    """An office that people hold in turn: "US Secretary of Commerce"."""

    organisation: Annotated[str | None, End("Organisation")] = None
    party: Annotated[str | None, End("Party")] = None


@dataclass(frozen=True, kw_only=True)
class Tenure(Fact):
    """A person held a post; separate terms are separate tenures."""

    same_about: ClassVar = ("person", "post")
    states: ClassVar = DATES
    several: ClassVar = True
    dated: ClassVar = True
    title: ClassVar = ("person", "post")

    person: Annotated[str, End("Person", inverse="tenures")]
    post: Annotated[str, End("Post", inverse="holders")]
    acting: bool = False
    on_leave: bool = False
