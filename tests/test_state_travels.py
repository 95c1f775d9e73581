"""Journeys of Presidents and Secretaries of State: who met whom, what remarks say for certain, trips entered twice."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from api.cli.loading import load_paths
from graph.checksum import checksum
from graph.embedded.progress import progress_on
from loaders import curated, state_travels
from loaders.bad_row import BadRow
from loaders.streams import text_of
from loaders.table import LOADERS
from loaders.us_travels_remarks import attended, counterparts
from schema.people import Person
from schema.talks import MeetingKind, MeetingRecord
from tests.conftest import SHARED, Graph

FOLDER = SHARED / "data" / "state_dept_travels"
TRIP = """<trips>
<trip role="secretary" who="example-ann"><id>7</id><role>secretary</role><name>Ann Example</name>
<start-date>2018-04-26</start-date><end-date>2018-04-28</end-date><country id="exland">Exland</country>
<locale>Exville</locale><remarks>Met with President Zoë
  Sample.</remarks></trip>
</trips>"""


def _read(text: str) -> list[Any]:
    return list(state_travels.read(io.StringIO(text)))


@pytest.mark.parametrize(
    ("remarks", "names"),
    [
        ("Met with King Adam II and Exlandic Foreign Minister Bo al-Test.", ["King Adam II", "Bo al-Test"]),
        ("Met with the President of Exland, Zoë Sample.", []),
        ("Met with President Sample and senior officials.", []),  # which Sample it does not say
        ("Met with President Sample and Prime Minister Bo Testman.", ["Bo Testman"]),
        (
            "Met with senior officials, President Zoë Sample of Exland, and with Mayor Bo Testman.",
            ["Zoë Sample", "Bo Testman"],
        ),
        ("Met with business leaders, opened the fair of President Zoë Sample, and greeted Mayor Bo Testman.", []),
        ("Attended the fair and met privately with Pope Peter Paul III.", ["Pope Peter Paul III"]),
        ("Was scheduled to have met with President Zoë Sample.", []),
        ("Accompanied the President, who met with Queen Zoë Sample.", []),
        ("Met with President Moon Jae-Test and Defense Minister Kim Test-in.", ["Moon Jae-Test", "Kim Test-in"]),
        ("Met with President De Test and Premier van der Test.", []),
        ("Visited Exville. Met with Prime Minister Bo de la Test; met with Mayor Bo de la Test.", ["Bo de la Test"]),
    ],
)
def test_persons_are_named_where_it_is_certain(remarks: str, names: list[str]) -> None:
    assert [each.name for each in counterparts(remarks)] == names


@pytest.mark.parametrize(
    ("remarks", "meetings"),
    [
        ("Attended the G-20 Summit.", [("G-20 Summit", MeetingKind.SUMMIT)]),
        (
            "Attended the APEC Ministerial Meeting and met with Bo.",
            [("APEC Ministerial Meeting", MeetingKind.MINISTERIAL)],
        ),
        (
            "Led others to attend the 31st ASEAN Leaders’ Meeting.",
            [("31st ASEAN Leaders’ Meeting", MeetingKind.SUMMIT)],
        ),
        ("Attended a summit meeting with other leaders.", []),
        ("Attended the opening of the Exland Summit.", []),
    ],
)
def test_meetings_with_a_name_of_their_own(remarks: str, meetings: list[tuple[str, MeetingKind]]) -> None:
    assert [(each.name, each.kind) for each in attended(remarks)] == meetings


def test_a_trip_is_a_visit_and_a_meeting_on_some_day_of_it() -> None:
    read = _read(TRIP)
    records = [each for each in read if isinstance(each, MeetingRecord)]
    assert [(each.meeting, str(each.start), each.place, each.part_of) for each in records] == [
        ("meeting/us-state-travels/7", "2018-04-26", "Exville, Exland", None),
        ("meeting/us-state-travels/7/zoe-sample", "2018-04", None, "meeting/us-state-travels/7"),
    ]
    start = records[1].start
    assert start is not None
    assert (str(start.first), str(start.last)) == ("2018-04-26", "2018-04-28")
    assert {each.evidence[0].quote for each in records} == {"Met with President Zoë Sample."}
    assert [each.name for each in read if isinstance(each, Person)] == ["Ann Example", "Zoë Sample"]


@pytest.mark.parametrize(
    ("right", "wrong", "line", "column", "reason"),
    [
        ("2018-04-28", "2018-04-25", 2, "end-date", "before the start, 2018-04-26"),
        ("2018-04-28", "2018-04-31", 2, "end-date", "'2018-04-31' is not a date: day is out of range for month"),
        ("<id>7", "<id>x", 2, "id", "no number of a trip"),
        ("<locale>Exville</locale>", "", 2, "locale", "a trip needs id, name, dates, country, locale and remarks"),
        ("</trips>", "", 6, None, "not XML: no element found"),
        ("<trips>", '<!DOCTYPE t [<!ENTITY a "b">]><trips>', 1, None, "the file declares an entity, a: none is needed"),
    ],
)
def test_what_cannot_be_read_is_set_aside(right: str, wrong: str, line: int, column: str | None, reason: str) -> None:
    [bad] = [each for each in _read(TRIP.replace(right, wrong)) if isinstance(each, BadRow)][:1]
    assert (bad.line, bad.column, bad.reason) == (line, column, reason)


def test_a_trip_that_is_entered_twice_is_one_visit_with_what_both_say() -> None:
    trip = TRIP.partition("\n")[2].rpartition("\n")[0]
    more = trip.replace("<id>7", "<id>9").replace("04-28", "04-29").replace("Sample.", "Sample, and left.")
    other = trip.replace("<id>7", "<id>8").replace("Met with President Zoë", "Addressed Parliament. Met with")
    read = _read(f"<trips>{trip}{other}{more}</trips>")
    visits = [(each.meeting, str(each.end)) for each in read if isinstance(each, MeetingRecord) and not each.part_of]
    first, second = "meeting/us-state-travels/7", "meeting/us-state-travels/8"
    assert visits == [(first, "2018-04-28"), (second, "2018-04-28"), (first, "2018-04-29")]


@pytest.mark.shared
def test_every_trip_of_the_files_is_a_record() -> None:
    loader = LOADERS["state_travels"]
    counts: Counter[str] = Counter()
    again = 0
    for file in loader.files([FOLDER]):
        with text_of(file) as text:
            read = list(loader.read(text))
        counts.update(type(each).__name__ for each in read)
        visits = [each for each in read if isinstance(each, MeetingRecord) and each.kind is MeetingKind.VISIT]
        counts["visit"] += len(visits)
        again += len(visits) - len({each.meeting for each in visits})
    assert (counts["visit"], again, counts["Tenure"], counts["BadRow"]) == (4271, 3, 47, 0)


MET = """
query($persons: [ID!], $from: Date, $to: Date) {
  encounters(persons: $persons, from: $from, to: $to, first: 50) {
    nodes { persons { name } meetings { nodes { name start place partOf { name start end place
      records { evidence { locator source { id } } } } } } } }
}
"""


def _sum(graph: Graph) -> str:
    return graph.run(checksum(graph.database.driver, graph.database.name, progress_on())).checksum


def _load(graph: Graph, folder: Path, *files: str) -> int:
    paths = [FOLDER / file for file in files]
    found = graph.run(load_paths(graph.database, "state_travels", paths, folder, progress_on()))
    assert sum(each.quarantined for each in found) == 0
    return sum(each.loaded for each in found)


@pytest.mark.shared
def test_whom_a_traveller_met_twice_and_in_another_order(scratch: Graph, tmp_path: Path) -> None:
    files = ("presidents/presidents.xml", "president-travels/trump-donald-j.xml", "secretary-travels/rubio-marco.xml")
    scratch.load(curated.load([curated.SHIPPED / "people.yaml"]))
    _load(scratch, tmp_path, *files)
    trump, putin = "person/us-state-travels/trump-donald-j", "person/us-state-travels/vladimir-putin"
    [met] = scratch.ask(MET, persons=[trump, putin], **{"from": "2017-01-01", "to": "2018-12-31"})["encounters"][
        "nodes"
    ]
    day = {"start": "2018-07-16", "end": "2018-07-16", "place": "Helsinki, Finland"}
    source = {"locator": "trip 3817", "source": {"id": state_travels.SOURCE.id}}
    visit = {"name": "Donald J. Trump in Helsinki, Finland, 2018-07-16", **day, "records": [{"evidence": [source]}]}
    assert met == {
        "persons": [{"name": "Donald J. Trump"}, {"name": "Vladimir Putin"}],
        "meetings": {
            "nodes": [
                {
                    "name": "Donald J. Trump and Russian President Vladimir Putin",
                    "start": "2018-07-16",
                    "place": None,
                    "partOf": visit,
                }
            ]
        },
    }
    whole = _sum(scratch)
    assert _load(scratch, tmp_path, *files) == 0
    assert _sum(scratch) == whole
    scratch.clear()
    _load(scratch, tmp_path, *reversed(files))
    scratch.load(curated.load([curated.SHIPPED / "people.yaml"]))
    assert _sum(scratch) == whole
