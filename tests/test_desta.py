"""DESTA's list of treaties: every row, and what the real file says of parties and years."""

from __future__ import annotations

import io
from collections import Counter

import pytest

from loaders import desta
from loaders.bad_row import BadRow
from loaders.streams import text_of
from schema.agreements import Agreement, AgreementEvent
from schema.ontology import Record
from tests.conftest import SHARED

FILE = SHARED / "data" / "agreements" / "DESTA.csv"
HEAD = (
    "number;base_treaty;name;entry_type;consolidated;year;entryforceyear;language;typememb;regioncon;wto_listed;wto_name;"
    "c1;c2;c3;mc1;mc2;mc3\n"
)
BASE = "7;7;The Pact;base_treaty;0;1999;2001;English;2;Asia;1;The Pact;392;410;NA;0;0;NA\n"


def _row(number: str, kind: str, years: str, members: str) -> str:
    return f"{number};7;The Pact {kind};{kind};0;{years};NA;NA;NA;NA;NA;{members}\n"


def _read(*rows: str) -> list[Record | BadRow]:
    return list(desta.read(io.StringIO(HEAD + "".join(rows), newline="")))


def _said(found: list[Record | BadRow], agreement: str = "agreement/desta/7") -> list[tuple[str, str, str, str]]:
    return [
        (
            str(each.stage),
            (each.party or "all").rpartition("/")[2],
            str(each.valid_from or "no day"),
            str(each.modality),
        )
        for each in found
        if isinstance(each, AgreementEvent) and each.agreement == agreement
    ]


def test_what_each_type_of_entry_states() -> None:
    found = _read(
        BASE,
        _row("7+1", "accession", "2003;2004", "392;410;156;2;2;2"),
        _row("7_1", "withdrawal", "2005;NA", "392;410;NA;1;2;NA"),
        _row("8", "protocol or amendment", "2002;2006", "392;410;NA;0;0;NA"),
        _row("7a", "consolidated", "2006;2006", "392;410;NA;0;0;NA"),
        "9;9;The Talks;negotiation;0;NA;NA;NA;NA;NA;NA;NA;4;900;NA;0;0;NA\n",
    )
    assert [each for each in found if isinstance(each, BadRow)] == []
    assert _said(found) == [
        ("SIGNED", "jp", "1999", "ASSERTED"),
        ("SIGNED", "kr", "1999", "ASSERTED"),
        ("IN_FORCE", "jp", "2001", "ASSERTED"),
        ("IN_FORCE", "kr", "2001", "ASSERTED"),
        ("ACCEDED", "cn", "2003", "ASSERTED"),
        ("IN_FORCE", "cn", "2004", "ASSERTED"),
        ("WITHDREW", "jp", "2005", "ASSERTED"),
        ("AMENDED", "all", "2006", "ASSERTED"),
    ]
    assert _said(found, "agreement/desta/9") == [
        ("LAUNCHED", "af", "no day", "ASSERTED"),
        ("LAUNCHED", "xk", "no day", "ASSERTED"),
    ]
    assert [each.id for each in found if isinstance(each, Agreement)] == [
        f"agreement/desta/{number}" for number in (7, 8, 9)
    ]


def test_a_party_joins_by_the_accession_with_the_fewest_newcomers() -> None:
    """Later accessions list again who joined before."""
    first = _row("7+1", "accession", "2003;NA", "392;410;156;2;2;2")
    second = _row("7+2", "accession", "2002;NA", "410;156;704;2;2;2")
    third = _row("7+3", "accession", "2009;NA", "156;704;410;2;2;2")
    found = _read(BASE, first, second, third)
    assert _said(found)[4:] == [("ACCEDED", "cn", "2003", "ASSERTED"), ("ACCEDED", "vn", "2002", "ASSERTED")]
    reason = "all members had joined by other rows: who acceded is not certain"
    assert [each for each in found if isinstance(each, BadRow)] == [BadRow(5, "c1", None, reason)]


@pytest.mark.parametrize(
    ("right", "wrong", "bad"),
    [
        ("392", "999", BadRow(2, "c1", "999", "no country has this number of the United Nations")),
        ("1999", "99", BadRow(2, "year", "99", "not a year")),
        ("2001", "1998", BadRow(2, "entryforceyear", "1998", "before its signature in 1999; the rest of the row is read")),
        (";7;The", ";8;The", BadRow(2, "base_treaty", "8", "no entry that could be read has this number")),
        ("base_treaty;0", "treaty;0", BadRow(2, "entry_type", "treaty", "none of base_treaty, negotiation, protocol or "
         "amendment, accession, withdrawal, consolidated")),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_set_aside(right: str, wrong: str, bad: BadRow) -> None:
    assert [each for each in _read(BASE.replace(right, wrong, 1)) if isinstance(each, BadRow)] == [bad]


def _real() -> list[Record | BadRow]:
    with text_of(FILE) as text:
        return list(desta.read(text))


@pytest.mark.shared
def test_every_row_of_the_real_file_is_accounted_for() -> None:
    """842 base treaties, 82 negotiations and 34 protocols are agreements; the other 259 rows say something of them."""
    found = Counter(type(each).__name__ for each in _real())
    kinds = ("Agreement", "AgreementEvent", "Attribute", "Country", "BadRow")
    assert [found[kind] for kind in kinds] == [958, 10034, 4102, 222, 10]


@pytest.mark.shared
def test_cases_of_the_real_file() -> None:
    found = _real()
    efta = _said(found, "agreement/desta/375")
    assert {row[:3] for row in efta if row[1] in ("gb", "fi", "li", "ch")} == {
        ("SIGNED", "gb", "1960"),
        ("IN_FORCE", "gb", "1960"),
        ("WITHDREW", "gb", "1973"),
        ("SIGNED", "ch", "1960"),
        ("IN_FORCE", "ch", "1960"),
        ("ACCEDED", "fi", "1985"),
        ("IN_FORCE", "fi", "1986"),
        ("WITHDREW", "fi", "1995"),
        ("ACCEDED", "li", "1991"),
        ("IN_FORCE", "li", "1991"),
    }
    assert {row[:3] for row in _said(found, "agreement/desta/807")} == {
        ("LAUNCHED", "co", "no day"),
        ("LAUNCHED", "jp", "no day"),
    }
