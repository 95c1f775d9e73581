"""What is due on goods of one origin on one day, as known on another: the total, its parts, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from schema.duty import Duty
from schema.equivalent import valued
from schema.gaps import NO_BASE, gaps
from schema.goods import Goods
from schema.outcome import Charged, Excluded, Outcome, Taken
from schema.pending import Pending, pending
from schema.preference import best
from schema.stacking import settle
from schema.stacking_inputs import Inputs
from schema.total import total

__all__ = ["NO_BASE", "Assessment", "Coverage", "Pending", "assess"]


class Coverage(StrEnum):
    """COMPLETE: no gap is known. PARTIAL: `gaps` says what is missing. NONE: no base duty is loaded."""

    COMPLETE = "COMPLETE"
    PARTIAL = "PARTIAL"
    NONE = "NONE"


@dataclass(frozen=True)
class Assessment:
    """The answer. `duty` and `ad_valorem` are None where no base duty is loaded; the latter also where a part is no
    percentage. Never 0 for what is not known."""

    coverage: Coverage
    gaps: tuple[str, ...]
    duty: Duty | None
    ad_valorem: Decimal | None
    charged: tuple[Charged, ...]
    excluded: tuple[Excluded, ...]
    pending: tuple[Pending, ...]
    annulled: tuple[str, ...]
    disagreements: tuple[str, ...]


def assess(
    day: date, known: date, inputs: Inputs, assume: Mapping[str, bool] | None = None, goods: Goods | None = None
) -> Assessment:
    """Assess goods entered on `day` as known on `known`, with clauses taken as `assume` says."""
    goods = goods or Goods()
    inputs = prepared(day, inputs, goods)
    taken = best(day, inputs, Taken(dict(assume or {}), goods=goods, claim=goods.agreement))
    outcome = settle(day, inputs, taken)
    duty = total(outcome)
    missing = tuple(sorted(set(gaps(day, inputs, outcome, taken))))
    return Assessment(
        coverage=Coverage.NONE if duty is None else Coverage.PARTIAL if missing else Coverage.COMPLETE,
        gaps=missing,
        duty=duty,
        ad_valorem=duty.ad_valorem if duty else None,
        charged=outcome.charged,
        excluded=outcome.excluded,
        pending=tuple(pending(day, known, inputs, taken, outcome)),
        annulled=tuple(sorted(_annulled(inputs, outcome))),
        disagreements=outcome.disagreements,
    )


def prepared(day: date, inputs: Inputs, goods: Goods) -> Inputs:
    """The inputs of one day, duties with their equivalents at the value of the goods."""
    inputs = inputs.on(day)
    if goods.unit_value is None:
        return inputs
    measures = (replace(each, duty=valued(each.duty, goods.unit_value)) for each in inputs.measures)
    return replace(inputs, measures=tuple(measures))


def _annulled(inputs: Inputs, outcome: Outcome) -> Iterator[str]:
    """Judgments on what was charged; they change no rate."""
    abouts = {each.measure.about for each in outcome.charged}
    return (each.id for each in inputs.annulments if each.measure in abouts)
