"""Reads of products, acts and duties that follow from several facts."""

from __future__ import annotations

from graph.reads.derived import BY_PERIOD, page
from graph.reads.prefer import order
from graph.reads.read import Read, expression, nodes
from graph.reads.time import holds, known, may_hold

_PROMULGATED = "head([({n})-[:INSTRUMENT]->(x) | x.promulgated])"
_EFFECTIVE = "coalesce({n}.effective, CASE WHEN size({n}.valid_from) = 10 THEN {n}.valid_from END)"


def _scope(kind: str, field: str) -> str:
    return f"coalesce(head([({{n}})-[:{kind}]->(x) | x.{field}]), [])"


def measure_state(measure: str) -> str:
    """Where a measure stands on the day asked for, by its modality, period, suspensions and annulments.

    ANNULLED only from the day of the judgment on, which changes no rate that was charged before.
    """
    s, a = f"{measure}_s", f"{measure}_a"
    return (
        f"CASE WHEN {measure}.modality IN ['POSSIBLE', 'CONDITIONAL', 'DEMANDED', 'DENIED'] THEN 'THREATENED' "
        f"WHEN {measure}.modality = 'PLANNED' THEN 'ANNOUNCED' "
        f"WHEN EXISTS {{ MATCH ({a}:Annulment {{measure: {measure}.about}}) WHERE {known(a)} "
        f"AND {a}.known_from <= $day }} THEN 'ANNULLED' "
        f"WHEN {measure}.valid_to_last <= $day THEN 'ENDED' "
        f"WHEN {measure}.valid_from_first > $day THEN 'SCHEDULED' "
        f"WHEN EXISTS {{ MATCH ({s}:Suspension {{measure: {measure}.about}}) WHERE {known(s)} "
        f"AND {may_hold(s, '$day')} }} THEN 'SUSPENDED' ELSE 'IN_FORCE' END"
    )


_RETROACTIVE = expression(
    "Boolean!",
    f"coalesce({_EFFECTIVE} < {_PROMULGATED}, false)",
    description="It took effect before its act was issued.",
)

TARIFF_MEASURE: dict[str, Read] = {
    "origins": nodes(
        "[Party!]!", "MATCH ({n})-[:ORIGINS]->()-[:INCLUDE]->({m}:Party)", description="Empty: all origins."
    ),
    "excludedOrigins": nodes(
        "[Party!]!", "MATCH ({n})-[:ORIGINS]->()-[:EXCLUDE]->({m}:Party)", description="Origins that are left out."
    ),
    "productCodes": expression(
        "[String!]!",
        _scope("PRODUCTS", "include"),
        description="The codes or prefixes that the act states, not expanded.",
    ),
    "excludedProductCodes": expression(
        "[String!]!", _scope("PRODUCTS", "exclude"), description="Products that are left out."
    ),
    "products": nodes(
        "ProductConnection!",
        "MATCH ({n})-[:PRODUCTS]->({m}_s:ProductScope) UNWIND {m}_s.include AS {m}_c "
        "MATCH ({m}:Product) WHERE {m}.code STARTS WITH {m}_c "
        "AND none(x IN coalesce({m}_s.exclude, []) WHERE {m}.code STARTS WITH x)",
        "{m}.code, {m}.id",
        page(),
        description="The loaded products that the codes cover.",
    ),
    "promulgated": expression("Date", _PROMULGATED, description="The day on which its act was issued."),
    "effective": expression("Date", _EFFECTIVE),
    "retroactive": _RETROACTIVE,
    "suspensions": nodes(
        "[Suspension!]!",
        f"MATCH ({{m}}:Suspension {{measure: {{n}}.about}}) WHERE {known('{m}')}",
        BY_PERIOD,
        description="When it, in any version, was not collected.",
    ),
    "annulments": nodes(
        "[Annulment!]!",
        f"MATCH ({{m}}:Annulment {{measure: {{n}}.about}}) WHERE {known('{m}')}",
        BY_PERIOD,
        description="Judgments that it, in any version, was void.",
    ),
    "state": expression("MeasureState!", measure_state("{n}"), description="On the day asked for."),
}

_ADDRESSED = nodes(
    "TariffMeasure!",
    f"MATCH ({{m}}:Fact&TariffMeasure {{about: {{n}}.measure}}) WHERE {known('{m}')}",
    order("{m}"),
)

READS: dict[str, dict[str, Read]] = {
    "TariffMeasure": TARIFF_MEASURE,
    "StackingRule": {"retroactive": _RETROACTIVE},
    "Suspension": {"measure": _ADDRESSED},
    "Annulment": {"measure": _ADDRESSED},
    "Quota": {"measure": _ADDRESSED},
    "Instrument": {
        "amends": nodes(
            "[Instrument!]!",
            f"MATCH ({{n}})<-[:INSTRUMENT]-({{m}}_a:Amendment)-[:AMENDS]->({{m}}:Instrument) WHERE {holds('{m}_a')}",
            description="The acts that it changes.",
        )
    },
}
