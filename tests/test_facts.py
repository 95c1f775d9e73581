"""What design.md, section 2, promises of every fact, on small made-up statements: the envelope, what supersedes what, who contradicts whom."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders import curated
from schema.agreements import Agreement
from schema.base import (
    Condition,
    Entity,
    Evidence,
    Modality,
    Organisation,
)
from schema.dates import parse_partial
from schema.identity import fact_id
from schema.ontology import ENTITIES, KINDS, Record, concrete, fields_of
from schema.parties import Country, Party
from schema.people import Post, Tenure
from schema.tariffs import Instrument, InstrumentKind
from schema.validity import faults
from tests.conftest import Graph
from tests.test_time import _picture

HEAD = """\
Source:
  - {id: source/test/paper, name: paper, kind: PRESS, published: 2025-06-14, redistribution: ALL}
  - {id: source/test/later, name: later, kind: PRESS, published: 2025-06-20, redistribution: ALL}
  - {id: source/test/roll, name: roll, kind: DATASET, published: 2025-06-10, redistribution: ALL}
  - {id: source/test/act, name: act, kind: ACT, published: 2025-06-01, redistribution: ALL}
  - {id: source/test/found, name: found, kind: PRESS, retrieved: 2025-07-04, redistribution: ALL}
Organisation:
  - {id: organisation/test/press, name: The press office}
Person:
  - {id: person/a, name: Ann}
Post:
  - {id: post/p, name: Minister}
Country:
  - {id: country/xa, name: Exland, code: XA, iso2: XA, iso3: XAA, numeric: "991"}
  - {id: country/xb, name: Wyland, code: XB, iso2: XB, iso3: XBB, numeric: "992"}
  - {id: country/xc, name: Zedland, code: XC, iso2: XC, iso3: XCC, numeric: "993"}
"""
TENURES = """
query ($at: Date, $known: Date) { person(id: "person/a", at: $at, asKnownOn: $known) { tenures {
  validFrom validTo knownFrom knownTo modality certainty preferred
  contradictedBy { ... on Tenure { validFrom validTo } }
  evidence { locator claimedBy { name } chain { name } quote published source { name } }
  conditions { description happens evidence { source { name } } }
} } }
"""


def _load(graph: Graph, folder: Path, text: str) -> None:
    file = folder / "case.yaml"
    file.write_text(HEAD + text)
    graph.load(curated.load([file], known=[]))


def _tenure(source: str, more: str = "", envelope: str = "") -> str:
    return f"""\
  - person: person/a
    post: post/p
    {more}
    evidence: [{{source: source/test/{source}, locator: x{envelope}}}]
