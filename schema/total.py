"""The sum of what is charged."""

from __future__ import annotations

from decimal import Decimal

from schema.duty import Duty
from schema.duty_grammar import add_duties
from schema.outcome import Outcome
from schema.standing import CLAIMED, SCHEDULES


def total(outcome: Outcome) -> Duty | None:
    """The sum of what is charged, None without a base duty or a preference in its place."""
    if not any(each.measure.authority in SCHEDULES | CLAIMED for each in outcome.charged):
        return None
    return add_duties(each.duty for each in outcome.charged)


def total_rate(outcome: Outcome) -> Decimal | None:
    """The total in per cent, None where it is no percentage."""
    duty = total(outcome)
    return duty.ad_valorem if duty else None
