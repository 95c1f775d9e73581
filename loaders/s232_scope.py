"""Scopes of duties under section 232 from lists: without what curated files state themselves, for both would be charged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from datetime import date

from loaders import us_curated
from schema.base import Modality
from schema.tariffs import ProductScope, TariffMeasure

METALS = {"steel": "steel", "aluminum": "aluminium", "copper": "copper"}
"""The metals of the lists, as programmes name them."""


def curated_on(day: date) -> list[TariffMeasure]:
    """The duties on metals under section 232 that curated files state for a day, on products that they list."""
    return [each for each in us_curated.measures() if _holds_on(each, day)]


def _holds_on(measure: TariffMeasure, day: date) -> bool:
    started = measure.valid_from is None or measure.valid_from.first <= day
    ended = measure.valid_to is not None and measure.valid_to.last <= day
    metal = (measure.programme or "").partition("/")[0]
    listed = measure.authority == "S232" and metal in METALS.values() and bool(measure.products.include)
    return listed and started and not ended and measure.modality is Modality.ASSERTED


def scopes(codes: Iterable[str], others: Set[str]) -> Iterator[ProductScope]:
    """These codes without the longer ones that stand elsewhere; several scopes where a code lies within such a longer one again."""
    rest = set(codes)
    while rest:
        elsewhere = {other for other in others if other.startswith(tuple(rest)) and other not in rest}
        within = {code for code in rest if code.startswith(tuple(elsewhere))}
        include = tuple(rest - within)
        yield ProductScope(include=include, exclude=tuple(other for other in elsewhere if other.startswith(include)))
        rest = within


def prefixes(measures: Iterable[TariffMeasure]) -> set[str]:
    """The codes that duties list."""
    return {code for each in measures for code in each.products.include}
