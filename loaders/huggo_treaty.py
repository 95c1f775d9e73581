"""What a row of HUGGO says of an agreement as a whole: its title, numbers elsewhere, signature, entry into force and end."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.bad_row import BadRow
from loaders.csv_rows import Row
from loaders.register_dates import MISSING, day_of, public
from schema.agreements import Agreement, AgreementEvent, AgreementStage
from schema.base import Attribute, Evidence, Modality, Source
from schema.dates import BadDateError, PartialDate
from schema.ontology import Record
from schema.slugs import slug

COLUMNS = ("manyID", "treatyID", "Title", "Signature", "Force", "End")
NUMBERS = ("manyID", "destaID", "gptadID")
"""What the agreement is called by others: manytrade's own key, and the numbers of DESTA and GPTAD."""
OPEN_END = "9999-12-31"
STAGES = {
    "Signature": AgreementStage.SIGNED,
    "Force": AgreementStage.IN_FORCE,
    "End": AgreementStage.TERMINATED,
}


class Treaties:
    """The agreements of a file. Where two rows of one differ, the first that says something is kept."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._first: dict[tuple[str, str], str] = {}

    def stated(self, row: Row) -> Iterator[Record | BadRow]:
        """What the row states of the agreement and no row before it."""
        treaty = row.cells["treatyID"]
        if not slug(treaty):
            yield BadRow(row.line, "treatyID", treaty, "nothing that an id can be made of")
            return
        for column in ("Title", *STAGES, *NUMBERS):
            value = row.cells.get(column, "").strip()
            if value in MISSING:
                continue
            new = (treaty, column) not in self._first
            first = self._first.setdefault((treaty, column), value)
            if new:
                yield from self._cell(row, column, value)
            elif value != first:
                reason = f"the first row of {treaty} has {first!r}, which is kept; the party is read"
                yield BadRow(row.line, column, value, reason)

    def _cell(self, row: Row, column: str, value: str) -> Iterator[Record | BadRow]:
        about = agreement_of(row)
        if column == "Title":
            yield Agreement(id=about, name=" ".join(value.split()))
        elif column in NUMBERS:
            evidence = Evidence(source=self._source.id, locator=row.cells["treatyID"])
            yield Attribute(about=about, name=column, value=value, evidence=(evidence,))
        else:
            day = day_in(row, column)
            if isinstance(day, BadRow):
                yield day
            elif day:
                yield event_of(self._source, row, STAGES[column], day)


def agreement_of(row: Row) -> str:
    """The id of the agreement of a row."""
    return f"agreement/huggo/{slug(row.cells['treatyID'])}"


def day_in(row: Row, column: str) -> PartialDate | BadRow | None:
    """The day in a cell; None for none and for the open end."""
    try:
        day = day_of(row.cells[column])
    except BadDateError as error:
        return BadRow(row.line, column, row.cells[column], str(error))
    return None if day and day.text == OPEN_END else day


def event_of(
    source: Source, row: Row, stage: AgreementStage, day: PartialDate, party: str | None = None
) -> AgreementEvent:
    """What happened on a day, to one party or to all; what lies after the release was planned when it was written."""
    place = "/".join(filter(None, (row.cells["treatyID"], row.cells.get("stateID") if party else None)))
    cites = row.cells.get("Source", "").strip() if party else ""
    locator = place if cites in MISSING else f"{place}; cites {cites}"
    assert source.published is not None
    return AgreementEvent(
        agreement=agreement_of(row),
        stage=stage,
        party=party,
        valid_from=day,
        modality=Modality.PLANNED if day.first > source.published else Modality.ASSERTED,
        evidence=(Evidence(source=source.id, locator=locator, published=public(day, source.published)),),
    )
