"""The tracker's list of the annexes of the proclamation of 2026-04-02 on metals, a CSV: hts_prefix, annex, metal_type, source,
effective_date.

The codes are prefixes of 4 to 10 digits. An annex becomes, for each metal, a duty on its lines (I-A and I-B, with the lower rates of the
United Kingdom; III as a total), or the end of the duty (II). Lines of which curated files state a duty themselves are left to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import IO

from loaders.bad_row import BadRow
from loaders.csv_rows import Row, csv_rows
from loaders.s232_annex_facts import ANNEXES, SOURCE, START, facts
from loaders.s232_scope import METALS, curated_on, prefixes
from loaders.tracker import code_fault, declared, unknown
from schema.ontology import Record

COLUMNS = ["hts_prefix", "annex", "metal_type", "source", "effective_date"]


def read(text: IO[str]) -> Iterator[Record | BadRow]:
    """Yield the list and what each annex states; a bad row for each code that curated files hold already."""
    rows = csv_rows(text, COLUMNS)
    if isinstance(rows, BadRow):
        yield rows
        return
    yield from declared(SOURCE)
    curated = prefixes(curated_on(START))
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        if isinstance(row, BadRow):
            yield row
        elif bad := _fault(row, tuple(curated)):
            yield bad
        else:
            groups[row.cells["annex"], METALS[row.cells["metal_type"]]].append(row.cells["hts_prefix"])
    yield from facts(groups, curated)


def _fault(row: Row, curated: tuple[str, ...]) -> BadRow | None:
    code, annex = row.cells["hts_prefix"], row.cells["annex"]
    if bad := code_fault(row, "hts_prefix", "[0-9]{4,10}"):
        return bad
    if bad := unknown(row, ANNEXES, "annex", "an annex") or unknown(row, METALS, "metal_type", "a metal"):
        return bad
    if row.cells["effective_date"] != str(START):
        return BadRow(row.line, "effective_date", row.cells["effective_date"], f"the annexes hold from {START}")
    if ANNEXES[annex].rate and code.startswith(curated):
        return BadRow(row.line, "hts_prefix", code, "curated files state a duty under section 232 on the line")
    return None
