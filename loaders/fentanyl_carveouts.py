"""The tracker's list of products that pay 10 % instead of the duty on goods of Canada and Mexico under the orders on their borders, a CSV:
hts8, ch99_code, category.

A heading becomes a duty on its lines that replaces the general one. Where curated files state the duty with products of their own, the
list confirms it and adds nothing, for both would be charged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import IO

from loaders import us_curated
from loaders.bad_row import BadRow
from loaders.confirmed import confirmed, holds
from loaders.csv_rows import csv_rows
from loaders.tracker import US, code_fault, declared, list_source, listed, unknown
from schema.base import Evidence
from schema.dates import parse_partial
from schema.duty_grammar import read_duty
from schema.ontology import Record
from schema.tariffs import (
    Instrument,
    InstrumentKind,
    OriginScope,
    ProductScope,
    StackingEffect,
    StackingRule,
    TariffMeasure,
)

COLUMNS = ["hts8", "ch99_code", "category"]
SOURCE = list_source(
    "fentanyl_carveout_products.csv",
    "which goods of a line are energy, critical minerals or potash must be taken from the act; the list counts whole lines",
)
RATE = "10%"
END = date(2026, 2, 20)
"""The order of this day ended the duties."""


@dataclass(frozen=True)
class Carveout:
    """A heading: whose goods, what they are, the order whose duty it lowers, since when, and when and where it was laid down."""

    heading: str
    origin: str
    leaf: str
    what: str
    order: tuple[str, str]
    start: date
    public: date
    paragraph: str


_NORTH = ("14193", "Imposing Duties to Address the Flow of Illicit Drugs Across Our Northern Border")
_SOUTH = ("14194", "Imposing Duties to Address the Situation at Our Southern Border")
_ENERGY, _POTASH = "energy and energy resources", "potash"
_MARCH = date(2025, 3, 7), date(2025, 3, 6)
CARVEOUTS = {
    each.heading: each
    for each in (
        Carveout("9903.01.13", "ca", "energy", _ENERGY, _NORTH, date(2025, 3, 4), date(2025, 2, 3), "section 2(b)"),
        Carveout("9903.01.15", "ca", "potash", _POTASH, _NORTH, *_MARCH, "EO 14231, section 2(b)"),
        Carveout("9903.01.05", "mx", "potash", _POTASH, _SOUTH, *_MARCH, "EO 14232, section 2(b)"),
    )
}


def read(text: IO[str]) -> Iterator[Record | BadRow]:
    """Yield the list, and for each heading its duty and the rule that it replaces the general one."""
    rows = csv_rows(text, COLUMNS)
    if isinstance(rows, BadRow):
        yield rows
        return
    yield from declared(SOURCE)
    yield us_curated.chapter_99()
    groups: dict[str, list[str]] = defaultdict(list)
    lines: dict[tuple[str, str], int] = {}
    for row in rows:
        if isinstance(row, BadRow):
            yield row
        elif bad := code_fault(row, "hts8") or unknown(row, CARVEOUTS, "ch99_code", "a heading of a lower duty"):
            yield bad
        else:
            groups[row.cells["ch99_code"]].append(row.cells["hts8"])
            lines[row.cells["ch99_code"], row.cells["hts8"]] = row.line
    for heading, codes in groups.items():
        yield from _stated(CARVEOUTS[heading], codes, lines)


def _stated(carveout: Carveout, codes: list[str], lines: dict[tuple[str, str], int]) -> Iterator[Record | BadRow]:
    number, title = carveout.order
    order = us_curated.act(InstrumentKind.EXECUTIVE_ORDER, date(2025, 2, 1), title, number=number)
    yield order
    general, own = _curated(carveout, order)
    if not own:
        yield from _duty(carveout, order, ProductScope(include=tuple(codes)), general)
        return
    for code in codes:
        if not any(holds(each, code) for each in own):
            reason = "the duty as curated files state it does not hold the line"
            yield BadRow(lines[carveout.heading, code], "hts8", code, reason)
    yield from us_curated.cited(own)
    yield from confirmed(own, codes, SOURCE)


def _curated(carveout: Carveout, order: Instrument) -> tuple[list[str], list[TariffMeasure]]:
    """The programmes of the general duty of the order, and the measures at the lower rate, by whichever act, as curated files state them."""
    origin = (f"country/{carveout.origin}",)
    ours = [
        each
        for each in us_curated.measures()
        if each.importer == US and each.authority == "IEEPA" and each.origins.include == origin
    ]
    lower = read_duty(RATE).components
    own = [
        each
        for each in ours
        if each.products.include
        and each.duty.components == lower
        and (carveout.leaf in (each.programme or "") or carveout.leaf in each.product_scope.lower())
    ]
    general = {
        each.programme for each in ours if each.instrument == order.id and not each.products.include and each.programme
    }
    return sorted(general), own


def _duty(carveout: Carveout, order: Instrument, products: ProductScope, general: list[str]) -> Iterator[Record]:
    """The duty, open at first and ended by the order that ended all of them, and what it replaces."""
    programme = f"{general[0] if general else f'fentanyl/{carveout.origin}'}/{carveout.leaf}"
    key = f"us/budget-lab/{programme}"
    measure = TariffMeasure(
        key=key,
        importer=US,
        origins=OriginScope(include=(f"country/{carveout.origin}",)),
        products=products,
        product_scope=carveout.what,
        authority="IEEPA",
        programme=programme,
        duty=read_duty(RATE),
        instrument=order.id,
        paragraph=carveout.paragraph,
        effective=carveout.start,
        valid_from=parse_partial(str(carveout.start)),
        evidence=_evidence(carveout, carveout.public),
    )
    yield measure
    yield replace(
        measure,
        key=f"{key}/ended",
        valid_to=parse_partial(str(END)),
        supersedes=(key,),
        rest_void=True,
        evidence=_evidence(carveout, END),
    )
    for subject in [f"IEEPA:{each}" for each in general] or [order.id]:
        yield StackingRule(
            key=f"{key}/replaces/{subject}",
            importer=US,
            effect=StackingEffect.REPLACES,
            subject=subject,
            object=f"IEEPA:{programme}",
            description=f"Goods that are {carveout.what} pay {RATE} in place of the general rate of the order.",
            origins=measure.origins,
            products=products,
            instrument=order.id,
            paragraph=carveout.paragraph,
            valid_from=measure.valid_from,
            evidence=_evidence(carveout, carveout.public),
        )


def _evidence(carveout: Carveout, public: date) -> tuple[Evidence, ...]:
    note = Evidence(source=us_curated.chapter_99().id, locator=f"heading {carveout.heading}", published=public)
    return (*listed(SOURCE, f"rows of heading {carveout.heading}", public), note)
