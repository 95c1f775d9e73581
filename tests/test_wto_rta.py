"""The WTO's database of regional trade agreements: every row of a workbook, and what the real one says of parties and days."""

from __future__ import annotations

import io
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from loaders import wto_rta, wto_rta_agreement, wto_rta_change
from loaders.bad_row import BadRow
from loaders.streams import text_of
from loaders.wto_rta_entries import entries_of
from schema.agreements import Agreement, AgreementEvent
from schema.base import Attribute
from schema.ontology import Record
from tests.conftest import SHARED, Graph

FILE = SHARED / "data" / "wto_rta" / "AllRTAs.xlsx"
ROW: dict[str, Any] = {
    "RTA ID": 9001,
    "RTA Name": "Japan - Korea, Republic of",
    "Status": "In Force",
    "Coverage": "Goods & Services",
    "Type": "FTA & EIA",
    "Date of Signature (G)": datetime(2001, 2, 3),
    "Date of Signature (S)": datetime(2001, 2, 3),
    "Date of Entry into Force (G)": datetime(2002, 1, 1),
    "Date of Entry into Force (S)": datetime(2003, 1, 1),
    "Original signatories": "Japan; Korea, Republic of",
    "Current signatories": "Japan; Korea, Republic of; Chinese Taipei; Türkiye",
    "Specific Entry/Exit dates": "Korea, Republic of(02-Jan-2002 - 31-Dec-2010); Türkiye(01-Jan-9999 - )",
}
CHANGE: dict[str, Any] = {
    "RTA ID": 9001,
    "RTA Name": "Japan - Hong Kong",
    "Parties concerned": " China, Hong Kong, China",
    "Changes affect": "Goods",
    "Date of signature of changes": datetime(2004, 5, 6),
    "Date of entry into force of changes": datetime(2005, 1, 1),
}


def _read(tmp_path: Path, *rows: dict[str, Any], changes: tuple[dict[str, Any], ...] = ()) -> list[Record | BadRow]:
    book = Workbook()
    sheets = ((wto_rta_agreement, rows), (wto_rta_change, changes))
    for module, cells in sheets:
        sheet = book.create_sheet(module.SHEET)
        sheet.append(module.COLUMNS)
        for each in cells:
            sheet.append([each.get(column) for column in module.COLUMNS])
    book.save(tmp_path / "all.xlsx")
    with text_of(tmp_path / "all.xlsx") as text:
        return list(wto_rta.read(text))


def _events(records: list[Record | BadRow]) -> list[tuple[str | None, ...]]:
    return [
        (
            str(each.stage),
            (each.party or "all").rpartition("/")[2],
            each.scope,
            str(each.valid_from) if each.valid_from else None,
            str(each.modality),
        )
        for each in records
        if isinstance(each, AgreementEvent)
    ]


def test_a_row_is_what_happened_party_by_party(tmp_path: Path) -> None:
    found = _read(tmp_path, ROW, changes=(CHANGE,))
    assert [each for each in found if isinstance(each, BadRow)] == []
    assert _events(found) == [
        ("SIGNED", "jp", None, "2001-02-03", "ASSERTED"),
        ("IN_FORCE", "jp", "GOODS", "2002-01-01", "ASSERTED"),
        ("IN_FORCE", "jp", "SERVICES", "2003-01-01", "ASSERTED"),
        ("SIGNED", "kr", None, "2001-02-03", "ASSERTED"),
        ("ACCEDED", "tw", None, None, "ASSERTED"),
        ("IN_FORCE", "kr", None, "2002-01-02", "ASSERTED"),
        ("WITHDREW", "kr", None, "2010-12-31", "ASSERTED"),
        ("ACCEDED", "tr", None, None, "PLANNED"),
        ("AMENDED", "cn", "GOODS", "2005-01-01", "ASSERTED"),
        ("AMENDED", "hk", "GOODS", "2005-01-01", "ASSERTED"),
    ]
    [agreement] = [each for each in found if isinstance(each, Agreement)]
    assert agreement.kind == "free trade agreement and economic integration agreement"


@pytest.mark.parametrize(
    ("cells", "column", "value", "reason"),
    [
        (
            {"RTA ID": "9001a"},
            "RTA ID",
            "9001a",
            "not a whole number",
        ),
        (
            {"RTA Name": " "},
            "RTA Name",
            " ",
            "an agreement without a name",
        ),
        (
            {"Type": "FTB"},
            "Type",
            "FTB",
            "not made of CU, EIA, FTA, PSA",
        ),
        (
            {"Inactive Date": "2001"},
            "Inactive Date",
            "2001",
            "not a day",
        ),
        (
            {"Original signatories": "Japan; Atlantis"},
            "Original signatories",
            "Japan; Atlantis",
            "no party is known as 'Atlantis': add it to loaders/party_exceptions.py if it is certain whom it means",
        ),
        (
            {"Specific Entry/Exit dates": "Japan(31-Feb-2001 - )"},
            "Specific Entry/Exit dates",
            "Japan(31-Feb-2001 - )",
            "'31-Feb-2001' is not a day: write 31-Dec-2020",
        ),
        (
            {"Specific Entry/Exit dates": "Japan left in 2001"},
            "Specific Entry/Exit dates",
            "Japan left in 2001",
            "'Japan left in 2001' is not of the form Party(day - day)",
        ),
    ],
)
def test_a_row_that_is_not_certain_is_set_aside(
    tmp_path: Path, cells: dict[str, Any], column: str, value: str, reason: str
) -> None:
    found = _read(tmp_path, {**ROW, **cells}, ROW)
    bad = [each for each in found if isinstance(each, BadRow)]
    assert bad == [BadRow(2, f"AllRTAs: {column}", value, reason)]
    assert sum(isinstance(each, Agreement) for each in found) == 1


