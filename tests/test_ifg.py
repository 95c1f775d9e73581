"""Ministers of the United Kingdom: who held which post on a day, how a name changes, and what is set aside."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from api.cli.loading import Summary, load_paths
from graph.checksum import checksum
from graph.embedded.progress import progress_on
from loaders import curated, ifg, ifg_source
from loaders.bad_row import BadRow
from loaders.streams import text_of
from schema.base import Attribute
from schema.people import Tenure
from tests.conftest import SHARED, Graph

FOLDER = SHARED / "data" / "ifg_ministers"
APPOINTMENTS = "id,person_id,post_id,start_date,end_date\n"
CHARACTERISTICS = "id,appointment_id,cabinet_status,is_acting,is_on_leave,leave_reason,start_date,end_date\n"
ANN = "00000000-0000-4000-8000-000000000001"
POST = "00000000-0000-4000-8000-000000000002"
TERM = "00000000-0000-4000-8000-000000000003"


def _read(appointment: str, *characteristics: str) -> list[list[Any]]:
    """What the two tables state, without what is declared."""
    rows = (f"00000000-0000-4000-8000-00000000001{n},{TERM},Cabinet,{row}\n" for n, row in enumerate(characteristics))
    texts = [APPOINTMENTS + f"{TERM},{ANN},{POST},{appointment}\n", CHARACTERISTICS + "".join(rows)]
    read = ifg.among(io.StringIO(text) for text in texts)
    return [[each for each in read(io.StringIO(text)) if isinstance(each, (BadRow, Tenure))] for text in texts]


def _days(tenures: list[Tenure]) -> list[tuple[str, str, bool, bool]]:
    return [(str(each.valid_from), str(each.valid_to), each.acting, each.on_leave) for each in tenures]


def test_an_appointment_is_cut_where_someone_is_away_and_not_where_the_rank_changes() -> None:
    tenures, bad = _read(
        "2021-01-01,2021-09-01",
        "False,False,,2021-01-01,2021-02-01",
        "False,True,Maternity leave,2021-03-01,2021-06-01",
        "False,False,,2021-02-01,2021-03-01",
        "False,False,,2021-06-01,2021-09-01",
    )
    assert bad == []
    assert _days(tenures) == [
        ("2021-01-01", "2021-03-01", False, False),
        ("2021-03-01", "2021-06-01", False, True),
        ("2021-06-01", "2021-09-01", False, False),
    ]


def test_days_that_do_not_fit_are_set_aside_and_the_appointment_stands() -> None:
    tenures, [bad] = _read("2021-01-01,2021-09-01", "False,False,,2021-01-01,2021-09-02")
    assert _days(tenures) == [("2021-01-01", "2021-09-01", False, False)]
    reason = "the days do not fit those of the appointment, 2021-01-01/2021-09-01"
    assert bad == BadRow(2, "end_date", "2021-01-01/2021-09-02", reason)


def test_an_appointment_of_which_some_days_were_acting_is_not_guessed() -> None:
    [bad], [other] = _read("2021-01-01,2021-09-01", "True,False,,2021-01-01,2021-09-02")
    reason = "no characteristics that fit its days say whether it was acting or on leave"
    assert (bad, other.line) == (BadRow(2, "id", TERM, reason), 2)


@pytest.mark.parametrize(
    ("days", "column", "value", "reason"),
    [
        ("2021-01-01,2021-01-01", "end_date", "2021-01-01", "not after the start, 2021-01-01"),
        ("2021-02-30,", "start_date", "2021-02-30", "'2021-02-30' is not a date: day is out of range for month"),
        (",", "start_date", "", "not of the form [0-9]{4}-[0-9]{2}-[0-9]{2}"),
    ],
)
def test_a_day_that_cannot_be_is_set_aside(days: str, column: str, value: str, reason: str) -> None:
    [bad], _ = _read(days, "False,False,,2021-01-01,2021-09-01")
    assert bad == BadRow(2, column, value, reason)


def test_one_table_of_appointments_alone_and_an_unknown_table_are_refused() -> None:
    [alone], [unknown] = ifg.read(io.StringIO(APPOINTMENTS)), ifg.read(io.StringIO("id,colour\n"))
    assert isinstance(alone, BadRow)
    assert "give the folder" in alone.reason
    assert isinstance(unknown, BadRow)
    assert unknown.reason.startswith("the head is none of the tables appointment, ")


def test_a_name_of_a_time_is_stated_with_it() -> None:
    head = "id,id_parliament,id_ifg_website,name,display_name,normalized_name,short_name,gender,start_date,end_date\n"
    read = list(ifg.read(io.StringIO(head + f"{ANN},12.0,,Lady Zoë,Lady Zoë,Lady Zoe,Zoë,F,2021-01-01,\n")))
    stated = [(each.name, each.value, str(each.valid_from)) for each in read if isinstance(each, Attribute)]
    assert stated == [("name", "Lady Zoë", "2021-01-01"), ("id_parliament", "12", "None")]


def _load(graph: Graph, folder: Path, files: list[Path]) -> list[Summary]:
    return graph.run(load_paths(graph.database, "ifg", files, folder, progress_on()))


HOLDERS = """
query($post: ID!, $day: Date!) { node(id: $post, at: $day) { ... on Post { holders {
  person { id name } acting onLeave validFrom validTo evidence { locator source { id } } } } } }
