"""Measures and rules made up for tests of the engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import settings

from schema.dates import PartialDate, parse_partial
from schema.duty_grammar import read_duty
from schema.stacking_inputs import Clause, Measure, Period, Rule
from schema.tariffs import StackingEffect

PATIENT = settings(deadline=None)
"""A busy machine is no fault of the code."""
DAY = date(2025, 7, 10)
KNOWN = date(2025, 7, 1)


def a_period(start: str | None = None, end: str | None = None) -> Period:
    def read(text: str | None) -> PartialDate | None:
        return parse_partial(text) if text else None

    return Period(read(start), read(end))


def a_measure(id_: str, duty: str, authority: str = "X", programme: str | None = None, **more: object) -> Measure:
    made = Measure(
        id_, f"about-{id_}", authority, programme, f"instrument/{id_}", read_duty(duty), a_period("2025-01-01")
    )
    return replace(made, **more)  # type: ignore[arg-type]


def a_rule(id_: str, effect: StackingEffect, subject: str, object_: str) -> Rule:
    return Rule(id_, effect, subject, object_, f"{subject} {effect} {object_}")


BASE = a_measure("base", "2.5%", "MFN", prefix=8)
CLAUSE = Clause("deal", False, date(2025, 7, 9), "a deal is made")
LENT = Clause("fails", True, None, "the court agrees")
