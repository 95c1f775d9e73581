"""The questions of README.md, each with its whole expected answer beside it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.conftest import Graph

FOLDER = Path(__file__).parent / "questions"


@pytest.mark.parametrize("document", sorted(FOLDER.glob("*.graphql")), ids=lambda path: path.stem)
def test_question(document: Path, shipped: Graph) -> None:
    answer = shipped.ask(document.read_text())
    expected = document.with_suffix(".json")
    if os.environ.get("TRADEGRAPH_REWRITE") == "1":
        expected.write_text(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
    assert answer == json.loads(expected.read_text())


@pytest.mark.parametrize("document", sorted(FOLDER.glob("*.graphql")), ids=lambda path: path.stem)
def test_every_answer_has_a_source(document: Path, shipped: Graph) -> None:
    empty = list(_without_evidence(shipped.ask(document.read_text()), "data"))
    assert empty == []


def _without_evidence(value: object, place: str) -> list[str]:
    if isinstance(value, list):
        return [found for index, each in enumerate(value) for found in _without_evidence(each, f"{place}[{index}]")]
    if not isinstance(value, dict):
        return []
    here = [place] if value.get("evidence") == [] else []
    return here + [found for name, each in value.items() for found in _without_evidence(each, f"{place}.{name}")]
