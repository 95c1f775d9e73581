"""The graph against the reference model: any set of sources, in any order, the same answers and the same graph."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schema.base import Evidence, Modality, Redistribution, Source, SourceKind
from schema.dates import parse_partial
from schema.ontology import Record
from schema.people import Person, Post, Tenure
from tests.conftest import Graph
from tests.reference_model import Answer, Model

DAYS = [date(2025, month, day) for month in (1, 4, 7) for day in (1, 20)]
SOURCES = [
    Source(id=f"source/test/{index}", name=str(index), kind=kind, published=day, redistribution=Redistribution.ALL)
    for index, (kind, day) in enumerate(
        zip((SourceKind.ACT, SourceKind.PRESS, SourceKind.DATASET) * 2, DAYS, strict=True)
    )
]
PEOPLE: list[Record] = [
    *(Person(id=f"person/{name}", name=name) for name in "ab"),
    *(Post(id=f"post/{name}", name=name) for name in "pq"),
]
STARTS = st.sampled_from([None, "2024", "2025-02", "2025-03-01", "2025-06-15"])
ENDS = st.sampled_from([None, "2025-05", "2025-06-15", "2025-09-01"])
KEYS = ["k0", "k1", "k2", "k3"]


@st.composite
def tenures(draw: st.DrawFn) -> list[Tenure]:
    found = []
    for index in range(draw(st.integers(1, 6))):
        start, end = draw(STARTS), draw(ENDS)
        if start and end and parse_partial(end).last <= parse_partial(start).first:
            end = None
        key = KEYS[index] if index < len(KEYS) else None
        evidence = draw(st.lists(st.sampled_from(SOURCES), min_size=1, max_size=2, unique=True))
        found.append(
            Tenure(
                person=f"person/{draw(st.sampled_from('ab'))}",
                post=f"post/{draw(st.sampled_from('pq'))}",
                valid_from=parse_partial(start) if start else None,
                valid_to=parse_partial(end) if end else None,
                modality=draw(st.sampled_from([Modality.ASSERTED, Modality.ASSERTED, Modality.PLANNED])),
                key=key,
                supersedes=tuple(draw(st.lists(st.sampled_from(KEYS), max_size=1))),
                evidence=tuple(Evidence(source=each.id, locator="x") for each in evidence),
            )
        )
    return found


MOMENTS = st.tuples(
    st.sampled_from(
        [None, date(2024, 6, 1), date(2025, 2, 10), date(2025, 5, 20), date(2025, 6, 15), date(2026, 1, 1)]
    ),
    st.sampled_from([date(2024, 12, 31), date(2025, 1, 1), date(2025, 4, 10), date(2025, 7, 20), date(2026, 1, 1)]),
)
DOCUMENT = """
query ($id: ID!, $at: Date, $known: Date) {
  person(id: $id, at: $at, asKnownOn: $known) { tenures { post { id } validFrom validTo certainty } }
}
"""
SLOW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def _ask(graph: Graph, person: str, at: date | None, known: date) -> Answer:
    variables: dict[str, Any] = {"id": person, "known": known.isoformat()}
    if at is not None:
        variables["at"] = at.isoformat()
    found = graph.ask(DOCUMENT, **variables)["person"]["tenures"]
    return [(each["post"]["id"], each["validFrom"], each["validTo"], each["certainty"]) for each in found]


def _load(graph: Graph, records: list[Record], chance: random.Random) -> None:
    """In some order, cut into some loads."""
    chance.shuffle(records)
    while records:
        cut = chance.randint(1, len(records))
        graph.load(records[:cut])
        records = records[cut:]


@SLOW
@given(tenures(), st.lists(MOMENTS, min_size=4, max_size=4), st.randoms(use_true_random=False))
def test_the_graph_answers_as_the_model(
    scratch: Graph, facts: list[Tenure], moments: list[tuple[date | None, date]], chance: random.Random
) -> None:
    scratch.clear()
    _load(scratch, [*SOURCES, *PEOPLE, *facts], chance)
    model = Model(SOURCES, facts)
    for person in ("person/a", "person/b"):
        for at, known in moments:
            assert _ask(scratch, person, at, known) == model.tenures(person, at, known), (person, at, known)


@SLOW
@given(tenures(), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_graph(scratch: Graph, facts: list[Tenure], chance: random.Random) -> None:
    pictures = []
    for _ in range(2):
        scratch.clear()
        _load(scratch, [*SOURCES, *PEOPLE, *facts], chance)
        pictures.append(scratch.picture())
    assert pictures[0] == pictures[1]


@SLOW
@given(tenures(), tenures(), st.sampled_from([None, date(2025, 5, 20)]))
def test_what_is_published_later_changes_nothing_that_was_known_before(
    scratch: Graph, facts: list[Tenure], more: list[Tenure], at: date | None
) -> None:
    """Neither an added fact with a later `known_from` nor later evidence changes an answer as known on an earlier day."""
    last = max(source.published for source in SOURCES if source.published)
    later = Source(
        id="source/test/later",
        name="later",
        kind=SourceKind.ACT,
        published=date(2025, 9, 1),
        redistribution=Redistribution.ALL,
    )
    scratch.clear()
    scratch.load([*SOURCES, *PEOPLE, *facts])
    before = [_ask(scratch, person, at, last) for person in ("person/a", "person/b")]
    known = {(fact.person, fact.post, fact.valid_from, fact.valid_to, fact.modality) for fact in facts}
    added = []
    for fact in (*facts, *more):
        said = (fact.person, fact.post, fact.valid_from, fact.valid_to, fact.modality)
        # What a known fact supersedes, it supersedes since it is known: only new ones may.
        supersedes = () if said in known else fact.supersedes
        changed = {"key": None, "supersedes": supersedes, "evidence": (Evidence(source=later.id, locator="x"),)}
        added.append(Tenure(**{**vars(fact), **changed}))
    scratch.load([later, *added])
    assert [_ask(scratch, person, at, last) for person in ("person/a", "person/b")] == before
