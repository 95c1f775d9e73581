"""What happened to an agreement of the WTO's database, party by party.

| the register | states |
|---|---|
| original signatories | SIGNED on the day of signature, IN_FORCE on the day of entry into force or on the party's own |
| a current signatory that is not original | ACCEDED on its own day, else without a day |
| a group among the current signatories only | as an original one: it stands for the members that signed |
| a party that only the entries and exits name | IN_FORCE where a group of the list stands for it, else ACCEDED |
| a day that is not yet known (01-Jan-9999) | IN_FORCE as PLANNED |
| an exit | WITHDREW; a day of the columns after it is not the party's |
| the inactive date | TERMINATED for all |
| "Accession of X" | ACCEDED for X in the place of IN_FORCE |
| under negotiation | LAUNCHED for the parties that the name is made of, where all of it is names, else without a party |

Days of goods and services are one event of the whole where they are equal or the agreement covers one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.party_names import by_name
from loaders.wto_rta_entries import Entry
from schema.agreements import AgreementEvent, AgreementStage
from schema.base import Evidence, Modality
from schema.dates import PartialDate
from schema.parties import Group, Party

Made = tuple[Party | None, AgreementEvent]
Days = tuple[date | None, date | None]
"""For goods and for services."""


@dataclass(frozen=True)
class Register:
    """A row of the register, read. `both`: it covers goods and services. `acceding`: whose accession it is, as its name says."""

    agreement: str
    evidence: Evidence
    status: str
    both: bool
    signed: Days
    force: Days
    ended: date | None
    acceding: str | None
    original: tuple[Party, ...]
    current: tuple[Party, ...]
    entries: tuple[Entry, ...]


def events(row: Register) -> Iterator[Made]:
    """All that the row states to have happened or to be planned."""
    own = {entry.party: entry for entry in row.entries}
    founding = (
        *row.original,
        *(party for party in row.current if isinstance(party, Group) and party not in row.original),
    )
    acceding = _acceding(row)
    for party in founding:
        entry = own.get(party, Entry(party, None, None, False))
        for scope, day in _scoped(row, row.signed):
            if _still(entry, day):
                yield _made(row, AgreementStage.SIGNED, party, day, scope)
        stage = AgreementStage.ACCEDED if party in acceding else AgreementStage.IN_FORCE
        if not (entry.entry or entry.pending):
            for scope, day in _scoped(row, row.force) or _undated(row):
                if _still(entry, day):
                    yield _made(row, stage, party, day, scope)
    for party in row.current:
        if party not in founding and party not in own:
            yield _made(row, AgreementStage.ACCEDED, party, None)
    through_group = any(isinstance(party, Group) for party in founding)
    for entry in row.entries:
        listed = entry.party in founding or (through_group and entry.party not in row.current)
        stage = AgreementStage.IN_FORCE if listed and entry.party not in acceding else AgreementStage.ACCEDED
        yield from _own(row, entry, stage)
    if row.ended:
        yield _made(row, AgreementStage.TERMINATED, None, row.ended)


def negotiating(row: Register, name: str) -> Iterator[Made]:
    """Talks that go on, since a day that the register does not say."""
    parties = [by_name(part) for part in re.split(r"\s+[-–/]\s+", name)]
    for party in parties if len(parties) > 1 and all(parties) else [None]:
        yield _made(row, AgreementStage.LAUNCHED, party, None)


def _own(row: Register, entry: Entry, stage: AgreementStage) -> Iterator[Made]:
    if entry.entry:
        yield _made(row, stage, entry.party, entry.entry)
    elif entry.pending:
        yield _made(row, stage, entry.party, None, modality=Modality.PLANNED)
    if entry.exit:
        yield _made(row, AgreementStage.WITHDREW, entry.party, entry.exit)


def _still(entry: Entry, day: date | None) -> bool:
    """Whether the party had not left before a day of the whole agreement: what came later is not said of it."""
    return not (entry.exit and day and entry.exit < day)


def _acceding(row: Register) -> tuple[Party | None, ...]:
    return tuple(by_name(name) for name in (row.acceding or "").split(" and "))


def _scoped(row: Register, days: Days) -> list[tuple[str | None, date | None]]:
    """Each day with the part of the agreement for which it is one; no day, no event."""
    goods, services = days
    if row.both and goods != services:
        return [(scope, day) for scope, day in (("GOODS", goods), ("SERVICES", services)) if day]
    return [(None, goods or services)] if goods or services else []


def _undated(row: Register) -> list[tuple[str | None, date | None]]:
    return [(None, None)] if row.status == "In Force" else []


def _made(
    row: Register,
    stage: AgreementStage,
    party: Party | None,
    day: date | None,
    scope: str | None = None,
    modality: Modality = Modality.ASSERTED,
) -> Made:
    who = party.id if party else None
    key = "/".join(filter(None, (row.agreement.rpartition("/")[2], stage, who, scope)))
    return party, AgreementEvent(
        agreement=row.agreement,
        stage=stage,
        party=who,
        scope=scope,
        valid_from=PartialDate(day, day, day.isoformat()) if day else None,
        modality=modality,
        row=f"wto/rta#{key}",
        evidence=(row.evidence,),
    )
