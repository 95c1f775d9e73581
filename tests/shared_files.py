"""Files of ../shared as tests read them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

from loaders import usitc
from loaders.bad_row import BadRow
from loaders.streams import text_of
from schema.ontology import Record
from tests.conftest import SHARED

TRACKER = SHARED / "data" / "budgetlab_tariff_tracker"
DATABASE = SHARED / "data" / "usitc_tariff_database" / "tariff_database_2025_06062025.csv"
DAY = date(2025, 6, 6)
"""The release of the database."""


def schedule_lines(wanted: Callable[[str], bool]) -> list[Record]:
    """What the lines with these codes state."""
    with text_of(DATABASE) as text:
        rows = csv.reader(text)
        cut = io.StringIO()
        csv.writer(cut).writerows([next(rows), *(row for row in rows if wanted(row[0]))])
    cut.seek(0)
    return [each for each in usitc.read(cut, DAY) if not isinstance(each, BadRow)]
