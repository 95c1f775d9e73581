"""The questions of README.md, each with its whole expected answer, in which every statement has a source, beside it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.bad_row import BadRow
from loaders.streams import text_of
from loaders.table import LOADERS
from schema.ontology import Record
from tests.conftest import Graph
from tests.registers import between
from tests.shared_files import TRACKER, schedule_lines
from tests.shipped import records as shipped_records

FOLDER = Path(__file__).parent / "questions"
SHIPPED = sorted(FOLDER.glob("*.graphql"))
FILED = sorted((FOLDER / "files").glob("*.graphql"))
"""Those that need files of ../shared too."""
REGISTERS = sorted((FOLDER / "registers").glob("*.graphql"))
"""Those that need the registers of agreements."""
LINES = ("0207", "09011", "2709", "3004", "4901", "6109", "7318", "8517", "87")
"""What the second kind asks for, of the schedule's 12,907 lines."""


@pytest.fixture
def filed(_graph: Graph) -> Graph:
    """The shipped data, lines of the US schedule, the lists of section 301 and how codes follow each other."""
    if _graph.holds != "questions/files":
        _graph.clear()
        _graph.load(shipped_records())
        _graph.load(schedule_lines(lambda code: code.startswith(LINES)))
        for name, file in (("s301_lists", "s301_product_lists.csv"), ("hts_concordance", "hts_concordance.csv")):
            with text_of(TRACKER / file) as text:
                _load(_graph, LOADERS[name].read(text))
        _graph.holds = "questions/files"
    return _graph


def _load(graph: Graph, read: Iterator[Record | BadRow]) -> None:
    graph.load(each for each in read if not isinstance(each, BadRow))


@pytest.mark.parametrize("document", SHIPPED, ids=lambda path: path.stem)
def test_question(document: Path, shipped: Graph) -> None:
    _compare(document, shipped)


@pytest.mark.shared
@pytest.mark.parametrize("document", FILED, ids=lambda path: path.stem)
def test_question_on_the_files(document: Path, filed: Graph) -> None:
    _compare(document, filed)


@pytest.fixture
def registers(_graph: Graph) -> Graph:
    """The agreements between Japan and Viet Nam, as three registers state them."""
    return _graph.keep("questions/registers", lambda: between("country/jp", "country/vn"))


@pytest.mark.shared
@pytest.mark.parametrize("document", REGISTERS, ids=lambda path: path.stem)
def test_question_on_the_registers(document: Path, registers: Graph) -> None:
    _compare(document, registers)


def _compare(document: Path, graph: Graph) -> None:
    answer = graph.ask(document.read_text())
    assert list(_without_evidence(answer, "data")) == []
    expected = document.with_suffix(".json")
    if os.environ.get("TRADEGRAPH_REWRITE") == "1":
        expected.write_text(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
    assert answer == json.loads(expected.read_text())


def _without_evidence(value: object, place: str) -> list[str]:
    if isinstance(value, list):
        return [found for index, each in enumerate(value) for found in _without_evidence(each, f"{place}[{index}]")]
    if not isinstance(value, dict):
        return []
    here = [place] if value.get("evidence") == [] else []
    return here + [found for name, each in value.items() for found in _without_evidence(each, f"{place}.{name}")]
