"""The tracker's list of products freed from the duties of partners with a total (EU, Switzerland, South Korea), a CSV: hts8, category,
country_group, ch99_code.

A heading becomes a rule for all its lines. Agricultural goods and natural resources are freed as whole lines; articles of civil
aircraft and medicines without a patent are freed as such, which is a test of the goods. The rows of Japan are no list of its heading
(they hold steel), and are set aside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import IO

from loaders.bad_row import BadRow
from loaders.civil_aircraft import TEST
from loaders.csv_rows import csv_rows
from loaders.exemption import Exemption, stated
from loaders.tracker import US, code_fault, declared, list_source, unknown
from schema.ontology import Record
from schema.parties import Group
from schema.tariffs import Instrument, InstrumentKind

COLUMNS = ["hts8", "category", "country_group", "ch99_code"]
SOURCE = list_source(
    "floor_exempt_products.csv",
    "the lines that are freed for Japan are not in this list; whether goods are articles of civil aircraft or without a patent must be "
    "said of them",
)
WITHOUT_PATENT = "patented_for_pharmaceutical_use=false"
_METALS = ("S232:steel", "S232:aluminium", "S232:copper")
_RECIPROCAL = ("IEEPA:reciprocal",)


def _notice(day: date, about: str) -> Instrument:
    """A notice of the Department of Commerce in the Federal Register, named as curated files name one."""
    name = f"Notice of the Department of Commerce of {day}, implementing tariff-related elements of {about}"
    return Instrument(
        id=f"instrument/us/notice-{day}", name=name, kind=InstrumentKind.NOTICE, issuer=US, promulgated=day
    )


_EU = _notice(date(2025, 9, 25), "the US-EU framework")
_KOREA = _notice(date(2025, 12, 4), "the US-Korea strategic trade and investment deal")
_SWISS = _notice(date(2025, 12, 18), "the US-Switzerland-Liechtenstein framework")
_PLACES = {_EU.id: ("group/eu",), _KOREA.id: ("country/kr",), _SWISS.id: ("country/ch", "country/li")}
_SINCE = {_EU.id: date(2025, 9, 1), _KOREA.id: date(2025, 11, 14), _SWISS.id: date(2025, 11, 14)}
_FREED = (
    ("9903.02.74", _EU, "2(v)(xx)", "Agricultural goods and natural resources of the European Union", _RECIPROCAL, ()),
    (
        "9903.02.75",
        _EU,
        "2(v)(xxi)",
        "Goods of the EU for religious purposes",
        _RECIPROCAL,
        ("described_in=9903.02.75",),
    ),
    ("9903.02.76", _EU, "2(v)(xxii)", "Articles of civil aircraft of the EU", _RECIPROCAL + _METALS, (TEST,)),
    ("9903.02.77", _EU, "2(v)(xxiii)", "Medicines without a patent, of the EU", _RECIPROCAL, (WITHOUT_PATENT,)),
    (
        "9903.02.81",
        _KOREA,
        "2(v)(xxiv)(b)",
        "Articles of civil aircraft of South Korea",
        _RECIPROCAL + _METALS,
        (TEST,),
    ),
    ("9903.02.84", _SWISS, "2(v)(xxv)(b)", "Agricultural goods and natural resources of Switzerland", _RECIPROCAL, ()),
    ("9903.02.85", _SWISS, "2(v)(xxv)(c)", "Articles of civil aircraft of Switzerland", _RECIPROCAL, (TEST,)),
    (
        "9903.02.86",
        _SWISS,
        "2(v)(xxv)(d)",
        "Medicines without a patent, of Switzerland",
        _RECIPROCAL,
        (WITHOUT_PATENT,),
    ),
)
EXEMPTIONS = {
    heading: Exemption(
        heading=heading,
        what=what,
        subjects=subjects,
        instrument=notice,
        note=f"US note {note}",
        start=_SINCE[notice.id],
        public=notice.promulgated or _SINCE[notice.id],
        origins=_PLACES[notice.id],
        tests=tests,
    )
    for heading, notice, note, what, subjects, tests in _FREED
}
"""By heading. Switzerland's headings stand for those of Liechtenstein too, which have the same lists."""


def read(text: IO[str]) -> Iterator[Record | BadRow]:
    """Yield the list and a rule for each heading and duty; a bad row for each row of a heading that is not known."""
    rows = csv_rows(text, COLUMNS)
    if isinstance(rows, BadRow):
        yield rows
        return
    yield from declared(SOURCE)
    yield Group(id="group/eu", name="European Union", code="EU")
    groups: dict[Exemption, list[str]] = defaultdict(list)
    for row in rows:
        if isinstance(row, BadRow):
            yield row
        elif bad := code_fault(row, "hts8") or unknown(row, EXEMPTIONS, "ch99_code", "a heading with an exemption"):
            yield bad
        else:
            groups[EXEMPTIONS[row.cells["ch99_code"]]].append(row.cells["hts8"])
    yield from stated(groups, SOURCE)
