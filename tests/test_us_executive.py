"""Presidents and vice presidents: terms to the day, one Trump with the shipped data, and what cannot be read."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.cli.loading import load_paths
from graph.checksum import checksum
from graph.embedded.progress import progress_on
from loaders import curated, us_executive
from loaders.bad_row import BadRow
from loaders.streams import text_of
from schema.people import Person, Tenure
from tests.conftest import SHARED, Graph

FILE = SHARED / "data" / "us_executive" / "executive.yaml"
ANN = """\
- id: {govtrack: 7, bioguide: A000001}
  name: {first: Ann, middle: Bea, last: Example, nickname: Annie, suffix: Jr.}
  terms:
  - {type: prez, start: '2021-01-20', end: '2025-01-20'}
"""


def _read(text: str) -> list[Any]:
    return list(us_executive.read(io.StringIO(text)))


def test_an_entry_becomes_a_person_with_its_names_and_terms() -> None:
    [person] = [each for each in _read(ANN) if isinstance(each, Person)]
    assert person == Person(
        id="person/govtrack/7", name="Ann Bea Example Jr.", alternative_names=("Ann Example", "Annie Example")
    )
    [term] = [each for each in _read(ANN) if isinstance(each, Tenure)]
    assert (term.post, str(term.valid_from), str(term.valid_to)) == ("post/us/president", "2021-01-20", "2025-01-20")


@pytest.mark.parametrize(
    ("right", "wrong", "line", "column", "reason"),
    [
        ("govtrack: 7", "govtrack: x", 1, "govtrack", "no number of GovTrack, by which entries are told apart"),
        ("prez", "king", 1, "type", "a term must be of type prez or viceprez"),
        ("2025-01-20", "2025-13-01", 1, "terms", "'2025-13-01' is not a date: month must be in 1..12"),
        ("2025-01-20", "2021-01-20", 1, "end", "not after the start, 2021-01-20"),
        ("last: Example, ", "", 1, "name", "a person needs a first and a last name"),
        ("  terms:", "  terms: 1\n  more:", 1, None, "an entry needs id, name and terms"),
    ],
)
def test_what_cannot_be_read_is_set_aside(right: str, wrong: str, line: int, column: str | None, reason: str) -> None:
    [bad] = [each for each in _read(ANN.replace(right, wrong)) if isinstance(each, BadRow)]
    assert (bad.line, bad.column, bad.reason) == (line, column, reason)


def test_what_is_no_list_or_no_yaml_is_refused() -> None:
    assert _read("a: 1\n") == [BadRow(1, None, None, "the file must be a list of persons")]
    [bad] = _read(ANN + "- {id: [\n")
    assert bad.line == 6


HELD = """query($post: ID!, $day: Date!) {
  node(id: $post, at: $day) { ... on Post { holders { person { id name } validTo } } }
}"""


def _held(graph: Graph, post: str, day: str) -> list[tuple[str, str, str]]:
    found = graph.ask(HELD, post=post, day=day)["node"]["holders"]
    return [(each["person"]["id"], each["person"]["name"], each["validTo"]) for each in found]


@pytest.mark.shared
def test_every_term_of_the_file_is_a_tenure() -> None:
    entries = yaml.safe_load(FILE.read_text())
    with text_of(FILE) as text:
        read = list(us_executive.read(text))
    assert Counter(type(each).__name__ for each in read) == {
        "Source": 1, "Post": 2, "Person": 80, "Tenure": 131, "Attribute": 80 + 67 + 8,
    }  # fmt: skip
    found = Counter((str(e.valid_from), str(e.valid_to), e.post) for e in read if isinstance(e, Tenure))
    posts = us_executive.POSTS
    assert found == Counter((t["start"], t["end"], posts[t["type"]]) for each in entries for t in each["terms"])


@pytest.mark.shared
def test_presidents_on_a_day_beside_the_shipped_data_in_any_order(scratch: Graph, tmp_path: Path) -> None:
    """The Trump and the Biden of the shipped data have the number of GovTrack that the file gives them: no second one."""

    def load() -> int:
        [summary] = scratch.run(load_paths(scratch.database, "us_executive", [FILE], tmp_path, progress_on()))
        assert summary.quarantined == 0
        return summary.loaded

    scratch.load(curated.load([curated.SHIPPED / "people.yaml"]))
    load()
    assert load() == 0
    president, vice = us_executive.POSTS.values()
    assert _held(scratch, president, "2025-06-13") == [("person/donald-trump", "Donald J. Trump", "2029-01-20")]
    assert _held(scratch, president, "2025-01-19") == [("person/joe-biden", "Joseph R. Biden", "2025-01-20")]
    assert _held(scratch, vice, "2010-01-01") == [("person/joe-biden", "Joseph R. Biden", "2013-01-20")]
    assert _held(scratch, vice, "1974-08-09") == []
    [(_, name, _)] = _held(scratch, president, "1974-08-09")
    assert name == "Gerald Rudolph Ford Jr."
    whole = scratch.run(checksum(scratch.database.driver, scratch.database.name, progress_on())).checksum
    scratch.clear()
    load()
    scratch.load(curated.load([curated.SHIPPED / "people.yaml"]))
    assert scratch.run(checksum(scratch.database.driver, scratch.database.name, progress_on())).checksum == whole
