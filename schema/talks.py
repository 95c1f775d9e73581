"""Negotiations, the meetings of which they are made, and what was said there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, ClassVar

from schema.base import Entity, Fact
from schema.dates import PartialDate
from schema.marks import Doc, End, Term


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

    classes: ClassVar = ("skos:Concept",)


@dataclass(frozen=True, kw_only=True)
class Negotiation(Entity):
    """Talks between parties that last over several meetings."""

    classes: ClassVar = ("prov:Activity",)


@dataclass(frozen=True, kw_only=True)
class Meeting(Entity):
    """A round, ministerial, call, summit or visit. When, where and how long is what its records state."""

    classes: ClassVar = ("schema:Event", "eli-dl:Activity")


@dataclass(frozen=True, kw_only=True)
class MeetingRecord(Fact):
    """What one source says of a meeting: sources disagree on days, minutes and places, and each keeps its own record."""

    same_about: ClassVar = ("meeting",)
    states: ClassVar = ("kind", "status", "start", "end", "duration", "place", "ordinal")
    dated: ClassVar = True
    title: ClassVar = ("meeting",)

    meeting: Annotated[str, End("Meeting", inverse="records", every=True)]
    kind: Annotated[MeetingKind, Term("dcterms:type"), Doc("What sort of meeting it was.")]
    status: Annotated[MeetingStatus, Doc("Whether it took place.")]
    start: Annotated[PartialDate | None, Term("schema:startDate"), Doc("Its first day.")] = None
    end: Annotated[PartialDate | None, Term("schema:endDate"), Doc("Its last day, itself included.")] = None
    duration: Annotated[timedelta | None, Term("schema:duration"), Doc("How long people sat together.")] = None
    place: Annotated[str | None, Term("schema:location"), Doc("Where, as the source names it.")] = None
    ordinal: Annotated[int | None, Doc("Its number in the negotiation: 6 for the sixth round.")] = None
    negotiation: Annotated[str | None, End("Negotiation"), Doc("The talks that it is part of.")] = None
    part_of: Annotated[
        str | None,
        End("Meeting"),
        Term("dcterms:isPartOf"),
        Doc("The larger meeting, such as the round or summit, that it is part of."),
    ] = None


@dataclass(frozen=True, kw_only=True)
class Participation(Fact):
    """Someone, or a party whose people are not named, at a meeting."""

    same_about: ClassVar = ("meeting", "person", "on_behalf_of")
    title: ClassVar = ("person", "on_behalf_of", "meeting")
    classes: ClassVar = ("eli-dl:Participation",)
    direct: ClassVar = ("meeting", "eli-dl:had_participation", "self")

    meeting: Annotated[str, End("Meeting", inverse="participations")]
    person: Annotated[
        str | None,
        End("Person"),
        Term("eli-dl:had_participant_person"),
        Doc("Missing where the source names only the party."),
    ] = None
    on_behalf_of: Annotated[
        str | None, End("Party"), Term("eli-dl:participation_in_name_of"), Doc("For whom the person sat there.")
    ] = None


@dataclass(frozen=True, kw_only=True)
class Discussion(Fact):
    """A topic was talked about at a meeting."""

    same_about: ClassVar = ("meeting", "topic")
    title: ClassVar = ("topic", "meeting")
    direct: ClassVar = ("meeting", "dcterms:subject", "topic")

    meeting: Annotated[str, End("Meeting", inverse="discussions")]
    topic: Annotated[str, End("Topic"), Term("dcterms:subject")]


@dataclass(frozen=True, kw_only=True)
class Position(Fact):
    """What a party asks, offers or refuses on a topic, in our words."""

    same_about: ClassVar = ("party", "towards", "topic", "negotiation", "statement")
    title: ClassVar = ("party", "topic", "statement")

    party: Annotated[str, End("Party"), Doc("Whose position it is.")]
    topic: Annotated[str, End("Topic"), Term("dcterms:subject")]
    statement: Annotated[str, Term(language="en"), Doc("The position as a sentence of ours.")]
    towards: Annotated[str | None, End("Party"), Doc("Of whom it is asked, or to whom it is offered.")] = None
    negotiation: Annotated[str | None, End("Negotiation", inverse="positions", paged=True)] = None


@dataclass(frozen=True, kw_only=True)
class Outcome(Fact):
    """What a meeting came to, in our words."""

    same_about: ClassVar = ("meeting", "statement")
    title: ClassVar = ("meeting", "statement")

    meeting: Annotated[str, End("Meeting", inverse="outcomes")]
    statement: Annotated[str, Term(language="en"), Doc("The outcome as a sentence of ours.")]
    agreement: Annotated[str | None, End("Agreement"), Doc("The agreement that came of it.")] = None
