"""What a source's terms let out: words only with ALL; with NONE the fact and its source's name, and nothing of its text."""

from __future__ import annotations

from datetime import date

import pytest

from schema.base import Condition, Evidence, Redistribution, Source, SourceKind
from schema.dates import parse_partial
from schema.people import Person, Post, Tenure
from tests.conftest import Graph

WORDS = "Ann Example has been minister since May."
SHOWN = """
{ person(id: "person/ann") { tenures {
  validFrom
  evidence { quote locator source { name redistribution } }
  conditions { description evidence { quote source { name } } }
} } }
"""


def _stated(terms: Redistribution, cited: Redistribution = Redistribution.ALL) -> list[object]:
    """A tenure that a source with these terms states, on a condition that it states too, citing another source."""
    sources = [
        Source(
            id=f"source/test/{name}", name=name, kind=SourceKind.PRESS, redistribution=each, published=date(2025, 6, 1)
        )
        for name, each in (("read", terms), ("cited", cited))
    ]
    evidence = (Evidence(source="source/test/read", chain=("source/test/cited",), locator="line 3", quote=WORDS),)
    tenure = Tenure(
        person="person/ann",
        post="post/minister",
        valid_from=parse_partial("2025-05"),
        conditions=(Condition(description="She is confirmed.", happens=True, evidence=evidence),),
        evidence=evidence,
    )
    return [*sources, Person(id="person/ann", name="Ann"), Post(id="post/minister", name="Minister"), tenure]


def _tenure(graph: Graph, records: list[object]) -> dict[str, object]:
    graph.load(records)  # type: ignore[arg-type]
    [tenure] = graph.ask(SHOWN)["person"]["tenures"]
    return dict(tenure)


@pytest.mark.parametrize("terms", Redistribution)
def test_words_leave_only_with_terms_of_all(scratch: Graph, terms: Redistribution) -> None:
    quote = WORDS if terms is Redistribution.ALL else None
    assert _tenure(scratch, _stated(terms)) == {
        "validFrom": "2025-05",
        "evidence": [{"quote": quote, "locator": "line 3", "source": {"name": "read", "redistribution": terms.value}}],
        "conditions": [
            {"description": "She is confirmed.", "evidence": [{"quote": quote, "source": {"name": "read"}}]}
        ],
    }


def test_the_terms_are_those_of_the_document_that_was_read(scratch: Graph) -> None:
    """What it cites may be free: the words are still those of the document that we read."""
    tenure = _tenure(scratch, _stated(Redistribution.FACTS, cited=Redistribution.ALL))
    assert tenure["evidence"][0]["quote"] is None  # type: ignore[index]


def test_terms_that_turn_out_stricter_hold_for_what_is_loaded(scratch: Graph) -> None:
    scratch.load(_stated(Redistribution.ALL))  # type: ignore[arg-type]
    assert _tenure(scratch, _stated(Redistribution.NONE))["evidence"][0]["quote"] is None  # type: ignore[index]
