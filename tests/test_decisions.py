"""One thing under several ids: decisions join it, in any order, and can be taken back."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date

import pytest

from graph import identities, joining
from graph.checksum import checksum
from graph.embedded.progress import progress_on
from graph.records import NODE, read, records_of, written
from graph.upsert import upsert
from schema.agreements import Agreement, AgreementEvent, AgreementStage
from schema.base import Attribute, Condition, Entity, Evidence, Organisation, Redistribution, Source, SourceKind
from schema.dates import parse_partial
from schema.decisions import Decision, DecisionError, fault, mapping
from schema.identity import fact_id
from schema.ontology import Record
from schema.parties import Country
from schema.people import Person, Post, Tenure
from schema.talks import Meeting, Participation
from tests.conftest import Graph
from tests.shipped import records as shipped_records

ONE, TWO, THREE = "agreement/one/1", "agreement/two/x", "agreement/three/y"
KEPT = dict.fromkeys((ONE, TWO, THREE), ONE)
PEOPLE = {"person/two/7": "person/ann", "person/ann": "person/ann"}
OFFICES = {"organisation/two/m": "organisation/ministry", "organisation/ministry": "organisation/ministry"}


MINISTRY = {
    "id": "organisation/ministry",
    "name": "The Ministry",
    "alternativeNames": ["Ministry of Examples"],
}
"""Named as it is under the id that is kept, wherever that sorts."""


def _source(name: str, day: int) -> Source:
    return Source(
        id=f"source/{name}",
        name=name,
        kind=SourceKind.DATASET,
        published=date(2025, 1, day),
        redistribution=Redistribution.ALL,
    )


def event(agreement: str, day: str, source: str, party: str | None = None, key: str | None = None) -> AgreementEvent:
    return AgreementEvent(
        agreement=agreement,
        stage=AgreementStage.IN_FORCE,
        party=party,
        valid_from=parse_partial(day),
        key=key,
        evidence=(Evidence(source=f"source/{source}", locator=agreement),),
    )


def _tenure(person: str, post: str, source: str) -> Tenure:
    since = parse_partial("2020-01-01")
    said = Evidence(source=f"source/{source}", locator=person, claimed_by=person)
    may = Condition(description="it lasts", happens=True, evidence=(said,), about=person)
    return Tenure(person=person, post=post, valid_from=since, conditions=(may,), evidence=(said,))


RECORDS: list[Record] = [
    _source("one", 1),
    _source("two", 2),
    _source("three", 3),
    Country(id="country/xa", name="Exland", code="XA"),
    Agreement(id=ONE, name="Exland - Wyeland", kind="FTA"),
    Agreement(id=TWO, name="Exland Wyeland", alternative_names=("EWFTA",)),
    Agreement(id=THREE, name="Exland-Wyeland Free Trade Agreement", binding=True),
    event(ONE, "2001-05-01", "one", key="one/force"),
    event(TWO, "2001-05-01", "two"),
    event(THREE, "2001", "three"),
    event(THREE, "2001-06-01", "three", "country/xa"),
    event(TWO, "2001-07-01", "two", "country/xa"),
    Attribute(about=TWO, name="desta_id", value="7", evidence=(Evidence(source="source/two", locator="7"),)),
    Person(id="person/ann", name="Ann Example"),
    Person(id="person/two/7", name="Example, Ann"),
    Organisation(id="organisation/ministry", name="The Ministry"),
    Organisation(id="organisation/two/m", name="Ministry of Examples"),
    Post(id="post/two/minister", name="Minister", organisation="organisation/two/m"),
    _tenure("person/ann", "post/two/minister", "one"),
    _tenure("person/two/7", "post/two/minister", "two"),
    Meeting(id="meeting/1", name="A meeting"),
    Participation(meeting="meeting/1", person="person/two/7", evidence=(Evidence(source="source/two", locator="m"),)),
]


def _apply(graph: Graph, kept: Mapping[str, str]) -> int:
    return graph.run(joining.apply(graph.database.driver, graph.database.name, kept, progress_on()))


def _sum(graph: Graph) -> str:
    return graph.run(checksum(graph.database.driver, graph.database.name, progress_on())).checksum


def _start(graph: Graph, kept: Mapping[str, str]) -> None:
    graph.clear()
    _apply(graph, kept)


ALL = {**KEPT, **PEOPLE, **OFFICES}


def test_before_after_between_or_taken_back_the_graph_is_the_same(scratch: Graph) -> None:
    scratch.load(RECORDS)
    apart = _sum(scratch)
    picture = scratch.picture()
    assert _apply(scratch, ALL) == 3
    together = _sum(scratch)
    assert together != apart
    assert _apply(scratch, ALL) == 0
    scratch.load(RECORDS)
    assert _sum(scratch) == together
    for kept, wanted in ((KEPT, None), ({}, apart)):
        _apply(scratch, kept)
        assert wanted is None or _sum(scratch) == wanted
    assert scratch.picture() == picture
    for seed in range(3):
        chance = random.Random(seed)
        records = chance.sample(RECORDS, len(RECORDS))
        cut = chance.randrange(len(records))
        _start(scratch, {})
        scratch.load(records[:cut])
        _apply(scratch, chance.choice([ALL, KEPT, PEOPLE]))
        scratch.load(records[cut:])
        _apply(scratch, ALL)
        assert _sum(scratch) == together, seed
        _apply(scratch, {})
        assert _sum(scratch) == apart, seed


def test_what_is_joined_is_one_with_the_facts_and_evidence_of_all(scratch: Graph) -> None:
    _start(scratch, ALL)
    scratch.load(RECORDS)
    found = scratch.ask(
        "{ agreements(first: 10) { nodes { id name alternativeNames kind binding events { validFrom party { code } "
        "evidence { source { name } locator } contradictedBy { ... on AgreementEvent { validFrom } } } } } "
        "persons(first: 10) { nodes { id alternativeNames tenures { post { name organisation { id name alternativeNames } } evidence { source { name } claimedBy { id } } } } } }"
    )
    assert found == {
        "agreements": {
            "nodes": [
                {
                    "id": ONE,
                    "name": "Exland - Wyeland",
                    "alternativeNames": ["EWFTA", "Exland Wyeland", "Exland-Wyeland Free Trade Agreement"],
                    "kind": "FTA",
                    "binding": True,
                    "events": found["agreements"]["nodes"][0]["events"],
                }
            ]
        },
        "persons": {
            "nodes": [
                {
                    "id": "person/ann",
                    "alternativeNames": ["Example, Ann"],
                    "tenures": [
                        {
                            "post": {"name": "Minister", "organisation": MINISTRY},
                            "evidence": found["persons"]["nodes"][0]["tenures"][0]["evidence"],
                        }
                    ],
                }
            ]
        },
    }
    events = sorted(found["agreements"]["nodes"][0]["events"], key=str)
    assert [
        (event["validFrom"], len(event["evidence"]), [each["validFrom"] for each in event["contradictedBy"]])
        for event in events
    ] == [("2001", 1, []), ("2001-05-01", 2, []), ("2001-06-01", 1, ["2001-07-01"])]


def test_what_was_retracted_stays_so(scratch: Graph) -> None:
    _start(scratch, {})
    scratch.load(RECORDS)
    scratch.load([event(ONE, "2001-04-30", "one", key="one/force")])
    for kept in (KEPT, {}):
        _apply(scratch, kept)
        retracted = scratch.cypher(
            "MATCH (f:Fact)-[:AGREEMENT]->(e) WHERE f.retracted_at IS NOT NULL AND NOT f:Withdrawn RETURN e.id AS id, f.valid_from AS day"
        )
        assert retracted == ([] if kept else [{"id": ONE, "day": "2001-05-01"}]), "another source still states it"


def test_two_writers_and_a_decision_between_them(scratch: Graph) -> None:
    """A load that began before a decision writes nothing more of the old one; run again, it gives the same graph."""
    _start(scratch, ALL)
    scratch.load(RECORDS)
    wanted = _sum(scratch)
    _start(scratch, {})
    with pytest.raises(identities.DecidedOtherwiseError):

        async def work() -> None:
            number = 0
            records = [Meeting(id=f"meeting/m{n}", name="x") for n in range(1100)]
            async for _ in upsert(scratch.database.driver, scratch.database.name, [*records, *RECORDS]):
                if not number:
                    await joining.apply(scratch.database.driver, scratch.database.name, ALL, progress_on())
                number += 1

        scratch.run(work())
    scratch.cypher("MATCH (m:Meeting) WHERE m.id STARTS WITH 'meeting/m' DETACH DELETE m")
    scratch.load(RECORDS)
    assert _sum(scratch) == wanted


def test_a_node_gives_the_records_that_wrote_it(scratch: Graph) -> None:
    _start(scratch, {})
    scratch.load(RECORDS)
    rows = scratch.cypher(f"MATCH (n:Fact|Entity) RETURN {NODE.format(n='n')}")
    found = [record for row in rows for record in records_of(row["labels"], row["properties"], row["relations"])]
    whole = {fact_id(r) if not isinstance(r, Entity) else r.id: r for r in found}
    assert whole.keys() == {fact_id(r) if not isinstance(r, Entity) else r.id for r in RECORDS}
    before = _sum(scratch)
    scratch.clear()
    scratch.load(found)
    assert _sum(scratch) == before


def test_every_shipped_record_is_read_back_from_its_text() -> None:
    for record in shipped_records():
        assert read(written(record)) == record


DAY = date(2026, 11, 28)


def _decision(*ids: str, kept: str | None = None) -> Decision:
    return Decision(ids=ids, kept=kept, reason="x", on=DAY, by="y")


def test_decisions_come_to_a_mapping() -> None:
    same = _decision(ONE, TWO, kept=ONE)
    assert mapping([same, _decision(ONE, THREE, kept=ONE), _decision(ONE, "agreement/z")]) == KEPT
    assert mapping([_decision(TWO, THREE, kept=TWO), same]) == KEPT
    with pytest.raises(DecisionError, match="are joined and none kept"):
        mapping([same, _decision(ONE, TWO, kept=TWO)])
    with pytest.raises(DecisionError, match="are joined and agreement/one/1 and agreement/three/y kept: keep one"):
        mapping([same, _decision(TWO, THREE, kept=THREE)])
    with pytest.raises(DecisionError, match="are joined, and are said not to be one thing"):
        mapping([same, _decision(TWO, ONE)])


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        (_decision(ONE, TWO, kept=TWO), None),
        (_decision(ONE, kept=ONE), "name at least two ids, each once"),
        (_decision(ONE, ONE, kept=ONE), "name at least two ids, each once"),
        (_decision(ONE, "person/x"), "ids of several kinds: agreement, person"),
        (_decision(ONE, TWO, kept=THREE), f"{THREE} is kept and is none of them"),
        (_decision("country/us", "country/xx", kept="country/us"), "country: only Agreement, Person"),
    ],
)
def test_what_is_wrong_with_a_decision(decision: Decision, reason: str | None) -> None:
    found = fault(decision)
    assert found is None if reason is None else found and found.startswith(reason)
