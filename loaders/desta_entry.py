"""An entry of DESTA: read, and what it states (table in loaders/desta.py)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loaders.bad_row import BadRow
from loaders.csv_rows import Row
from loaders.party_names import by_code
from loaders.register_dates import public
from schema.agreements import Agreement, AgreementEvent, AgreementStage
from schema.base import Attribute, Evidence, Modality, Source
from schema.dates import PartialDate, parse_partial
from schema.ontology import Record
from schema.parties import Party
from schema.slugs import slug

NONE = "NA"
PROPERTIES = ("language", "typememb", "regioncon", "wto_listed", "wto_name")
"""What is kept as an attribute of the agreement, under the register's own name."""
TYPES = ("base_treaty", "negotiation", "protocol or amendment", "accession", "withdrawal", "consolidated")
COLUMNS = (
    "number",
    "base_treaty",
    "name",
    "entry_type",
    "consolidated",
    "year",
    "entryforceyear",
    *PROPERTIES,
    "c1",
    "mc1",
)
LEAVES = "1"
CODES = {"900": "XK"}
"""Members that have a number of DESTA's own."""


@dataclass(frozen=True)
class Entry:
    """A row, read. `groups`: the group of each member within the agreement."""

    line: int
    number: str
    base: str
    name: str
    type: str
    year: PartialDate | None
    force: PartialDate | None
    members: tuple[Party, ...]
    groups: tuple[str, ...]
    properties: tuple[tuple[str, str], ...]


def entry_of(row: Row) -> Entry | BadRow:
    """Read a row; a bad row where a cell cannot be read."""
    cells = row.cells
    for column, form, reason in (
        ("number", r"[0-9]+([+_][0-9]+|[a-z])?", "not a number of DESTA"),
        ("base_treaty", "[0-9]+", "not a number of DESTA"),
        ("name", r"(?!NA$).*\S.*", "an agreement without a name"),
        ("entry_type", "|".join(TYPES), f"none of {', '.join(TYPES)}"),
        ("year", "[0-9]{4}|NA", "not a year"),
        ("entryforceyear", "[0-9]{4}|NA", "not a year"),
    ):
        if not re.fullmatch(form, cells[column]):
            return BadRow(row.line, column, cells[column], reason)
    members: dict[Party, str] = {}
    for column, code in cells.items():
        if re.fullmatch("c[0-9]+", column) and code != NONE:
            party = by_code(CODES.get(code, code.zfill(3)))
            if party is None:
                return BadRow(row.line, column, code, "no country has this number of the United Nations")
            members.setdefault(party, cells.get(f"m{column}", NONE))
    properties = tuple((name, " ".join(cells[name].split())) for name in PROPERTIES if cells[name] != NONE)
    return Entry(
        line=row.line,
        number=cells["number"],
        base=cells["base_treaty"],
        name=" ".join(cells["name"].split()),
        type=cells["entry_type"],
        year=_year(cells["year"]),
        force=None if too_early(row) else _year(cells["entryforceyear"]),
        members=tuple(members),
        groups=tuple(members.values()),
        properties=properties,
    )


def too_early(row: Row) -> BadRow | None:
    """The cell of an entry into force that lies before the signature: it is not read."""
    year, force = row.cells["year"], row.cells["entryforceyear"]
    if NONE in (year, force) or force >= year:
        return None
    return BadRow(row.line, "entryforceyear", force, f"before its signature in {year}; the rest of the row is read")


def _year(text: str) -> PartialDate | None:
    return None if text == NONE else parse_partial(text)


def joining(entries: Iterable[Entry]) -> dict[tuple[str, Party], Entry]:
    """By base treaty and party: the accession by which it joined.

    Of the accessions that list a party which the base treaty has not, that is the one with the fewest such parties, then the
    earliest: later ones list again who joined before.
    """
    entries = list(entries)
    bases = {entry.number: entry.members for entry in entries}
    found: dict[tuple[str, Party], tuple[int, str, int, Entry]] = {}
    for entry in entries:
        if entry.type == "accession":
            new = [party for party in entry.members if party not in bases.get(entry.base, ())]
            for party in new:
                rank = (len(new), str(entry.year), entry.line, entry)
                found[entry.base, party] = min(found.get((entry.base, party), rank), rank, key=lambda each: each[:3])
    return {key: rank[3] for key, rank in found.items()}


def states(
    entry: Entry, base: Entry, joined: dict[tuple[str, Party], Entry], source: Source
) -> Iterator[Record | BadRow]:
    """What an entry states of its agreement or of its base treaty."""
    event = _Events(entry, source)
    if entry.type == "withdrawal":
        leaving = [party for party, group in zip(entry.members, entry.groups, strict=True) if group == LEAVES]
        yield from event.each(base, AgreementStage.WITHDREW, leaving, entry.year)
    elif entry.type == "accession":
        new = [party for party in entry.members if joined.get((base.number, party)) is entry]
        if not new:
            yield BadRow(entry.line, "c1", None, "all members had joined by other rows: who acceded is not certain")
        yield from event.each(base, AgreementStage.ACCEDED, new, entry.year)
        yield from event.each(base, AgreementStage.IN_FORCE, new if entry.force else (), entry.force)
    elif entry.type == "consolidated":
        yield event.attribute(base, f"consolidated text {entry.number}", entry.year.text if entry.year else NONE)
    else:
        yield Agreement(id=_agreement(entry), name=entry.name)
        for name, value in entry.properties:
            yield event.attribute(entry, name, value)
        yield from _own(entry, base, event)


def _own(entry: Entry, base: Entry, event: _Events) -> Iterator[Record]:
    if entry.type == "negotiation":
        yield from event.each(entry, AgreementStage.LAUNCHED, entry.members, None)
        return
    for stage, year in ((AgreementStage.SIGNED, entry.year), (AgreementStage.IN_FORCE, entry.force)):
        if year:
            yield from event.each(entry, stage, entry.members, year)
    if base != entry:
        yield from event.each(base, AgreementStage.AMENDED, (None,), entry.force, planned=entry.force is None)


@dataclass(frozen=True)
class _Events:
    """Facts that a row states, with the row as evidence."""

    entry: Entry
    source: Source

    def each(
        self,
        of: Entry,
        stage: AgreementStage,
        parties: Iterable[Party | None],
        year: PartialDate | None,
        planned: bool = False,
    ) -> Iterator[AgreementEvent]:
        """The event for each party, None for all."""
        for party in parties:
            yield AgreementEvent(
                agreement=_agreement(of),
                stage=stage,
                party=party.id if party else None,
                valid_from=year,
                modality=Modality.PLANNED if planned else Modality.ASSERTED,
                evidence=(self._evidence(year),),
            )

    def attribute(self, of: Entry, name: str, value: str) -> Attribute:
        """A property of an agreement in the register's own words."""
        return Attribute(about=_agreement(of), name=name, value=value, evidence=(self._evidence(None),))

    def _evidence(self, year: PartialDate | None) -> Evidence:
        assert self.source.published is not None
        locator = f"number {self.entry.number}, {self.entry.type}"
        return Evidence(source=self.source.id, locator=locator, published=public(year, self.source.published))


def _agreement(entry: Entry) -> str:
    return f"agreement/desta/{slug(entry.number)}"