def test_what_is_no_workbook_is_one_bad_row() -> None:
    [bad] = wto_rta.read(io.TextIOWrapper(io.BytesIO(b"RTA ID,RTA Name\n")))
    assert isinstance(bad, BadRow)
    assert bad.reason.startswith("no workbook of Excel (.xlsx)")


def test_entries_hold_commas_and_parentheses() -> None:
    text = "Venezuela, Bolivarian Republic of( - 22-Apr-2006); Kosovo (under UNSC res. 1244)(26-Jul-2007 - )"
    first, second = entries_of(text)
    assert (first.party.code, first.entry, str(first.exit)) == ("VE", None, "2006-04-22")
    assert (second.party.code, str(second.entry), second.exit) == ("XK", "2007-07-26", None)


def _real() -> list[Record | BadRow]:
    with text_of(FILE) as text:
        return list(wto_rta.read(text))


@pytest.mark.shared
def test_every_row_of_the_real_file_is_accounted_for() -> None:
    found = _real()
    assert Counter(type(each).__name__ for each in found) == {
        "Agreement": 655,
        "AgreementEvent": 9150,
        "Attribute": 6953,
        "Country": 218,
        "Group": 9,
        "Organisation": 1,
        "Source": 1,
    }
    changes = {
        each.evidence[0].locator.partition("row ")[2].partition(",")[0]
        for each in found
        if isinstance(each, AgreementEvent) and each.stage == "AMENDED" and each.evidence[0].locator
    }
    assert changes == {str(line) for line in range(2, 357)}
    remarks = [each for each in found if isinstance(each, Attribute) and each.evidence[0].quote]
    assert len(remarks) == 175


EVENTS = """
query ($id: ID!) { agreement(id: $id) { events { stage party { code } validFrom modality } } }
"""
WANTED = {f"agreement/wto-rta/{number}" for number in (640, 692, 5, 158, 122)}


def _of(graph: Graph, number: int, *codes: str) -> set[tuple[str | None, ...]]:
    """What is said of an agreement for these parties, or for all."""
    answer = graph.ask(EVENTS, id=f"agreement/wto-rta/{number}")["agreement"]["events"]
    rows = ((each["stage"], (each["party"] or {"code": "all"})["code"], each["validFrom"]) for each in answer)
    return {row for row in rows if row[1] in codes}


@pytest.mark.shared
def test_cases_of_the_real_file_twice_and_in_any_order(scratch: Graph) -> None:
    records = [each for each in _real() if not isinstance(each, BadRow)]
    kept = [each for each in records if not isinstance(each, (Attribute, AgreementEvent)) or _wanted(each)]
    scratch.load(kept)
    once = scratch.picture()
    scratch.load(kept)
    assert scratch.picture() == once
    scratch.clear()
    scratch.load(reversed(kept))
    assert scratch.picture() == once
    assert _of(scratch, 640, "JP", "BN", "GB") == {
        ("SIGNED", "JP", "2018-03-08"),
        ("IN_FORCE", "JP", "2018-12-30"),
        ("SIGNED", "BN", "2018-03-08"),
        ("IN_FORCE", "BN", "2023-07-12"),
        ("ACCEDED", "GB", "2024-12-15"),
    }
    assert _of(scratch, 692, "EC", "GB", "EU") == {
        ("ACCEDED", "EC", "2017-01-01"),
        ("SIGNED", "GB", "2012-06-26"),
        ("IN_FORCE", "GB", "2013-03-01"),
        ("WITHDREW", "GB", "2020-12-31"),
        ("SIGNED", "EU", "2012-06-26"),
        ("IN_FORCE", "EU", "2013-03-01"),
    }
    assert _of(scratch, 158, "EU", "IN") == {("LAUNCHED", "EU", None), ("LAUNCHED", "IN", None)}
    assert _of(scratch, 122, "US", "all") == {
        ("SIGNED", "US", "1992-12-17"),
        ("IN_FORCE", "US", "1994-01-01"),
        ("TERMINATED", "all", "2020-07-01"),
    }
    assert _contradictions(scratch) == 0


def test_days_after_an_exit_are_not_said_of_who_left(tmp_path: Path) -> None:
    services = {"Date of Signature (S)": datetime(2011, 2, 3), "Date of Entry into Force (S)": datetime(2012, 1, 1)}
    left = {"Specific Entry/Exit dates": "Korea, Republic of( - 31-Dec-2010)", "Current signatories": "Japan"}
    assert [each for each in _events(_read(tmp_path, ROW | services | left)) if each[1] == "kr"] == [
        ("SIGNED", "kr", "GOODS", "2001-02-03", "ASSERTED"),
        ("IN_FORCE", "kr", "GOODS", "2002-01-01", "ASSERTED"),
        ("WITHDREW", "kr", None, "2010-12-31", "ASSERTED"),
    ]


def _contradictions(graph: Graph) -> int:
    """An agreement that is amended again and again contradicts nobody."""
    found: int = graph.ask("{ disagreements { totalCount } }")["disagreements"]["totalCount"]
    return found


def _wanted(record: Attribute | AgreementEvent) -> bool:
    return (record.about if isinstance(record, Attribute) else record.agreement) in WANTED
