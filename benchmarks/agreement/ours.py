"""The additional duties of our answers, named as the tracker names them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any

from benchmarks.agreement.grid import DAYS
from benchmarks.agreement.tracker import Charges

Ask = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]
BASE = ("MFN", "COLUMN2", "PREFERENCE")
_DAY = """  d{number}: tariff(importer: "US", origin: $origin, product: $line, at: "{day}") {{
    adValorem components {{ duty {{ adValorem }} measure {{ authority programme }} }}
  }}
"""
_ALL = (
    "query ($origin: String!, $line: String!) {\n"
    + "".join(_DAY.format(number=number, day=day) for number, day in enumerate(DAYS))
    + "}"
)


async def charges(ask: Ask, line: str, origin: str) -> dict[str, Charges]:
    """By day. A duty that several measures make up has their sum, or None where one has no percentage."""
    answer = await ask(_ALL, {"origin": origin, "line": line})
    return {day: _charges(answer[f"d{number}"]["components"]) for number, day in enumerate(DAYS)}


def _charges(components: list[dict[str, Any]]) -> Charges:
    found: Charges = {}
    for each in components:
        name = _name(each["measure"]["authority"], each["measure"]["programme"] or "")
        if each["measure"]["authority"] not in BASE:
            stated = each["duty"]["adValorem"]
            rate = None if stated is None else Decimal(stated)
            before = found.get(name, Decimal(0))
            found[name] = None if rate is None or before is None else before + rate
    return found


def _name(authority: str, programme: str) -> str:
    """The duties under the emergency act are told apart by what they answer."""
    return authority if authority != "IEEPA" else programme.partition("/")[0]
