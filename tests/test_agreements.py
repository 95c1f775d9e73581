"""The state of an agreement on a day, from the events of its parties (worked case F)."""

from __future__ import annotations

from pathlib import Path

from tests.case import load_case
from tests.conftest import Graph


def _events(*rows: tuple[str, str, str | None]) -> str:
    """Rows: stage, day, party."""
    text = "Agreement:\n  - {id: agreement/t, name: The pact}\nAgreementEvent:\n"
    for stage, day, party in rows:
        end = f", party: country/{party}" if party else ""
        text += (
            f"  - {{agreement: agreement/t, stage: {stage}, valid_from: {day}{end}, "
            "evidence: [{source: source/test/act, locator: one}]}\n"
        )
    return text


STATE = """
query ($at: Date) { agreement(id: "agreement/t", at: $at) { state bound { code } parties { code } } }
"""


def _states(graph: Graph, *days: str | None) -> list[tuple[str, list[str]]]:
    found = [graph.ask(STATE, at=day)["agreement"] for day in days]
    return [(each["state"], [party["code"] for party in each["bound"]]) for each in found]


def test_case_f_a_treaty_that_never_came_into_force(scratch: Graph, tmp_path: Path) -> None:
    signed = [("SIGNED", "2016-02-04", party) for party in ("xa", "xb")]
    load_case(scratch, tmp_path, _events(("LAUNCHED", "2008-03-01", None), *signed))
    assert _states(scratch, "2008-03-01", "2016-02-03", "2016-02-04", "2099-01-01", None) == [
        ("NEGOTIATING", []),
        ("NEGOTIATING", []),
        ("SIGNED", []),
        ("SIGNED", []),
        ("SIGNED", []),
    ]


def test_case_f_a_party_that_accedes_on_a_day_to_come(scratch: Graph, tmp_path: Path) -> None:
    """Published, known, and without effect before its day."""
    force = [("IN_FORCE", "2018-12-30", party) for party in ("xa", "xb")]
    load_case(scratch, tmp_path, _events(*force, ("ACCEDED", "2090-05-01", "xc")))
    assert _states(scratch, "2018-12-29", "2018-12-30", None, "2090-04-30", "2090-05-01") == [
        (None, []),
        ("IN_FORCE", ["XA", "XB"]),
        ("IN_FORCE", ["XA", "XB"]),
        ("IN_FORCE", ["XA", "XB"]),
        ("IN_FORCE", ["XA", "XB", "XC"]),
    ]
    assert [each["code"] for each in scratch.ask(STATE)["agreement"]["parties"]] == ["XA", "XB", "XC"]
