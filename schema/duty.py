"""A duty as exact components, read from the words of a schedule or an act."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class DutyComponentKind(StrEnum):
    """AD_VALOREM: per cent of a basis. SPECIFIC: money per quantity."""

    AD_VALOREM = "AD_VALOREM"
    SPECIFIC = "SPECIFIC"


class DutyBound(StrEnum):
    """The component is a lower or an upper limit of the rest of its group."""

    MINIMUM = "MINIMUM"
    MAXIMUM = "MAXIMUM"


@dataclass(frozen=True)
class DutyComponent:
    """One part of a duty.

    AD_VALOREM: `amount` per cent of `basis` (the value where None). SPECIFIC: `amount` of `currency` per `per` of `unit`, of
    `basis` (the goods where None): "5% on the case", "5.4 cents/kg on drained weight".
    """

    kind: DutyComponentKind
    amount: Decimal
    bound: DutyBound | None = None
    group: int = 0
    basis: str | None = None
    currency: str | None = None
    per: Decimal | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Duty:
    """A duty as its source writes it, and its parts. `readable` is False where no parts could be made of the text.

    Its groups of components add up; within a group the bounds limit the sum of the rest. `equivalent` is computed, never
    stored: its per cent at the unit value of some goods.
    """

    text: str
    components: tuple[DutyComponent, ...] = ()
    readable: bool = True
    equivalent: Decimal | None = None

    @property
    def free(self) -> bool:
        """Nothing is charged: "Free", or parts that are all zero. An unreadable duty is not free."""
        return self.readable and all(part.amount == 0 for part in self.components)

    @property
    def ad_valorem(self) -> Decimal | None:
        """The duty in per cent of the value, 0 where free; None where a part is specific, bounded or unreadable and it has
        no equivalent."""
        if self.free or self.equivalent is not None:
            return self.equivalent or Decimal(0)
        plain = [part.amount for part in self.components if _of_value(part) and part.bound is None]
        if not self.readable or len(plain) != len(self.components):
            return None
        return sum(plain, Decimal(0))

    @property
    def at_least(self) -> Decimal:
        """What the duty certainly comes to in per cent of the value, whatever the goods: 10 for "4.4 cents/kg + 10%".

        A duty with an upper limit, or one that could not be read, may come to nothing: 0.
        """
        if self.equivalent is not None:
            return self.equivalent
        if not self.readable or any(part.bound is DutyBound.MAXIMUM for part in self.components):
            return Decimal(0)
        groups = sorted({part.group for part in self.components})
        return sum((_group_at_least(self.components, group) for group in groups), Decimal(0))


def _of_value(part: DutyComponent) -> bool:
    return part.kind is DutyComponentKind.AD_VALOREM and part.basis is None


def _group_at_least(parts: tuple[DutyComponent, ...], group: int) -> Decimal:
    """The percentages of one group, or its minimum where that is more."""
    certain = [part for part in parts if part.group == group and _of_value(part)]
    plain = sum((part.amount for part in certain if part.bound is None), Decimal(0))
    return max([plain, *(part.amount for part in certain if part.bound is DutyBound.MINIMUM)])
