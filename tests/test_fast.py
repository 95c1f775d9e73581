"""The fast way gives the bytes that graphql-core gives: on every question, and on documents and values that are made up."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import pytest

from api.gql.schema import schema
from api.questions import Question, questions
from benchmarks.equivalence import on_graph, on_values
from tests.conftest import Graph
from tests.test_docs import EXAMPLES


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
