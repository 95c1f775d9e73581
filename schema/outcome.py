"""What the rules by which measures meet give: what is charged and what is left out, under what is taken to be the case."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from schema.duty import Duty
from schema.goods import Goods
from schema.stacking_inputs import Measure


@dataclass(frozen=True)
class Charged:
    """A measure that is charged, with what it contributes and the rules that changed that."""

    measure: Measure
    duty: Duty
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Excluded:
    """A measure that matches and is left out: by a rule (because of other measures), a suspension, a claim or a test."""

    measure: Measure
    reason: str
    rule: str | None = None
    suspension: str | None = None
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What is charged on one day under one set of assumptions."""

    charged: tuple[Charged, ...]
    excluded: tuple[Excluded, ...]
    disagreements: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Taken:
    """How open questions are taken.

    `clauses` by id; `forced` measures and rules, by id, count although they are uncertain or their tests are not stated;
    `claim` is the preference that is claimed, by agreement or programme.
    """

    clauses: Mapping[str, bool] = field(default_factory=dict)
    forced: Collection[str] = ()
    goods: Goods = field(default_factory=Goods)
    claim: str | None = None
