"""The real Neo4j that the suite starts itself, what is loaded in it, and how tests ask."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings

from api.cli.database import driver_of
from api.execute import execute
from api.settings import read_settings
from graph import store
from graph.connection import Connection
from graph.embedded.progress import progress_on
from graph.embedded.server import running
from graph.reads.statement import Database
from graph.upsert import Loaded, upsert
from schema.ontology import Record
from tests.shipped import records as shipped_records

os.environ.setdefault("TRADEGRAPH_JARS", str(read_settings().home / "jars"))
"""All servers of the suite share the jars of the user."""

# A busy machine is no fault of the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

SHARED = Path(__file__).parents[2] / "shared"
T = TypeVar("T")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the files in ../shared are skipped where it is absent; those of the shipped data run first, so that it is loaded once."""
    items.sort(key=lambda item: "shipped" not in getattr(item, "fixturenames", ()))
    for item in items:
        if item.get_closest_marker("shared") and not (SHARED / "data").is_dir():
            item.add_marker(pytest.mark.skip(reason="../shared/data is not here"))


@dataclass
class Graph:
    """The database as tests use it: synchronously, and knowing what is loaded."""

    runner: asyncio.Runner
    database: Database
    holds: str = field(default="?")

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run asynchronous work to its end."""
        return self.runner.run(work)

    def cypher(self, text: str, **parameters: Any) -> list[dict[str, Any]]:
        """Records of a statement, for looking behind the API."""
        found = self.run(self.database.driver.execute_query(text, parameters, database_=self.database.name))
        return [record.data() for record in found.records]

    def clear(self) -> None:
        """Empty the graph; constraints stay."""
        self.cypher("MATCH (n) DETACH DELETE n")
        self.holds = "nothing"

    def load(self, records: Iterable[Record]) -> Loaded:
        """Load records and give the totals."""

        async def work() -> Loaded:
            totals = [each async for each in upsert(self.database.driver, self.database.name, records)]
            return totals[-1] if totals else Loaded(0, 0, 0, 0)

        return self.run(work())

    def keep(self, name: str, records: Callable[[], Iterable[Record]]) -> Graph:
        """This graph with these records alone, loaded once for as long as tests only read; `name` tells them from others."""
        if self.holds != name:
            self.clear()
            self.load(records())
            self.holds = name
        return self

    def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        """The data of an answer that has no errors."""
        response = self.respond(document, **variables)
        assert "errors" not in response, response["errors"]
        data: dict[str, Any] = response["data"]
        return data

    def picture(self, with_time: bool = False) -> list[str]:
        """Every node and relation, without database ids."""
        rows = self.cypher(
            "MATCH (n) WHERE NOT n:Store|Withdrawn|Identity|Decided|Statement RETURN labels(n) AS labels, properties(n) AS properties, "
            "COLLECT { MATCH (n)-[r]->(m) RETURN [type(r), m.id, properties(r)] } AS relations"
        )
        for row in rows:
            row["labels"] = sorted(row["labels"])
            row["relations"] = sorted(map(str, row["relations"]))
            if not with_time:
                for name in ("recorded_at", "first_recorded_at"):
                    row["properties"].pop(name, None)
            row["properties"] = sorted(row["properties"].items())
        return sorted(map(str, rows))

    def respond(self, document: str, **variables: Any) -> dict[str, Any]:
        """The whole response."""
        return self.run(execute(self.database, document, variables))


@pytest.fixture(scope="session")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A Neo4j of the suite's own; TRADEGRAPH_TEST_URI (no authentication) names another, which is emptied."""
    if uri := os.environ.get("TRADEGRAPH_TEST_URI"):
        yield Connection(uri, "neo4j", "neo4j", "neo4j")
        return
    with running(tmp_path_factory.mktemp("home"), progress_on()) as started:
        yield started


@pytest.fixture(scope="session")
def _graph(connection: Connection) -> Iterator[Graph]:
    with asyncio.Runner() as runner:
        driver = driver_of(connection)
        runner.run(store.prepare(driver, connection.database))
        yield Graph(runner, Database(driver, connection.database, 60.0, "https://tradegraph.invalid"))
        runner.run(driver.close())


@pytest.fixture
def scratch(_graph: Graph) -> Graph:
    """An empty graph."""
    _graph.clear()
    return _graph


@pytest.fixture
def shipped(_graph: Graph) -> Graph:
    """The graph with the data that ships, loaded once for as long as tests only read."""
    return _graph.keep("shipped", shipped_records)
