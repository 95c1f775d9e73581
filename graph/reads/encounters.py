"""Who met whom: pairs of persons who took part in the same meetings.

An encounter is no node: the statement makes it as a map of its two persons and their meetings, and the compiler reads the
fields below it from that map as it does from a node.
"""

from __future__ import annotations

from datetime import timedelta

from graph.reads.derived import page
from graph.reads.read import Arguments, Read
from graph.reads.talks import BY_START, between, record_value
from graph.reads.time import holds
from schema.identity import iso_duration

HELD = "'HELD'"
ROUND = "'ROUND'"
DEPTH = 3
"""How deep parts are looked for: a round, a day of it, a session of that day."""


def _takes_part(meeting: str, person: str, link: str) -> str:
    """Clause that binds a person who took part in a meeting: who was only to take part, or may have, met nobody."""
    return (
        f"MATCH ({meeting})<-[:MEETING]-({link}:Participation)-[:PERSON]->({person}:Person) "
        f"WHERE {holds(link)} AND {link}.modality = 'ASSERTED'"
    )


def _parts(meeting: str, part: str) -> str:
    """Clause that binds each part of a meeting that was held: a round consists of its parts, and does not count beside them."""
    record = f"{part}_s"
    return (
        f"MATCH ({meeting}) (()<-[:PART_OF]-({record}:MeetingRecord WHERE {holds(record)})-[:MEETING]->()){{1,{DEPTH}}} "
        f"({part}:Meeting) WHERE {record_value(part, 'status')} = {HELD}"
    )


def _counts(meeting: str, one: str, other: str) -> str:
    """The meeting counts for the pair where they met in none of its parts, which are found before."""
    both = " AND ".join(f"EXISTS {{ {_takes_part('part', each, f'{each}_l')} }}" for each in (one, other))
    return f"none(part IN {meeting}_parts WHERE {both})"


def _limited(persons: str, one: str, other: str) -> str:
    """One person: the pairs with that person. Several: the pairs among them."""
    named = f"size([x IN [{one}.id, {other}.id] WHERE x IN {persons}])"
    return f"{named} >= CASE WHEN all(x IN {persons} WHERE x = {persons}[0]) THEN sign(size({persons})) ELSE 2 END"


def _encounters(_: str, e: str, a: Arguments) -> str:
    x, one, other = f"{e}_x", f"{e}_a", f"{e}_b"
    start = f"MATCH ({x}:Meeting)"
    limits = [f"({one}.name < {other}.name OR ({one}.name = {other}.name AND {one}.id < {other}.id))"]
    if "persons" in a:
        limits.append(_limited(a["persons"], one, other))
        start = _meetings_of(a["persons"], x)
    held = " AND ".join([f"{record_value(x, 'status')} = {HELD}", *between(x, a)])
    parts = f"COLLECT {{ {_parts(x, f'{x}_p')} RETURN {x}_p }}"
    return (
        f"{start} WITH {x} WHERE {held} WITH {x}, {parts} AS {x}_parts "
        f"WHERE size({x}_parts) = 0 OR {record_value(x, 'kind')} <> {ROUND} "
        f"{_takes_part(x, one, f'{one}_l')} {_takes_part(x, other, f'{other}_l')} "
        f"AND {' AND '.join(limits)} WITH DISTINCT {x}, {x}_parts, {one}, {other} WHERE {_counts(x, one, other)} "
        f"WITH {one}, {other}, collect({x}) AS {x} WITH {{persons: [{one}, {other}], meetings: {x}}} AS {e}"
    )


def _meetings_of(persons: str, meeting: str) -> str:
    """The meetings of the persons named; all, where none is."""
    seat = f"{meeting}_o"
    return (
        f"CALL () {{ MATCH ({meeting}:Meeting) WHERE size({persons}) = 0 RETURN {meeting} UNION "
        f"UNWIND {persons} AS id MATCH (:Entity&Person {{id: id}})<-[:PERSON]-({seat}:Participation)-[:MEETING]->({meeting}:Meeting) "
        f"RETURN {meeting} }}"
    )


def _seconds(e: str, _: Arguments) -> str:
    """The sum of the durations that are known, null where none is."""
    known = f"[x IN {e}.meetings | {record_value('x', 'duration')}]"
    return (
        f"reduce(total = null, t IN [d IN {known} WHERE d IS NOT NULL | duration(d)] | "
        "coalesce(total, 0) + t.days * 86400 + t.seconds)"
    )


ORDER = "size({m}.meetings) DESC, {m}.persons[0].name, {m}.persons[1].name, {m}.persons[0].id, {m}.persons[1].id"

ENCOUNTERS = Read(
    "EncounterConnection!",
    f"from: Date, to: Date, persons: [ID!], asKnownOn: Date, {page()}",
    "Who met whom in meetings that were held: most often first. A round counts by its parts where these are known; any "
    "other meeting counts for those who met in no part of it. `persons`: one, the pairs with that person; several, the "
    "pairs among them.",
    match=_encounters,
    order=lambda e: ORDER.replace("{m}", e),
    party_arguments=frozenset(),
)

ENCOUNTER: dict[str, Read] = {
    "persons": Read("[Person!]!", description="The two, by name.", match=lambda e, m, _: f"UNWIND {e}.persons AS {m}"),
    "count": Read("Int!", value=lambda e, _: f"size({e}.meetings)"),
    "meetings": Read(
        "MeetingConnection!",
        page(),
        match=lambda e, m, _: f"UNWIND {e}.meetings AS {m}",
        order=lambda m: BY_START.replace("{m}", m),
    ),
    "duration": Read(
        "Duration",
        description="The sum of the durations that are known; null where none is.",
        value=_seconds,
        shape=lambda seconds: iso_duration(timedelta(seconds=seconds)),
    ),
}

READS: dict[str, dict[str, Read]] = {"Encounter": ENCOUNTER}
