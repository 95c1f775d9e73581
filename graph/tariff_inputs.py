"""What the tariff engine needs to know of one importer, origin and product, for all days, in one statement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from graph.reads.codes import digits
from graph.reads.parties import is_party
from graph.reads.problem import QuestionError
from graph.reads.statement import Database, Moment, Statement, read
from graph.reads.time import known
from graph.rows import ALL_PRODUCTS
from graph.tariff_rows import (
    BEARING,
    BELONGINGS,
    FITS,
    MEASURE,
    RULE,
    addresses,
    measure_of,
    rest_of,
    rule_of,
    scope_of,
)
from schema.stacking_inputs import Inputs


def _scoped(kind: str, node: str, codes: str) -> str:
    """Nodes of a kind whose products and origins fit, from the product side: importers and origins are dense nodes."""
    return (
        f"MATCH (c:ProductCode) WHERE {codes} MATCH (c)-[:IN_SCOPE]->(s:ProductScope)<-[:PRODUCTS]-"
        f"({node}:{kind} {{importer: importer}})-[:ORIGINS]->(o:OriginScope) "
        f"WHERE {known(node)} AND {FITS} AND none(x IN s.exclude WHERE $code STARTS WITH x)"
    )


PARTIES = f"""
OPTIONAL MATCH (i:Party) WHERE {is_party("i", "$importer")}
OPTIONAL MATCH (from:Country) WHERE {is_party("from", "$origin")}
WITH i.id AS importer, from.id AS origin
WITH importer, origin, {BELONGINGS} AS belongings
WITH importer, origin, belongings, [origin] + [each IN belongings | each[0]] AS origins
"""

TEXT = f"""{PARTIES}
WITH importer, origin, belongings, origins,
  COLLECT {{ {_scoped("TariffMeasure", "m", "c.id IN $prefixes")}
    WITH m, o, max(size(c.id)) AS prefix RETURN [{MEASURE}, {BEARING}, prefix, false] }}
  + COLLECT {{ {_scoped("TariffMeasure", "m", "c.id STARTS WITH $code AND c.id <> $code")}
    AND NOT EXISTS {{ MATCH (w:ProductCode)-[:IN_SCOPE]->(s) WHERE w.id IN $prefixes }}
    WITH m, o, max(size(c.id)) AS prefix RETURN [{MEASURE}, {BEARING}, prefix, true] LIMIT 200 }} AS measures,
  COLLECT {{ {_scoped("StackingRule", "r", "c.id IN $prefixes")}
    RETURN DISTINCT [{RULE}, {BEARING}] }} AS rules
WITH importer, origin, belongings, measures, rules, [m IN measures | m[0][1]] AS abouts
RETURN {{
  importer: importer, origin: origin, belongings: belongings, measures: measures, rules: rules,
  product: head(COLLECT {{ MATCH (p:Product) WHERE p.code IN $prefixes
    RETURN p.id ORDER BY size(p.code) DESC, p.nomenclature DESC LIMIT 1 }}),
  suspensions: {addresses("Suspension")}, annulments: {addresses("Annulment")}
}} AS found, [] AS unknown
"""


@dataclass(frozen=True)
class Case:
    """The nodes that a question names, by id, and what the engine gets."""

    importer: str
    origin: str
    product: str
    inputs: Inputs


def prefixes(code: str) -> list[str]:
    """All codes from which a code inherits, itself among them."""
    return [ALL_PRODUCTS, *(code[:length] for length in range(2, len(code) + 1))]


async def fetch(database: Database, when: Moment, importer: str, origin: str, product: str) -> Case:
    """Fetch the case. Raises QuestionError for a party or a product that is not loaded."""
    code = digits(product)
    parameters = {"importer": importer, "origin": origin, "code": code, "prefixes": prefixes(code), **when.parameters}
    found = await read(database, Statement(TEXT, parameters, lambda row: row))
    check(found, importer, origin, product)
    return Case(found["importer"], found["origin"], found["product"], _inputs(found))


def check(found: dict[str, Any], importer: str, origin: str, product: str) -> None:
    """Raise QuestionError for a party or a product that is not loaded."""
    for name, value, given in (("importer", found["importer"], importer), ("origin", found["origin"], origin)):
        if value is None:
            raise QuestionError(
                f"{name}: no {'country' if name == 'origin' else 'party'} with the code {given} is loaded"
            )
    if found["importer"] == found["origin"]:
        raise QuestionError("origin: it is the importer; goods of its own pay no duty of import")
    if found["product"] is None:
        raise QuestionError(f"product: no loaded nomenclature has the code {product} or one above it")


def _inputs(found: dict[str, Any]) -> Inputs:
    return replace(
        rest_of(found),
        measures=tuple(
            measure_of(row, scope_of(include, exclude), prefix, part)
            for row, include, exclude, prefix, part in found["measures"]
        ),
        rules=tuple(rule_of(row, scope_of(include, exclude)) for row, include, exclude in found["rules"]),
    )
