"""The names that clients rely on."""

from __future__ import annotations

import pytest
from graphql import build_schema, find_breaking_changes

from api.gql.schema import schema
from tests.conftest import SHARED


@pytest.mark.shared
def test_contract_is_kept() -> None:
    contract = build_schema((SHARED / "contract.graphql").read_text())
    changes = find_breaking_changes(contract, schema()._schema)
    assert [change.description for change in changes] == []
