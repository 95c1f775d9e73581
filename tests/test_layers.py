"""Who may import whom, and that our `schema` is the one imported."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import schema

ROOT = Path(__file__).parents[1]
OURS = {"schema", "graph", "loaders", "api"}
ALLOWED = {
    "schema": {"schema"},
    "graph": {"graph", "schema"},
    "loaders": {"loaders", "schema"},
    "api": {"api", "graph", "schema"},
    "api/cli": {"api", "graph", "schema", "loaders"},
}


def _imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
    return found & OURS


@pytest.mark.parametrize("file", sorted(path for name in OURS for path in (ROOT / name).rglob("*.py")), ids=str)
def test_imports_go_one_way(file: Path) -> None:
    folder = file.relative_to(ROOT).parts
    room = "api/cli" if folder[:2] == ("api", "cli") else folder[0]
    assert _imports(file) <= ALLOWED[room]


def test_schema_is_ours() -> None:
    assert Path(schema.__file__).is_relative_to(ROOT)


def test_cypher_stays_in_graph() -> None:
    for name in OURS - {"graph"}:
        for file in (ROOT / name).rglob("*.py"):
            assert "MATCH (" not in file.read_text(), f"{file} holds Cypher"
