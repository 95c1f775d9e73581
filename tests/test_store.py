"""The version of a graph: brought forward step by step, by one process at a time, never backward."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from graph import migrations
from graph.migrations import FIRST, MIGRATIONS, Migration, version
from graph.store import NewerGraphError, prepare, stored_version
from schema.agreements import Agreement, AgreementEvent, AgreementStage
from schema.base import Evidence, Redistribution, Source, SourceKind
from schema.dates import parse_partial
from schema.duty_grammar import read_duty
from schema.parties import Country
from schema.people import Person, Post, Tenure
from schema.tariffs import OriginScope, ProductScope, TariffMeasure
from tests.conftest import Graph

STEPS = (
    Migration(2, "colour becomes color", ("MATCH (n:Old) SET n.color = n.colour REMOVE n.colour",)),
    Migration(3, "counts", ("MATCH (n:Old) SET n.count = coalesce(n.count, 0) + 1", "CREATE (:Made {by: 3})")),
)


@pytest.fixture
def old(scratch: Graph) -> Iterator[Graph]:
    """A graph of the first version, which says none."""
    scratch.cypher("UNWIND range(1, 300) AS i CREATE (:Old {id: toString(i), colour: 'red'})")
    yield scratch
    scratch.clear()


def _prepare(graph: Graph, steps: tuple[Migration, ...]) -> int | None:
    graph.run(prepare(graph.database.driver, graph.database.name, steps))
    return graph.run(stored_version(graph.database.driver, graph.database.name))


def test_every_step_has_the_next_number() -> None:
    assert [step.number for step in MIGRATIONS] == list(range(FIRST + 1, version() + 1))


def test_a_new_graph_says_its_version(scratch: Graph) -> None:
    assert _prepare(scratch, MIGRATIONS) == version()
    assert _prepare(scratch, MIGRATIONS) == version()


def test_a_graph_of_the_previous_version_is_brought_forward(old: Graph) -> None:
    assert _prepare(old, STEPS[:1]) == 2
    assert old.cypher("MATCH (n:Old) RETURN DISTINCT properties(n).colour AS u, n.color AS c") == [
        {"u": None, "c": "red"}
    ]
    assert _prepare(old, STEPS) == 3
    assert _prepare(old, STEPS) == 3
    assert old.cypher("MATCH (n:Old) RETURN DISTINCT n.count AS count") == [{"count": 1}]


def test_a_graph_of_version_1_gets_the_standing_of_its_facts(scratch: Graph) -> None:
    kinds = (SourceKind.PRESS, SourceKind.DATASET, SourceKind.ACT)
    sources = [
        Source(
            id=f"source/{kind}", name=kind, kind=kind, published=date(2025, month, 1), redistribution=Redistribution.ALL
        )
        for month, kind in enumerate(kinds, 1)
    ]
    open_ = Tenure(
        person="person/a", post="post/a", evidence=tuple(Evidence(source=each.id, locator="x") for each in sources)
    )
    ended = replace(open_, valid_to=parse_partial("2026"))
    scratch.load([*sources, Person(id="person/a", name="A"), Post(id="post/a", name="A"), open_, ended])
    facts = "MATCH (f:Fact) RETURN f.standing AS standing ORDER BY f.valid_to"
    expected = [
        {"standing": ["2025-01-01 3 2026-12-31", "2025-02-01 2 2026-12-31", "2025-03-01 0 2026-12-31"]},
        {"standing": ["2025-01-01 3 2025-01-02", "2025-02-01 2 2025-02-02", "2025-03-01 0 9999-12-31"]},
    ]
    assert scratch.cypher(facts) == expected
    scratch.cypher("MATCH (f:Fact) SET f.rank = 0, f.claims_to = 'x' REMOVE f.standing")
    scratch.cypher("MATCH (s:Store) SET s.version = 1")
    assert _prepare(scratch, MIGRATIONS) == version()
    assert scratch.cypher(facts) == expected
    assert scratch.cypher("MATCH (f:Fact) WHERE f.rank IS NOT NULL OR f.claims_to IS NOT NULL RETURN f") == []


def test_a_day_of_knowledge_is_kept_where_it_is_not_that_of_the_release(scratch: Graph) -> None:
    evidence = (Evidence(source="source/schedule", locator="row 1"),)
    source = Source(
        id="source/schedule",
        name="Schedule",
        kind=SourceKind.DATASET,
        published=date(2025, 1, 1),
        redistribution=Redistribution.ALL,
        dataset="test/schedule",
    )
    early, late = (
        Tenure(
            person="person/a",
            post=f"post/{day}",
            valid_from=parse_partial(day),
            row=f"test/schedule#{day}",
            evidence=evidence,
        )
        for day in ("2024", "2026")
    )
    scratch.load([source, Person(id="person/a", name="A"), early, late])
    known = "MATCH (f:Fact)-[r:EVIDENCE]->() RETURN f.valid_from AS day, r.known AS known ORDER BY day"
    expected = [{"day": "2024", "known": "2024-01-01"}, {"day": "2026", "known": None}]
    assert scratch.cypher(known) == expected
    scratch.cypher("MATCH (:Fact)-[r:EVIDENCE]->() SET r.known = coalesce(r.known, '2025-01-01')")
    scratch.cypher("MATCH (s:Store) SET s.version = 2")
    assert _prepare(scratch, MIGRATIONS) == version()
    assert scratch.cypher(known) == expected


def test_the_moment_of_the_change_feed_stays(old: Graph) -> None:
    old.cypher("MERGE (s:Store {id: 'store'}) SET s.written = '2026-01-01'")
    _prepare(old, STEPS)
    assert old.cypher("MATCH (s:Store) RETURN s.written AS written, s.version AS version") == [
        {"written": "2026-01-01", "version": 3}
    ]


def test_duties_and_recurring_events_are_stored_as_this_program_does(scratch: Graph) -> None:
    source = Source(
        id="source/paper",
        name="P",
        kind=SourceKind.PRESS,
        published=date(2025, 1, 1),
        redistribution=Redistribution.ALL,
    )
    said = (Evidence(source="source/paper", locator="x"),)
    agreement, country = Agreement(id="agreement/a", name="A"), Country(id="country/xa", name="Exland", code="XA")
    amended = AgreementEvent(
        agreement="agreement/a",
        stage=AgreementStage.AMENDED,
        valid_from=parse_partial("2020"),
        key="amended/2020",
        evidence=said,
    )
    measure = TariffMeasure(
        importer="country/xa",
        origins=OriginScope(),
        products=ProductScope(include=("0101",)),
        product_scope="horses",
        authority="MFN",
        duty=read_duty("4.40 cents/kg + 10.0%"),
        row="schedule#0101",
        evidence=said,
    )
    scratch.load([source, agreement, country, amended, measure])
    wanted = scratch.picture()
    scratch.cypher("MATCH (f:TariffMeasure) SET f.duty = replace(f.duty, '\"4.4\"', '\"4.40\"')")
    scratch.cypher("MATCH (f:AgreementEvent) SET f.about = 'of all amendments'")
    assert scratch.picture() != wanted
    scratch.cypher("MATCH (s:Store) SET s.version = 3")
    assert _prepare(scratch, MIGRATIONS) == version()
    assert scratch.picture() == wanted


def test_ten_at_once_migrate_once(old: Graph) -> None:
    async def all_at_once() -> None:
        await asyncio.gather(*(prepare(old.database.driver, old.database.name, STEPS) for _ in range(10)))

    old.run(all_at_once())
    assert old.cypher("MATCH (n:Old) RETURN DISTINCT n.count AS count, n.color AS color") == [
        {"count": 1, "color": "red"}
    ]
    assert old.cypher("MATCH (n:Made) RETURN count(n) AS made") == [{"made": 1}]


def test_a_step_that_fails_leaves_the_version_before(old: Graph) -> None:
    broken = (STEPS[0], Migration(3, "fails", ("MATCH (n:Old) SET n.half = true", "RETURN 1 / 0")))
    with pytest.raises(Exception, match="zero"):
        _prepare(old, broken)
    assert old.run(stored_version(old.database.driver, old.database.name)) == 2
    assert old.cypher("MATCH (n:Old) WHERE n.half RETURN n") == []


def test_a_newer_graph_is_refused_and_untouched(old: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    _prepare(old, STEPS)
    old.cypher("MATCH (s:Store) SET s.version = 4")
    monkeypatch.setattr("graph.constraints.apply", lambda *_: pytest.fail("it was touched"))
    with pytest.raises(NewerGraphError, match=r"has version 4.* up to 3.*Update"):
        _prepare(old, STEPS)


def test_the_version_of_the_program_is_that_of_its_last_step() -> None:
    assert (migrations.version(()), migrations.version(STEPS)) == (1, 3)
