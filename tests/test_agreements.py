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


PARTIES = """
query ($at: Date) {
  agreement(id: "agreement/t", at: $at) { state xa: state(party: "XA") xb: state(party: "XB") xc: state(party: "XC") bound { code } }
}
"""


def _by_party(graph: Graph, day: str) -> list[object]:
    found = graph.ask(PARTIES, at=day)["agreement"]
    states = [found[name] for name in ("state", "xa", "xb", "xc")]
    return [*states, "".join(party["code"][1] for party in found["bound"])]


def test_a_party_leaves_and_the_agreement_stays_while_two_remain(scratch: Graph, tmp_path: Path) -> None:
    force = [("IN_FORCE", "2001-01-01", party) for party in ("xa", "xb", "xc")]
    load_case(
        scratch,
        tmp_path,
        _events(
            *force, ("WITHDREW", "2005-01-01", "xc"), ("SIGNED", "2006-01-01", "xa"), ("WITHDREW", "2007-01-01", "xb")
        ),
    )
    assert _by_party(scratch, "2004-12-31") == ["IN_FORCE"] * 4 + ["ABC"]
    assert _by_party(scratch, "2005-01-01") == ["IN_FORCE", "IN_FORCE", "IN_FORCE", "TERMINATED", "AB"]
    assert _by_party(scratch, "2006-01-01") == ["IN_FORCE", "IN_FORCE", "IN_FORCE", "TERMINATED", "AB"]
    assert _by_party(scratch, "2007-01-01") == ["TERMINATED", "IN_FORCE", "TERMINATED", "TERMINATED", "A"]


def test_what_is_said_for_all_does_not_hold_where_it_is_said_of_one(scratch: Graph, tmp_path: Path) -> None:
    """XA signed and nothing more is said of it; XB has a day of its own; XC acceded before it entered into force for it."""
    load_case(
        scratch,
        tmp_path,
        _events(
            ("SIGNED", "2000-01-01", None),
            ("IN_FORCE", "2001-01-01", None),
            ("SIGNED", "2000-02-01", "xa"),
            ("IN_FORCE", "2003-01-01", "xb"),
            ("ACCEDED", "2003-05-01", "xc"),
            ("IN_FORCE", "2004-01-01", "xc"),
            ("TERMINATED", "2009-01-01", None),
        ),
    )
    assert _by_party(scratch, "2000-01-31") == ["SIGNED", None, "SIGNED", None, ""]
    assert _by_party(scratch, "2001-01-01") == ["IN_FORCE", "IN_FORCE", "SIGNED", None, "A"]
    assert _by_party(scratch, "2003-05-01") == ["IN_FORCE", "IN_FORCE", "IN_FORCE", None, "AB"]
    assert _by_party(scratch, "2004-01-01") == ["IN_FORCE", "IN_FORCE", "IN_FORCE", "IN_FORCE", "ABC"]
    assert _by_party(scratch, "2009-01-01") == ["TERMINATED"] * 4 + [""]


GROUP = """
Group:
  - {id: group/xg, name: The union, code: XG}
Membership:
  - {member: country/xb, group: group/xg, valid_from: 2005-01-01, valid_to: 2010-01-01, evidence: [{source: source/test/act, locator: two}]}
"""


def test_who_joins_a_group_is_bound_by_what_the_group_is_bound_by(scratch: Graph, tmp_path: Path) -> None:
    """From the day of joining to that of leaving; nobody names it in the agreement. A country that has no part in it has no state."""
    rows = _events(
        ("IN_FORCE", "2001-01-01", "xa"), ("IN_FORCE", "2001-01-01", "xg"), ("TERMINATED", "2012-01-01", None)
    )
    load_case(scratch, tmp_path, GROUP + rows.replace("country/xg", "group/xg"))
    states = {
        day: _by_party(scratch, day) for day in ("2004-12-31", "2005-01-01", "2009-12-31", "2010-01-01", "2012-01-01")
    }
    assert states == {
        "2004-12-31": ["IN_FORCE", "IN_FORCE", None, None, "AG"],
        "2005-01-01": ["IN_FORCE", "IN_FORCE", "IN_FORCE", None, "AG"],
        "2009-12-31": ["IN_FORCE", "IN_FORCE", "IN_FORCE", None, "AG"],
        "2010-01-01": ["IN_FORCE", "IN_FORCE", None, None, "AG"],
        "2012-01-01": ["TERMINATED", "TERMINATED", None, None, ""],
    }
    asked = 'query ($at: Date) { agreements(filter: { parties: ["XA", "XBB"], state: IN_FORCE }, at: $at) { nodes { id } } }'
    found = {day: [each["id"] for each in scratch.ask(asked, at=day)["agreements"]["nodes"]] for day in states}
    assert [day for day, ids in found.items() if ids == ["agreement/t"]] == ["2005-01-01", "2009-12-31"]


def test_an_event_without_a_day_counts_since_its_source_was_public(scratch: Graph, tmp_path: Path) -> None:
    text = _events(("LAUNCHED", "", "xa"))
    load_case(scratch, tmp_path, text.replace(" valid_from: ,", ""))
    [known] = scratch.cypher("MATCH (e:AgreementEvent) RETURN toString(e.known_from) AS day")
    assert _by_party(scratch, known["day"])[:2] == ["NEGOTIATING", "NEGOTIATING"]
    before = f"{int(known['day'][:4]) - 1}-12-31"
    assert _by_party(scratch, before)[:2] == [None, None]


def test_a_year_counts_from_its_last_day_and_yields_to_the_day_within_it(scratch: Graph, tmp_path: Path) -> None:
    load_case(
        scratch,
        tmp_path,
        _events(("SIGNED", "2001-03-01", "xa"), ("IN_FORCE", "2001", "xa"), ("WITHDREW", "2001-08-01", "xa"))
        + "".join(_events(("SIGNED", "2001", "xb"), ("IN_FORCE", "2001", "xb")).partition("AgreementEvent:\n")[2]),
    )
    assert _by_party(scratch, "2001-06-01")[1:3] == ["SIGNED", None]
    assert _by_party(scratch, "2001-08-01")[1:3] == ["TERMINATED", None]
    assert _by_party(scratch, "2001-12-31")[1:3] == ["TERMINATED", "IN_FORCE"]
