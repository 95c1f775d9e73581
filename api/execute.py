"""A GraphQL document answered in this process, as the service would answer it."""

from __future__ import annotations

from typing import Any

from api.gql.schema import schema
from graph.reads.statement import Database


async def execute(database: Database, document: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
    """The response as a mapping with `data` and, where there are any, `errors`."""
    result = await schema().execute(document, variable_values=variables, context_value={"database": database})
    response: dict[str, Any] = {"data": result.data}
    if result.errors:
        response["errors"] = [error.formatted for error in result.errors]
    return response
