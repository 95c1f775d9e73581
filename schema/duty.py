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

    AD_VALOREM: `amount` per cent of `basis` (the value where None). SPECIFIC: `amount` of `currency` per `per` of `unit`.
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

    `equivalent` is computed, never stored: its per cent at the unit value of some goods.
    """

    text: str
    components: tuple[DutyComponent, ...] = ()
    readable: bool = True
    equivalent: Decimal | None = None

    @property
    def free(self) -> bool:
        """Nothing is charged: "Free", or parts that are all zero. An unreadable duty is not free."""
        return self.readable and all(part.amount == 0 and part.bound is None for part in self.components)

    @property
    def ad_valorem(self) -> Decimal | None:
        """The duty in per cent of the value, 0 where free; None where a part is specific, bounded or unreadable and has
        no equivalent."""
        if self.equivalent is not None:
            return self.equivalent
        plain = [part.amount for part in self.components if _of_value(part)]
        if not self.readable or len(plain) != len(self.components):
            return None
        return sum(plain, Decimal(0))


def _of_value(part: DutyComponent) -> bool:
    return part.kind is DutyComponentKind.AD_VALOREM and part.bound is None and part.basis is None