"""


def _tenures(graph: Graph, *fields: str, **moment: str) -> list[Any]:
    found = graph.ask(TENURES, **moment)["person"]["tenures"]
    return [tuple(each[field] for field in fields) if fields else each for each in found]


DESIGNED = """
Country Group Person Post Organisation Negotiation Meeting Agreement Product Instrument Topic Source
Membership Tenure MeetingRecord Participation Discussion Position Outcome AgreementEvent Commitment TariffMeasure Suspension Annulment
StackingRule Quota Succession Amendment Attribute
"""


def test_every_kind_of_the_design_is_there() -> None:
    assert sorted(kind.__name__ for kind in KINDS) == sorted(DESIGNED.split())
    assert {kind.__name__ for kind in concrete(Party)} == {"Country", "Group"}


def test_what_an_entity_itself_points_at() -> None:
    """Beside the parents of codes: what is declared with the entity and no source disputes. All else is a fact."""
    ends = {(kind.__name__, spec.name) for kind in ENTITIES for spec in fields_of(kind) if spec.end}
    assert ends == {
        ("Product", "parent"),
        ("Post", "organisation"),
        ("Post", "party"),
        ("Organisation", "party"),
        ("Source", "publisher"),
        ("Instrument", "issuer"),
        ("Agreement", "negotiation"),
    }


def test_the_whole_envelope(scratch: Graph, tmp_path: Path) -> None:
    """Locator, who claims it, the chain, the quote; a condition with evidence of its own."""
    more = (
        "valid_from: 2025-05\n    modality: CONDITIONAL\n    conditions:\n"
        "      - {description: She is sworn in., happens: true, evidence: [{source: source/test/roll, locator: y}]}"
    )
    envelope = ", claimed_by: organisation/test/press, quote: Words., chain: [source/test/found, source/test/act]"
    _load(scratch, tmp_path, "Tenure:\n" + _tenure("paper", more, envelope))
    assert _tenures(scratch) == [
        {
            "validFrom": "2025-05",
            "validTo": None,
            "knownFrom": "2025-06-14",
            "knownTo": None,
            "modality": "CONDITIONAL",
            "certainty": "CERTAIN",
            "preferred": True,
            "contradictedBy": [],
            "evidence": [
                {
                    "locator": "x",
                    "claimedBy": {"name": "The press office"},
                    "chain": [{"name": "paper"}, {"name": "found"}, {"name": "act"}],
                    "quote": "Words.",
                    "published": "2025-06-14",
                    "source": {"name": "paper"},
                }
            ],
            "conditions": [
                {"description": "She is sworn in.", "happens": True, "evidence": [{"source": {"name": "roll"}}]}
            ],
        }
    ]


MODALITIES = ["ASSERTED", "PLANNED", "POSSIBLE", "CONDITIONAL", "DEMANDED", "DENIED"]


@pytest.mark.parametrize("modality", MODALITIES)
def test_each_modality_is_kept(scratch: Graph, tmp_path: Path, modality: str) -> None:
    assert list(Modality) == MODALITIES
    _load(scratch, tmp_path, "Tenure:\n" + _tenure("paper", f"modality: {modality}"))
    assert _tenures(scratch, "modality") == [(modality,)]


def test_a_condition_needs_evidence_of_its_own() -> None:
    stands = (Evidence(source="source/test/paper"),)
    bare = Condition(description="If.", happens=True, evidence=())
    assert faults(Tenure(person="person/a", post="post/p", conditions=(bare,), evidence=stands)) == [
        "a condition without evidence"
    ]


@pytest.mark.parametrize("ends", ["valid_from: 2025-03-01", "valid_to: 2025-09-01", ""])
def test_a_missing_end_is_open(scratch: Graph, tmp_path: Path, ends: str) -> None:
    _load(scratch, tmp_path, "Tenure:\n" + _tenure("paper", ends))
    held = [len(_tenures(scratch, at=day)) for day in ("1900-01-01", "2025-06-01", "2099-01-01")]
    assert held == [int("from" not in ends), 1, int("to" not in ends)]


@pytest.mark.parametrize(
    ("evidence", "known"),
    [
        ([("paper", ""), ("later", "")], "2025-06-14"),
        ([("later", ""), ("paper", "")], "2025-06-14"),
        ([("found", "")], "2025-07-04"),
        ([("later", ", published: 2025-03-03")], "2025-03-03"),
        ([("paper", ""), ("later", ", published: 2025-03-03")], "2025-03-03"),
    ],
    ids=["the earliest", "in any order", "retrieved", "as if with its act", "an annex beside a paper"],
)
def test_a_fact_is_known_from_its_earliest_publication(
    scratch: Graph, tmp_path: Path, evidence: list[tuple[str, str]], known: str
) -> None:
    text = "".join(_tenure(source, "valid_from: 2025-01", envelope) for source, envelope in evidence)
    _load(scratch, tmp_path, "Tenure:\n" + text)
    assert _tenures(scratch, "knownFrom") == [(known,)]
    assert (len(_tenures(scratch, known=known)), _tenures(scratch, known="2025-02-01")) == (1, [])


SUPERSEDED = _tenure("paper", "valid_to: 2025-08-01\n    key: old")
NEWER = _tenure("later", "valid_to: 2025-09-01\n    key: new\n    supersedes: [old]")
NEWEST = _tenure("found", "valid_to: 2025-10-01\n    supersedes: [old]")
OLD = "query ($id: ID!) { node(id: $id) { ... on Tenure { knownTo } } }"


def _known_to(graph: Graph) -> str | None:
    [row] = graph.cypher("MATCH (t:Tenure {valid_to: '2025-08-01'}) RETURN t.id AS id")
    known_to: str | None = graph.ask(OLD, id=row["id"])["node"]["knownTo"]
    return known_to


def test_a_fact_is_known_to_the_first_that_supersedes_it(scratch: Graph, tmp_path: Path) -> None:
    _load(scratch, tmp_path, "Tenure:\n" + SUPERSEDED + NEWEST + NEWER)
    assert _known_to(scratch) == "2025-06-20"
    assert _tenures(scratch, "validTo", "contradictedBy", known="2025-06-19") == [("2025-08-01", [])]
    assert _tenures(scratch, "validTo", "contradictedBy", known="2025-06-20") == [("2025-09-01", [])]


def test_what_is_superseded_may_be_loaded_later(scratch: Graph, tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(HEAD + "Tenure:\n" + SUPERSEDED + NEWER)
    *before, old, new = curated.load([file], known=[])
    for records in ([*before, new], [old]):
        scratch.load(records)
    assert _known_to(scratch) == "2025-06-20"


def test_what_was_retracted_supersedes_nothing(scratch: Graph, tmp_path: Path) -> None:
    """The later article was misread: it says nothing of the old tenure."""
    _load(scratch, tmp_path, "Tenure:\n" + SUPERSEDED + NEWER)
    assert _known_to(scratch) == "2025-06-20"
    _load(scratch, tmp_path, "Tenure:\n" + SUPERSEDED + NEWER.replace("    supersedes: [old]\n", "    acting: true\n"))
    assert _known_to(scratch) is None
    assert _tenures(scratch, "validTo", known="2025-06-19") == [("2025-08-01",)]


@given(
    st.lists(st.sampled_from(["source/a", "source/b"]), min_size=1),
    st.none() | st.text(),
    st.lists(st.text()),
    st.booleans(),
)
def test_neither_evidence_nor_what_it_supersedes_names_a_fact(
    sources: list[str], key: str | None, supersedes: list[str], void: bool
) -> None:
    """And so no day of knowledge does."""
    plain = Tenure(person="person/a", post="post/p", valid_from=parse_partial("2025"))
    evidence = tuple(Evidence(source=each, locator="x", published=date(2025, 1, 1)) for each in sources)
    told = Tenure(
        **{**vars(plain), "evidence": evidence, "key": key, "supersedes": tuple(supersedes), "rest_void": void}
    )
    assert fact_id(told) == fact_id(plain)


CONTRADICTIONS = {
    "separate terms do not": (("roll", "2020-01-01", "2021-01-01"), ("paper", "2022-01-01", "2023-01-01"), False),
    "other ends of one term do": (("roll", "2020-01-01", "2021-01-01"), ("paper", "2020-01-01", "2020-12-01"), True),
    "one that ends as the next begins does not": (
        ("roll", "2020-01-01", "2021-01-01"),
        ("paper", "2021-01-01", "2022-01-01"),
        False,
    ),
    "a missing end does not": (("roll", "2020-01-01", "2026-01-01"), ("paper", "2020-01-01", None), False),
    "a date within the other does not": (("roll", "2020-03-05", "2021-01-01"), ("paper", "2020-03", "2021"), False),
    "an open end claims to its source's day": (("roll", "2020-01-01", None), ("paper", "2025-06-10", None), True),
    "and no further": (("roll", "2020-01-01", None), ("paper", "2025-06-11", None), False),
    "but for an act": (("act", "2020-01-01", None), ("paper", "2025-06-11", None), True),
}


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_which_tenures_contradict(scratch: Graph, tmp_path: Path, case: str) -> None:
    """Preferred and shown is the dataset before the press, and the act before both."""
    *pair, contradict = CONTRADICTIONS[case]
    periods = [
        "\n    ".join(f"{name}: {day}" for name, day in (("valid_from", start), ("valid_to", end)) if day)
        for _, start, end in pair
    ]
    texts = [_tenure(source, period) for (source, *_), period in zip(pair, periods, strict=True)]
    _load(scratch, tmp_path, "Tenure:\n" + "".join(texts))
    (_, *first), (_, *second) = pair
    shown = _tenures(scratch, "validFrom", "validTo", "contradictedBy")
    if contradict:
        assert shown == [(*first, [{"validFrom": second[0], "validTo": second[1]}])]
    else:
        assert sorted(shown, key=str) == sorted([(*first, []), (*second, [])], key=str)


MEASURES = """\
Product:
  - {id: product/test/8703, name: Cars, nomenclature: test, code: "8703"}
