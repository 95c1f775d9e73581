"""The tracker's list of derivative articles of steel and aluminium under section 232, a CSV: hts_prefix, ch99_code, derivative_type,
effective_date (empty: since 2025-03-12).

A heading becomes, for each first day, a duty on its lines until the annexes of 2026-04-06 took its place. Where the heading charges the
metal alone, a rule says so: without the share of the metal there is no total. Lines of which curated files state a duty are left to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import IO

from loaders.bad_row import BadRow
from loaders.csv_rows import Row, csv_rows
from loaders.s232_derivative_facts import AUGUST, HEADINGS, MARCH, SOURCE, facts
from loaders.s232_scope import METALS, curated_on, prefixes
from loaders.tracker import code_fault, declared, unknown
from schema.ontology import Record

COLUMNS = ["hts_prefix", "ch99_code", "derivative_type", "effective_date"]
DAYS = {"": MARCH, str(AUGUST): AUGUST}


def read(text: IO[str]) -> Iterator[Record | BadRow]:
    """Yield the list and the duties of each heading; a bad row for each code that curated files hold already."""
    rows = csv_rows(text, COLUMNS)
    if isinstance(rows, BadRow):
        yield rows
        return
    yield from declared(SOURCE)
    curated = {day: tuple(prefixes(curated_on(day))) for day in DAYS.values()}
    groups: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    since: dict[tuple[str, str], str] = {}
    for row in rows:
        if isinstance(row, BadRow):
            yield row
        elif bad := _fault(row, since) or _curated(row, curated[DAYS[row.cells["effective_date"]]]):
            yield bad
        else:
            groups[row.cells["ch99_code"], row.cells["effective_date"]][row.cells["hts_prefix"]] = None
    yield from facts({(heading, DAYS[day]): list(codes) for (heading, day), codes in groups.items()})


def _fault(row: Row, since: dict[tuple[str, str], str]) -> BadRow | None:
    cells = row.cells
    if bad := code_fault(row, "hts_prefix", "[0-9]{4,10}"):
        return bad
    if bad := unknown(row, HEADINGS, "ch99_code", "a heading") or unknown(row, DAYS, "effective_date", "a first day"):
        return bad
    if HEADINGS[cells["ch99_code"]].metal != METALS.get(cells["derivative_type"]):
        return BadRow(row.line, "derivative_type", cells["derivative_type"], "not the metal of the heading")
    first = since.setdefault((cells["ch99_code"], cells["hts_prefix"]), cells["effective_date"])
    if first != cells["effective_date"]:
        return BadRow(
            row.line, "effective_date", cells["effective_date"], f"the line stands there from {DAYS[first]} too"
        )
    return None


def _curated(row: Row, curated: tuple[str, ...]) -> BadRow | None:
    if not row.cells["hts_prefix"].startswith(curated):
        return None
    reason = "curated files state a duty under section 232 on the line"
    return BadRow(row.line, "hts_prefix", row.cells["hts_prefix"], reason)
