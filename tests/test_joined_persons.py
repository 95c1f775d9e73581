"""Persons and posts of several sources joined as the shipped decisions say, on the real files."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from itertools import chain
from pathlib import Path

import pytest

from loaders import curated, decisions, ifg, state_travels, us_executive
from loaders.bad_row import BadRow
from loaders.streams import text_of
from schema.base import Organisation, Source
from schema.decisions import mapping, named
from schema.ontology import Record
from schema.parties import Party
from schema.people import Person, Post, Tenure
from tests.conftest import SHARED, Graph
from tests.test_decisions import _apply, _start, _sum

DATA = SHARED / "data"
KEPT = mapping(decisions.load([decisions.SHIPPED]))
HELD = """
query ($id: ID!) {
  node(id: $id) { ... on Person { tenures { post { id } validFrom validTo evidence { source { id } } } } }
}
"""
OBAMA = "person/govtrack/400629"
IFG, OURS = "source/ifg/ministers-2026-06-19", "source/gb/ifg-2026-06-19"
ROLL, TRAVELS = "source/us/executive-roll-2026", "source/us/state-department-travels-3170c77"


def _text(file: Path) -> str:
    with text_of(file) as text:
        return text.read()


def _states() -> Iterator[Record | BadRow]:
    yield from curated.load(
        [curated.SHIPPED / "parties.yaml", curated.SHIPPED / "people.yaml", curated.SHIPPED / "people"]
    )
    tables = [_text(file) for file in sorted((DATA / "ifg_ministers").glob("*.csv"))]
    yield from chain.from_iterable(map(ifg.among(map(StringIO, tables)), map(StringIO, tables)))
    yield from us_executive.read(StringIO(_text(DATA / "us_executive" / "executive.yaml")))
    for file in sorted((DATA / "state_dept_travels").rglob("*.xml")):
        yield from state_travels.read(StringIO(_text(file)))


def _held(*kept: str) -> list[Record]:
    """All tenures of these persons, with what they name and all sources."""
    records = [each for each in _states() if not isinstance(each, BadRow)]
    tenures = [each for each in records if isinstance(each, Tenure) and KEPT.get(each.person, each.person) in kept]
    wanted = {id_ for tenure in tenures for id_ in named(tenure)}
    held = [each for each in records if isinstance(each, (Person, Post)) and each.id in wanted]
    wanted |= {id_ for each in held for id_ in named(each)}
    beside = [
        each
        for each in records
        if isinstance(each, (Source, Party)) or (isinstance(each, Organisation) and each.id in wanted)
    ]
    return [*beside, *held, *tenures]


def _tenures(graph: Graph, person: str) -> list[tuple[str, str, str | None, set[str]]]:
    return [
        (each["post"]["id"], each["validFrom"], each["validTo"], {one["source"]["id"] for one in each["evidence"]})
        for each in graph.ask(HELD, id=person)["node"]["tenures"]
    ]


@pytest.mark.shared
def test_a_minister_and_a_president_have_the_tenures_of_all_sources_under_one_id(scratch: Graph) -> None:
    records = _held("person/peter-kyle", "person/joe-biden", OBAMA)
    _start(scratch, KEPT)
    scratch.load(records)
    together = _sum(scratch)
    assert _tenures(scratch, "person/peter-kyle") == [
        ("post/ifg/2966f821-b949-4b12-9883-c85cd24065b0", "2024-07-05", "2025-09-05", {IFG}),
        ("post/gb/secretary-of-state-for-business-and-trade", "2025-09-05", None, {IFG, OURS}),
    ]
    assert _tenures(scratch, "person/joe-biden") == [
        ("post/us/vice-president", "2009-01-20", "2013-01-20", {ROLL}),
        ("post/us/vice-president", "2013-01-20", "2017-01-20", {ROLL}),
        ("post/us/president", "2021-01-20", "2025-01-20", {ROLL, TRAVELS}),
    ]
    assert _tenures(scratch, OBAMA) == [("post/us/president", "2009-01-20", "2017-01-20", {TRAVELS})], "the preferred"
    found = scratch.ask("query ($id: ID!) { disagreements(about: $id) { totalCount } }", id=OBAMA)
    assert found["disagreements"]["totalCount"] == 3, "two terms, or one presidency"
    _start(scratch, {})
    scratch.load(reversed(records))
    _apply(scratch, KEPT)
    assert _sum(scratch) == together
