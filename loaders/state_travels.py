"""The journeys abroad of Presidents and Secretaries of State of the United States, an XML file for each traveller.

A trip is a visit with its traveller. What its remarks say for certain are meetings that are part of it (loaders/us_travels_remarks.py);
the remarks themselves are the quote of its evidence. A trip that was entered twice is one visit with two records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import IO, Any

from loaders.bad_row import BadRow
from loaders.us_travels_remarks import Attended, Counterpart, attended, counterparts
from loaders.us_travels_trips import Element, again, elements
from schema.base import Evidence, Organisation, Redistribution, Source, SourceKind
from schema.dates import BadDateError, day_after, parse_partial, within
from schema.ontology import Record
from schema.people import Person, Tenure
from schema.slugs import slug
from schema.talks import Meeting, MeetingKind, MeetingRecord, MeetingStatus, Participation

US = "country/us"
PRESIDENT = "post/us/president"
DATASET = "us-state-travels"
SOURCE = Source(
    id="source/us/state-department-travels-3170c77",
    name="Foreign Travels of the President and the Secretary of State, dataset HistoryAtState/travels",
    kind=SourceKind.OFFICIAL,
    publisher="organisation/us/office-of-the-historian",
    redistribution=Redistribution.ALL,
    licence="US Government work, CC0 1.0",
    retrieved=date(2026, 11, 24),
    url="https://github.com/HistoryAtState/travels",
    version="3170c773f22c99dadc8ec93da070f8ff6259d6d8",
    dataset=DATASET,
    gap="of the remarks only whole names behind 'met with' and meetings with names of their own are stated; the rest is quoted",
)
_CELLS = ("id", "name", "country", "locale", "remarks", "start-date", "end-date")
_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


def read(text: IO[str]) -> Iterator[Record | BadRow]:
    """Yield what the trips of a file state, or the presidents of the table of presidents; a table of codes states nothing."""
    found = list(elements(text))
    yield from _declared()
    trips = []
    for each in found:
        if isinstance(each, BadRow):
            yield each
        elif each.name == "president":
            yield from _president(each)
        elif each.name == "trip":
            trips += [each] if not (bad := _fault(each)) else []
            yield from [bad] if bad else []
    if not found:
        yield BadRow(1, None, None, "neither trips nor presidents are in it")
    twice = again(trips)
    for trip in trips:
        yield from _trip(trip, twice.get(trip.cells["id"], trip.cells["id"]))


def _declared() -> Iterator[Record]:
    yield Organisation(
        id="organisation/us/office-of-the-historian",
        name="Office of the Historian, US Department of State",
        party=US,
    )
    yield SOURCE


def _fault(element: Element) -> BadRow | None:
    cells = element.cells
    if missing := [name for name in _CELLS if name not in cells]:
        return BadRow(element.line, missing[0], None, "a trip needs id, name, dates, country, locale and remarks")
    if not _SLUG.fullmatch(element.attributes.get("who", "")):
        return BadRow(element.line, "who", element.attributes.get("who"), "no id of a traveller")
    if not re.fullmatch("[0-9]+", cells["id"]):
        return BadRow(element.line, "id", cells["id"], "no number of a trip")
    return _bad_days(element, "start-date", "end-date")


def _bad_days(element: Element, start: str, end: str) -> BadRow | None:
    for column in (start, end):
        value = element.cells.get(column, "")
        try:
            parse_partial(value)
        except BadDateError as error:
            return BadRow(element.line, column, value, str(error))
    if element.cells[end] < element.cells[start]:
        return BadRow(element.line, end, element.cells[end], f"before the start, {element.cells[start]}")
    return None


def _trip(trip: Element, first: str) -> Iterator[Record]:
    """A visit; of one that was entered again the second record, by the id of the first."""
    cells = trip.cells
    place = ", ".join(filter(None, (cells["locale"], cells["country"])))
    start, end = parse_partial(cells["start-date"]), parse_partial(cells["end-date"])
    traveller = Person(id=f"person/{DATASET}/{trip.attributes['who']}", name=cells["name"])
    visit = Meeting(id=f"meeting/{DATASET}/{first}", name=f"{cells['name']} in {place}, {start}")
    yield traveller
    yield visit
    held: dict[str, Any] = {"valid_from": start, "valid_to": day_after(end)}
    yield MeetingRecord(
        meeting=visit.id,
        kind=MeetingKind.VISIT,
        status=MeetingStatus.HELD,
        start=start,
        end=end,
        place=place,
        **held,
        **_stands(trip, "visit"),
    )
    yield _present(trip, visit, traveller.id, US, held)
    for each in counterparts(cells["remarks"]):
        yield from _met(trip, visit, traveller, each)
    for named in attended(cells["remarks"]):
        yield from _attended(trip, visit, traveller, named)


def _met(trip: Element, visit: Meeting, traveller: Person, other: Counterpart) -> Iterator[Record]:
    """One meeting for each counterpart: the remarks do not say who sat together."""
    person = Person(id=f"person/{DATASET}/{slug(other.name)}", name=other.name)
    called = other.name if other.name.startswith(other.title) else f"{other.title} {other.name}"
    meeting = Meeting(id=f"{visit.id}/{slug(other.name)}", name=f"{traveller.name} and {called}")
    yield person
    yield from _part(trip, visit, meeting, MeetingKind.OTHER, traveller.id)
    yield _present(trip, meeting, person.id, None, _during(trip))


def _attended(trip: Element, visit: Meeting, traveller: Person, named: Attended) -> Iterator[Record]:
    meeting = Meeting(id=f"{visit.id}/{slug(named.name)}", name=f"{named.name}, {trip.cells['start-date'][:4]}")
    yield from _part(trip, visit, meeting, named.kind, traveller.id)


def _part(trip: Element, visit: Meeting, meeting: Meeting, kind: MeetingKind, traveller: str) -> Iterator[Record]:
    """A meeting on some day of the trip, with the traveller."""
    days = _during(trip)
    yield meeting
    yield MeetingRecord(
        meeting=meeting.id,
        kind=kind,
        status=MeetingStatus.HELD,
        start=days["valid_from"],
        part_of=visit.id,
        **days,
        **_stands(trip, meeting.id.rpartition("/")[2]),
    )
    yield _present(trip, meeting, traveller, US, days)


def _present(trip: Element, meeting: Meeting, person: str, party: str | None, days: dict[str, Any]) -> Participation:
    key = f"{meeting.id.removeprefix(f'meeting/{DATASET}/')}/{person.rpartition('/')[2]}"
    return Participation(meeting=meeting.id, person=person, on_behalf_of=party, **days, **_stands(trip, key))


def _during(trip: Element) -> dict[str, Any]:
    """Some day of the trip; the day itself where it has one."""
    start, end = (date.fromisoformat(trip.cells[name]) for name in ("start-date", "end-date"))
    day = within(start, end)
    return {"valid_from": day, "valid_to": day_after(day)}


def _stands(trip: Element, key: str) -> dict[str, Any]:
    """Where a statement stands: fields of the envelope. The release has no day; a journey was public from its first day."""
    evidence = Evidence(
        source=SOURCE.id,
        locator=f"trip {trip.cells['id']}",
        quote=trip.cells["remarks"] or None,
        published=date.fromisoformat(trip.cells["start-date"]),
    )
    return {"row": f"{DATASET}#{trip.cells['id']}/{key}", "evidence": (evidence,)}


def _president(element: Element) -> Iterator[Record | BadRow]:
    cells = element.cells
    if not _SLUG.fullmatch(cells.get("id", "")) or not cells.get("name"):
        yield BadRow(element.line, "id", cells.get("id"), "a president needs an id and a name")
        return
    open_ = not cells.get("left-office-date")
    if bad := _bad_days(element, "took-office-date", "took-office-date" if open_ else "left-office-date"):
        yield bad
        return
    person = Person(id=f"person/{DATASET}/{cells['id']}", name=cells["name"])
    number, took = element.attributes.get("n", ""), cells["took-office-date"]
    place = f"presidents.xml, no. {number}"
    yield person
    yield Tenure(
        person=person.id,
        post=PRESIDENT,
        valid_from=parse_partial(took),
        valid_to=None if open_ else parse_partial(cells["left-office-date"]),
        row=f"{DATASET}#president/{number}",
        evidence=(Evidence(source=SOURCE.id, locator=place, published=date.fromisoformat(took)),),
    )
