"""The plans that the database makes: what is written in batches is found by index."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from graph import derive
from tests.conftest import Graph


def _statements(module: ModuleType) -> list[str]:
    return [text for text in vars(module).values() if isinstance(text, str) and "UNWIND $ids" in text]


def _operators(plan: dict[str, Any]) -> list[str]:
    below = [name for child in plan.get("children", []) for name in _operators(child)]
    return [plan["operatorType"].partition("@")[0], *below]


@pytest.mark.parametrize("statement", _statements(derive))
def test_what_a_batch_derives_is_found_by_index(scratch: Graph, statement: str) -> None:
    """A label of a kind alone has no index on `id`: the database would read all nodes of it for each row."""
    driver, name = scratch.database.driver, scratch.database.name
    result = scratch.run(driver.execute_query(f"EXPLAIN {statement}", ids=[], ranks={}, database_=name))
    assert result.summary.plan is not None
    assert [each for each in _operators(result.summary.plan) if each.endswith("Scan")] == []
