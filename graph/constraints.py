"""The constraints and indexes that the ontology calls for; made before the first row is written."""

from __future__ import annotations

from collections.abc import Iterator

from neo4j import AsyncDriver
from neo4j.exceptions import Neo4jError

from graph.reads.search import ANALYZER, INDEXES
from graph.rows import base_label
from schema.ontology import KINDS, VALUES, fields_of

KEYED = (
    "Entity",
    "Fact",
    *(kind.__name__ for kind in VALUES),
    "FactKey",
    "ProductCode",
    "Row",
    "Identity",
    "Decided",
    "Statement",
)
"""Labels whose nodes are merged by `id`."""

MADE_BY_ANOTHER = frozenset(
    {
        "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists",
        "Neo.ClientError.Schema.ConstraintAlreadyExists",
        "Neo.ClientError.Schema.IndexAlreadyExists",
    }
)
"""What the database says where two processes make the same constraint at once."""


def statements() -> Iterator[str]:
    """Cypher for every constraint and index, each idempotent."""
    for label in KEYED:
        yield f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
    for label, name in sorted(set(_indexed())):
        yield f"CREATE INDEX {label.lower()}_{name} IF NOT EXISTS FOR (n:{label}) ON (n.{name})"
    for name, (label, properties) in INDEXES.items():
        fields = ", ".join(f"n.{each}" for each in properties)
        yield (
            f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:{label}) ON EACH [{fields}] "
            f"OPTIONS {{ indexConfig: {{ `fulltext.analyzer`: '{ANALYZER}' }} }}"
        )


async def apply(driver: AsyncDriver, database: str) -> None:
    """Make all constraints and indexes and wait until they are online."""
    for statement in statements():
        try:
            await driver.execute_query(statement, database_=database)
        except Neo4jError as error:
            if error.code not in MADE_BY_ANOTHER:
                raise
    await driver.execute_query("CALL db.awaitIndexes(60)", database_=database)


def _indexed() -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        for spec in fields_of(kind):
            if spec.indexed:
                owner = kind.__name__
                yield (
                    (owner if base_label(kind) == "Fact" else "Entity" if spec.name == "name" else owner),
                    spec.name,
                )
    yield "Fact", "about"
    yield "Fact", "known_from"
    yield "Fact", "recorded_at"
    yield "Entity", "recorded_at"
