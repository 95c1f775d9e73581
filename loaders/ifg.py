"""The ministers of the United Kingdom since 1979: the tables of the IfG Ministers Database, a CSV each, loaded as a folder.

Persons, posts and departments keep the UUIDs of the database, so that tables need not be read in any order. An end is the first
day that no longer counts, as in the queries that the publisher publishes with it. Which table a file is, its head says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import IO

from loaders import ifg_source
from loaders.bad_row import BadRow
from loaders.csv_rows import Row, csv_rows
from loaders.ifg_source import DATE, NAME, UUID, evidence, period, stated
from loaders.ifg_tenures import CHARACTERISTIC, Appointments, appointments_among
from schema.base import Attribute, Organisation
from schema.ontology import Record
from schema.people import Person, Post

Read = Callable[[IO[str]], Iterator[Record | BadRow]]
Rows = Iterator[Record | BadRow]
UK = "country/gb"


def among(texts: Iterable[IO[str]]) -> Read:
    """How to read each of several tables that are loaded together: acting and leave stand in another than the appointment."""
    return partial(read, appointments=appointments_among(table for text in texts if (table := _table(text))))


def read(text: IO[str], appointments: Appointments | None = None) -> Rows:
    """Yield what one table states. Without `appointments`, the two tables of appointments are refused."""
    known = appointments or Appointments()
    if (table := _table(text)) is None:
        yield BadRow(1, None, None, f"the head is none of the tables {', '.join(sorted(TABLES))}")
        return
    name, rows = table
    if name in ("appointment", "appointment_characteristics") and not known.whole:
        yield BadRow(
            1, None, None, "appointments need both appointment.csv and appointment_characteristics.csv: give the folder"
        )
        return
    yield from ifg_source.declared()
    for row in rows:
        if isinstance(row, BadRow):
            yield row
        elif bad := ifg_source.fault(row, TABLES[name]):
            yield bad
        else:
            yield from _STATES[name](row, known)


def _table(text: IO[str]) -> tuple[str, Iterator[Row | BadRow]] | None:
    """The name of the table and its rows; of tables whose columns are all there, the one with most of them."""
    head = text.readline()
    columns = set(head.strip().split(","))
    names = [name for name, forms in TABLES.items() if set(forms) <= columns]
    if not names:
        return None
    name = max(names, key=lambda each: len(TABLES[each]))
    rows = csv_rows(chain([head], text), list(TABLES[name]))
    return None if isinstance(rows, BadRow) else (name, rows)


def _person(row: Row, _: Appointments) -> Rows:
    cells = row.cells
    id_ = f"person/ifg/{cells['id']}"
    others = {cells["display_name"], cells["normalized_name"]} - {cells["name"], ""}
    yield Person(id=id_, name=cells["name"], alternative_names=tuple(sorted(others)))
    if cells["start_date"] or cells["end_date"]:
        yield _dated(id_, "name", cells["name"], cells, f"person/{cells['id']}/{cells['start_date'] or 'first'}")
    if number := cells["id_parliament"]:
        yield stated(id_, "id_parliament", number.removesuffix(".0"), f"person/{cells['id']}")


def _organisation(row: Row, _: Appointments) -> Rows:
    cells = row.cells
    id_ = f"organisation/ifg/{cells['id']}"
    short = (cells["short_name"],) if cells["short_name"] else ()
    yield Organisation(id=id_, name=cells["name"], alternative_names=short, party=UK)
    if cells["start_date"] or cells["end_date"]:
        yield _dated(id_, "name", cells["name"], cells, f"organisation/{cells['id']}")


def _link(row: Row, _: Appointments) -> Rows:
    """From the day on which it was announced; the last minister may move later. One id is that of all links of a change."""
    cells = row.cells
    before, after = (f"organisation/ifg/{cells[f'{end}_organisation_id']}" for end in ("predecessor", "successor"))
    start, _end = period(cells["link_start_date"], "")
    key = f"organisation_link/{cells['id']}/{before}/{after}"
    yield Attribute(
        about=after, name=f"follows {before}", value=cells["type"], valid_from=start, **evidence(key), key=f"ifg/{key}"
    )


def _post(row: Row, _: Appointments) -> Rows:
    """Shown by the name that tells it from others; a Minister of State there is in every department."""
    cells = row.cells
    others = (cells["name"],) if cells["name"] != cells["display_name"] else ()
    body = f"organisation/ifg/{cells['organisation_id']}"
    id_ = f"post/ifg/{cells['id']}"
    yield Post(id=id_, name=cells["display_name"], alternative_names=others, organisation=body, party=UK)
    yield stated(id_, "rank_equivalence", cells["rank_equivalence"], f"post/{cells['id']}")


def _group(row: Row, _: Appointments) -> Rows:
    cells = row.cells
    post, name = f"post/ifg/{cells['post_id']}", f"group {cells['group_name']}"
    yield stated(post, name, cells["group_seniority"], f"post_relationship/{cells['id']}")


def _tenure(row: Row, appointments: Appointments) -> Rows:
    yield from appointments.tenures(row)


def _characteristic(row: Row, appointments: Appointments) -> Rows:
    if bad := appointments.misfit(row):
        yield bad


def _dated(id_: str, name: str, value: str, cells: Mapping[str, str], key: str) -> Attribute:
    start, end = period(cells["start_date"], cells["end_date"])
    return Attribute(
        about=id_, name=name, value=value, valid_from=start, valid_to=end, **evidence(key), key=f"ifg/{key}/{name}"
    )


_ANY = re.compile(".*", re.DOTALL)
_NUMBER = re.compile(r"([0-9]+(\.0)?)?")
_MAY = re.compile(f"({DATE.pattern})?")
_PERIOD = {"start_date": _MAY, "end_date": _MAY}
TABLES: dict[str, dict[str, re.Pattern[str]]] = {
    "person": {
        "id": UUID, "name": NAME, "display_name": _ANY, "normalized_name": _ANY, "id_parliament": _NUMBER, **_PERIOD
    },
    "organisation": {"id": UUID, "name": NAME, "short_name": _ANY, **_PERIOD},
    "organisation_link": {
        "id": UUID, "predecessor_organisation_id": UUID, "successor_organisation_id": UUID, "type": NAME,
        "link_start_date": DATE,
    },
    "post": {"id": UUID, "organisation_id": UUID, "name": NAME, "display_name": NAME, "rank_equivalence": NAME},
    "post_relationship": {"id": UUID, "post_id": UUID, "group_name": NAME, "group_seniority": NAME},
    "appointment": {"id": UUID, "person_id": UUID, "post_id": UUID, "start_date": DATE, "end_date": _MAY},
    "appointment_characteristics": {**CHARACTERISTIC, "start_date": DATE, "end_date": _MAY},
    "event": {"id": UUID, "name": NAME, "type": NAME, "date": DATE},
}  # fmt: skip
"""The columns that are read of each table, and the form that their cells must have."""
_STATES: dict[str, Callable[[Row, Appointments], Rows]] = {
    "person": _person,
    "organisation": _organisation,
    "organisation_link": _link,
    "post": _post,
    "post_relationship": _group,
    "appointment": _tenure,
    "appointment_characteristics": _characteristic,
    "event": lambda *_: iter(
        ()
    ),  # elections and the days on which a government was complete: no kind of fact holds them
}