TariffMeasure:
  - each:
      - {source: act, rate: 25%, from: 2025-06-10, to: 2025-07-01, modality: ASSERTED}
      - {source: paper, rate: 20%, from: 2025-07-01, to: 2025-08-01, modality: ASSERTED}
      - {source: roll, rate: 25.0%, from: 2025-06-20, to: 2025-07-10, modality: ASSERTED}
    importer: country/xa
    products: {include: ["8703"]}
    product_scope: cars
    authority: S232
    duty: "{rate}"
    valid_from: "{from}"
    valid_to: "{to}"
    evidence: [{source: "source/test/{source}", locator: three}]
"""
RATES = """{ tariffMeasures(filter: { importer: "XA" }) { nodes {
  duty { text } contradictedBy { ... on TariffMeasure { duty { text } } } } } }"""


def test_rates_contradict_only_where_they_overlap_and_differ(scratch: Graph, tmp_path: Path) -> None:
    """The press differs from the act but does not overlap; the dataset overlaps both and differs from the press alone."""
    _load(scratch, tmp_path, MEASURES)
    found = {
        each["duty"]["text"]: [other["duty"]["text"] for other in each["contradictedBy"]]
        for each in scratch.ask(RATES)["tariffMeasures"]["nodes"]
    }
    assert found == {"25%": [], "20%": ["25.0%"], "25.0%": ["20%"]}


def _events(*rows: tuple[str, str, str | None]) -> str:
    """Rows: stage, day, party."""
    text = "Agreement:\n  - {id: agreement/t, name: The pact}\nAgreementEvent:\n"
    for stage, day, party in rows:
        end = f", party: country/{party}" if party else ""
        text += (
            f"  - {{agreement: agreement/t, stage: {stage}, valid_from: {day}{end}, "
            "evidence: [{source: source/test/act, locator: one}]}\n"
        )
    return text


STATE = """
query ($at: Date) { agreement(id: "agreement/t", at: $at) { state bound { code } parties { code } } }
"""


def _states(graph: Graph, *days: str | None) -> list[tuple[str, list[str]]]:
    found = [graph.ask(STATE, at=day)["agreement"] for day in days]
    return [(each["state"], [party["code"] for party in each["bound"]]) for each in found]


def test_case_f_a_treaty_that_never_came_into_force(scratch: Graph, tmp_path: Path) -> None:
    signed = [("SIGNED", "2016-02-04", party) for party in ("xa", "xb")]
    _load(scratch, tmp_path, _events(("LAUNCHED", "2008-03-01", None), *signed))
    assert _states(scratch, "2008-03-01", "2016-02-03", "2016-02-04", "2099-01-01", None) == [
        ("NEGOTIATING", []),
        ("NEGOTIATING", []),
        ("SIGNED", []),
        ("SIGNED", []),
        ("SIGNED", []),
    ]


def test_case_f_a_party_that_accedes_on_a_day_to_come(scratch: Graph, tmp_path: Path) -> None:
    """Published, known, and without effect before its day."""
    force = [("IN_FORCE", "2018-12-30", party) for party in ("xa", "xb")]
    _load(scratch, tmp_path, _events(*force, ("ACCEDED", "2090-05-01", "xc")))
    assert _states(scratch, "2018-12-29", "2018-12-30", None, "2090-04-30", "2090-05-01") == [
        (None, []),
        ("IN_FORCE", ["XA", "XB"]),
        ("IN_FORCE", ["XA", "XB"]),
        ("IN_FORCE", ["XA", "XB"]),
        ("IN_FORCE", ["XA", "XB", "XC"]),
    ]
    assert [each["code"] for each in scratch.ask(STATE)["agreement"]["parties"]] == ["XA", "XB", "XC"]


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
    _load(scratch, tmp_path, STATED)
    assert scratch.ask(SCALARS) == {
        "party": {"label": "New Exland", "name": "New Exland", "iso2": "XX", "iso3": "XAA", "numeric": "991"},
        "agreement": {"name": "The pact", "kind": "framework", "binding": True, "wtoRtaId": 12},
        "node": {"kind": "REGULATION", "promulgated": "2025-01-02", "number": "1"},
    }


def test_an_entity_shows_what_was_stated_by_the_day_of_knowledge(scratch: Graph, tmp_path: Path) -> None:
    _load(scratch, tmp_path, STATED)
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
    _load(scratch, tmp_path, DENIED)
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
        pictures.append(_picture(scratch))
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
