"""The fast way gives the bytes that graphql-core gives: on every question, and on documents and values that are made up."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest

from api.gql.schema import schema
from api.questions import Question, questions
from benchmarks.equivalence import on_graph, on_values
from tests.conftest import Graph
from tests.test_docs import EXAMPLES

PAGE = Path(__file__).parents[1] / "api" / "web" / "src"
_CAR = {"importer": "US", "origin": "JP", "product": "8703.23.01"}
ASKED_BY_THE_PAGE: dict[str, dict[str, Any]] = {
    "Rate": {**_CAR, "at": "2025-07-10"},
    "Steps": {**_CAR, "from": "2025-01-01"},
    "Next": {"id": "country/jp", "first": 5},
    "Path": {"from": "country/jp", "to": "country/us"},
    "Between": {"a": "US", "b": "JP", "at": "2025-07-10"},
    "Chapters": {"a": "US", "b": "JP", "at": "2025-07-10"},
    "Search": {"text": "steel"},
    "Talks": {"id": "negotiation/us-jp-2025"},
    "Acts": {"importer": "US", "origin": "JP", "known": "2025-09-10"},
    "Negotiations": {},
}
"""Variables of the page's documents, by the names of their operations."""


def _documents_of_the_page() -> dict[str, str]:
    """The documents that stand in the page's source as text; the panel's is put together by kind."""
    found: dict[str, str] = {}
    for file in PAGE.glob("*.ts"):
        texts = {
            name: one or two
            for name, one, two in re.findall(r"const (\w+) =\s*(?:`([^`]*)`|'([^'\n]*)')", file.read_text())
        }
        for text in texts.values():
            if operation := re.match(r"query (\w+)", text):
                found[operation[1]] = _filled(text, texts)
    return found


def _filled(text: str, texts: dict[str, str]) -> str:
    whole = re.sub(r"\$\{(\w+)\}", lambda name: texts[name[1]], text)
    return text if whole == text else _filled(whole, texts)


def _answer(graph: Graph, document: str, fast: bool, **variables: Any) -> str:
    work = schema(fast).execute(document, variable_values=variables, context_value={"database": graph.database})
    result = graph.run(work)
    return json.dumps([result.data, [error.formatted for error in result.errors or ()]])


@pytest.mark.parametrize("question", questions(), ids=lambda each: each.name)
def test_a_question_is_answered_the_same_way_fast(
    shipped: Graph, question: Question, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "tradegraph.fast"):
        fast = _answer(shipped, question.document, fast=True)
    assert caplog.messages == []  # nothing was left to graphql-core
    assert fast == _answer(shipped, question.document, fast=False)


@pytest.mark.parametrize("name", ASKED_BY_THE_PAGE)
def test_a_document_of_the_page_is_answered_the_same_way_fast(
    shipped: Graph, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    document, variables = _documents_of_the_page()[name], ASKED_BY_THE_PAGE[name]
    with caplog.at_level(logging.DEBUG, "tradegraph.fast"):
        fast = _answer(shipped, document, fast=True, **variables)
    assert caplog.messages == []
    assert fast.endswith("[]]"), fast
    assert fast == _answer(shipped, document, fast=False, **variables)


def test_all_documents_of_the_page_are_tried() -> None:
    assert _documents_of_the_page().keys() == ASKED_BY_THE_PAGE.keys()


@pytest.mark.parametrize("document", [document for document, _ in EXAMPLES])
def test_an_example_is_answered_the_same_way_fast(shipped: Graph, document: str) -> None:
    assert _answer(shipped, document, fast=True) == _answer(shipped, document, fast=False)


def test_documents_made_up_are_answered_the_same_way_fast_on_values_made_up() -> None:
    """A share of `python -m benchmarks.equivalence 5000`: odd values are errors, or null, in the same places."""

    async def pairs() -> list[Any]:
        return [await on_values(seed) for seed in range(300)]

    found = asyncio.run(pairs())
    assert [each for each in found if each.fast != each.plain] == []
    assert sum("internal error" in each.plain for each in found) > 10


def test_documents_made_up_are_answered_the_same_way_fast_on_a_graph(shipped: Graph) -> None:
    """Of eight things asked, each written in ten ways."""
    seeds = [asked + 60 * written for asked in range(8) for written in range(10)]
    for seed in seeds:
        pair = shipped.run(on_graph(shipped.database, seed))
        assert pair.fast == pair.plain, pair.document
