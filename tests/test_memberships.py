"""Who belonged to which group on a day: accessions, exits, what was known of them, and countries that no longer exist."""

from __future__ import annotations

from collections import Counter

import pytest

from loaders import curated
from schema.parties import Membership
from tests.conftest import Graph

FILES = [curated.SHIPPED / f"{name}.yaml" for name in (
    "parties", "parties-exempt", "parties-former", "memberships", "memberships-groups"
)]  # fmt: skip
MEMBERS = """
query($id: ID!, $day: Date!, $known: Date) { node(id: $id, at: $day, asKnownOn: $known) {
  ... on Group { members { member { code } validTo } } } }
"""


@pytest.fixture
def parties(_graph: Graph) -> Graph:
    """The shipped parties and memberships."""
    return _graph.keep("parties", lambda: curated.load(FILES))


def _members(graph: Graph, group: str, day: str, known: str | None = None) -> set[str]:
    found = graph.ask(MEMBERS, id=f"group/{group}", day=day, known=known)["node"]["members"]
    return {each["member"]["code"] for each in found}


SIZES = [
    ("apec", "2025-06-15", 21), ("asean", "2025-10-25", 10), ("asean", "2025-10-26", 11), ("cptpp", "2024-12-14", 11),
    ("cptpp", "2024-12-15", 12), ("eaeu", "2025-06-15", 5), ("eea", "2020-01-31", 32), ("eea", "2020-02-01", 31),
    ("efta", "1985-12-31", 6), ("efta", "2025-06-15", 4), ("eu", "2013-06-30", 27), ("eu", "2013-07-01", 28),
    ("eu", "2020-02-01", 27), ("g20", "2023-09-08", 20), ("g20", "2023-09-09", 21), ("g7", "2025-06-15", 7),
    ("gcc", "2025-06-15", 6), ("mercosur", "2012-08-11", 4), ("mercosur", "2024-08-07", 6), ("oecd", "2025-06-15", 38),
    ("rcep", "2022-01-31", 10), ("rcep", "2023-06-02", 14), ("sacu", "2025-06-15", 5), ("usmca", "2025-06-15", 3),
    ("usmca", "2020-06-30", 0), ("wto", "2001-12-10", 142), ("wto", "2025-06-15", 166),
]  # fmt: skip
"""How many members a group had on a day; EEA with the Union as a party of its own, G20 and WTO too."""


def test_how_many_members_each_group_had(parties: Graph) -> None:
    assert [(group, day, len(_members(parties, group, day))) for group, day, _ in SIZES] == SIZES


@pytest.mark.parametrize(
    ("group", "code", "last", "first_without"),
    [
        ("eu", "GB", "2020-01-31", "2020-02-01"),
        ("eea", "GB", "2020-01-31", "2020-02-01"),
        ("efta", "GB", "1972-12-31", "1973-01-01"),
        ("efta", "FI", "1994-12-31", "1995-01-01"),
        ("efta", "PT", "1985-12-31", "1986-01-01"),
    ],
)
def test_who_left_is_a_member_to_the_day_before(
    parties: Graph, group: str, code: str, last: str, first_without: str
) -> None:
    assert code in _members(parties, group, last)
    assert code not in _members(parties, group, first_without)


@pytest.mark.parametrize(
    ("group", "code", "first"),
    [
        ("eu", "HR", "2013-07-01"), ("wto", "CN", "2001-12-11"), ("wto", "RU", "2012-08-22"), ("wto", "TL", "2024-08-30"),
        ("oecd", "CR", "2021-05-25"), ("cptpp", "GB", "2024-12-15"), ("rcep", "KR", "2022-02-01"), ("eea", "HR", "2014-04-12"),
        ("sacu", "NA", "1990-07-10"), ("g20", "AU", "1999-12-15"), ("apec", "VN", "1998-11-14"), ("mercosur", "BO", "2024-08-07"),
    ],
)  # fmt: skip
def test_who_joined_is_a_member_from_the_day(parties: Graph, group: str, code: str, first: str) -> None:
    year, month, day = map(int, first.split("-"))
    before = f"{year}-{month:02}-{day - 1:02}" if day > 1 else f"{year}-{month - 1:02}-28"
    assert code in _members(parties, group, first)
    assert code not in _members(parties, group, before)


def test_an_exit_was_not_known_before_it_was_agreed(parties: Graph) -> None:
    assert "GB" in _members(parties, "eea", "2021-06-15", known="2019-06-15")
    assert "GB" not in _members(parties, "eea", "2021-06-15", known="2020-06-15")


def test_fifteen_groups_with_an_official_source_each() -> None:
    memberships = [each for each in curated.load(FILES) if isinstance(each, Membership)]
    sources = {each.group: each.evidence[0].source for each in memberships}
    counts = Counter(each.group for each in memberships)
    assert len(counts) >= 16
    assert len(set(sources.values())) == len(sources)


def test_countries_that_no_longer_exist_have_their_days(parties: Graph) -> None:
    names = """query { former: node(id: "country/yucs") { ... on Country { code iso3 name } }
      soviet: search(text: "USSR", first: 1) { nodes { id name } } }"""
    assert parties.ask(names) == {
        "former": {"code": "YUCS", "iso3": "YUG", "name": "Yugoslavia"},
        "soviet": {"nodes": [{"id": "country/suhh", "name": "Soviet Union"}]},
    }
    facts = parties.cypher(
        "MATCH (c:Country)<-[:ABOUT]-(a:Attribute {name: 'name'}) WHERE size(c.code) = 4 "
        "RETURN c.code AS code, a.value AS name, a.valid_to AS until ORDER BY code, until"
    )
    assert [(each["code"], each["until"]) for each in facts] == [
        ("ANHH", "2010-10-10"), ("CSHH", "1993-01-01"), ("CSXX", "2003-02-04"), ("CSXX", "2006-06-03"), ("DDDE", "1990-10-03"),
        ("SUHH", "1991-12-26"), ("VDVN", "1976-07-02"), ("YDYE", "1990-05-22"), ("YUCS", "1992-04-27"),
    ]  # fmt: skip
