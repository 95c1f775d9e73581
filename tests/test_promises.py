"""docs/promises.md names tests that are there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "promises.md").read_text()
ROWS = [line.strip("|").split("|") for line in PAGE.splitlines() if re.match(r"\| \d+ \|", line)]
NAMED = re.findall(r"`(test_\w+)::(test_\w+)`", PAGE)


@cache
def _tests(file: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / f"{file}.py").read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("file", "name"), sorted(set(NAMED)))
def test_a_test_that_is_named_is_there(file: str, name: str) -> None:
    assert name in _tests(file)


def test_every_promise_has_its_number_a_test_and_what_was_broken() -> None:
    assert [int(row[0]) for row in ROWS] == list(range(1, len(ROWS) + 1))
    assert all("::" in row[2] and row[3].strip() for row in ROWS)
