"""Parties by their codes."""

from __future__ import annotations

from neo4j import AsyncDriver

from graph.reads.parties import is_party


async def party_of(driver: AsyncDriver, database: str, code: str) -> str | None:
    """The id of the party with this code; None where there is none."""
    text = f"MATCH (p:Party) WHERE {is_party('p', '$code')} OR p.id = $code RETURN min(p.id) AS id"
    found = await driver.execute_query(text, code=code, database_=database, routing_="r")
    id_: str | None = found.records[0]["id"]
    return id_
