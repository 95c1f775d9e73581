"""What a client says of the goods, as the engine gets it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from babel.core import get_global

from graph.reads.problem import QuestionError
from schema.goods import Goods, UnitValue

LONG_CODE = 3
"""Letters of the longer ISO code of a country."""


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
        unit_value=_unit_value(given.get("unitValue")),
        agreement=given.get("agreement"),
        best=given.get("preference") == "BEST",
        in_quota=given.get("inQuota", False),
        shares=_shares(given.get("contentShares", [])),
        attributes=_attributes(given.get("attributes", [])),
    )


def _unit_value(given: dict[str, Any] | None) -> UnitValue | None:
    if given is None:
        return None
    if given["amount"] <= 0:
        raise QuestionError("goods: the amount of unitValue must be more than 0")
    return UnitValue(given["amount"], given["currency"].upper(), given["unit"])


def _shares(given: list[dict[str, Any]]) -> dict[str, Decimal]:
    shares = {_name(each["material"]): each["percent"] for each in given}
    if len(shares) < len(given):
        raise QuestionError("goods: name each material of contentShares once")
    if any(share < 0 for share in shares.values()) or sum(shares.values()) > 100:
        raise QuestionError("goods: contentShares are per cent of the value: from 0, and 100 at most in all")
    return shares


def _attributes(given: list[dict[str, Any]]) -> dict[str, str]:
    attributes = {_name(each["name"]): _value(each["value"]) for each in given}
    if len(attributes) < len(given):
        raise QuestionError("goods: name each of the attributes once")
    return attributes


def _name(given: str) -> str:
    """A material or attribute by the name that rules give it: in small letters, spelt as here (acts write "aluminum")."""
    return given.strip().lower().replace("aluminum", "aluminium")


def _value(given: str) -> str:
    """A value as tests state it: a country by its code of two letters (of three it is given as well: IND)."""
    value = given.strip()
    two_letters: list[str] = get_global("territory_aliases").get(value.upper(), []) if len(value) == LONG_CODE else []
    return two_letters[0] if len(two_letters) == 1 else value
