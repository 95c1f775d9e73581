"""Reads of negotiations, meetings and people that follow from several facts."""

from __future__ import annotations

from graph.reads.derived import BY_PERIOD, page
from graph.reads.prefer import order, preferred
from graph.reads.read import Arguments, Read, expression, nodes
from graph.reads.time import holds, known, may_hold
from schema.ontology import fields_of
from schema.people import Tenure
from schema.talks import Meeting, MeetingRecord

NOT_DENIED = "{p}.modality <> 'DENIED'"
"""A meeting counts as one with a person also where the person is planned or may join; not where it is denied.
Nor does a meeting show what is denied of it."""


def record_value(meeting: str, field: str) -> str:
    """A scalar of a meeting: what the preferred of its records that states it says. Records of any day in the world count."""
    r = f"{meeting}_r"
    return (
        f"head(COLLECT {{ MATCH ({meeting})<-[:MEETING]-({r}:MeetingRecord) WHERE {known(r)} AND {r}.{field} IS NOT NULL "
        f"AND {NOT_DENIED.replace('{p}', r)} "
        f"RETURN {r}.{field} ORDER BY {order(r)} LIMIT 1 }})"
    )


def _record_node(end: str, target: str) -> Read:
    return nodes(
        target,
        f"MATCH ({{n}})<-[:MEETING]-({{m}}_r:MeetingRecord)-[:{end.upper()}]->({{m}}) WHERE {known('{m}_r')} AND "
        + NOT_DENIED.replace("{p}", "{m}_r"),
        order("{m}_r"),
        description=RECORD[end],
        distinct=False,
    )


RECORD = {spec.name: spec.doc for spec in fields_of(MeetingRecord)}
"""What the fields of a record mean, and so the scalars that a meeting takes from it."""
BY_START = f"{record_value('{m}', 'start_first')}, {{m}}.id"

MEETING: dict[str, Read] = {
    "kind": expression("MeetingKind!", f"coalesce({record_value('{n}', 'kind')}, 'OTHER')", description=RECORD["kind"]),
    "status": expression(
        "MeetingStatus!", f"coalesce({record_value('{n}', 'status')}, 'UNKNOWN')", description=RECORD["status"]
    ),
    **{
        name: expression(type_, record_value("{n}", name), description=RECORD[name])
        for name, type_ in {
            "start": "PartialDate",
            "end": "PartialDate",
            "duration": "Duration",
            "place": "String",
            "ordinal": "Int",
        }.items()
    },
    "negotiation": _record_node("negotiation", "Negotiation"),
    "partOf": _record_node("part_of", "Meeting"),
    "parts": nodes(
        "[Meeting!]!",
        f"MATCH ({{n}})<-[:PART_OF]-({{m}}_p:MeetingRecord)-[:MEETING]->({{m}}:Meeting) WHERE {known('{m}_p')}",
        BY_START,
        description="The meetings that are part of it.",
    ),
    "topics": nodes(
        "[Topic!]!",
        f"MATCH ({{n}})<-[:MEETING]-({{m}}_d:Discussion)-[:TOPIC]->({{m}}:Topic) WHERE {holds('{m}_d')}",
        description="What was talked about.",
    ),
}


def at_meeting(person: str, meeting: str, link: str) -> str:
    """A person takes part in a meeting, by a pattern with the participation as `link`."""
    return (
        f"MATCH ({person})<-[:PERSON]-({link}:Participation)-[:MEETING]->({meeting}:Meeting) "
        f"WHERE {holds(link)} AND {NOT_DENIED.replace('{p}', link)}"
    )


def with_persons(meeting: str, persons: str) -> str:
    """All of the persons (a parameter with ids) take part in the meeting, as a condition."""
    link = f"{meeting}_w"
    return (
        f"all(id IN {persons} WHERE EXISTS {{ MATCH (:Person {{id: id}})<-[:PERSON]-({link}:Participation)"
        f"-[:MEETING]->({meeting}) WHERE {holds(link)} AND {NOT_DENIED.replace('{p}', link)} }})"
    )


def between(meeting: str, a: Arguments) -> list[str]:
    """Conditions on the day of a meeting: it may have been on or after `from`, on or before `to`.

    Where no day is stated, the period in which the record holds.
    """
    conditions = []
    if "from" in a:
        last = [record_value(meeting, field) for field in ("end_last", "start_last", "valid_to_last")]
        conditions.append(f"coalesce({', '.join(last)}) >= {a['from']}")
    if "to" in a:
        first = [record_value(meeting, field) for field in ("start_first", "valid_from_first")]
        conditions.append(f"coalesce({', '.join(first)}) <= {a['to']}")
    return conditions


