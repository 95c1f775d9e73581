"""The statistics of a whole schedule, or of the lines below one product: fetched in one statement, computed in `schema/`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from graphql import GraphQLResolveInfo

from graph.reads.codes import digits
from graph.reads.hydrate import Ref
from graph.reads.pages import UNPAGED
from graph.reads.problem import QuestionError
from graph.reads.selection import Selection
from graph.reads.statement import Database, Moment, Statement, moment, read, today
from graph.reads.time import known
from graph.tariff import filled
from graph.tariff_inputs import PARTIES, check, prefixes
from graph.tariff_rows import (
    BARE_MEASURE,
    BARE_RULE,
    BEARING,
    FITS,
    addresses,
    measure_of,
    rest_of,
    rule_of,
    scope_of,
)
from schema.profile import Codes, NoRowError, Row, Schedule, profile
from schema.stacking_inputs import CLAIMED

LEVELS = (2, 4, 6, 8)

_FITTING = f"COLLECT {{ MATCH (o:OriginScope) WHERE {FITS} RETURN o }} AS fitting"
"""There are few scopes of origins, and each is of many measures: which can mean the origin is asked once."""


def _found(kind: str, node: str, whole: bool, more: str = "") -> str:
    """Nodes of a kind whose scopes can mean the origin and a code above or below the one asked for, once each.

    For a part of the schedule they are reached by its codes, for the whole by the origins: fewer measures of others are on that way.
    """
    holds = f"{node}.importer = importer AND {known(node)}{more}"
    if whole:
        return (
            f"UNWIND fitting AS o MATCH (o)<-[:ORIGINS]-({node}:{kind}) WHERE {holds} MATCH ({node})-[:PRODUCTS]->(s)"
        )
    return (
        "MATCH (c:ProductCode) WHERE c.id IN $prefixes OR c.id STARTS WITH $code MATCH (c)-[:IN_SCOPE]->(s:ProductScope) "
        f"WITH DISTINCT s MATCH (s)<-[:PRODUCTS]-({node}:{kind}) WHERE {holds} MATCH ({node})-[:ORIGINS]->(o) WHERE o IN fitting"
    )


def _text(whole: bool) -> str:
    return f"""{PARTIES}
WITH importer, origin, belongings, origins, {_FITTING}
WITH importer, origin, belongings, origins, fitting,
  COLLECT {{ {_found("TariffMeasure", "m", whole, " AND NOT m.authority IN $claimed")} RETURN [s.id, o.id, {BARE_MEASURE}] }} AS measures,
  COLLECT {{ {_found("StackingRule", "r", whole)} RETURN [s.id, o.id, {BARE_RULE}] }} AS rules
WITH importer, origin, belongings, origins, fitting, measures, rules, [m IN measures | m[2][1]] AS abouts,
  [x IN measures + rules | x[0]] AS used
RETURN {{
  importer: importer, origin: origin, belongings: belongings, measures: measures, rules: rules,
  origins: COLLECT {{ UNWIND fitting AS o RETURN [o.id, {BEARING}] }},
  scopes: COLLECT {{ MATCH (s:ProductScope) WHERE s.id IN used RETURN [s.id, s.include, s.exclude] }},
  products: COLLECT {{ MATCH (p:Product) WHERE p.code IN $prefixes OR (p.code STARTS WITH $code AND size(p.code) <= $level)
    RETURN [p.code, p.id] ORDER BY p.nomenclature }},
  suspensions: {addresses("Suspension")}, annulments: []
}} AS found, [] AS unknown
"""


_PART, _WHOLE = _text(whole=False), _text(whole=True)


async def answer_profile(database: Database, info: GraphQLResolveInfo[Any]) -> Any:
    """Answer the root field `tariffProfile`: one statement for the measures, one for the products selected.

    Raises QuestionError as `tariff` does, for a level that there is not, and for more rows than a list may hold.
    """
    given = Selection(info).arguments("Query", info.field_nodes[0])
    when = moment(given.get("at"), given.get("asKnownOn"))
    code, level = _asked(given)
    found = await _fetch(database, when, given, code, level)
    products = dict(found["products"])
    try:
        rows = profile(when.at or today(), _schedule(found), code, products, level)
    except NoRowError as error:
        raise QuestionError(
            f"tariffProfile: {error}: load their nomenclature (`tradegraph load hs`) or ask for more digits"
        ) from error
    least = given.get("minAdValorem")
    kept = [row for row in rows if least is None or (row.maximum is not None and row.maximum >= least)]
    if len(kept) > UNPAGED:
        raise QuestionError(
            f"tariffProfile: {len(kept)} rows are more than {UNPAGED}: name a product, a lower level or minAdValorem"
        )
    answer = [_answer(row, products) for row in kept]
    return await filled(database, info, when, "TariffProfileRow", answer)


def _asked(given: dict[str, Any]) -> tuple[str, int]:
    """The code below which lines are taken, "" for all, and the digits of a row: never fewer than that code's."""
    level = given["level"]
    if level not in LEVELS:
        raise QuestionError(f"level: {level} is none: ask for {', '.join(map(str, LEVELS))} digits")
    code = digits(given["product"]) if "product" in given else ""
    if level == LEVELS[-1] and not code:
        raise QuestionError(f"product: level {level} needs a product whose lines are asked for")
    return code, max(level, len(code))


async def _fetch(database: Database, when: Moment, given: dict[str, Any], code: str, level: int) -> dict[str, Any]:
    parameters = {
        "importer": given["importer"],
        "origin": given["origin"],
        "code": code,
        "prefixes": prefixes(code),
        "level": level,
        "claimed": sorted(CLAIMED),
        **when.parameters,
    }
    text = _PART if code else _WHOLE
    found: dict[str, Any] = await read(database, Statement(text, parameters, lambda row: row))
    there = next((id_ for each, id_ in found["products"] if each in prefixes(code)), None)
    check({**found, "product": there if code else ""}, given["importer"], given["origin"], given.get("product", ""))
    return found


def _schedule(found: dict[str, Any]) -> Schedule:
    measures, rules = defaultdict(list), defaultdict(list)
    origins = {id_: scope_of(include, exclude) for id_, include, exclude in found["origins"]}
    for scope, origin, row in found["measures"]:
        measures[scope].append(measure_of(row, origins[origin]))
    for scope, origin, row in found["rules"]:
        rules[scope].append(rule_of(row, origins[origin]))
    return Schedule(
        {
            scope: Codes(frozenset(include or ()), frozenset(exclude or ()))
            for scope, include, exclude in found["scopes"]
        },
        {scope: tuple(each) for scope, each in measures.items()},
        {scope: tuple(each) for scope, each in rules.items()},
        replace(rest_of(found), annulments=()),
    )


def _answer(row: Row, products: dict[str, str]) -> dict[str, Any]:
    return {
        "product": Ref(products[row.code]),
        "lines": row.lines,
        "minimum": row.minimum,
        "mean": row.mean,
        "maximum": row.maximum,
        "notAdValorem": row.not_ad_valorem,
        "unreadable": row.unreadable,
    }
