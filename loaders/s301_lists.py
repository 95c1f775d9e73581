"""The tracker's lists of products of China under section 301, a CSV: hts8, list, ch99_code.

A list becomes one measure for each of its rates, with all its lines as the scope. A line pays one list, the first of PROGRAMMES that
holds it; its rows in other lists are set aside. docs/lists.md counts them and says how they were decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator
from typing import IO

from loaders.bad_row import BadRow
from loaders.csv_rows import Row, csv_rows
from loaders.s301_facts import SOURCE, stated
from loaders.s301_programmes import NOT_IN_NOTE, PROGRAMMES, Programme
from loaders.tracker import code_fault, declared, unknown
from schema.ontology import Record

COLUMNS = ["hts8", "list", "ch99_code"]


def read(text: IO[str]) -> Iterator[Record | BadRow]:
    """Yield the list, the notices, and a measure for each rate of each list; a bad row for each row that is no part of one."""
    rows = csv_rows(text, COLUMNS)
    if isinstance(rows, BadRow):
        yield rows
        return
    yield from declared(SOURCE)
    good: list[Row] = []
    for row in rows:
        if isinstance(row, BadRow):
            yield row
        elif bad := code_fault(row, "hts8") or unknown(row, PROGRAMMES, "ch99_code", "a heading of section 301"):
            yield bad
        elif (row.cells["ch99_code"], row.cells["hts8"]) in NOT_IN_NOTE:
            yield BadRow(row.line, "hts8", row.cells["hts8"], "a line that the note of the heading does not hold")
        else:
            good.append(row)
    scopes = yield from _scopes(good)
    yield from stated(scopes)


def _scopes(rows: list[Row]) -> Generator[BadRow, None, dict[Programme, list[str]]]:
    """The lines of each programme; a bad row for each row of a line that an earlier programme holds."""
    order = {heading: index for index, heading in enumerate(PROGRAMMES)}
    first: dict[str, str] = {}
    scopes: dict[Programme, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (order[row.cells["ch99_code"]], row.line)):
        code, programme = row.cells["hts8"], PROGRAMMES[row.cells["ch99_code"]]
        if programme.described or first.setdefault(code, programme.path) == programme.path:
            scopes[programme].append(code)
        else:
            reason = f"{code} stands in {first[code]} too: a line pays one list"
            yield BadRow(row.line, "ch99_code", row.cells["ch99_code"], reason)
    return scopes
