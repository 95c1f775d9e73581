"""What design.md, section 2, promises of every fact, on small made-up statements: the envelope, what supersedes what, who contradicts whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import curated
from schema.base import (
    Condition,
    Evidence,
    Modality,
)
from schema.dates import parse_partial
from schema.identity import fact_id
from schema.ontology import ENTITIES, KINDS, concrete, fields_of
from schema.parties import Party
from schema.people import Tenure
from schema.validity import faults
from tests.case import HEAD, load_case
from tests.conftest import Graph

TENURES = """
query ($at: Date, $known: Date) { person(id: "person/a", at: $at, asKnownOn: $known) { tenures {
  validFrom validTo knownFrom knownTo modality certainty preferred
  contradictedBy { ... on Tenure { validFrom validTo } }
  evidence { locator claimedBy { name } chain { name } quote published source { name } }
  conditions { description happens evidence { source { name } } }
} } }
"""


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
    load_case(scratch, tmp_path, "Tenure:\n" + _tenure("paper", more, envelope))
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
    load_case(scratch, tmp_path, "Tenure:\n" + _tenure("paper", f"modality: {modality}"))
    assert _tenures(scratch, "modality") == [(modality,)]


def test_a_condition_needs_evidence_of_its_own() -> None:
    stands = (Evidence(source="source/test/paper"),)
    bare = Condition(description="If.", happens=True, evidence=())
    assert faults(Tenure(person="person/a", post="post/p", conditions=(bare,), evidence=stands)) == [
        "a condition without evidence"
    ]


@pytest.mark.parametrize("ends", ["valid_from: 2025-03-01", "valid_to: 2025-09-01", ""])
def test_a_missing_end_is_open(scratch: Graph, tmp_path: Path, ends: str) -> None:
    load_case(scratch, tmp_path, "Tenure:\n" + _tenure("paper", ends))
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
    load_case(scratch, tmp_path, "Tenure:\n" + text)
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
    load_case(scratch, tmp_path, "Tenure:\n" + SUPERSEDED + NEWEST + NEWER)
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
    load_case(scratch, tmp_path, "Tenure:\n" + SUPERSEDED + NEWER)
    assert _known_to(scratch) == "2025-06-20"
    load_case(
        scratch, tmp_path, "Tenure:\n" + SUPERSEDED + NEWER.replace("    supersedes: [old]\n", "    acting: true\n")
    )
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
    load_case(scratch, tmp_path, "Tenure:\n" + "".join(texts))
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
    load_case(scratch, tmp_path, MEASURES)
    found = {
        each["duty"]["text"]: [other["duty"]["text"] for other in each["contradictedBy"]]
        for each in scratch.ask(RATES)["tariffMeasures"]["nodes"]
    }
    assert found == {"25%": [], "20%": ["25.0%"], "25.0%": ["20%"]}
