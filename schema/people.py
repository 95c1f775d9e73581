"""Persons, posts, and who held which post when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from schema.base import DATES, Entity, Fact
from schema.marks import Doc, End, Term


@dataclass(frozen=True, kw_only=True)
class Person(Entity):
    """An official, minister, negotiator or leader."""

    classes: ClassVar = ("foaf:Person",)


@dataclass(frozen=True, kw_only=True)
class Post(Entity):
    """An office that people hold in turn: "US Secretary of Commerce"."""

    classes: ClassVar = ("org:Post",)

    organisation: Annotated[
        str | None, End("Organisation"), Term("org:postIn"), Doc("The body that it is part of.")
    ] = None
    party: Annotated[str | None, End("Party"), Doc("For which its holders speak.")] = None


@dataclass(frozen=True, kw_only=True)
class Tenure(Fact):
    """A person held a post; separate terms are separate tenures."""

    same_about: ClassVar = ("person", "post")
    states: ClassVar = DATES
    several: ClassVar = True
    dated: ClassVar = True
    title: ClassVar = ("person", "post")
    classes: ClassVar = ("org:Membership",)
    during: ClassVar = "org:memberDuring"
    direct: ClassVar = ("person", "org:holds", "post")

    person: Annotated[str, End("Person", inverse="tenures"), Term("org:member")]
    post: Annotated[str, End("Post", inverse="holders")]
    acting: Annotated[bool, Doc("The person stood in without being appointed.")] = False
    on_leave: Annotated[bool, Doc("The person held the post but was away from it.")] = False
