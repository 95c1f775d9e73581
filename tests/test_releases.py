"""Releases of a register (worked case E, design.md section 2), in any order of loading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.base import Evidence, Redistribution, Source, SourceKind
from schema.dates import parse_partial
from schema.duty_grammar import read_duty
from schema.ontology import Record
from schema.parties import Country
from schema.releases import Release, Stated, settle
from schema.tariffs import ProductScope, TariffMeasure
from tests.conftest import Graph

Rows = dict[str, tuple[str, str]]
"""What a release states: code -> (duty, first day)."""
FIRST = "2025-06-06", {"1001": ("2.5%", "2000-01-01"), "2002": ("5%", "2010-01-01"), "3003": ("1%", "2001-01-01")}
SECOND = "2025-12-01", {"1001": ("2%", "2025-10-01"), "3003": ("1%", "2001-01-01"), "4004": ("7%", "2020-01-01")}
THIRD = "2026-06-01", {"1001": ("2%", "2025-10-01"), "2002": ("5%", "2010-01-01"), "3003": ("1%", "2001-01-01")}


def _release(day: str, rows: Rows) -> Iterator[Record]:
    source = f"source/test/register-{day}"
    yield Country(id="country/xa", name="Exland", code="XA")
    yield Source(
        id=source,
        name=f"Register, {day}",
        kind=SourceKind.DATASET,
        redistribution=Redistribution.ALL,
        published=date.fromisoformat(day),
        dataset="test/register",
    )
    for code, (duty, since) in rows.items():
        yield TariffMeasure(
            importer="country/xa",
            authority="MFN",
            duty=read_duty(duty),
            product_scope=code,
            products=ProductScope(include=(code,)),
            valid_from=parse_partial(since),
            row=f"test/register#{code}",
            evidence=(Evidence(source=source, locator=f"row {code}"),),
        )


MEASURES = """
query ($product: String!, $at: Date, $known: Date) {
  tariffMeasures(filter: { importer: "XA", product: $product }, at: $at, asKnownOn: $known) {
    nodes { duty { text } validFrom validTo knownFrom knownTo certainty evidence { source { id } } }
  }
}
"""


def _measures(graph: Graph, product: str, **moment: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = graph.ask(MEASURES, product=product, **moment)["tariffMeasures"]["nodes"]
    return found


def _duties(graph: Graph, product: str, **moment: str) -> list[str]:
    return [f"{each['duty']['text']} {each['certainty']}" for each in _measures(graph, product, **moment)]


@pytest.fixture(params=[(FIRST, SECOND), (SECOND, FIRST)], ids=["in order", "the later first"])
def register(request: pytest.FixtureRequest, scratch: Graph) -> Graph:
    for release in request.param:
        scratch.load(_release(*release))
    return scratch


def test_a_changed_row_is_known_from_its_release(register: Graph) -> None:
    assert _duties(register, "1001", at="2025-11-01", known="2025-11-15") == ["2.5% CERTAIN"]
    assert _duties(register, "1001", at="2025-11-01") == ["2% CERTAIN"]
    assert _duties(register, "1001", at="2025-09-30") == ["2.5% CERTAIN"]


def test_a_register_restates_what_was_public(register: Graph) -> None:
    assert _duties(register, "1001", at="2005-01-01", known="2005-01-01") == ["2.5% CERTAIN"]
    [old] = _measures(register, "1001", known="2025-11-30")
    assert (old["knownFrom"], old["validTo"], old["evidence"] != []) == ("2000-01-01", None, True)


def test_the_old_row_is_restated_with_its_end(register: Graph) -> None:
    periods = [(each["validFrom"], each["validTo"], each["knownFrom"]) for each in _measures(register, "1001")]
    assert periods == [("2000-01-01", "2025-10-01", "2025-12-01"), ("2025-10-01", None, "2025-12-01")]


def test_a_vanished_row_ends_between_the_releases(register: Graph) -> None:
    assert _duties(register, "2002", at="2025-06-06") == ["5% CERTAIN"]
    assert _duties(register, "2002", at="2025-06-07") == ["5% POSSIBLE"]
    assert _duties(register, "2002", at="2025-11-30") == ["5% POSSIBLE"]
    assert _duties(register, "2002", at="2025-12-01") == []
    assert _duties(register, "2002", at="2025-12-01", known="2025-11-30") == ["5% CERTAIN"]


def test_an_unchanged_row_adds_evidence(register: Graph) -> None:
    [same] = _measures(register, "3003")
    assert len(same["evidence"]) == 2
    assert (same["knownFrom"], same["knownTo"]) == ("2001-01-01", None)


def test_a_row_that_an_earlier_release_lacked_is_known_from_its_release(register: Graph) -> None:
    [new] = _measures(register, "4004")
    assert (new["validFrom"], new["knownFrom"]) == ("2020-01-01", "2025-12-01")


def test_a_row_that_comes_back(register: Graph) -> None:
    register.load(_release(*THIRD))
    assert _duties(register, "2002", at="2026-07-01") == ["5% CERTAIN"]
    assert _duties(register, "2002", at="2026-03-01") == ["5% POSSIBLE"]
    assert _duties(register, "2002", at="2026-03-01", known="2026-05-31") == []


def test_a_row_that_changes_from_its_own_first_day_on_supersedes_the_old(register: Graph) -> None:
    """Nothing is left of the old row that could be restated with an end."""
    register.load(_release("2026-06-01", {"1001": ("2%", "2025-10-01"), "3003": ("3%", "2001-01-01")}))
    [new] = _measures(register, "3003")
    assert (new["duty"]["text"], new["knownFrom"]) == ("3%", "2026-06-01")
    [old] = _measures(register, "3003", known="2026-05-31")
    assert (old["duty"]["text"], old["knownFrom"]) == ("1%", "2001-01-01")


def test_the_old_row_is_superseded_on_the_day_of_the_release(register: Graph) -> None:
    [found] = register.cypher(
        "MATCH (f:TariffMeasure {duty_ad_valorem: '2.5'}) WHERE f.valid_to IS NULL RETURN f.id AS id"
    )
    document = "query ($id: ID!) { node(id: $id) { ... on TariffMeasure { knownFrom knownTo retractedAt } } }"
    assert register.ask(document, id=found["id"])["node"] == {
        "knownFrom": "2000-01-01",
        "knownTo": "2025-12-01",
        "retractedAt": None,
    }


def test_any_order_of_releases_gives_the_same_graph(scratch: Graph) -> None:
    pictures = []
    for order in permutations((FIRST, SECOND, THIRD)):
        scratch.clear()
        for release in order:
            scratch.load(_release(*release))
        pictures.append(scratch.picture())
    assert all(picture == pictures[0] for picture in pictures)


def test_a_fact_that_another_file_states_without_a_row_is_the_same_in_any_order(scratch: Graph) -> None:
    first = list(_release(*FIRST))
    beside = [replace(each, row=None) for each in first if isinstance(each, TariffMeasure)]
    pictures = []
    for records in ([*beside, *first], [*first, *beside]):
        scratch.clear()
        scratch.load(records)
        scratch.load(_release(*SECOND))
        pictures.append(scratch.picture())
    assert pictures[0] == pictures[1]


def test_the_same_release_twice_changes_nothing(register: Graph) -> None:
    before = register.picture(with_time=True)
    for release in (SECOND, FIRST):
        register.load(_release(*release))
    assert register.picture(with_time=True) == before


DAYS = [date(2025, month, 1) for month in (1, 4, 7, 10)]
ROWS = st.lists(st.sampled_from([None, "a", "b", "c"]), min_size=4, max_size=4)


@given(ROWS)
def test_an_added_release_never_changes_what_was_known_before(rows: list[str | None]) -> None:
    """design.md, section 2: a later release changes no answer as known on an earlier day."""
    releases = [Release(f"r{index}", day) for index, day in enumerate(DAYS)]
    stated = [Stated(name, parse_partial("2020"), None) if name else None for name in rows]
    for count in range(1, 4):
        before = settle(releases[:count], stated[:count])
        after = settle(releases, stated)
        assert before.known.items() <= after.known.items()
        assert set(before.supersedes) <= set(after.supersedes)
        assert list(before.restated) == list(after.restated)[: len(before.restated)]
