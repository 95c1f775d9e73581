"""The tracker's list of products freed from the reciprocal duty, a CSV of one column: hts10.

It names neither act, day, origin nor condition, and puts the annexes of the orders together with articles of civil aircraft, lines
that are freed for some partners only, and goods that an annex describes. It is thus no rule: codes within an exemption that curated files
state for goods of all origins confirm it, the others are set aside.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from loaders import us_curated
from loaders.bad_row import BadRow
from loaders.confirmed import confirmed, holds
from loaders.csv_rows import csv_rows
from loaders.tracker import code_fault, declared, list_source
from schema.base import Modality
from schema.ontology import Record
from schema.tariffs import OriginScope, StackingEffect, StackingRule

COLUMNS = ["hts10"]
DUTY = "IEEPA:reciprocal"
SOURCE = list_source(
    "ieepa_exempt_products.csv",
    "read to confirm the annexes that curated files state; what else it lists is not stated",
)


def read(text: IO[str]) -> Iterator[Record | BadRow]:
    """Yield the list, the exemptions that it confirms, and a bad row for each code that none of them holds."""
    rows = csv_rows(text, COLUMNS, exact=True)
    if isinstance(rows, BadRow):
        yield rows
        return
    yield from declared(SOURCE)
    exemptions = [each for each in us_curated.rules() if _frees_all(each)]
    codes: list[str] = []
    for row in rows:
        if isinstance(row, BadRow):
            yield row
        elif bad := code_fault(row, "hts10", "[0-9]{10}([0-9]{2})?"):
            yield bad
        elif any(holds(each, row.cells["hts10"]) for each in exemptions):
            codes.append(row.cells["hts10"])
        else:
            reason = "no exemption of goods of all origins that curated files state holds the code, and the list does not say whose it is"
            yield BadRow(row.line, "hts10", row.cells["hts10"], reason)
    yield from us_curated.cited(exemptions)
    yield from confirmed(exemptions, codes, SOURCE)


def _frees_all(rule: StackingRule) -> bool:
    """Whether a rule frees whole lines from the reciprocal duty, whatever their origin."""
    return (
        rule.effect is StackingEffect.EXCLUDES
        and rule.subject == DUTY
        and rule.object == "*"
        and rule.modality is Modality.ASSERTED
        and rule.origins == OriginScope()
        and bool(rule.products.include)
        and not rule.tests
    )
