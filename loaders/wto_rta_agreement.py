"""A row of the sheet AllRTAs: an agreement, what its columns say of it, and what happened to it, party by party (loaders/wto_rta_events.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from loaders.bad_row import BadRow
from loaders.party_lists import Parties, UnknownPartyError, separated
from loaders.workbook import SheetRow
from loaders.wto_rta_entries import EntriesError, entries_of
from loaders.wto_rta_events import Register, events, negotiating
from schema.agreements import Agreement
from schema.base import Attribute, Evidence, Source
from schema.ontology import Record

SHEET = "AllRTAs"
KINDS = {
    "CU": "customs union",
    "EIA": "economic integration agreement",
    "FTA": "free trade agreement",
    "PSA": "partial scope agreement",
}
STATUSES = (
    "Early announcement-Under negotiation", "Early announcement-Signed", "In Force", "In force for at least one Party", "Inactive",
)  # fmt: skip
DAYS = (
    "Date of Signature (G)", "Date of Signature (S)", "Date of Entry into Force (G)", "Date of Entry into Force (S)", "Inactive Date",
)  # fmt: skip
PROPERTIES = (
    "Status", "Coverage", "Notification", "RTA Composition", "Region", "Cross-regional", "All Parties WTO members?",
    "Date of Notification (G)", "Date of Notification (S)", "WTO Consideration Process (G)", "Consideration Date (G)",
    "WTO Consideration Process (S)", "Consideration Date (S)", "End of implementation period (G)", "End of implementation period (S)",
)  # fmt: skip
"""What is kept as an attribute of the agreement, under the register's own name."""
COLUMNS = (
    "RTA ID", "RTA Name", "Type", "Accession?", "Current signatories", "Original signatories", "Specific Entry/Exit dates", "Remarks",
    *DAYS, *PROPERTIES,
)  # fmt: skip


def records(row: SheetRow, source: Source, parties: Parties) -> Iterator[Record | BadRow]:
    """The agreement of a row with its parties, attributes and events; a bad row where it is not certain what it says."""
    found = _register(row, source)
    if isinstance(found, BadRow):
        yield found
        return
    yield Agreement(id=found.agreement, name=_text(row, "RTA Name"), kind=_kind(row), wto_rta_id=row.cells["RTA ID"])
    yield from _attributes(row, found, source)
    under_way = found.status == STATUSES[0]
    for party, event in negotiating(found, _text(row, "RTA Name")) if under_way else events(found):
        yield from parties.declared(*([party] if party else []))
        yield event


def _register(row: SheetRow, source: Source) -> Register | BadRow:
    if bad := _fault(row):
        return bad
    lists = {}
    for column in ("Original signatories", "Current signatories"):
        try:
            lists[column] = separated(row.cells[column])
        except UnknownPartyError as error:
            return row.bad(column, str(error))
    try:
        entries = entries_of(row.cells["Specific Entry/Exit dates"])
    except (EntriesError, UnknownPartyError) as error:
        return row.bad("Specific Entry/Exit dates", str(error))
    days = [row.cells[column].date() if row.cells[column] else None for column in DAYS]
    return Register(
        agreement=f"agreement/wto-rta/{row.cells['RTA ID']}",
        evidence=Evidence(source=source.id, locator=_locator(row)),
        status=_text(row, "Status"),
        both=row.cells["Coverage"] == "Goods & Services",
        signed=(days[0], days[1]),
        force=(days[2], days[3]),
        ended=days[4],
        acceding=_acceding(row),
        original=lists["Original signatories"],
        current=lists["Current signatories"],
        entries=entries,
    )


def _fault(row: SheetRow) -> BadRow | None:
    if not isinstance(row.cells["RTA ID"], int):
        return row.bad("RTA ID", "not a whole number")
    if not _text(row, "RTA Name"):
        return row.bad("RTA Name", "an agreement without a name")
    if _text(row, "Status") not in STATUSES:
        return row.bad("Status", f"none of {', '.join(STATUSES)}")
    if any(part not in KINDS for part in _parts(row)):
        return row.bad("Type", f"not made of {', '.join(KINDS)}")
    for column in DAYS:
        if not isinstance(row.cells[column], datetime | None):
            return row.bad(column, "not a day")
    return None


def _attributes(row: SheetRow, found: Register, source: Source) -> Iterator[Attribute]:
    """The remarks are prose that is not read: they stand as the quote beside the status."""
    for column in PROPERTIES:
        if value := _text(row, column):
            quote = _text(row, "Remarks") or None if column == "Status" else None
            yield Attribute(
                about=found.agreement,
                name=column,
                value=value,
                row=f"{source.dataset}#{row.cells['RTA ID']}/{column}",
                evidence=(Evidence(source=source.id, locator=_locator(row), quote=quote),),
            )


def _acceding(row: SheetRow) -> str | None:
    if row.cells["Accession?"] != "Yes":
        return None
    return _text(row, "RTA Name").partition("Accession of ")[2].removeprefix("the ") or None


def _kind(row: SheetRow) -> str | None:
    return " and ".join(KINDS[part] for part in _parts(row)) or None


def _parts(row: SheetRow) -> list[str]:
    return [part for part in re.split(r"\s*&\s*", _text(row, "Type")) if part]


def _text(row: SheetRow, column: str) -> str:
    value = row.cells[column]
    return value.date().isoformat() if isinstance(value, datetime) else " ".join(str(value or "").split())


def _locator(row: SheetRow) -> str:
    return f"{SHEET}, RTA ID {row.cells['RTA ID']}"
