"""The shipped data is loaded once, and again where it, the program or the graph is another."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.cli import shipped
from graph.embedded.progress import progress_on
from loaders.curated import CuratedError
from tests.conftest import Graph

PERSON = "Person:\n  - {{id: person/a, name: {name}}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "data"
    place.mkdir()
    (place / "people.yaml").write_text(PERSON.format(name="Ann"))
    return place


def _load(graph: Graph, folder: Path) -> int | None:
    """How many records were new or changed; None where nothing was loaded."""
    found = graph.run(shipped.load_shipped(graph.database, folder.parent / "bad", progress_on(), folder))
    return None if found is None else found.loaded


def test_what_was_loaded_is_not_loaded_again(scratch: Graph, folder: Path) -> None:
    assert [_load(scratch, folder), _load(scratch, folder)] == [1, None]


def test_changed_files_are_loaded(scratch: Graph, folder: Path) -> None:
    _load(scratch, folder)
    (folder / "more.yml").write_text("Person:\n  - {id: person/b, name: Bob}\n")
    assert [_load(scratch, folder), _load(scratch, folder)] == [1, None]
    (folder / "people.yaml").write_text(PERSON.format(name="Aaron"))
    assert _load(scratch, folder) == 1


def test_a_changed_program_loads_again(
    scratch: Graph, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shipped, "PROGRAM", (tmp_path / "program",))
    (tmp_path / "program").mkdir()
    (tmp_path / "program" / "rows.py").write_text("one")
    _load(scratch, folder)
    (tmp_path / "program" / "rows.py").write_text("two")
    assert _load(scratch, folder) == 0


def test_another_graph_is_loaded(scratch: Graph, folder: Path) -> None:
    _load(scratch, folder)
    scratch.clear()
    assert _load(scratch, folder) == 1


def test_a_load_that_failed_is_done_again(scratch: Graph, folder: Path) -> None:
    (folder / "broken.yaml").write_text("Person:\n  - {id: person/b}\n")
    for _ in range(2):
        with pytest.raises(CuratedError, match="name"):
            _load(scratch, folder)
