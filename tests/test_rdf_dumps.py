"""Exports as files: terms kept, checksums, and a partner who follows the changes without asking anybody."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Quad, RdfFormat, Store, parse

from graph import joining
from graph.embedded.progress import progress_on
from graph.rdf.dumps import Order, export
from graph.rdf.formats import BY_NAME
from graph.rdf.selection import Selection
from schema.base import Condition, Evidence, Redistribution
from schema.dates import parse_partial
from schema.ontology import Record
from schema.parties import Country, Membership
from schema.people import Person, Tenure
from schema.vocabulary import Names
from tests import test_decisions as joined
from tests.conftest import Graph
from tests.rdf_graph import records, said, source

NAMES = Names("https://tradegraph.invalid")
DUMPS = "https://tradegraph.invalid/dumps/"


def ordered(graph: Graph, folder: Path, order: Order) -> dict[str, Any]:
    """The record of an export."""
    return graph.run(
        export(graph.database.driver, graph.database.name, NAMES, order, folder, progress_on(io.StringIO()))
    )


def quads(path: Path) -> set[Quad]:
    """The statements of a file."""
    return set(parse(gzip.decompress(path.read_bytes()), RdfFormat.N_QUADS))


def _file(folder: Path, record: dict[str, Any], number: int = -1) -> Path:
    return folder / str(record["files"][number]["name"])


def _tenure(name: str, start: str, *sources: str, **more: Any) -> Tenure:
    evidence = tuple(Evidence(source=f"source/{each}", quote="Their words.") for each in sources)
    return Tenure(
        person=f"person/{name}", post="post/minister", valid_from=parse_partial(start), evidence=evidence, **more
    )


def _guarded() -> Iterable[Record]:
    yield from (source("all"), source("facts", Redistribution.FACTS), source("none", Redistribution.NONE, "2025-01-01"))
    yield from (Person(id=f"person/{name}", name=name.title()) for name in ("open", "both", "hidden"))
    yield _tenure("open", "2020", "facts", key="open")
    yield _tenure("both", "2021", "all", "none")
    yield _tenure("hidden", "2022", "none", supersedes=("open",))


def test_terms_are_kept(scratch: Graph, tmp_path: Path) -> None:
    """NONE never leaves, neither its facts nor what follows from them; FACTS leaves without quotes; the record says so."""
    scratch.load(_guarded())
    record = ordered(scratch, tmp_path, Order())
    text = gzip.decompress(_file(tmp_path, record).read_bytes()).decode()
    assert "source/none" not in text and "hidden" not in text.lower() and "2025-01-01" not in text
    assert "knownTo" not in text
    assert text.count("Their words.") == 1
    assert record["leftOut"] == [
        {"source": "source/facts", "facts": 0, "statements": 0, "quotes": 1},
        {"source": "source/none", "facts": 1, "statements": 1, "quotes": 0},
    ]
    assert "source/none (1 facts, 0 quotes)" in (tmp_path / "index.jsonld").read_text()


def test_a_day_of_knowledge_shows_nothing_of_later(scratch: Graph, tmp_path: Path) -> None:
    scratch.load(records())
    known = {}
    for day in ("2025-06-30", "2025-07-01"):
        record = ordered(scratch, tmp_path, Order(Selection(known=date.fromisoformat(day)), packing="none"))
        known[day] = _file(tmp_path, record).read_text()
    assert "as it says" not in known["2025-06-30"] and "25%" in known["2025-06-30"]
    assert "as it says" in known["2025-07-01"] and "25%" not in known["2025-07-01"]


def test_a_choice_takes_facts_with_what_they_name(scratch: Graph, tmp_path: Path) -> None:
    scratch.load(records())
    record = ordered(scratch, tmp_path, Order(Selection(kinds=(Membership,)), packing="none"))
    text = _file(tmp_path, record).read_text()
    assert {line.split()[-2].split("/graph/")[1].split("/")[0] for line in text.splitlines()} == {
        "membership",
        "country",
        "group",
        "source",
    }
    of_party = ordered(scratch, tmp_path, Order(Selection(party="country/united-states"), packing="none"))
    assert "tariff-measure" in _file(tmp_path, of_party).read_text()
    assert "tenure" not in _file(tmp_path, of_party).read_text()


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
def test_the_same_bytes_twice(scratch: Graph, tmp_path: Path, packing: str) -> None:
    scratch.load(records())
    for place in ("one", "two"):
        ordered(scratch, tmp_path / place, Order(packing=packing))
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / place).iterdir()} for place in ("one", "two"))
    assert one == two


def test_the_day_of_a_partner(scratch: Graph, tmp_path: Path) -> None:
    steps: list[list[Record]] = [
        [
            _tenure("both", "2023", "all"),
            Person(id="person/hidden", name="Another name"),
            source("wire", Redistribution.FACTS, "2025-06-30"),
        ],
        [
            Membership(
                member="country/japan", group="group/g7", valid_from=parse_partial("1975"), evidence=said("wire")
            ),
            Country(id="country/japan", name="Japan", code="JP", alternative_names=("日本",)),
            _tenure("open", "2020-02", "facts", key="open"),
        ],
        [source("act", Redistribution.NONE), _tenure("hidden", "2022", "all", supersedes=("open",))],
    ]
    scratch.load([*_guarded(), *records()])
    _followed(scratch, tmp_path, [partial(scratch.load, step) for step in steps])


def test_the_day_of_a_partner_while_decisions_come_and_go(scratch: Graph, tmp_path: Path) -> None:
    """What is joined, joined to another, apart again, and decided on twice between two exports."""
    scratch.load(joined.RECORDS)
    other = {joined.ONE: joined.TWO, joined.TWO: joined.TWO, **joined.PEOPLE}
    decide = partial(joining.apply, scratch.database.driver, scratch.database.name)

    def together() -> None:
        scratch.run(decide(joined.ALL, progress_on()))

    def in_between() -> None:
        scratch.run(decide(other, progress_on()))
        apart()
        scratch.load([joined.event(joined.ONE, "2001-04-30", "one", key="one/force")])

    def otherwise() -> None:
        scratch.run(decide(other, progress_on()))
        scratch.load([_lasting("wire"), source("wire")])

    def apart() -> None:
        scratch.run(decide({}, progress_on()))

    _followed(scratch, tmp_path, [together, otherwise, apart, in_between])


def test_evidence_of_a_condition_is_a_change(scratch: Graph, tmp_path: Path) -> None:
    """Though the fact that first said the condition is not stated again, and was known before."""
    scratch.load([*_guarded(), *records(), _lasting("act")])
    _followed(
        scratch,
        tmp_path,
        [
            lambda: scratch.load([_lasting("wire", "open")]),
            lambda: scratch.load([source("late", day="2026-01-01"), _lasting("late")]),
            lambda: scratch.load([_lasting("paper", "both")]),
        ],
    )


def _lasting(name: str, person: str = "hidden") -> Tenure:
    """A tenure on a condition that several may say."""
    evidence = (Evidence(source=f"source/{name}"),)
    may = Condition(description="it lasts", happens=True, evidence=evidence)
    return Tenure(person=f"person/{person}", post="post/minister", conditions=(may,), evidence=evidence)


def _followed(graph: Graph, folder: Path, steps: Sequence[Callable[[], object]]) -> None:
    """The full export, then one of changes after each step, come to what a new full export holds."""
    graph.load(
        [Person(id="person/0", name="Last")]
    )  # so that changes since then, it included, are not all that there is
    moments = [ordered(graph, folder, Order())["moment"]]
    for number, step in enumerate(steps, 1):
        step()
        graph.load([Person(id=f"person/{number}", name="Last")])
        moments.append(ordered(graph, folder, Order(since=moments[-1]))["moment"])
    new = ordered(graph, folder / "new", Order())

    index = json.loads((folder / "index.jsonld").read_bytes())
    store = Store()
    for dataset in index["dcat:dataset"]:
        for file in dataset["dcat:distribution"]:
            data = _verified(folder, file)
            if ".retracted.ru" in file["@id"]:
                store.update(data.decode())
            else:
                store.bulk_load(data, RdfFormat.N_QUADS)
    assert [each["dcterms:type"] for each in index["dcat:dataset"]] == ["full", *["changes"] * len(steps)]
    assert set(store) == quads(_file(folder / "new", new))


def _verified(folder: Path, file: dict[str, Any]) -> bytes:
    packed = (folder / file["dcat:downloadURL"]["@id"].removeprefix(DUMPS)).read_bytes()
    assert hashlib.sha256(packed).hexdigest() == file["spdx:checksum"]["spdx:checksumValue"]["@value"]
    assert len(packed) == int(file["dcat:byteSize"]["@value"])
    return gzip.decompress(packed)


def test_an_export_tells_how_far_it_is(scratch: Graph, tmp_path: Path) -> None:
    scratch.load(records())
    [count] = scratch.cypher(
        "MATCH (n:Fact|OriginScope|ProductScope|Entity) WHERE NOT n:Entity OR n.name IS NOT NULL RETURN count(n) AS number"
    )
    said = io.StringIO()
    database = scratch.database
    scratch.run(export(database.driver, database.name, NAMES, Order(), tmp_path, progress_on(said)))
    assert said.getvalue().splitlines()[-1] == f"Exporting: {count['number']} of {count['number']}"


def test_a_file_that_could_not_be_finished_is_not_there(
    scratch: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch.load(records())
    monkeypatch.setattr("graph.rdf.dumps.write", _fail)
    with pytest.raises(OSError, match="full"):
        ordered(scratch, tmp_path, Order(format=BY_NAME["turtle"]))
    assert list(tmp_path.iterdir()) == []


def _fail(*args: object) -> None:
    raise OSError("the disk is full")
