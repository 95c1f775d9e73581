"""The presidents and vice presidents of the United States and their terms: executive.yaml of congress-legislators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import IO, Any

import yaml

from loaders import curated, us_curated
from loaders.bad_row import BadRow
from schema.base import Attribute, Evidence
from schema.dates import BadDateError, parse_partial
from schema.ontology import Record
from schema.people import Person, Post, Tenure

URL = "https://github.com/unitedstates/congress-legislators"
"""By which the shipped source is found."""
DATASET = "us-executive"
POSTS = {"prez": "post/us/president", "viceprez": "post/us/vice-president"}
IDENTIFIERS = ("govtrack", "bioguide", "wikidata")
"""The registers whose numbers are stated; those of others are left out."""


def read(text: IO[str]) -> Iterator[Record | BadRow]:
    """Yield the posts, and for each entry the person with its terms."""
    entries = _entries(text)
    if isinstance(entries, BadRow):
        yield entries
        return
    yield us_curated.by_address()[URL]
    yield from _posts()
    for line, entry in entries:
        yield from [bad] if (bad := _fault(line, entry)) else _stated(line, entry)


def _entries(text: IO[str]) -> list[tuple[int, Any]] | BadRow:
    """The entries with their lines; all scalars are text."""
    try:
        loader = yaml.CBaseLoader(text.read())
        node = loader.get_single_node()
        if not isinstance(node, yaml.SequenceNode):
            return BadRow(1, None, None, "the file must be a list of persons")
        return [(each.start_mark.line + 1, loader.construct_object(each, deep=True)) for each in node.value]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        return BadRow(mark.line + 1 if mark else 1, None, None, f"not YAML: {error.problem}")
    except yaml.YAMLError as error:
        return BadRow(1, None, None, f"not YAML: {error}")


def _posts() -> Iterator[Post]:
    """The two posts: the shipped president, and beside it the vice president."""
    [president] = [each for each in _shipped() if isinstance(each, Post) and each.id == POSTS["prez"]]
    yield president
    yield replace(
        president,
        id=POSTS["viceprez"],
        name="Vice President of the United States",
        alternative_names=("US Vice President",),
    )


def _fault(line: int, entry: Any) -> BadRow | None:
    if not isinstance(entry, dict):
        return BadRow(line, None, str(entry), "an entry must be a mapping")
    parts = {name: entry.get(name) for name in ("id", "name", "terms")}
    if not (isinstance(parts["id"], dict) and isinstance(parts["name"], dict) and isinstance(parts["terms"], list)):
        return BadRow(line, None, None, "an entry needs id, name and terms")
    if not re.fullmatch("[0-9]+", str(parts["id"].get("govtrack", ""))):
        value = str(parts["id"].get("govtrack"))
        return BadRow(line, "govtrack", value, "no number of GovTrack, by which entries are told apart")
    if not (parts["name"].get("first") and parts["name"].get("last")):
        return BadRow(line, "name", str(parts["name"]), "a person needs a first and a last name")
    return None


def _stated(line: int, entry: Mapping[str, Any]) -> Iterator[Record | BadRow]:
    person = _person(entry)
    yield person
    for register in IDENTIFIERS:
        if number := entry["id"].get(register):
            yield Attribute(about=person.id, name=register, value=number, **_stands(entry, register))
    for term in entry["terms"]:
        yield _tenure(line, entry, person, term)


def _person(entry: Mapping[str, Any]) -> Person:
    """Someone that the shipped data knows by the same number of GovTrack keeps the id and the name that ship."""
    name, govtrack = entry["name"], entry["id"]["govtrack"]
    last = " ".join(filter(None, (name["last"], name.get("suffix"))))
    full = name.get("official_full") or " ".join(filter(None, (name["first"], name.get("middle"), last)))
    given = {name["first"], name.get("nickname", name["first"])}
    others = {full, *(f"{each} {name['last']}" for each in given), entry["id"].get("wikipedia", full)}
    shipped = _by_govtrack().get(govtrack) or Person(id=f"person/govtrack/{govtrack}", name=full)
    return replace(shipped, alternative_names=tuple(sorted({*shipped.alternative_names, *others} - {shipped.name})))


def _tenure(line: int, entry: Mapping[str, Any], person: Person, term: Any) -> Tenure | BadRow:
    if not isinstance(term, dict) or term.get("type") not in POSTS:
        return BadRow(line, "type", str(term), "a term must be of type prez or viceprez")
    try:
        start, end = (parse_partial(term.get(column, "")) for column in ("start", "end"))
    except BadDateError as error:
        return BadRow(line, "terms", str(term), str(error))
    if end.first <= start.first:
        return BadRow(line, "end", str(end), f"not after the start, {start}")
    stands = _stands(entry, f"{term['type']}/{start}", f", term from {start}")
    return Tenure(person=person.id, post=POSTS[term["type"]], valid_from=start, valid_to=end, **stands)


def _stands(entry: Mapping[str, Any], key: str, place: str = "") -> dict[str, Any]:
    """Where a statement stands: fields of the envelope."""
    govtrack = entry["id"]["govtrack"]
    evidence = Evidence(source=us_curated.by_address()[URL].id, locator=f"govtrack {govtrack}{place}")
    return {"row": f"{DATASET}#{govtrack}/{key}", "key": f"{DATASET}/{govtrack}/{key}", "evidence": (evidence,)}


@cache
def _shipped() -> tuple[Record, ...]:
    return tuple(curated.load([curated.SHIPPED / "people.yaml"]))


@cache
def _by_govtrack() -> dict[str, Person]:
    """The persons of the shipped data whose number of GovTrack it states."""
    persons = {each.id: each for each in _shipped() if isinstance(each, Person)}
    stated = (each for each in _shipped() if isinstance(each, Attribute) and each.name == "govtrack")
    return {each.value: persons[each.about] for each in stated}
