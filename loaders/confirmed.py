"""Lists of codes that curated files already state: a list confirms what it has in common with them, and adds nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from schema.base import Evidence, Source
from schema.tariffs import StackingRule, TariffMeasure

T = TypeVar("T", StackingRule, TariffMeasure)


def holds(fact: StackingRule | TariffMeasure, code: str) -> bool:
    """Whether a code lies within the scope of a fact."""
    return code.startswith(fact.products.include) and not code.startswith(fact.products.exclude)


def confirmed(facts: Iterable[T], codes: list[str], source: Source) -> Iterator[T]:
    """The facts of which the list holds a part, with the list as one more source of them."""
    for fact in facts:
        listed = [prefix for prefix in fact.products.include if any(code.startswith(prefix) for code in codes)]
        if listed:
            place = f"{len(listed)} of the {len(fact.products.include)} codes of the scope"
            yield replace(fact, evidence=(Evidence(source=source.id, locator=place),))
