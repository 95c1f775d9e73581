"""Negotiations, the meetings of which they are made, and what was said there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, ClassVar

from schema.base import Entity, Fact
from schema.dates import PartialDate
from schema.marks import End


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
    kind: MeetingKind
    status: MeetingStatus
    start: PartialDate | None = None
    end: PartialDate | None = None
    duration: timedelta | None = None
    place: str | None = None
    ordinal: int | None = None
    negotiation: Annotated[str | None, End("Negotiation")] = None
    part_of: Annotated[str | None, End("Meeting")] = None


@dataclass(frozen=True, kw_only=True)
class Participation(Fact):
    """Someone, or a party whose people are not named, at a meeting."""

    same_about: ClassVar = ("meeting", "person", "on_behalf_of")
    title: ClassVar = ("person", "on_behalf_of", "meeting")

    meeting: Annotated[str, End("Meeting", inverse="participations")]
    person: Annotated[str | None, End("Person")] = None
    on_behalf_of: Annotated[str | None, End("Party")] = None


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

    party: Annotated[str, End("Party")]
    topic: Annotated[str, End("Topic")]
    statement: str
    towards: Annotated[str | None, End("Party")] = None
    negotiation: Annotated[str | None, End("Negotiation", inverse="positions", paged=True)] = None


@dataclass(frozen=True, kw_only=True)
class Outcome(Fact):
    """What a meeting came to, in our words."""

    same_about: ClassVar = ("meeting", "statement")
    title: ClassVar = ("meeting", "statement")

    meeting: Annotated[str, End("Meeting", inverse="outcomes")]
    statement: str
    agreement: Annotated[str | None, End("Agreement")] = None
