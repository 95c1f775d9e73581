"""What the terms of sources keep from leaving, counted by source."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from neo4j import AsyncDriver

from graph.rdf.selection import Selection, free


@dataclass(frozen=True)
class LeftOut:
    """Of one source: facts that only such sources state, its statements of facts that leave, and its quotes."""

    source: str
    facts: int
    statements: int
    quotes: int

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


_COUNT = """
MATCH (s:Source) WHERE coalesce(s.redistribution, 'NONE') <> 'ALL'
MATCH (s)<-[:SOURCE]-(e:Evidence)<-[:EVIDENCE]-(f:Fact) WHERE {takes}
WITH s, f, e, {free} AS free, {leaves} AS leaves
WITH s.id AS id, count(DISTINCT CASE WHEN NOT free AND NOT leaves THEN f END) AS facts,
  count(CASE WHEN NOT free AND leaves THEN f END) AS statements,
  count(CASE WHEN free AND e.quote IS NOT NULL THEN f END) AS quotes
WHERE facts + statements + quotes > 0
RETURN id AS source, facts, statements, quotes ORDER BY id
"""


async def left_out(driver: AsyncDriver, database: str, selection: Selection) -> list[LeftOut]:
    """Of every source of which something stays. A source that stays whole is named by its id alone."""
    text = _COUNT.format(takes=selection.takes("f"), leaves=f"({selection.leaves('f')})", free=free("s"))
    found = await driver.execute_query(text, selection.parameters, database_=database, routing_="r")
    return [LeftOut(**record.data()) for record in found.records]
