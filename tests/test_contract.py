"""The names that clients rely on."""

from __future__ import annotations

import pytest
from graphql import BreakingChange, build_schema, find_breaking_changes

from api.gql.schema import schema
from tests.conftest import SHARED

LATER = {
    "search",
    "encounters",
    "disagreements",
    "path",
}
"""Root fields of later issues; README.md's table of status names them too."""
LATER_TYPES = {
    *("Encounter", "EncounterEdge", "EncounterConnection", "EntityKind"),
    *("EntityEdge", "EntityConnection", "FactEdge", "FactConnection"),
    *("PathStep", "Path", "Float"),
}


def _is_later(change: BreakingChange) -> bool:
    words = change.description.split()
    return any(name in words for name in LATER_TYPES) or change.description in {
        f"Field Query.{name} was removed." for name in LATER
    }


@pytest.mark.shared
def test_contract_is_kept() -> None:
    contract = build_schema((SHARED / "contract.graphql").read_text())
    changes = find_breaking_changes(contract, schema()._schema)
    assert [change.description for change in changes if not _is_later(change)] == []
