"""Proposals of what may be one thing, and files of decisions."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from api.cli import resolve
from api.likeness import THRESHOLD
from benchmarks.resolve import figures, labelled
from graph.comparing import compared
from loaders import decisions
from loaders.curated.problem import CuratedError
from schema.decisions import mapping
from tests.conftest import Graph
from tests.test_decisions import KEPT, ONE, PEOPLE, RECORDS, THREE, TWO, _start

HEAD = "by: me\ndate: 2026-11-28\n"


def test_precision_and_recall_on_the_labelled_pairs() -> None:
    pairs = labelled()
    found = {}
    for kind in ("Agreement", "Person"):
        right, wrong, missed = figures([pair for pair in pairs if pair[0].one.kind == kind], THRESHOLD)
        found[kind] = (right, wrong, missed)
    assert (len(pairs), found) == (154, {"Agreement": (53, 6, 0), "Person": (12, 1, 0)})


def test_what_is_proposed_is_a_file_of_decisions(scratch: Graph, tmp_path: Path) -> None:
    _start(scratch, {})
    scratch.load(RECORDS)
    rows = scratch.run(compared(scratch.database.driver, scratch.database.name))
    things = [resolve.thing(row) for row in rows]
    found = resolve.proposals(things, [], THRESHOLD)
    assert [(each.one.id, each.two.id, each.features, round(each.score, 2)) for each in found] == [
        (ONE, TWO, {"name": 1.0, "in force": 1.0, "sort": 1.0}, 1.0),
        ("person/ann", "person/two/7", {"name": 1.0, "terms": 1.0}, 1.0),
        (THREE, TWO, {"name": 0.9, "parties": 1.0, "in force": 1.0, "sort": 1.0}, 0.97),
        (ONE, THREE, {"name": 0.9, "in force": 1.0, "sort": 1.0}, 0.96),
    ]
    file = tmp_path / "proposed.yaml"
    file.write_text(HEAD + resolve.draft(found).replace('""', '"x"'))
    decided = decisions.load([file])
    assert [each.ids for each in decided] == [(each.one.id, each.two.id) for each in found]
    assert mapping(decided) == {**KEPT, **PEOPLE}
    assert resolve.proposals(things, decided, THRESHOLD) == []


def test_the_shipped_decisions_can_all_be_followed() -> None:
    found = decisions.load([decisions.SHIPPED])
    assert mapping(found)["agreement/desta/56"] == "agreement/wto-rta/49"
    assert all(each.reason and each.by for each in found)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"same:\n  - {{ids: [{ONE}, {TWO}], reason: x}}", "2:5: by, date missing, here and at the head of the file"),
        (HEAD + f"same:\n  - {{ids: [{ONE}, {TWO}]}}", "4:5: reason missing"),
        (HEAD + f"same:\n  - {{ids: [{ONE}], reason: x}}", "4:5: name at least two ids"),
        (
            HEAD + f"same:\n  - {{ids: [{ONE}, {TWO}], reason: x, date: 2026-13-01}}",
            "4:5: date: '2026-13-01' is not a date",
        ),
        (
            HEAD + f"same:\n  - {{ids: [{ONE}, {TWO}], reason: x, kept: y}}",
            "4:5: an entry has by, date, ids, reason and nothing else",
        ),
        (HEAD + "alike: []", "3:8: unknown key 'alike'"),
        (
            HEAD + f"same:\n  - {{ids: [{ONE}, {TWO}], reason: x}}\n  - {{ids: [{THREE}, {TWO}], reason: x}}",
            "1:1: agreement/one/1, agreement/three/y, agreement/two/x are joined and",
        ),
    ],
)
def test_files_that_cannot_be_followed_are_refused(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "d.yaml"
    file.write_text(text)
    with pytest.raises(CuratedError) as refused:
        decisions.load([file])
    assert f"{file}:{problem}" in str(refused.value)


def test_the_example_of_the_documentation_is_a_file_of_decisions(tmp_path: Path) -> None:
    text = (Path(__file__).parents[1] / "docs" / "resolve.md").read_text().split("```yaml\n")[1].split("```")[0]
    assert yaml.safe_load(text)
    file = tmp_path / "d.yaml"
    file.write_text(text)
    assert [len(each.ids) for each in decisions.load([file])] == [2, 2]
