"""The page on RDF tells the truth: its query and its commands are run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, RdfFormat, Store
from typer.testing import CliRunner

from api.cli import exporting
from api.cli.main import app
from graph.rdf.formats import BY_NAME
from tests.conftest import Graph
from tests.test_rdf import awkward, exported

__all__ = ["awkward"]
PAGE = (Path(__file__).parents[1] / "docs" / "rdf.md").read_text()


def test_the_query_gives_the_table_below_it(awkward: Graph) -> None:
    store = Store()
    store.bulk_load(exported(awkward, BY_NAME["nquads"]), RdfFormat.N_QUADS)
    [query] = re.findall(r"```sparql\n(.*?)```", PAGE, re.DOTALL)
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    rows = [[str(each.value).removeprefix("https://tradegraph.invalid/") for each in row] for row in found]
    table = PAGE.partition("| member | group | source |\n|---|---|---|\n")[2].partition("\n\n")[0]
    assert rows == [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]


def test_every_command_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[exporting.Asked] = []
    runner = CliRunner()

    def note(_: object, given: exporting.Asked, __: object) -> dict[str, object]:
        asked.append(given)
        exporting.order_of(given)
        return {"triples": 0, "files": [], "moment": ""}

    monkeypatch.setattr(exporting, "run", note)
    lines = re.findall(r"^tradegraph (export.*)$", PAGE, re.MULTILINE)
    for line in lines:
        result = runner.invoke(app, shlex.split(line, comments=True))
        assert result.exit_code == 0, result.output
    assert [each.party for each in asked] == [None, None, "JP", None]
    wrong = runner.invoke(app, ["export", "--kind", "Nothing"])
    assert wrong.exit_code == 2 and "none of" in wrong.output
