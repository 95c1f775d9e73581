"""Which tariff measures a filter means, and the way to them."""

from __future__ import annotations

from collections.abc import Callable

from graph.reads.parties import is_party
from graph.reads.read import Arguments
from graph.reads.tariffs import measure_state
from graph.reads.time import holds, known


def measures(_: str, m: str, a: Arguments) -> str:
    """The clause that binds them. What is scheduled or ended holds on no day asked for, and so is found by its state alone."""
    conditions = [known(m) if "states" in a else holds(m)]
    if a.keys() & {"product", "instrument"} and "importer" in a:  # else they are reached from it
        conditions.append(
            f"EXISTS {{ MATCH ({m})-[:IMPORTER]->({m}_p:Party) WHERE {is_party(f'{m}_p', a['importer'])} }}"
        )
    conditions += [condition(m, a[name]) for name, condition in _CONDITIONS.items() if name in a]
    before = _origins(m, a["origin"]) if "origin" in a else ""
    return f"{before}{_way(m, a)} WHERE {' AND '.join(conditions)}"


def _way(m: str, a: Arguments) -> str:
    """To the measures from what is named of them, that of which there are fewest first: a schedule has a hundred thousand."""
    p, c, s = f"{m}_p", f"{m}_k", f"{m}_s"
    if "product" in a:
        code = f"trim(replace({a['product']}, '.', ''))"
        kept = f"{s}, {m}_of" if "origin" in a else s
        return (
            f"MATCH ({c}:ProductCode) WHERE {c}.id IN [n IN range(0, size({code})) | left({code}, n)] OR {c}.id STARTS WITH {code} "
            f"MATCH ({c})-[:IN_SCOPE]->({s}:ProductScope) WHERE none(x IN {s}.exclude WHERE {code} STARTS WITH x) "
            f"WITH DISTINCT {kept} MATCH ({s})<-[:PRODUCTS]-({m}:TariffMeasure)"
        )
    if "instrument" in a:
        return f"MATCH (:Instrument {{id: {a['instrument']}}})<-[:INSTRUMENT]-({m}:TariffMeasure)"
    if "importer" in a:
        return f"MATCH ({p}:Party) WHERE {is_party(p, a['importer'])} MATCH ({m}:TariffMeasure {{importer: {p}.id}})"
    return f"MATCH ({m}:TariffMeasure)"


def _origins(m: str, code: str) -> str:
    """The origin named and the groups that it belongs to on the day, once for all measures."""
    c, f = f"{m}_c", f"{m}_f"
    return (
        f"UNWIND [COLLECT {{ MATCH ({c}:Party) WHERE {is_party(c, code)} RETURN {c}.id AS id UNION "
        f"MATCH ({c}:Party)<-[:MEMBER]-({f}:Membership)-[:GROUP]->({c}g) WHERE {is_party(c, code)} AND {holds(f)} "
        f"RETURN {c}g.id AS id }}] AS {m}_of "
    )


def _of_origin(m: str, _: str) -> str:
    return (
        f"any(s IN [head([({m})-[:ORIGINS]->(x) | x])] WHERE (size(s.include) = 0 OR any(o IN {m}_of WHERE o IN s.include)) "
        f"AND none(o IN {m}_of WHERE o IN s.exclude))"
    )


def _effective(m: str) -> str:
    return f"coalesce({m}.effective, {m}.valid_from_first)"


def _retroactive(m: str, value: str) -> str:
    return f"coalesce({_effective(m)} < head([({m})-[:INSTRUMENT]->(x) | x.promulgated]), false) = {value}"


_CONDITIONS: dict[str, Callable[[str, str], str]] = {
    "origin": _of_origin,
    "authority": lambda m, value: f"{m}.authority = {value}",
    "instrument": lambda m, value: f"EXISTS {{ ({m})-[:INSTRUMENT]->(:Instrument {{id: {value}}}) }}",
    "states": lambda m, value: f"{measure_state(m)} IN {value}",
    "effectiveFrom": lambda m, value: f"{_effective(m)} >= {value}",
    "effectiveTo": lambda m, value: f"{_effective(m)} <= {value}",
    "minAdValorem": lambda m, value: f"toFloat({m}.duty_ad_valorem) >= toFloat({value})",
    "retroactive": _retroactive,
    "conditional": lambda m, value: f"EXISTS {{ ({m})-[:CONDITIONS]->() }} = {value}",
}
"""By the name in the filter; `product` and `importer` are on the way."""
