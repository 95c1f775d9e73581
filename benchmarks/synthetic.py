"""A graph of as many facts as one likes, in the shapes of tariff measures: written as CSV, brought in by Neo4j's importer."""

from __future__ import annotations

import csv
import hashlib
import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from graph.embedded.admin import tool
from graph.embedded.home import Home
from graph.embedded.progress import progress_on
from graph.embedded.server import running

Row = Callable[[int], tuple[object, ...]]
Sheet = tuple[tuple[str, ...], Iterable[tuple[object, ...]]]
"""The head of a table and its rows."""
DUTY = (
    '{{"text": "{0}%", "readable": true, "components": [{{"kind": "AD_VALOREM", "amount": "{0}", "currency": null}}]}}'
)


def _hash(kind: str, number: int) -> str:
    return f"{kind}/{hashlib.md5(b'%d' % number).hexdigest()}"


def _measure(i: int) -> tuple[object, ...]:
    ids = (_hash("tariff-measure", i), f"country/{i % 200}", "MFN", f"P{i % 40}", _hash("about", i))
    duty = (DUTY.format(i % 90), f"{i % 90}%", str(i % 90))
    days = ("2025-01-01", "2025-01-01", "2025-01-01", "2025-01-01", "2026-01-01T00:00:00.000+00:00")
    return (*ids, *duty, "ASSERTED", "2025-01-01 2 2025-01-02", *days)


MEASURE = (
    *("id:ID", "importer", "authority", "programme", "about", "duty", "duty_value", "duty_ad_valorem", "modality"),
    *("standing:string[]", "valid_from", "valid_from_first", "valid_from_last", "known_from", "recorded_at"),
)
COMMON: dict[str, tuple[int, tuple[str, ...], Row]] = {
    "Country:Party:Entity": (200, ("id:ID", "name", "names:string[]"), lambda i: (f"country/{i}", f"C{i}", "a|b")),
    "Instrument:Entity": (600, ("id:ID", "name"), lambda i: (f"instrument/{i}", f"Act {i}")),
    "Source:Entity": (50, ("id:ID", "published"), lambda i: (f"source/{i}", "2025-01-01")),
    "ProductScope": (5000, ("id:ID", "include:string[]"), lambda i: (f"scope/{i}", f"{1000 + i}")),
    "OriginScope": (300, ("id:ID", "include:string[]"), lambda i: (f"origins/{i}", f"country/{i}")),
}
EACH: dict[str, tuple[tuple[str, ...], Row]] = {
    "TariffMeasure:Fact": (MEASURE, _measure),
    "FactKey": (("id:ID",), lambda i: (f"row/{i}",)),
    "Evidence": (("id:ID", "locator", "source"), lambda i: (_hash("evidence", i), f"row {i}", f"source/{i % 50}")),
    "Condition": (
        ("id:ID", "description"),
        lambda i: (_hash("condition", i // 2), f"barring the deal of row {i // 2}"),
    ),
}
ENDS: dict[str, Row] = {
    "KEY": lambda i: (_hash("tariff-measure", i), f"row/{i}"),
    "EVIDENCE": lambda i: (_hash("tariff-measure", i), _hash("evidence", i)),
    "SOURCE": lambda i: (_hash("evidence", i), f"source/{i % 50}"),
    "PRODUCTS": lambda i: (_hash("tariff-measure", i), f"scope/{i % 5000}"),
    "ORIGINS": lambda i: (_hash("tariff-measure", i), f"origins/{i % 300}"),
    "IMPORTER": lambda i: (_hash("tariff-measure", i), f"country/{i % 200}"),
    "INSTRUMENT": lambda i: (_hash("tariff-measure", i), f"instrument/{i % 600}"),
    "CONDITIONS": lambda i: (_hash("tariff-measure", i), _hash("condition", i // 2)),
}


def make(home: Path, facts: int) -> float:
    """Fill a new store, unless it is there already, with `facts` facts of 3.5 nodes and 8 relations each.

    The seconds that the importer took, without the writing of its sheets.
    """
    nodes: dict[str, Sheet] = {name: (head, map(row, range(n))) for name, (n, head, row) in COMMON.items()}
    nodes |= {
        name: (head, map(row, range(0, facts, 2 if name == "Condition" else 1))) for name, (head, row) in EACH.items()
    }
    return imported(home, nodes, {name: map(row, range(facts)) for name, row in ENDS.items()})


def imported(home: Path, nodes: Mapping[str, Sheet], ends: Mapping[str, Iterable[tuple[object, ...]]]) -> float:
    """Fill a new store, unless it is there already, with nodes by their labels and relations by their types."""
    if (home / "made").exists():
        return 0.0
    shutil.rmtree(home, ignore_errors=True)
    with running(home, progress_on()):
        pass  # makes the store, its password and its book-keeping
    sheets = home / "csv"
    sheets.mkdir()
    given = [
        f"--nodes={name.partition('/')[0]}={_write(sheets, name, head, rows)}" for name, (head, rows) in nodes.items()
    ]
    head = (":START_ID", ":END_ID")
    given += [
        f"--relationships={name.partition('/')[0]}={_write(sheets, name, head, rows)}" for name, rows in ends.items()
    ]
    command = ["database", "import", "full", f"--report-file={home / 'import.report'}", *given]
    began = time.monotonic()
    tool(Home(home.absolute()), progress_on()).run(
        [*command, "--array-delimiter=|", "--overwrite-destination", "neo4j"]
    )
    seconds = time.monotonic() - began
    shutil.rmtree(sheets)
    (home / "made").write_text("")
    return seconds


def _write(folder: Path, name: str, head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Path:
    path = folder / f"{name.replace(':', '-').replace('/', '-of-')}.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)
    return path
