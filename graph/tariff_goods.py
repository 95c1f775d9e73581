"""What a client says of the goods, as the engine gets it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from graph.reads.problem import QuestionError
from schema.goods import Goods, UnitValue


def goods_of(given: dict[str, Any] | None, day: date | None) -> Goods:
    """The goods of an argument `goods`, entered on `day` (None: on several).

    Raises QuestionError for what cannot be: a value of nothing, shares of more than the whole, loading after entry.
    """
    given = given or {}
    loaded = given.get("loadedOn")
    if loaded and day and loaded > day:
        raise QuestionError(f"goods: loadedOn {loaded} is after {day}, the day of entry: ask for a day before")
    return Goods(
        loaded_on=loaded,
        unit_value=_value(given.get("unitValue")),
        agreement=given.get("agreement"),
        best=given.get("preference") == "BEST",
        in_quota=given.get("inQuota", False),
        shares=_shares(given.get("contentShares", [])),
        attributes=_attributes(given.get("attributes", [])),
    )


def _value(given: dict[str, Any] | None) -> UnitValue | None:
    if given is None:
        return None
    if given["amount"] <= 0:
        raise QuestionError("goods: the amount of unitValue must be more than 0")
    return UnitValue(given["amount"], given["currency"].upper(), given["unit"])


def _shares(given: list[dict[str, Any]]) -> dict[str, Decimal]:
    shares = {each["material"]: each["percent"] for each in given}
    if len(shares) < len(given):
        raise QuestionError("goods: name each material of contentShares once")
    if any(share < 0 for share in shares.values()) or sum(shares.values()) > 100:
        raise QuestionError("goods: contentShares are per cent of the value: from 0, and 100 at most in all")
    return shares


def _attributes(given: list[dict[str, Any]]) -> dict[str, str]:
    attributes = {each["name"]: each["value"] for each in given}
    if len(attributes) < len(given):
        raise QuestionError("goods: name each of the attributes once")
    return attributes
