"""The guide for new sources: its example is taken from the page, run, loaded and asked."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import loaders
from api.cli.loading import Summary, load_paths
from graph.embedded.progress import progress_on
from loaders.table import LOADERS, Loader
from schema.slugs import slug
from tests.conftest import Graph

GUIDE = (Path(__file__).parents[1] / "docs" / "add-a-source.md").read_text()
LOADER, LINE, TESTS = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
[SAMPLE] = re.findall(r"```csv\n(.*?)```", GUIDE, re.DOTALL)
[QUESTION] = re.findall(r"```graphql\n(.*?)```", GUIDE, re.DOTALL)
QUARANTINE, ANSWER = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The loader of the page, as if it lay in loaders/, with its line in the table."""
    file = tmp_path / "meeting_log.py"
    file.write_text(LOADER)
    spec = importlib.util.spec_from_file_location("loaders.meeting_log", file)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    monkeypatch.setitem(sys.modules, "loaders.meeting_log", made)
    monkeypatch.setattr(loaders, "meeting_log", made, raising=False)
    line = eval("{" + LINE + "}", {"Loader": Loader, "meeting_log": made})
    [(name, loader)] = line.items()
    monkeypatch.setitem(LOADERS, name, loader)
    yield made


def _load(graph: Graph, folder: Path) -> Summary:
    [name] = re.findall(r"tradegraph load (\w+) meetings.csv$", GUIDE, re.MULTILINE)
    file = folder / "meetings.csv"
    file.write_text(SAMPLE)
    [summary] = graph.run(load_paths(graph.database, name, [file], folder / "quarantine", progress_on()))
    return summary


def test_the_example_loads_and_answers(scratch: Graph, module: ModuleType, tmp_path: Path) -> None:
    summary = _load(scratch, tmp_path)
    assert summary.quarantine is not None
    found = [json.loads(line) for line in summary.quarantine.read_text().splitlines()]
    assert [{**row, "file": Path(row["file"]).name} for row in found] == [
        json.loads(line) for line in QUARANTINE.splitlines()
    ]
    assert scratch.ask(QUESTION) == json.loads(ANSWER)
    again = _load(scratch, tmp_path)
    assert (again.loaded, again.quarantined) == (0, 2)


def test_the_tests_of_the_guide_pass(module: ModuleType) -> None:
    names: dict[str, Any] = {}
    exec(TESTS, names)
    tests = [value for name, value in names.items() if name.startswith("test_")]
    assert len(tests) == 3
    for test in tests:
        test()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Zoë Sample", "zoe-sample"), ("  José  Müller-Ng ", "jose-muller-ng"), ("O'Neil", "oneil"), ("習近平", "")],
)
def test_names_become_slugs(name: str, expected: str) -> None:
    assert slug(name) == expected
