"""The tracker's list of products freed from the surcharge under section 122, a CSV of one column: hts8.

It does not say of which heading a line is. Most lines are freed whole (US note 2(aa)(ii)); some hold articles of civil aircraft, and some
a few goods that the note describes, and are freed for these only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import IO

from loaders import civil_aircraft, us_curated
from loaders.bad_row import BadRow
from loaders.csv_rows import csv_rows
from loaders.exemption import Exemption, stated
from loaders.tracker import code_fault, declared, list_source
from schema.ontology import Record
from schema.tariffs import InstrumentKind

COLUMNS = ["hts8"]
SOURCE = list_source(
    "s122_exempt_products.csv",
    "whether goods are articles of civil aircraft or those that the note describes must be said of them; what is freed otherwise than "
    "by a list (goods under the USMCA and CAFTA-DR, metals, donations) is not in this list",
)
DESCRIBED = frozenset(
    {
        "08059001", "08119080", "14049090", "19059010", "19059090", "20089921", "20093160", "20098970", "20099040", "21069099",
        "33012951",
    }
)  # fmt: skip
"""The lines of US note 2(aa)(iii)."""
WHOLE_ALL_THE_SAME = ("81089060", "8471", "85171300", "85176200", "85285200")
"""Lines with articles of civil aircraft that US note 2(aa)(ii) frees whole."""
NOT_IN_NOTE = frozenset({"90314970"})


@cache
def exemptions() -> tuple[Exemption, Exemption, Exemption]:
    """Of whole lines, of goods that the note describes, and of articles of civil aircraft."""
    signed = date(2026, 2, 20)
    proclamation = us_curated.act(
        InstrumentKind.PROCLAMATION,
        signed,
        "Imposing a Temporary Import Surcharge to Address Fundamental International Payments Problems",
        "https://www.whitehouse.gov/presidential-actions/2026/02/"
        "imposing-a-temporary-import-surcharge-to-address-fundamental-international-payments-problems/",
    )
    whole = Exemption(
        heading="9903.03.03",
        what="Goods of Annex II of the proclamation",
        subjects=("S122",),
        instrument=proclamation,
        note="US note 2(aa)(ii)",
        start=date(2026, 2, 24),
        public=signed,
    )
    described, aircraft = ("9903.03.04", "US note 2(aa)(iii)"), ("9903.03.05", "US note 2(aa)(iv)")
    return (
        whole,
        _part(whole, *described, "Some goods that the annex describes", f"described_in={described[0]}"),
        _part(whole, *aircraft, "Articles of civil aircraft", civil_aircraft.TEST),
    )


def _part(whole: Exemption, heading: str, note: str, what: str, test: str) -> Exemption:
    return replace(whole, heading=heading, note=note, what=what, tests=(test,))


def read(text: IO[str]) -> Iterator[Record | BadRow]:
    """Yield the list and a rule for each of the three kinds of lines."""
    rows = csv_rows(text, COLUMNS, exact=True)
    if isinstance(rows, BadRow):
        yield rows
        return
    yield from declared(SOURCE)
    groups: dict[Exemption, list[str]] = defaultdict(list)
    for row in rows:
        if isinstance(row, BadRow):
            yield row
        elif bad := code_fault(row, "hts8", "[0-9]{8}([0-9]{2})?"):
            yield bad
        elif (code := row.cells["hts8"]) in NOT_IN_NOTE:
            yield BadRow(row.line, "hts8", code, "a line that the note does not hold")
        else:
            groups[_exemption(code)].append(code)
    yield from stated(groups, SOURCE)


def _exemption(code: str) -> Exemption:
    whole, described, aircraft = exemptions()
    if code.startswith(WHOLE_ALL_THE_SAME):
        return whole
    if civil_aircraft.with_unmanned(code):
        return aircraft
    return described if code in DESCRIBED else whole