def _persons_meetings(n: str, m: str, a: Arguments) -> str:
    conditions = between(m, a)
    if "with" in a:
        conditions.append(with_persons(m, a["with"]))
    return " AND ".join([at_meeting(n, m, f"{m}_p"), *conditions])


PERSON: dict[str, Read] = {
    "meetings": Read(
        "MeetingConnection!",
        f"from: Date, to: Date, with: [ID!], {page()}",
        "Meetings in which the person took part, will or may; `with`: in which all of these took part too.",
        match=_persons_meetings,
        party_arguments=frozenset(),
        order=lambda m: BY_START.replace("{m}", m),
    )
}


def of_negotiation(negotiation: str, meeting: str) -> str:
    """The meetings of a negotiation, by their records."""
    record = f"{meeting}_n"
    return f"MATCH ({negotiation})<-[:NEGOTIATION]-({record}:MeetingRecord)-[:MEETING]->({meeting}:Meeting) WHERE {holds(record)}"


_PARTIES = (
    "CALL ({n}) { MATCH ({n})<-[:NEGOTIATION]-({m}_r:MeetingRecord)-[:MEETING]->(:Meeting)"
    f"<-[:MEETING]-({{m}}_p:Participation)-[:ON_BEHALF_OF]->({{m}}) WHERE {known('{m}_r')} AND {known('{m}_p')} RETURN {{m}} "
    f"UNION MATCH ({{n}})<-[:NEGOTIATION]-({{m}}_s:Position)-[:PARTY]->({{m}}) WHERE {known('{m}_s')} RETURN {{m}} }}"
)
_TOPICS = (
    "CALL ({n}) { MATCH ({n})<-[:NEGOTIATION]-({m}_r:MeetingRecord)-[:MEETING]->(:Meeting)"
    f"<-[:MEETING]-({{m}}_d:Discussion)-[:TOPIC]->({{m}}) WHERE {known('{m}_r')} AND {holds('{m}_d')} RETURN {{m}} "
    f"UNION MATCH ({{n}})<-[:NEGOTIATION]-({{m}}_s:Position)-[:TOPIC]->({{m}}) WHERE {holds('{m}_s')} RETURN {{m}} }}"
)

NEGOTIATION: dict[str, Read] = {
    "parties": nodes("[Party!]!", _PARTIES, description="On whose behalf people met, or who took a position."),
    "meetings": nodes(
        "MeetingConnection!", of_negotiation("{n}", "{m}"), BY_START, page(50), description="Its meetings, by day."
    ),
    "topics": nodes("[Topic!]!", _TOPICS, description="What was talked about, or on what a position was taken."),
    "positions": nodes(
        "PositionConnection!",
        f"MATCH ({{n}})<-[:NEGOTIATION]-({{m}}:Position) WHERE {holds('{m}')}",
        BY_PERIOD,
        page(50),
    ),
}


def _tenures(n: str, m: str, _: Arguments) -> str:
    """Posts held on the day of the meeting, whatever day the question is about."""
    x = f"{m}_x"
    first = f"coalesce({record_value(x, 'start_first')}, {record_value(x, 'valid_from_first')})"
    last = f"coalesce({record_value(x, 'start_last')}, {record_value(x, 'valid_from_last')})"
    return (
        f"MATCH ({n})-[:MEETING]->({x}:Meeting) MATCH ({n})-[:PERSON]->(:Person)<-[:PERSON]-({m}:Tenure) "
        f"WHERE {known(m)} AND {may_hold(m, first, last)} AND {first} IS NOT NULL AND {preferred(Tenure, m)}"
    )


PARTICIPATION: dict[str, Read] = {
    "tenures": Read(
        "[Tenure!]!",
        description="The posts that the person held on the day of the meeting.",
        match=_tenures,
        order=lambda m: BY_PERIOD.replace("{m}", m),
    )
}

READS: dict[str, dict[str, Read]] = {
    Meeting.__name__: MEETING,
    "Person": PERSON,
    "Negotiation": NEGOTIATION,
    "Participation": PARTICIPATION,
}
