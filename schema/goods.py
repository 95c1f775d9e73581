"""What is known of the goods beyond importer, origin and code, and whether they meet the tests that acts set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from schema.stacking_inputs import Measure

IN_QUOTA = "in_quota"
"""The test of a measure that goods within a quota meet."""
SHARE_OF = "share:"
"""The beginning of a test that goods meet whose share of a material is said ("share:steel=stated"); any other name is an
attribute of the goods."""
CLAIMED = "claim"
"""The test that goods meet for which that preference is claimed ("claim=agreement/usmca"): not claimed it is not open."""
SHOWN = "shown:"
"""The beginning of a test on an attribute that importers show by themselves, as they claim a preference: not stated it is not open."""
AT_LEAST = ">="
"""Within a test of a share: "share:us>=20". Who wants what it gives shows the share, as one claims a preference: not stated it is not open."""


@dataclass(frozen=True)
class UnitValue:
    """The value of one unit of the goods: 4.00 USD for a kg."""

    amount: Decimal
    currency: str
    unit: str


@dataclass(frozen=True)
class Goods:
    """What the client says of the goods. What is left out is not known: a test on it is not met, and a gap names it.

    `agreement` claims that preference, `best` the one that is cheapest in total. `shares`: per cent of the value by material.
    """

    loaded_on: date | None = None
    unit_value: UnitValue | None = None
    agreement: str | None = None
    best: bool = False
    in_quota: bool = False
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)


def unmet(tests: Sequence[str], goods: Goods) -> tuple[str, ...]:
    """The tests ("name=value") that the goods do not meet."""
    return tuple(test for test in tests if not _met(test, goods))


def unstated(tests: Sequence[str], goods: Goods) -> tuple[str, ...]:
    """The tests that nothing is said on, so that they are not met but could be; none where another fails anyway."""
    failed = unmet(tests, goods)
    return failed if all(AT_LEAST not in test and _stated(test, goods) is None for test in failed) else ()


def could_meet(tests: Sequence[str], goods: Goods) -> bool:
    """Whether the goods meet the tests, or would if what is not said of them were."""
    return not unmet(tests, goods) or bool(unstated(tests, goods))


def _met(test: str, goods: Goods) -> bool:
    if AT_LEAST in test:
        name, _, least = test.partition(AT_LEAST)
        return goods.shares.get(name.removeprefix(SHARE_OF), Decimal(0)) >= Decimal(least)
    return (_stated(test, goods) or "").casefold() == test.partition("=")[2].casefold()


def _stated(test: str, goods: Goods) -> str | None:
    """What is said of the goods on a test; of a quota, only that they are within one, else the quota's own test is open."""
    name, _, value = test.partition("=")
    if name == IN_QUOTA:
        return "true" if goods.in_quota else None if value == "true" else "false"
    if name == CLAIMED:
        return goods.agreement or "none"
    if name.startswith(SHARE_OF):
        return "stated" if name.removeprefix(SHARE_OF) in goods.shares else None
    if name.startswith(SHOWN):
        return goods.attributes.get(name.removeprefix(SHOWN), "none")
    return goods.attributes.get(name)


def spared(measure: Measure, day: date, goods: Goods) -> bool:
    """Goods loaded before the measure began, or before the day that its act names, entered while it still lets such goods in."""
    loaded, until = goods.loaded_on, measure.in_transit_until
    before = loading_limit(measure)
    return bool(loaded and before and until and loaded < before and day < until)


def loading_limit(measure: Measure) -> date | None:
    """The day before which goods must have been loaded to be spared."""
    start = measure.period.start
    return measure.in_transit_before or (start.first if start else None)


def share_of(selector: str, goods: Goods) -> Decimal | None:
    """The per cent of the value that "content:steel" or "rest:steel+aluminium" names; None where a share is not stated."""
    kind, _, materials = selector.partition(":")
    shares = [goods.shares.get(material) for material in materials.split("+")]
    if any(share is None for share in shares):
        return None
    part = sum((share for share in shares if share is not None), Decimal(0))
    return part if kind == "content" else Decimal(100) - part