"""
DBT = "5bd8141e-f300-4947-9683-2c80f8719283"
"""The Secretary of State for Business and Trade."""


def _sum(graph: Graph) -> str:
    return graph.run(checksum(graph.database.driver, graph.database.name, progress_on())).checksum


def _rows(table: str) -> list[dict[str, str]]:
    with (FOLDER / f"{table}.csv").open(newline="", encoding="utf-8-sig") as text:
        return list(csv.DictReader(text))


def _holders(graph: Graph, post: str, day: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = graph.ask(HOLDERS, post=f"post/ifg/{post}", day=day)["node"]["holders"]
    return found


@pytest.fixture
def trade(tmp_path: Path) -> Path:
    """The tables cut to the posts of trade, with their holders; small ones whole."""
    posts = {row["post_id"] for row in _rows("post_relationship") if row["group_name"] == "Trade"}
    held = [row for row in _rows("appointment") if row["post_id"] in posts]
    wanted = posts | {row[column] for row in held for column in ("id", "person_id")}
    folder = tmp_path / "tables"
    folder.mkdir()
    for file in FOLDER.glob("*.csv"):
        head, *lines = file.read_text("utf-8-sig").splitlines(keepends=True)
        own = 2 if file.stem in ("appointment_characteristics", "post_relationship") else 1
        kept = [line for line in lines if file.stem.startswith("organisation") or wanted & set(line.split(",")[:own])]
        (folder / file.name).write_text("".join([head, *kept]))
    return folder


@pytest.mark.shared
def test_the_posts_of_trade_twice_and_in_another_order(scratch: Graph, trade: Path, tmp_path: Path) -> None:
    scratch.load(curated.load([curated.SHIPPED / "parties.yaml"]))
    assert sum(each.quarantined for each in _load(scratch, tmp_path, [trade])) == 0
    _named_and_held(scratch)
    whole = _sum(scratch)
    assert sum(each.loaded for each in _load(scratch, tmp_path, [trade])) == 0
    assert _sum(scratch) == whole
    scratch.clear()
    _load(scratch, tmp_path, sorted(trade.glob("*.csv"), reverse=True))
    scratch.load(curated.load([curated.SHIPPED / "parties.yaml"]))
    assert _sum(scratch) == whole


def _named_and_held(graph: Graph) -> None:
    """Names of the day, and who held each post of trade on the first and the last day of every appointment to it."""
    [reynolds] = _holders(graph, DBT, "2025-06-13")
    assert reynolds == {
        "person": {"id": "person/ifg/" + reynolds["person"]["id"].rpartition("/")[2], "name": "Jonathan Reynolds"},
        "acting": False,
        "onLeave": False,
        "validFrom": "2024-07-05",
        "validTo": "2025-09-05",
        "evidence": [{"locator": reynolds["evidence"][0]["locator"], "source": {"id": ifg_source.SOURCE.id}}],
    }
    assert [each["person"]["name"] for each in _holders(graph, DBT, "2025-09-05")] == ["Peter Kyle"]
    name = 'query($day: Date!) { node(id: "person/ifg/002a6349-2ee5-44b0-9b33-000baae8c737", at: $day) { ... on Person { name } } }'
    assert [graph.ask(name, day=day)["node"]["name"] for day in ("2008-10-02", "2008-10-03")] == [
        "Peter Mandelson",
        "Lord Mandelson",
    ]
    trade = {row["post_id"] for row in _rows("post_relationship") if row["group_name"] == "Trade"}
    appointments = [row for row in _rows("appointment") if row["post_id"] in trade]
    assert len(appointments) > 50
    for asked in appointments[::5]:
        day = asked["start_date"]
        held = {each["person"]["id"] for each in _holders(graph, asked["post_id"], day)}
        assert held == _on(appointments, asked["post_id"], day), (asked, day)


def _on(appointments: list[dict[str, str]], post: str, day: str) -> set[str]:
    return {
        f"person/ifg/{row['person_id']}"
        for row in appointments
        if row["post_id"] == post and row["start_date"] <= day < (row["end_date"] or "9999")
    }


@pytest.mark.shared
def test_every_row_of_the_tables_is_stated_or_set_aside() -> None:
    """Left out are the 23 events; characteristics are in the tenures that are cut by them.

    The 13 bad rows: two appointments end before they start, and so their characteristics; nine of these differ by days from theirs.
    """
    read = ifg.among(file.open(newline="", encoding="utf-8-sig") for file in sorted(FOLDER.glob("*.csv")))
    found = {}
    for file in sorted(FOLDER.glob("*.csv")):
        with text_of(file) as text:
            found[file.stem] = Counter(type(each).__name__ for each in read(text))
            assert found[file.stem]["Source"] == 1
    assert found["appointment"]["Tenure"] == 3667 - 2 + 20
    assert {name: each["BadRow"] for name, each in found.items() if each["BadRow"]} == {
        "appointment": 2,
        "appointment_characteristics": 11,
    }
    assert found["organisation"]["Organisation"] == 69 + 1
    assert found["organisation_link"]["Attribute"] == 60
    assert found["person"]["Person"] == 1337
    assert found["post"]["Post"] == 926
    assert found["post_relationship"]["Attribute"] == 1559
    marked = [row for row in _rows("appointment_characteristics") if "True" in (row["is_acting"], row["is_on_leave"])]
    with text_of(FOLDER / "appointment.csv") as text:
        tenures = [each for each in read(text) if isinstance(each, Tenure) and (each.acting or each.on_leave)]
    assert sorted((row["start_date"], row["end_date"]) for row in marked) == sorted(
        (str(each.valid_from), str(each.valid_to or "")) for each in tenures
    )
