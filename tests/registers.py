"""Agreements as the registers of ../shared state them, joined by the decisions that ship: slices for tests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from loaders import decisions
from loaders.bad_row import BadRow
from loaders.streams import text_of
from loaders.table import LOADERS
from schema.agreements import Agreement, AgreementEvent
from schema.base import Attribute
from schema.decisions import mapping, rewritten
from schema.ontology import Record
from tests.conftest import SHARED

FILES = (
    ("wto_rta", "wto_rta/AllRTAs.xlsx"),
    ("desta", "agreements/DESTA.csv"),
    ("huggo", "agreements/HUGGO_MEM_additional.csv"),
    ("huggo", "agreements/HUGGO_additional.csv"),
    ("huggo", "agreements/HUGGO_reconciled.csv"),
)


@cache
def joined() -> tuple[Record, ...]:
    """What all registers state, each record of the agreement that is kept."""
    kept = mapping(decisions.load([decisions.SHIPPED]))
    return tuple(rewritten(record, kept) for name, file in FILES for record in _read(name, file))


def between(*parties: str) -> list[Record]:
    """What they state of the agreements of which all of these are party, and whom and what that refers to."""
    found: dict[str, set[str | None]] = defaultdict(set)
    for record in joined():
        if isinstance(record, AgreementEvent):
            found[record.agreement].add(record.party)
    wanted = {agreement for agreement, those in found.items() if those >= set(parties)}
    return [record for record in joined() if (_agreement(record) or next(iter(wanted))) in wanted]


def _agreement(record: Record) -> str | None:
    if isinstance(record, AgreementEvent):
        return record.agreement
    if isinstance(record, Attribute):
        return record.about
    return record.id if isinstance(record, Agreement) else None


def _read(name: str, file: str) -> Iterator[Record]:
    with text_of(SHARED / "data" / file) as text:
        yield from (each for each in LOADERS[name].read(text) if not isinstance(each, BadRow))
