"""The Strawberry schema, and the resolvers of its root fields."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import strawberry
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig

from api.gql.errors import ShownErrors
from api.gql.fast import FastExecutor, Kept
from api.gql.scalars import SCALARS
from api.gql.sdl import sdl
from api.gql.types import Resolver, build_types
from graph.changes import answer_changes
from graph.disagreements import answer_disagreements
from graph.neighbours import answer_neighbourhood
from graph.paths import answer_path
from graph.reads.statement import Database, read, statement_of
from graph.reads.table import READS
from graph.tariff import answer_tariff, answer_timeline
from graph.tariff_profile import answer_profile


async def from_graph(info: strawberry.Info, **_: Any) -> Any:
    """A root field that is one statement."""
    database: Database = info.context["database"]
    return await read(database, statement_of(info._raw_info))


async def tariff(info: strawberry.Info, **_: Any) -> Any:
    """The computed answer on a duty: two statements."""
    return await answer_tariff(info.context["database"], info._raw_info)


async def changes(info: strawberry.Info, **_: Any) -> Any:
    """What loaders added or withdrew: two statements."""
    return await answer_changes(info.context["database"], info._raw_info)


async def path(info: strawberry.Info, **_: Any) -> Any:
    """The shortest ways between two nodes: two statements."""
    return await answer_path(info.context["database"], info._raw_info)


async def neighbourhood(info: strawberry.Info, **_: Any) -> Any:
    """What lies next to an entity: two statements."""
    return await answer_neighbourhood(info.context["database"], info._raw_info)


async def disagreements(info: strawberry.Info, **_: Any) -> Any:
    """Facts that sources disagree on: two statements."""
    return await answer_disagreements(info.context["database"], info._raw_info)


async def timeline(info: strawberry.Info, **_: Any) -> Any:
    """The periods of an answer on a duty: two statements."""
    return await answer_timeline(info.context["database"], info._raw_info)


async def profile(info: strawberry.Info, **_: Any) -> Any:
    """Statistics of duties: two statements."""
    return await answer_profile(info.context["database"], info._raw_info)


COMPUTED = {
    "tariff": tariff,
    "tariffTimeline": timeline,
    "tariffProfile": profile,
    "changes": changes,
    "path": path,
    "neighbourhood": neighbourhood,
    "disagreements": disagreements,
}


class AsKept(SchemaExtension):
    """Takes the document as it was parsed and validated before, where one is in the context (`api/http/document.py`)."""

    def on_parse(self) -> Iterator[None]:
        """Before the document is parsed."""
        if kept := self._kept():
            self.execution_context.graphql_document = kept.document
        yield

    def on_validate(self) -> Iterator[None]:
        """What was validated once is not validated again."""
        kept = self._kept()
        if kept:
            self.execution_context.pre_execution_errors = kept.errors
        yield
        if kept:
            kept.errors = self.execution_context.pre_execution_errors

    def _kept(self) -> Kept | None:
        kept: Kept | None = self.execution_context.context.get("kept")
        return kept


@cache
def schema(fast: bool = True) -> strawberry.Schema:
    """The schema; built once. With `fast` False graphql-core completes all answers, which are the same."""
    return schema_of({**dict.fromkeys(READS["Query"], from_graph), **COMPUTED}, fast)


def schema_of(roots: Mapping[str, Resolver], fast: bool) -> strawberry.Schema:
    """The schema on other resolvers of the fields of Query."""
    logging.getLogger("strawberry.execution").disabled = True  # our own log redacts (ShownErrors)
    types = build_types(sdl(), roots)
    concrete = [each for name, each in types.items() if name in READS and name != "Query"]
    return strawberry.Schema(
        query=types["Query"],
        types=concrete,
        extensions=[AsKept, ShownErrors],
        execution_context_class=FastExecutor if fast else None,
        config=StrawberryConfig(auto_camel_case=False, scalar_map=SCALARS),
    )
