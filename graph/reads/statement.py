"""The one statement of a root field, and running it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from graphql import GraphQLResolveInfo
from neo4j import READ_ACCESS, AsyncDriver, AsyncManagedTransaction, Query, unit_of_work
from neo4j.exceptions import DriverError, Neo4jError

from graph.reads.codes import digits
from graph.reads.compiler import Compiler
from graph.reads.parties import is_party
from graph.reads.problem import QuestionError
from graph.reads.selection import Selection
from graph.reads.table import READS


@dataclass(frozen=True)
class Database:
    """Where reads go: the driver, the database, the seconds after which a read is given up, the base of URIs."""

    driver: AsyncDriver
    name: str
    timeout: float
    base_uri: str


@dataclass(frozen=True)
class Moment:
    """The two questions in time: `at` the day in the world (None: any), `known` the day of knowledge."""

    at: date | None
    known: date

    @property
    def parameters(self) -> dict[str, str | None]:
        """As every statement takes them; `day` is the day in the world, today where none is asked for."""
        at = self.at.isoformat() if self.at else None
        return {"at": at, "known": self.known.isoformat(), "day": at or today().isoformat()}


def today() -> date:
    """The present day, in UTC."""
    return datetime.now(UTC).date()


def moment(at: date | None, as_known_on: date | None) -> Moment:
    """The moment asked for. Raises QuestionError for a day of knowledge that has not come."""
    if as_known_on is not None and as_known_on > today():
        raise QuestionError(f"asKnownOn: {as_known_on} has not come: ask for {today()} or a day before")
    return Moment(at, as_known_on or today())


@dataclass(frozen=True)
class Statement:
    """Cypher with its parameters, and what to make of the one value that it returns."""

    text: str
    parameters: dict[str, Any]
    shape: Callable[[Any], Any]


def statement_of(info: GraphQLResolveInfo[Any]) -> Statement:
    """The statement of a root field as it is selected. Raises QuestionError for arguments out of range or of no form."""
    selection = Selection(info)
    compiler = Compiler(selection)
    read = READS["Query"][info.field_name]
    given = selection.arguments("Query", info.field_nodes[0])
    if (product := given.get("filter", {}).get("product")) is not None:
        digits(product)
    text, shape = compiler.related(read, "Query", "", info.field_nodes)
    when = moment(given.get("at"), given.get("asKnownOn"))
    return finish(compiler, text, when, shape)


def finish(compiler: Compiler, text: str, when: Moment, shape: Callable[[Any], Any]) -> Statement:
    """A statement that returns one value, and the party codes that nobody has, or nobody of the kind asked for."""
    has = f"MATCH (party:Party) WHERE {is_party('party', 'code[0]')}"
    unknown = f"[code IN $codes WHERE NOT EXISTS {{ {has} AND code[1] IN labels(party) }} | [code[0], code[1], EXISTS {{ {has} }}]]"
    parameters = {**compiler.parameters, **when.parameters, "codes": sorted(set(compiler.codes))}
    return Statement(f"RETURN {text} AS found, {unknown} AS unknown", parameters, shape)


async def read(database: Database, statement: Statement) -> Any:
    """Run a statement and shape what it returns.

    READ access; given up after the database's timeout. A transaction of its own costs two messages more, so that there is one only where
    the database was not there for a moment: the driver then tries it again. Raises QuestionError for codes of no party, or of none of the
    kind asked for.
    """
    parameters = {**statement.parameters, "base": database.base_uri}

    @unit_of_work(timeout=database.timeout)
    async def again(tx: AsyncManagedTransaction) -> Any:
        return await (await tx.run(statement.text, parameters)).single(strict=True)

    async with database.driver.session(database=database.name, default_access_mode=READ_ACCESS) as session:
        try:
            asked = await session.run(Query(statement.text, timeout=database.timeout), parameters)
            answer: Any = await asked.single(strict=True)
        except (DriverError, Neo4jError) as error:
            if not error.is_retryable():
                raise
            answer = await session.execute_read(again)
    found, unknown = answer
    if unknown:
        raise QuestionError(_unknown(unknown))
    return statement.shape(found)


def _unknown(codes: list[tuple[str, str, bool]]) -> str:
    """What to write instead: `codes` are those without a party, the kind asked for, whether a party of another kind has it."""
    nobodys = [code for code, _, other in codes if not other]
    if nobodys:
        return f"no party has the code {', '.join(nobodys)}: use ISO 3166 alpha-2, alpha-3 or numeric, or a group's code such as EU"
    return "; ".join(f"{code} is no {kind.lower()}" for code, kind, _ in codes) + ": use the code of one, such as EU"
