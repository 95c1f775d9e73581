"""Negotiations, the meetings of which they are made, and what was said there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, ClassVar

from schema.base import Entity, Fact
from schema.dates import PartialDate
from schema.marks import Doc, End


class MeetingKind(StrEnum):
    """What sort of meeting it is; a ROUND belongs to a negotiation and may consist of several meetings."""

    ROUND = "ROUND"
    MINISTERIAL = "MINISTERIAL"
    CALL = "CALL"
    SUMMIT = "SUMMIT"
    VISIT = "VISIT"
    OTHER = "OTHER"


class MeetingStatus(StrEnum):
    """Whether it took place."""

    HELD = "HELD"
    PLANNED = "PLANNED"
    POSTPONED = "POSTPONED"
    CANCELLED = "CANCELLED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, kw_only=True)
class Topic(Entity):
    """What parties talk about: "non-tariff measures"."""


@dataclass(frozen=True, kw_only=True)
class Negotiation(Entity):
    """Talks between parties that last over several meetings."""


@dataclass(frozen=True, kw_only=True)
class Meeting(Entity):
    """A round, ministerial, call, summit or visit. When, where and how long is what its records state."""


@dataclass(frozen=True, kw_only=True)
class MeetingRecord(Fact):
    """What one source says of a meeting: sources disagree on days, minutes and places, and each keeps its own record."""

    same_about: ClassVar = ("meeting",)
    states: ClassVar = ("kind", "status", "start", "end", "duration", "place", "ordinal")
    dated: ClassVar = True
    title: ClassVar = ("meeting",)

    meeting: Annotated[str, End("Meeting", inverse="records", every=True)]
    kind: Annotated[MeetingKind, Doc("What sort of meeting it was.")]
    status: Annotated[MeetingStatus, Doc("Whether it took place.")]
    start: Annotated[PartialDate | None, Doc("Its first day.")] = None
    end: Annotated[PartialDate | None, Doc("Its last day, itself included.")] = None
    duration: Annotated[timedelta | None, Doc("How long people sat together.")] = None
    place: Annotated[str | None, Doc("Where, as the source names it.")] = None
    ordinal: Annotated[int | None, Doc("Its number in the negotiation: 6 for the sixth round.")] = None
    negotiation: Annotated[str | None, End("Negotiation"), Doc("The talks that it is part of.")] = None
    part_of: Annotated[
        str | None, End("Meeting"), Doc("The larger meeting, such as the round or summit, that it is part of.")
    ] = None


@dataclass(frozen=True, kw_only=True)
class Participation(Fact):
    """Someone, or a party whose people are not named, at a meeting."""

    same_about: ClassVar = ("meeting", "person", "on_behalf_of")
    title: ClassVar = ("person", "on_behalf_of", "meeting")

    meeting: Annotated[str, End("Meeting", inverse="participations")]
    person: Annotated[str | None, End("Person"), Doc("Missing where the source names only the party.")] = None
    on_behalf_of: Annotated[str | None, End("Party"), Doc("For whom the person sat there.")] = None


@dataclass(frozen=True, kw_only=True)
class Discussion(Fact):
    """A topic was talked about at a meeting."""

    same_about: ClassVar = ("meeting", "topic")
    title: ClassVar = ("topic", "meeting")

    meeting: Annotated[str, End("Meeting", inverse="discussions")]
    topic: Annotated[str, End("Topic")]


@dataclass(frozen=True, kw_only=True)
class Position(Fact):
    """What a party asks, offers or refuses on a topic, in our words."""

    same_about: ClassVar = ("party", "towards", "topic", "negotiation", "statement")
    title: ClassVar = ("party", "topic", "statement")

    party: Annotated[str, End("Party"), Doc("Whose position it is.")]
    topic: Annotated[str, End("Topic")]
    statement: Annotated[str, Doc("The position as a sentence of ours.")]
    towards: Annotated[str | None, End("Party"), Doc("Of whom it is asked, or to whom it is offered.")] = None
    negotiation: Annotated[str | None, End("Negotiation", inverse="positions", paged=True)] = None


@dataclass(frozen=True, kw_only=True)
class Outcome(Fact):
    """What a meeting came to, in our words."""

    same_about: ClassVar = ("meeting", "statement")
    title: ClassVar = ("meeting", "statement")

    meeting: Annotated[str, End("Meeting", inverse="outcomes")]
    statement: Annotated[str, Doc("The outcome as a sentence of ours.")]
    agreement: Annotated[str | None, End("Agreement"), Doc("The agreement that came of it.")] = None
