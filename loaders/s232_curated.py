"""Lists of goods that pay section 232 on metals, beside the duties that curated files state from the notes to chapter 99.

The lists shorten codes (8471 for four lines of a note, 3004.90.92 for 3004.90.9244), so that a duty by them would be charged on goods that the
acts do not name. They confirm the duties that hold their codes, and state none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from loaders import us_curated
from loaders.bad_row import BadRow
from loaders.confirmed import confirmed, holds
from loaders.csv_rows import Row
from schema.base import Modality, Source
from schema.ontology import Record
from schema.tariffs import TariffMeasure

METALS = {"steel": "steel", "aluminum": "aluminium", "copper": "copper"}
"""The metals of the lists, as programmes name them."""
PREFIX = "hts_prefix"


def confirm(
    rows: Iterator[Row | BadRow], source: Source, place: Callable[[Row], tuple[str, date] | BadRow]
) -> Iterator[Record | BadRow]:
    """The duties of which the list holds codes, and a bad row for each code that none of them holds.

    `place` gives a row's metal and the day for which it is listed, or what is wrong with it.
    """
    groups: dict[tuple[str, date], list[str]] = defaultdict(list)
    for row in rows:
        if isinstance(row, BadRow):
            yield row
        elif isinstance(at := place(row), BadRow):
            yield at
        elif bad := _not_held(row, curated_on(*at)):
            yield bad
        else:
            groups[at].append(row.cells[PREFIX])
    for at, codes in groups.items():
        yield from us_curated.cited(curated_on(*at))
        yield from confirmed(curated_on(*at), codes, source)


def curated_on(metal: str, day: date) -> list[TariffMeasure]:
    """The duties on a metal under section 232 that curated files state for a day, on products that they list."""
    return [each for each in us_curated.measures() if _on_metal(each, metal) and _holds_on(each, day)]


def _on_metal(measure: TariffMeasure, metal: str) -> bool:
    of_metal = measure.authority == "S232" and (measure.programme or "").partition("/")[0] == metal
    return of_metal and bool(measure.products.include) and measure.modality is Modality.ASSERTED


def _holds_on(measure: TariffMeasure, day: date) -> bool:
    started = measure.valid_from is None or measure.valid_from.first <= day
    return started and not (measure.valid_to is not None and measure.valid_to.last <= day)


def _not_held(row: Row, measures: list[TariffMeasure]) -> BadRow | None:
    code = row.cells[PREFIX]
    if any(holds(each, code) for each in measures):
        return None
    parts = any(other.startswith(code) for each in measures for other in each.products.include)
    stated = "only parts of the line" if parts else "nothing of the line"
    return BadRow(row.line, PREFIX, code, f"the duties that curated files state from the notes hold {stated}")
