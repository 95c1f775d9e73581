"""The ontology says what its fields mean, once, and the reference and the picture are what it gives."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from api.reference.__main__ import FILES
from api.reference.page import page
from api.reference.picture import picture
from graph.reads.table import READS
from graph.rows import EdgeRow, NodeRow, _rows, rows_of
from graph.stored import storage
from schema.base import Entity, Fact
from schema.dates import PartialDate, parse_partial
from schema.duty import Duty
from schema.duty_grammar import read_duty
from schema.ontology import ABSTRACT, ENTITIES, FACTS, KINDS, VALUES, FieldSpec, fields_of, kebab, labels

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize("kind", (*KINDS, *VALUES), ids=lambda kind: kind.__name__)
def test_every_field_says_what_it_means(kind: type) -> None:
    unsaid = [
        spec.name
        for spec in fields_of(kind)
        if not spec.doc and not (spec.end and spec.name == kebab(spec.end.target).replace("-", "_"))
    ]
    assert not unsaid, f"{kind.__name__}: add Doc(…) to {', '.join(unsaid)}"


def test_the_words_of_the_ontology_are_those_of_the_api() -> None:
    assert READS["Source"]["gap"].description.startswith("What a reader would expect of it")
    assert READS["Tenure"]["validTo"].description == "The first day on which it no longer holds; missing = open."
    assert READS["Meeting"]["duration"].description == "How long people sat together."
    assert READS["Person"]["tenures"].description.startswith("Each Tenure of which this is the `person`: the preferred")


@pytest.mark.parametrize("name", FILES)
def test_the_committed_file_is_what_the_ontology_gives(name: str) -> None:
    assert (DOCS / name).read_text() == FILES[name](), "run: python -m api.reference docs/"


def test_every_link_of_the_reference_leads_to_a_heading() -> None:
    text = page()
    headings = {title.lower().replace(" ", "-") for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([\w-]+)\)", text)) <= headings


@pytest.mark.parametrize("kind", (*KINDS, *VALUES), ids=lambda kind: kind.__name__)
def test_the_reference_names_every_kind_with_all_its_fields(kind: type) -> None:
    _, _, after = page().partition(f"\n### {kind.__name__}\n")
    section = after.partition("\n### ")[0]
    common = {spec.name for base in ABSTRACT if issubclass(kind, base) for spec in fields_of(base)}
    assert {spec.name for spec in fields_of(kind)} - common <= set(re.findall(r"^\| \**`(\w+)`", section, re.MULTILINE))


@pytest.mark.parametrize("kind", (*KINDS, *VALUES), ids=lambda kind: kind.__name__)
def test_what_is_said_to_be_stored_is_what_is_stored(kind: type) -> None:
    record = _whole(kind)
    rows = list(rows_of(record) if isinstance(record, Entity | Fact) else _rows(record, "x"))
    [node] = [row for row in rows if isinstance(row, NodeRow) and row.labels == labels(kind)[:-1]][:1]
    said = " ".join(text for spec in fields_of(kind) for text in storage(kind, spec))
    own = set(node.properties) - ({"about", "content"} if issubclass(kind, Fact) else set())
    assert own == set(re.findall(r"`(\w+)`", said)) - {"id"}
    types = {row.type for row in rows if isinstance(row, EdgeRow) and node.id in (row.id, row.target)}
    assert types == set(re.findall(r"\[:(\w+)\]", said))


def _whole(kind: type) -> Any:
    """A record of a kind with every field set."""
    return kind(**{spec.name: (_one(spec),) if spec.many else _one(spec) for spec in fields_of(kind)})


def _one(spec: FieldSpec) -> Any:
    if spec.end:
        return "other"
    if spec.type in VALUES:
        return _whole(spec.type)
    if issubclass(spec.type, StrEnum):
        return next(iter(spec.type))
    plain: dict[type, Any] = {
        bool: True,
        int: 1,
        date: date(2025, 1, 1),
        PartialDate: parse_partial("2025"),
        timedelta: timedelta(1),
        Duty: read_duty("1%"),
        Decimal: Decimal(1),
    }
    return plain.get(spec.type, "x")


def test_the_picture_shows_every_fact_and_every_entity() -> None:
    shown = set(re.findall(r">(\w+)</text>", picture()))
    covered = {"Country"}
    assert {kind.__name__ for kind in (*ENTITIES, *FACTS)} - covered <= shown
    assert "Country, Group" in picture()
