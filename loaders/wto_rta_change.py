"""A row of the sheet RTA Changes: an amendment of an agreement, from the day on which it entered into force.

Without that day it is PLANNED. Its remarks are prose that is not read: they stand as the quote. The day of its signature stands in the locator.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from loaders.bad_row import BadRow
from loaders.party_lists import Parties, UnknownPartyError, with_commas
from loaders.workbook import SheetRow
from schema.agreements import AgreementEvent, AgreementStage
from schema.base import Evidence, Modality, Source
from schema.dates import parse_partial
from schema.ontology import Record

SHEET = "RTA Changes"
ID, PARTIES, PART = "RTA ID", "Parties concerned", "Changes affect"
NOTIFIED, SIGNED, FORCE = (f"Date of {what} of changes" for what in ("notification", "signature", "entry into force"))
COLUMNS = (ID, "RTA Name", PARTIES, PART, NOTIFIED, SIGNED, FORCE, "Remarks")
SCOPES = {"Goods": "GOODS", "Services": "SERVICES", "Goods & Services": None}


def records(row: SheetRow, source: Source, parties: Parties) -> Iterator[Record | BadRow]:
    """The amendment for each party concerned; a bad row where it is not certain what it says."""
    if bad := _fault(row):
        yield bad
        return
    try:
        concerned = with_commas(row.cells[PARTIES])
    except UnknownPartyError as error:
        yield row.bad(PARTIES, str(error))
        return
    yield from parties.declared(*concerned)
    for party in concerned:
        yield _event(row, source, party.id)


def _fault(row: SheetRow) -> BadRow | None:
    if not isinstance(row.cells[ID], int):
        return row.bad(ID, "not a whole number")
    if row.cells[PART] not in SCOPES:
        return row.bad(PART, f"none of {', '.join(SCOPES)}")
    if not isinstance(row.cells[PARTIES], str):
        return row.bad(PARTIES, "nobody is concerned")
    for column in (NOTIFIED, SIGNED, FORCE):
        if not isinstance(row.cells[column], datetime | None):
            return row.bad(column, "not a day")
    return None


def _event(row: SheetRow, source: Source, party: str) -> AgreementEvent:
    notified, signed, force = (row.cells[column] and row.cells[column].date() for column in (NOTIFIED, SIGNED, FORCE))
    evidence = Evidence(
        source=source.id,
        locator=f"{SHEET}, RTA ID {row.cells[ID]}, row {row.line}, signed {signed or 'on no day stated'}",
        quote=" ".join(str(row.cells["Remarks"] or "").split()) or None,
        published=notified,
    )
    return AgreementEvent(
        agreement=f"agreement/wto-rta/{row.cells[ID]}",
        stage=AgreementStage.AMENDED,
        party=party,
        scope=SCOPES[row.cells[PART]],
        valid_from=parse_partial(force.isoformat()) if force else None,
        modality=Modality.ASSERTED if force else Modality.PLANNED,
        evidence=(evidence,),
    )
