"""The fast way beside plain graphql-core on documents that are made up: `python -m benchmarks.equivalence 5000`.

On values that are made up too, odd ones among them; with NEO4J_URI so many on that database as well. Ends with 1 where an answer differs.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import re
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

import strawberry
from graphql import GraphQLObjectType, parse

from api.cli.database import driver_of
from api.gql.fast import Kept
from api.gql.schema import schema, schema_of
from api.settings import read_settings
from benchmarks.generated import EVERY, ODD, Asking, MadeUp, Writing
from graph.connection import Connection
from graph.reads.selection import Selection
from graph.reads.statement import Database

ASKED = 60
"""So many different things are asked of a database, each written in many ways: a new statement is planned for a tenth of a second."""
CHOICES = (True, False)
_NUMBER = re.compile(r"error [0-9a-f]{12}")


@dataclass(frozen=True)
class Pair:
    """What one document was answered, fast and plainly."""

    document: str
    fast: str
    plain: str


async def made_up(info: strawberry.Info, **_: Any) -> Any:
    """A root field whose value is made up: the same for the same seed and key."""
    raw = info._raw_info
    random = Random(f"{info.context['seed']} {raw.path.key}")
    return MadeUp(Selection(raw), random, random.choice(ODD), random.choice(EVERY)).value(
        raw.return_type, raw.field_nodes
    )


@cache
def schema_made_up(fast: bool) -> strawberry.Schema:
    """The schema on values that are made up."""
    return schema_of(dict.fromkeys(_query().fields, made_up), fast)


def _query() -> GraphQLObjectType:
    query = schema()._schema.query_type
    assert query is not None
    return query


async def on_values(seed: int) -> Pair:
    """Both answers on values that are made up."""
    known, random = schema()._schema, Random(seed)
    document = Writing(known, random, skipping=True).document(Asking(known, random, 4).roots())
    return await _pair(schema_made_up, document, {"seed": seed})


async def on_graph(database: Database, seed: int) -> Pair:
    """Both answers on a database."""
    known = schema()._schema
    parts = Asking(known, Random(seed % ASKED), 2).roots()
    return await _pair(schema, Writing(known, Random(seed), skipping=False).document(parts), {"database": database})


async def _pair(of: Callable[[bool], strawberry.Schema], document: str, context: dict[str, Any]) -> Pair:
    """With what `$yes` skips and without it, and fast once more, by plans that are there already."""
    context = {**context, "kept": Kept(parse(document))}
    plain = [await _answer(of(False), document, context, yes) for yes in CHOICES]
    fast = [await _answer(of(True), document, context, yes) for yes in CHOICES * 2]
    return Pair(document, json.dumps(fast), json.dumps(plain * 2))


async def _answer(on: strawberry.Schema, document: str, context: dict[str, Any], yes: bool) -> str:
    result = await on.execute(document, variable_values={"yes": yes}, context_value=context)
    told = {"data": result.data, "errors": [error.formatted for error in result.errors or ()]}
    return _NUMBER.sub("error", json.dumps(told, ensure_ascii=False, separators=(",", ":")))


class Left(logging.Handler):
    """Counts what was left to graphql-core."""

    count = 0

    def emit(self, _: logging.LogRecord) -> None:
        """One root field more."""
        self.count += 1


async def _compared(number: int, pair_of: Callable[[int], Awaitable[Pair]], where: str) -> int:
    """The number of answers that differ; the first are printed."""
    left = Left()
    log = logging.getLogger("tradegraph.fast")
    log.addHandler(left)
    log.setLevel(logging.DEBUG)
    pairs = [await pair_of(seed) for seed in range(number)]
    log.removeHandler(left)
    different = [each for each in pairs if each.fast != each.plain]
    for each in different[:3]:
        print(each.document, each.fast, each.plain, sep="\n")
    errors = sum('\\"errors\\":[{' in each.plain for each in pairs)
    print(
        f"{where}: {number} documents, {errors} of them with errors, {left.count} fields left to graphql-core, {len(different)} different"
    )
    return len(different)


async def _run(number: int, database: Connection | None) -> int:
    different = await _compared(number, on_values, "on values made up")
    if database is not None:
        async with driver_of(database) as driver:
            known = Database(driver, database.database, 60.0, "https://tradegraph.invalid")
            different += await _compared(number, lambda seed: on_graph(known, seed), "on the database")
    return different


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", nargs="?", type=int, default=5000)
    given = parser.parse_args()
    logging.getLogger("tradegraph.api").disabled = True  # odd values are internal errors
    known = read_settings()
    where = (
        Connection(known.neo4j_uri, known.neo4j_user, known.password, known.neo4j_database) if known.neo4j_uri else None
    )
    sys.exit(1 if asyncio.run(_run(given.number, where)) else 0)


if __name__ == "__main__":
    main()
