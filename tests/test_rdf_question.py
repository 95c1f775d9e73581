"""Question 30: the suspensions that one believed in on a day, as RDF with who says so; changes are in tests/test_rdf_dumps.py."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from graph.rdf.formats import BY_NAME
from graph.rdf.selection import Selection
from schema.tariffs import Suspension
from tests.conftest import Graph
from tests.test_rdf import exported

ANSWER = Path(__file__).parent / "questions" / "30-believed-as-rdf.trig"


def test_what_was_believed_on_a_day(shipped: Graph) -> None:
    believed = date(2025, 6, 14)
    found = exported(
        shipped, BY_NAME["trig"], Selection((Suspension,), known=believed, start=believed, end=believed)
    ).decode()
    if os.environ.get("TRADEGRAPH_REWRITE") == "1":
        ANSWER.write_text(found)
    assert found == ANSWER.read_text()
