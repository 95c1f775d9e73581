"""A database that writes down the statements that it is asked, so that they can be asked again without what is around them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, cast

from neo4j import AsyncDriver, Query

from graph.reads.statement import Database

Asked = tuple[str, dict[str, Any]]


@dataclass
class Recorder:
    """Stands where the driver stands."""

    driver: AsyncDriver
    asked: list[Asked] = field(default_factory=list)

    @asynccontextmanager
    async def session(self, **settings: Any) -> AsyncIterator[Recorder]:
        """A session like the driver's."""
        async with self.driver.session(**settings) as self._session:
            yield self

    async def run(self, query: Query, parameters: dict[str, Any]) -> Any:
        """Write down and run."""
        self.asked.append((query.text, parameters))
        return await self._session.run(query, parameters)


def recording(database: Database) -> tuple[Database, list[Asked]]:
    """The same database, and the list to which its statements will be added. One question at a time."""
    recorder = Recorder(database.driver)
    return replace(database, driver=cast(AsyncDriver, recorder)), recorder.asked
