"""A row of HUGGO's memberships: when a party signed, ratified, acceded to and left an agreement, and since when it is in force for it.

The party has a code and a name. Where both are known they must mean the same, or the row is set aside; made-up codes
("ALG") and names ("Gaza Empire") leave it to the other. A party's end that is the end of the agreement is said once, of the agreement.
A party of which nothing else is said is named by an attribute of the agreement.
"""

from __future__ import annotations

from collections.abc import Iterator

from loaders.bad_row import BadRow
from loaders.csv_rows import Row
from loaders.huggo_treaty import COLUMNS as OF_TREATY
from loaders.huggo_treaty import agreement_of, day_in, event_of
from loaders.party_lists import Parties
from loaders.party_names import by_code, by_name
from schema.agreements import AgreementStage
from schema.base import Attribute, Evidence, Source
from schema.ontology import Record
from schema.parties import Party
from schema.slugs import slug

CODES = {"EC": "EU"}
"""What the file calls otherwise than ISO 3166."""
STAGES = {
    "StateSignature": AgreementStage.SIGNED,
    "StateRatification": AgreementStage.RATIFIED,
    "Accession": AgreementStage.ACCEDED,
    "StateForce": AgreementStage.IN_FORCE,
    "StateEnd": AgreementStage.WITHDREW,
}
COLUMNS = (*OF_TREATY, "stateID", "StateName", "destaID", "gptadID", "Source", *STAGES)


def records(row: Row, source: Source, parties: Parties) -> Iterator[Record | BadRow]:
    """The party and its events; a bad row where it is not certain who it is, and for each day that is none."""
    if not slug(row.cells["treatyID"]):
        return
    party = _party(row)
    if isinstance(party, BadRow):
        yield party
        return
    yield from parties.declared(party)
    made = list(_events(row, source, party))
    yield from made
    if all(isinstance(each, BadRow) for each in made):
        yield _named(row, source, party)


def _events(row: Row, source: Source, party: Party) -> Iterator[Record | BadRow]:
    for column, stage in STAGES.items():
        if column == "StateEnd" and row.cells["StateEnd"] == row.cells["End"]:
            continue
        day = day_in(row, column)
        if isinstance(day, BadRow):
            yield day
        elif day:
            yield event_of(source, row, stage, day, party.id)


def _named(row: Row, source: Source, party: Party) -> Attribute:
    evidence = Evidence(source=source.id, locator=f"{row.cells['treatyID']}/{row.cells['stateID']}")
    return Attribute(about=agreement_of(row), name=f"names {party.id}", value="no day of its own", evidence=(evidence,))


def _party(row: Row) -> Party | BadRow:
    code, name = row.cells["stateID"].strip(), row.cells["StateName"].strip()
    coded, named = by_code(CODES.get(code, code)), by_name(name)
    if coded and named and coded != named:
        return BadRow(row.line, "StateName", name, f"the code {code} means {coded.name}")
    return coded or named or BadRow(row.line, "stateID", code, f"neither the code nor the name {name!r} is known")
