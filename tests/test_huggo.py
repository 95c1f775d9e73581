"""HUGGO's agreements and memberships: every row, and what the real files say of parties and days."""

from __future__ import annotations

import io
from collections import Counter

import pytest

from loaders import huggo
from loaders.bad_row import BadRow
from loaders.streams import text_of
from schema.agreements import Agreement, AgreementEvent
from schema.base import Attribute, Modality
from schema.ontology import Record
from tests.conftest import SHARED

FOLDER = SHARED / "data" / "agreements"
HEAD = (
    "manyID,treatyID,Title,Begin,stateID,Signature,Force,End,StateName,gptadID,destaID,StateSignature,StateRatification,"
    "StateForce,StateEnd,Rat=Notif,Coder,Source,Succession,Accession\n"
)
ROW = (
    "XT_2001O,XT_2001O,The Pact,03.02.2001,ALG,03.02.2001,2002,31.12.9999,Algeria,NA,77,03.02.2001,2001-05,01.01.2002,NA,NA,"
    "Jael,https://pact.invalid,0,NA\n"
)
OTHER = ROW.replace("ALG", "GRC").replace("Algeria", "Greece").replace("0,NA\n", "1,01.01.2004\n")


def _read(*rows: str) -> list[Record | BadRow]:
    raw = (HEAD + "".join(rows)).encode()
    return list(huggo.read(io.TextIOWrapper(io.BytesIO(raw), newline="")))


def _events(found: list[Record | BadRow]) -> list[tuple[str, str | None, str]]:
    return [(str(each.stage), each.party, str(each.valid_from)) for each in found if isinstance(each, AgreementEvent)]


def test_the_agreement_is_said_once_and_every_party_by_itself() -> None:
    found = _read(ROW, OTHER)
    assert [each for each in found if isinstance(each, BadRow)] == []
    assert [each for each in found if isinstance(each, Agreement)] == [
        Agreement(id="agreement/huggo/xt-2001o", name="The Pact")
    ]
    assert _events(found) == [
        ("SIGNED", None, "2001-02-03"),
        ("IN_FORCE", None, "2002"),
        ("SIGNED", "country/dz", "2001-02-03"),
        ("RATIFIED", "country/dz", "2001-05"),
        ("IN_FORCE", "country/dz", "2002-01-01"),
        ("SIGNED", "country/gr", "2001-02-03"),
        ("RATIFIED", "country/gr", "2001-05"),
        ("ACCEDED", "country/gr", "2004-01-01"),
        ("IN_FORCE", "country/gr", "2002-01-01"),
    ]


def test_a_party_without_a_day_is_named_and_an_end_after_the_release_is_planned() -> None:
    bare = OTHER.replace("03.02.2001,2001-05,01.01.2002,NA", "NA,NA,NA,01.02.2036").replace("01.01.2004", "NA")
    found = _read(ROW.replace("31.12.9999", "01.02.2036"), bare.replace("31.12.9999", "01.02.2036"))
    assert [(each.about, each.name, each.value) for each in found if isinstance(each, Attribute)][-1] == (
        "agreement/huggo/xt-2001o", "names country/gr", "no day of its own"
    )  # fmt: skip
    planned = [each for each in found if isinstance(each, AgreementEvent) and each.modality == Modality.PLANNED]
    assert [(str(each.stage), each.party, str(each.valid_from)) for each in planned] == [
        ("TERMINATED", None, "2036-02-01")
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "bad"),
    [
        ("GRC", "TUN", BadRow(2, "StateName", "Greece", "the code TUN means Tunisia")),
        ("GRC,03.02.2001,2002,31.12.9999,Greece", "QQQ,03.02.2001,2002,31.12.9999,Atlantis",
         BadRow(2, "stateID", "QQQ", "neither the code nor the name 'Atlantis' is known")),
        ("2001-05", "2001-13", BadRow(2, "StateRatification", "2001-13", "'2001-13' is not a date: month must be in 1..12")),
        ("XT_2001O,XT_2001O", "XT_2001O,-", BadRow(2, "treatyID", "-", "nothing that an id can be made of")),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_set_aside(right: str, wrong: str, bad: BadRow) -> None:
    found = _read(OTHER.replace(right, wrong))
    assert [each for each in found if isinstance(each, BadRow)] == [bad]


def test_a_row_that_says_otherwise_of_the_agreement_is_read_for_its_party() -> None:
    found = _read(ROW, OTHER.replace("2002,31.12", "2003,31.12"))
    reason = "the first row of XT_2001O has '2002', which is kept; the party is read"
    assert [each for each in found if isinstance(each, BadRow)] == [BadRow(3, "Force", "2003", reason)]
    assert ("IN_FORCE", "country/gr", "2002-01-01") in _events(found)
    assert _events(_read(ROW, OTHER.replace("2002,31.12", "NA,31.12"))) == _events(_read(ROW, OTHER))


def _real(name: str) -> list[Record | BadRow]:
    with text_of(FOLDER / f"{name}.csv") as text:
        return list(huggo.read(text))


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "agreements", "events", "bad"),
    [
        ("HUGGO_MEM_additional", 745, 12485, 46),
        ("HUGGO_additional", 60, 116, 1),
        ("HUGGO_reconciled", 550, 1146, 0),
    ],
)
def test_every_row_of_the_real_files_is_accounted_for(name: str, agreements: int, events: int, bad: int) -> None:
    found = Counter(type(each).__name__ for each in _real(name))
    assert (found["Agreement"], found["AgreementEvent"], found["BadRow"]) == (agreements, events, bad)


@pytest.mark.shared
def test_every_row_of_a_party_states_something_of_it() -> None:
    found = _real("HUGGO_MEM_additional")
    named = [each for each in found if isinstance(each, Attribute) and each.name.startswith("names ")]
    assert len(named) == 119


@pytest.mark.shared
def test_cases_of_the_real_file() -> None:
    events = [each for each in _real("HUGGO_MEM_additional") if isinstance(each, AgreementEvent)]
    assert _of(events, "ec-1957a", "country/gb") == {
        ("RATIFIED", "1972-10-17"),
        ("ACCEDED", "1972-10-17"),
        ("IN_FORCE", "1973-01-01"),
        ("WITHDREW", "2020-02-01"),
    }
    assert _of(events, "gatt-1947o", "country/ao") == {("SIGNED", "1994-04-08"), ("ACCEDED", "1994-04-08")}
    assert _of(events, "gatt-1947o", None) == {
        ("SIGNED", "1947-10-30"),
        ("IN_FORCE", "1948-01-01"),
        ("TERMINATED", "1996-01-01"),
    }
    assert _of(events, "andngc-1969a", "country/cl") >= {("WITHDREW", "1976")}


def _of(events: list[AgreementEvent], treaty: str, party: str | None) -> set[tuple[str, str]]:
    wanted = (each for each in events if (each.agreement, each.party) == (f"agreement/huggo/{treaty}", party))
    return {(str(each.stage), str(each.valid_from)) for each in wanted}
