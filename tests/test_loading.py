"""The promises of loading (design.md, section 6): nothing is lost, nothing is written twice, every fault has its place."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import re
import subprocess
import sys
import tracemalloc
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import zstandard

from api.cli.loading import load_paths
from graph.connection import Connection
from graph.embedded.progress import progress_on
from loaders import hs_nomenclature
from loaders.bad_row import BadRow
from loaders.streams import StreamError, text_of
from schema.tariffs import Product
from tests.conftest import SHARED, Graph

ROOT = Path(__file__).parents[1]
HEAD = "section,hscode,description,parent,level\n"
GOOD = HEAD + 'I,01,Animals; live,TOTAL,2\nI,0101,"Horses, asses",01,4\nI,010121,Horses,0101,6\n'
BAD = GOOD + "I,01x1,Wrong,01,4\nI,0102,,01,4\nI,0199,Elsewhere,02,4\n"


def _tradegraph(
    connection: Connection, home: Path, *arguments: str, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "NEO4J_URI": connection.uri,
        "NEO4J_USER": connection.user,
        "NEO4J_PASSWORD": connection.password,
        "TRADEGRAPH_HOME": str(home),
    }
    return subprocess.run(
        [sys.executable, "-m", "api.cli.main", *arguments],
        cwd=ROOT,
        env=environment,
        input=stdin,
        text=True,
        capture_output=True,
        timeout=120,
        check=False,
    )


def _file(folder: Path, text: str, name: str = "hs.csv") -> Path:
    file = folder / name
    file.write_text(text)
    return file


def test_every_row_is_loaded_unchanged_or_quarantined(scratch: Graph, connection: Connection, tmp_path: Path) -> None:
    file = _file(tmp_path, BAD)
    first = _tradegraph(connection, tmp_path, "load", "hs", str(file), "--json")
    [summary] = json.loads(first.stdout)
    assert (first.returncode, summary["loaded"], summary["unchanged"], summary["quarantined"]) == (5, 4, 0, 3)
    rows = [json.loads(line) for line in Path(summary["quarantine"]).read_text().splitlines()]
    assert [(row["file"], row["line"], row["column"], row["value"]) for row in rows] == [
        (str(file), 5, "hscode", "01x1"),
        (str(file), 6, "description", ""),
        (str(file), 7, "parent", "02"),
    ]
    assert all(row["reason"] for row in rows)
    [again] = json.loads(_tradegraph(connection, tmp_path, "load", "hs", str(file), "--json").stdout)
    assert (again["loaded"], again["unchanged"], again["quarantined"]) == (0, 4, 3)


def test_a_dry_run_writes_nothing(scratch: Graph, connection: Connection, tmp_path: Path) -> None:
    done = _tradegraph(connection, tmp_path, "load", "hs", str(_file(tmp_path, GOOD)), "--dry-run")
    assert (done.returncode, scratch.cypher("MATCH (n) RETURN count(n) AS n")) == (0, [{"n": 0}])


def test_progress_goes_to_the_other_stream(scratch: Graph, connection: Connection, tmp_path: Path) -> None:
    done = _tradegraph(connection, tmp_path, "load", "hs", str(_file(tmp_path, GOOD)), "--json")
    json.loads(done.stdout)
    assert "records" in done.stderr


def test_a_log_gets_plain_lines(scratch: Graph, connection: Connection, tmp_path: Path) -> None:
    """The last says that all is done, and none has a sign that moves the cursor."""
    lines = [f"I,{code:04d},Heading {code},{code // 100:02d},4\n" for code in range(100, 2600)]
    done = _tradegraph(connection, tmp_path, "load", "hs", str(_file(tmp_path, HEAD + "".join(lines))), "--json")
    assert "\x1b" not in done.stderr
    said = [line.split(": ", 1)[1] for line in done.stderr.splitlines() if "records" in line]
    assert said[-1] == "2501 records, 2501 of them new or changed; per cent: 100 of 100"


def _all(terminal: int) -> bytes:
    """All that was written to a terminal whose other side is closed: it comes in pieces, and ends with an error."""
    found = b""
    with os.fdopen(terminal, "rb", buffering=0) as file, contextlib.suppress(OSError):
        while piece := file.read(1 << 16):
            found += piece
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="terminals are others there")
def test_a_terminal_gets_a_bar(scratch: Graph, tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    file = _file(tmp_path, GOOD)
    with os.fdopen(theirs, "w") as terminal:
        scratch.run(load_paths(scratch.database, "hs", [file], tmp_path, progress_on(terminal)))
    shown = _all(ours).decode()
    assert "\x1b[?25l" in shown, "the cursor is hidden while a bar moves"
    assert "━" in shown
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|[\r\n]", "", shown)
    assert plain.endswith("4 records, 4 of them new or changed; per cent: 100 of 100")


def test_refused_files_and_bad_flags_have_their_codes(connection: Connection, tmp_path: Path) -> None:
    wrong = _file(tmp_path, "Person:\n  - {id: person/a}\n", "case.yaml")
    refused = _tradegraph(connection, tmp_path, "load", str(wrong), "--dry-run")
    assert (refused.returncode, f"{wrong}:2" in refused.stderr) == (3, True)
    assert _tradegraph(connection, tmp_path, "load", str(tmp_path / "none.yaml")).returncode == 2
    assert "Traceback" not in refused.stderr


def test_two_loaders_at_once_give_no_duplicates(scratch: Graph, connection: Connection, tmp_path: Path) -> None:
    lines = [f"I,{code:02d},Chapter {code},TOTAL,2\n" for code in range(1, 98)]
    lines += [f"I,{code:04d},Heading {code},{code // 100:02d},4\n" for code in range(100, 9800)]
    file = _file(tmp_path, HEAD + "".join(lines[:2500]))
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(_tradegraph, connection, tmp_path, "load", "hs", str(file), "--json") for _ in range(2)]
        assert [run.result().returncode for run in runs] == [0, 0]
    [found] = scratch.cypher("MATCH (p:Product) RETURN count(p) AS nodes, count(DISTINCT p.id) AS ids")
    assert found == {"nodes": 2500, "ids": 2500}


def _packed(folder: Path, kind: str) -> Path:
    path = folder / f"hs.csv.{kind}"
    if kind == "gz":
        path.write_bytes(gzip.compress(GOOD.encode()))
    elif kind == "zst":
        path.write_bytes(zstandard.compress(GOOD.encode()))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("../../hs.csv", GOOD)
    return path


@pytest.mark.parametrize("kind", ["gz", "zip", "zst"])
def test_packed_files_are_read_as_they_are(tmp_path: Path, kind: str) -> None:
    with text_of(_packed(tmp_path, kind)) as text:
        assert text.read() == GOOD


HUGE = 120_000
"""Rows of a file of 4 MB."""


@pytest.mark.parametrize("kind", ["csv", "gz", "zst"])
def test_a_huge_file_is_never_held_whole(tmp_path: Path, kind: str) -> None:
    text = HEAD + "".join(f"I,{number:06d},Good number {number},{number // 100:04d},6\n" for number in range(HUGE))
    path = tmp_path / f"hs.{kind}"
    packed = {"csv": text.encode(), "gz": gzip.compress(text.encode()), "zst": zstandard.compress(text.encode())}
    path.write_bytes(packed[kind])
    size = len(text)
    del text, packed
    tracemalloc.start()
    with text_of(path) as opened:
        rows = sum(1 for row in hs_nomenclature.read(opened) if isinstance(row, Product))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (rows, most < size / 4) == (HUGE, True), most


@pytest.mark.parametrize("kind", ["gz", "zip", "zst"])
def test_a_cut_file_is_a_clear_error(tmp_path: Path, kind: str) -> None:
    path = _packed(tmp_path, kind)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(StreamError, match=path.name), text_of(path) as text:
        text.read()


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    with gzip.open(path, "wb", compresslevel=9) as file:
        for _ in range(80):
            file.write(bytes(1024 * 1024))
    with pytest.raises(StreamError, match="unpacks to more"), text_of(path, "latin-1") as text:
        while text.read(1 << 20):
            pass


def test_an_archive_of_several_files_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", "a")
        archive.writestr("b", "b")
    with pytest.raises(StreamError, match="holds 2 files"), text_of(path):
        pass


def test_standard_input(scratch: Graph, connection: Connection, tmp_path: Path) -> None:
    done = _tradegraph(connection, tmp_path, "load", "hs", "-", "--json", stdin=GOOD)
    assert json.loads(done.stdout)[0]["loaded"] == 4


def test_a_load_that_was_cut_off_is_run_again(scratch: Graph) -> None:
    records = [row for row in hs_nomenclature.read(io.StringIO(GOOD)) if not isinstance(row, BadRow)]
    scratch.load(records)
    whole = scratch.picture()
    scratch.clear()
    scratch.load(records[:2])
    scratch.load(records)
    assert scratch.picture() == whole


def test_swapped_columns_are_refused_at_the_head() -> None:
    [bad] = hs_nomenclature.read(io.StringIO(GOOD.replace("section,hscode", "hscode,section")))
    assert isinstance(bad, BadRow)
    assert bad.line == 1


@pytest.mark.shared
def test_the_whole_harmonized_system(scratch: Graph) -> None:
    """6,940 rows: 97 chapters, 1,229 headings, 5,613 subheadings, and the root that is no code."""
    with text_of(SHARED / "data" / "harmonized_system" / "harmonized-system.csv") as text:
        rows = list(hs_nomenclature.read(text))
    bad = [row for row in rows if isinstance(row, BadRow)]
    products = [row for row in rows if isinstance(row, Product)]
    by_length = {length: sum(1 for each in products if len(each.code) == length) for length in (2, 4, 6)}
    assert len(products) + len(bad) == 6939
    assert (by_length, bad) == ({2: 97, 4: 1229, 6: 5613}, [])
    scratch.load([row for row in rows if not isinstance(row, BadRow)])
    tree = scratch.ask('{ product(code: "010121") { name parent { code parent { code parent { code } } } } }')[
        "product"
    ]
    assert tree["parent"] == {"code": "0101", "parent": {"code": "01", "parent": None}}
