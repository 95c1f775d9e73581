"""What constraints of the Community edition cannot promise, checked over the whole graph."""

from __future__ import annotations

from dataclasses import dataclass

from neo4j import AsyncDriver

from graph.rows import ENVELOPE_LINKS
from schema.ontology import KINDS, SCALARS, fields_of


@dataclass(frozen=True)
class Check:
    """How many nodes break a promise (0 is good), some of them by id, and what to do."""

    name: str
    count: int
    detail: str
    mend: str


UNDECLARED = "MATCH (n:Entity) WHERE n.recorded_at IS NULL RETURN n.id AS id"
NO_EVIDENCE = "MATCH (n:Fact) WHERE NOT EXISTS { (n)-[:EVIDENCE]->(:Evidence)-[:SOURCE]->(:Source) } RETURN n.id AS id"
NOT_KNOWN = "MATCH (n:Fact) WHERE n.known_from IS NULL RETURN n.id AS id"
DANGLING = "MATCH (n:FactKey) WHERE NOT EXISTS { (n)<-[:KEY]-() } RETURN n.id AS id"


def checks() -> dict[str, tuple[str, str]]:
    """Each check by name: Cypher that returns the ids of what is wrong, and how to mend it."""
    return {
        "entities that facts name and nothing declares": (UNDECLARED, "load the source that declares them"),
        "facts without evidence": (NO_EVIDENCE, "load their source again"),
        "facts without a day of knowledge": (
            NOT_KNOWN,
            "give their sources a day of publication or of retrieval",
        ),
        "superseded facts that are not loaded": (DANGLING, "load the source that states them"),
        "nodes without a required property": (_missing(), "load their source again"),
    }


async def audit(driver: AsyncDriver, database: str) -> list[Check]:
    """Run all checks."""
    found = []
    for name, (text, mend) in checks().items():
        result = await driver.execute_query(text, database_=database, routing_="r")
        ids = [record["id"] for record in result.records]
        some = f": {', '.join(ids[:3])}{' …' if len(ids) > 3 else ''}" if ids else ""
        found.append(Check(name, len(ids), f"{len(ids)}{some}", mend))
    return found


def _missing() -> str:
    """Every property that the ontology requires, since Community knows no existence constraint."""
    parts = []
    for kind in KINDS:
        required = [
            spec.name
            for spec in fields_of(kind)
            if not (spec.optional or spec.many or spec.end or spec.name in ENVELOPE_LINKS)
            and (spec.type in SCALARS or spec.name in ("modality", "kind"))
        ]
        missing = " OR ".join(f"n.{name} IS NULL" for name in required)
        parts.append(f"MATCH (n:{kind.__name__}) WHERE {missing} RETURN n.id AS id")
    return " UNION ".join(parts)
