"""What an entity shows: the preferred of the facts about it, and what was declared of it in any order."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schema.agreements import Agreement
from schema.base import (
    Entity,
    Organisation,
)
from schema.ontology import Record
from schema.parties import Country
from schema.people import Post
from schema.tariffs import Instrument, InstrumentKind
from tests.case import load_case
from tests.conftest import Graph

STATED = """\
Agreement:
  - {id: agreement/t, name: The pact, kind: deal, binding: false, wto_rta_id: 7}
Instrument:
  - {id: instrument/t, name: The order, kind: NOTICE, promulgated: 2025-01-01, number: "1"}
Attribute:
  - each:
      - {about: country/xa, name: name, value: Old Exland, source: paper}
      - {about: country/xa, name: name, value: New Exland, source: later}
      - {about: country/xa, name: iso2, value: XX, source: act}
      - {about: country/xa, name: iso2, value: YY, source: later}
      - {about: agreement/t, name: binding, value: "true", source: paper}
      - {about: agreement/t, name: wto_rta_id, value: "12", source: paper}
      - {about: agreement/t, name: kind, value: framework, source: paper}
      - {about: instrument/t, name: promulgated, value: "2025-01-02", source: paper}
      - {about: instrument/t, name: kind, value: REGULATION, source: paper}
    about: "{about}"
    name: "{name}"
    value: "{value}"
    evidence: [{source: "source/test/{source}", locator: x}]
  - {about: country/xa, name: iso3, value: QQQ, modality: DENIED, evidence: [{source: source/test/act, locator: x}]}
  - {about: agreement/t, name: wto_rta_id, value: many, evidence: [{source: source/test/act, locator: x}]}
"""
SCALARS = """
query ($known: Date) {
  party(code: "XA", asKnownOn: $known) { label name ... on Country { iso2 iso3 numeric } }
  agreement(id: "agreement/t", asKnownOn: $known) { name kind binding wtoRtaId }
  node(id: "instrument/t", asKnownOn: $known) { ... on Instrument { kind promulgated number } }
}
"""


def test_an_entity_shows_the_preferred_facts_whatever_their_type(scratch: Graph, tmp_path: Path) -> None:
    """The act before the later paper; the later paper before the earlier; what is denied, or no number, states nothing."""
    load_case(scratch, tmp_path, STATED)
    assert scratch.ask(SCALARS) == {
        "party": {"label": "New Exland", "name": "New Exland", "iso2": "XX", "iso3": "XAA", "numeric": "991"},
        "agreement": {"name": "The pact", "kind": "framework", "binding": True, "wtoRtaId": 12},
        "node": {"kind": "REGULATION", "promulgated": "2025-01-02", "number": "1"},
    }


def test_an_entity_shows_what_was_stated_by_the_day_of_knowledge(scratch: Graph, tmp_path: Path) -> None:
    load_case(scratch, tmp_path, STATED)
    assert scratch.ask(SCALARS, known="2025-06-14")["party"]["name"] == "Old Exland"
    assert scratch.ask(SCALARS, known="2025-06-01") == {
        "party": {"label": "Exland", "name": "Exland", "iso2": "XX", "iso3": "XAA", "numeric": "991"},
        "agreement": {"name": "The pact", "kind": "deal", "binding": False, "wtoRtaId": 7},
        "node": {"kind": "NOTICE", "promulgated": "2025-01-01", "number": "1"},
    }


DENIED = """\
Meeting:
  - {id: meeting/m, name: The meeting}
MeetingRecord:
  - {meeting: meeting/m, kind: SUMMIT, status: HELD, place: Exville, modality: DENIED,
     evidence: [{source: source/test/act, locator: x}]}
"""


def test_a_meeting_does_not_show_what_is_denied_of_it(scratch: Graph, tmp_path: Path) -> None:
    load_case(scratch, tmp_path, DENIED)
    assert scratch.ask('{ meeting(id: "meeting/m") { kind status place records { modality place } } }')["meeting"] == {
        "kind": "OTHER",
        "status": "UNKNOWN",
        "place": None,
        "records": [{"modality": "DENIED", "place": "Exville"}],
    }


ORGANISATIONS: list[Record] = [Organisation(id=f"organisation/{name}", name=name) for name in "abc"]
NAMED = st.sampled_from(["a", "b", "c"])
DECLARATIONS: st.SearchStrategy[Entity] = st.one_of(
    st.builds(
        lambda name, body, more: Post(
            id="post/p", name=name, organisation=body and f"organisation/{body}", alternative_names=more
        ),
        NAMED,
        st.none() | NAMED,
        st.lists(NAMED, max_size=2).map(tuple),
    ),
    st.builds(lambda iso: Country(id="country/xa", name="Exland", code="XA", iso2=iso), st.none() | NAMED),
    st.builds(
        lambda day: Instrument(id="instrument/i", name="act", kind=InstrumentKind.NOTICE, promulgated=day),
        st.none() | st.sampled_from([date(2025, 1, 1), date(2025, 1, 2)]),
    ),
    st.builds(
        lambda binding, talks: Agreement(id="agreement/t", name="t", binding=binding, negotiation=talks),
        st.none() | st.booleans(),
        st.none() | st.sampled_from(["negotiation/x", "negotiation/y"]),
    ),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DECLARATIONS, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_declarations_of_one_entity_are_one_in_any_order(
    scratch: Graph, declared: list[Entity], chance: random.Random
) -> None:
    """Also where they differ in an end or one lacks what another has; loading one again changes nothing."""
    pictures = []
    for _ in range(2):
        scratch.clear()
        chance.shuffle(declared)
        for each in declared:
            scratch.load([each])
        scratch.load(ORGANISATIONS)
        assert scratch.load(chance.sample(declared, 1)).changed == 0
        pictures.append(scratch.picture())
    assert pictures[0] == pictures[1]
    ends = scratch.cypher(
        "MATCH (n)-[r:ORGANISATION|NEGOTIATION]->() WITH n, count(r) AS ends RETURN max(ends) AS most"
    )
    assert ends[0]["most"] in (None, 1)


def test_an_end_that_is_declared_otherwise_replaces_the_other(scratch: Graph) -> None:
    posts = [Post(id="post/p", name="p", organisation=f"organisation/{name}") for name in "ab"]
    scratch.load([*ORGANISATIONS, posts[1]])
    document = '{ node(id: "post/p") { ... on Post { organisation { id } } } }'
    assert scratch.ask(document)["node"] == {"organisation": {"id": "organisation/b"}}
    assert scratch.load([posts[0]]).changed == 1
    scratch.load([posts[1]])
    assert scratch.ask(document)["node"] == {"organisation": {"id": "organisation/a"}}
