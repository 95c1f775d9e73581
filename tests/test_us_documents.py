"""The loader of presidential documents: on documents by hand, and on the real folder."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from api.cli.loading import check, load_paths
from graph.embedded.progress import progress_on
from loaders import us_documents
from loaders.bad_row import BadRow
from loaders.streams import StreamError, text_of
from loaders.table import LOADERS
from loaders.us_act_id import instrument_id
from loaders.us_document import Document, read_document
from loaders.us_sections import headings, provisions
from schema.base import Attribute, Source
from schema.ontology import Record
from schema.tariffs import Amendment, Instrument, InstrumentKind
from schema.validity import faults
from tests.conftest import SHARED, Graph
from tests.shipped import records as shipped_records

FOLDER = SHARED / "data" / "us_presidential_documents"
SITE = "https://examples.invalid/presidential-actions/2020/05"
ORDER = """
By the authority vested in me as President, I hereby order:

<span style="text-decoration: underline">Section</span>
<span style="text-decoration: underline">1</span>.
 <span style="text-decoration: underline">Duties on
Teapots</span>.  (a)  Teapots pay 10 percent.

(b)  Section 2 of this order says from when.

<span>Sec</span>. <span>2</span>. (a)  They pay from May 3.

THE WHITE HOUSE,

    May 2, 2020.
"""
LATER = """
BY THE PRESIDENT

A PROCLAMATION

1.  In Executive Order 15001 of May 2, 2020 (Taxing Teapots (of Tin)), as amended by
Executive Order 15000 of May 1, 2020 (Looking at Teapots), I taxed teapots.

NOW, THEREFORE, I do hereby proclaim as follows:

\\(1\\)  Section 1(a) of Executive Order 15001, as amended, is hereby further amended by striking “10 percent”.

(2)  The Secretary may modify what Executive Order 15000 says.

IN WITNESS WHEREOF, I have hereunto set my hand this third day of June, in the year of our Lord two thousand twenty.
"""


def _document(body: str, title: str, url: str = f"{SITE}/tax/", day: str = "2020-05-02", **more: str) -> str:
    head = {"date": f"'{day}'", "source_url": url, "tags": "presidential-actions", "title": f'"{title}"', **more}
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in head.items() if value) + "---\n" + body


TEAPOTS = _document(ORDER, "Taxing Teapots (Of Tin)")
AMENDING = _document(LATER, "Amending the Teapots", f"{SITE}/amending/", "2020-06-04")


def _read(*documents: str) -> list[Record | BadRow]:
    read = us_documents.among(io.StringIO(each) for each in documents)
    return [row for each in documents for row in read(io.StringIO(each))]


def _of(kind: type[Any], rows: Iterable[Record | BadRow]) -> list[Any]:
    return [row for row in rows if isinstance(row, kind)]


def test_a_number_stands_in_a_later_document() -> None:
    [order, proclamation, amended] = _of(Instrument, _read(TEAPOTS, AMENDING))
    assert (order.id, order.number, order.kind) == ("instrument/us/eo-15001", "15001", InstrumentKind.EXECUTIVE_ORDER)
    assert (amended.id, amended.name) == ("instrument/us/eo-15001", "Executive Order 15001, Taxing Teapots (of Tin)")
    assert proclamation.id == "instrument/us/proc-2020-06-03-amending-the-teapots"
    assert str(proclamation.promulgated) == "2020-06-03"


def test_alone_a_document_is_named_by_day_and_title() -> None:
    [order] = _of(Instrument, us_documents.read(io.StringIO(TEAPOTS)))
    assert order.id == "instrument/us/eo-2020-05-02-taxing-teapots-of-tin"
    assert order.name == "Executive Order of 2020-05-02, Taxing Teapots (Of Tin)"


def test_only_what_is_amended_is_an_amendment() -> None:
    [amendment] = _of(Amendment, _read(TEAPOTS, AMENDING))
    assert (amendment.amends, str(amendment.valid_from)) == ("instrument/us/eo-15001", "2020-06-03")
    assert [each.locator for each in amendment.evidence] == ["clause (1)"]


def test_sections_are_attributes_of_the_act() -> None:
    stated = [(each.name, each.value) for each in _of(Attribute, _read(TEAPOTS, AMENDING))]
    assert stated == [
        ("section 1", "Duties on Teapots"),
        ("section 2", "They pay from May 3. THE WHITE HOUSE, May 2, 2020."),
        (
            "clause (1)",
            "Section 1(a) of Executive Order 15001, as amended, is hereby further amended by striking “10 percent”.",
        ),
        (
            "clause (2)",
            "The Secretary may modify what Executive Order 15000 says. IN WITNESS WHEREOF, I have hereunto set my hand this third …",
        ),
    ]


def test_anchors_of_subsections() -> None:
    document = read_document(io.StringIO(TEAPOTS))
    assert isinstance(document, Document)
    parts = list(provisions(document.lines))
    assert [part.anchor for part in parts] == ["preamble", "section 1(a)", "section 1(b)", "section 2(a)"]
    assert [anchor for anchor, _ in headings(parts)] == ["section 1", "section 2"]


def test_a_copy_under_another_address_is_the_same_act() -> None:
    """The copy is misspelt in title and address, and its numbers and marks differ a little."""
    long = ORDER.replace("10 percent.", "10 percent. " + " ".join(f"Of sort {n} as well." for n in range(80)))
    good = _document(long, "Taxing Teapots", day="2020-05-02", modified_time="2020-05-03 10:00:00-04:00")
    bad = _document(long.replace("sort 7 ", "**sort** 7 "), "Taxing Taepots", f"{SITE}/taepots/")
    for documents in ((good, bad), (bad, good)):
        rows = _read(*documents)
        acts = _of(Instrument, rows)
        assert {each.id for each in acts} == {"instrument/us/eo-2020-05-02-taxing-teapots"}
        assert {each.name for each in acts} == {"Executive Order of 2020-05-02, Taxing Teapots"}
        assert {each.alternative_names for each in acts} == {(), ("Taxing Taepots",)}
        assert {each.url for each in _of(Source, rows)} == {f"{SITE}/tax/", f"{SITE}/taepots/"}


def test_what_is_no_act_is_a_source_only() -> None:
    sheet = _document("It taxes teapots.", "Fact Sheet: Teapots", tags="fact-sheets")
    rows = _read(sheet)
    assert [each.kind for each in _of(Source, rows)] == ["OFFICIAL"]
    assert not _of(Instrument, rows)


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("no front matter", (None, None)),
        (_document(ORDER, "T", day="2020-02-30"), ("date", "2020-02-30")),
        (_document(ORDER, "T", url="nowhere"), ("source_url", "nowhere")),
        (_document(ORDER, "T", tags=""), ("tags", None)),
        ("---\n[: x\n---\n", (None, None)),
        ("---\n- x\n---\n", (None, None)),
        (_document("Remarks.", "Remarks"), ("title", "Remarks")),
    ],
)
def test_what_cannot_be_read_is_named(text: str, bad: tuple[str | None, str | None]) -> None:
    [row] = _of(BadRow, _read(text))
    assert (row.column, row.value) == bad


def test_an_amended_act_that_is_not_clear_is_named() -> None:
    text = _document(LATER.replace("Executive Order 15001, as amended,", "the Executive Order of May 9, 2020,"), "A")
    assert [(row.column, row.value) for row in _of(BadRow, _read(text))] == [("amends", "2020-05-09")]


def test_a_curated_address_is_the_curated_act() -> None:
    """Its amendments too are left to the curated file."""
    shipped = [each for each in shipped_records() if isinstance(each, (Source, Instrument))]
    [source] = [each for each in shipped if each.id == "source/us/memorandum-2025-04-11"]
    assert isinstance(source, Source)
    rows = _read(_document("MEMORANDUM FOR THE CHAIR\n\nAll is well.", "Clarifying", str(source.url), "2025-04-11"))
    assert _of(Source, rows) == [source]
    [act] = _of(Instrument, rows)
    assert (act.id, act.alternative_names) == ("instrument/us/memorandum-2025-04-11", ("Clarifying",))
    assert act.name == next(each.name for each in shipped if each.id == act.id)


def test_the_rule_for_ids() -> None:
    kind = InstrumentKind.PROCLAMATION
    assert instrument_id(kind, "10908", None, None) == "instrument/us/proc-10908"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"a/later.md": AMENDING, "b/order.md": TEAPOTS, "notes.txt": "not read"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_a_folder_is_loaded_as_a_whole_and_twice_is_the_same(scratch: Graph, folder: Path) -> None:
    def load(paths: list[Path]) -> list[int]:
        found = scratch.run(load_paths(scratch.database, "us_documents", paths, folder, progress_on()))
        return [each.loaded for each in found]

    assert all(load([folder]))
    before = scratch.picture()
    assert load([folder / "b" / "order.md", folder / "a"]) == [0, 0]
    assert scratch.picture() == before
    answer = scratch.ask("{ instruments { nodes { id number } } }")
    assert {each["id"] for each in answer["instruments"]["nodes"]} == {
        "instrument/us/eo-15001",
        "instrument/us/proc-2020-06-03-amending-the-teapots",
    }
    [amends] = scratch.cypher("MATCH (:Amendment)-[:AMENDS]->(act) RETURN act.number AS number")
    assert amends == {"number": "15001"}
    assert check("us_documents", [folder], folder).quarantined == 0


def test_a_dry_run_names_the_file_of_each_bad_row(folder: Path) -> None:
    for name in ("a/first.md", "b/second.md"):
        (folder / name).write_text("nothing")
    summary = check("us_documents", [folder], folder / "quarantine")
    assert summary.quarantine is not None
    found = [json.loads(line)["file"] for line in summary.quarantine.read_text().splitlines()]
    assert found == [str(folder / "a" / "first.md"), str(folder / "b" / "second.md")]


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StreamError, match=r"holds no file \.md"):
        check("us_documents", [tmp_path], tmp_path)


def _files() -> list[Path]:
    return LOADERS["us_documents"].files([FOLDER])


def _all() -> Iterator[tuple[Path, list[Record | BadRow]]]:
    read = LOADERS["us_documents"].reader(_files())
    for file in _files():
        with text_of(file) as text:
            yield file, list(read(text))


@pytest.mark.shared
def test_the_whole_folder_is_accounted_for() -> None:
    """167 documents, 87 of them acts, and a note; two acts name the act that they change in no clear way."""
    counts: Counter[str] = Counter()
    acts: dict[str, set[str]] = {}
    for file, rows in _all():
        counts.update(type(row).__name__ for row in rows)
        assert not [fault for row in rows if not isinstance(row, BadRow) for fault in faults(row)]
        if file.parent.parent.name == "presidential-actions":
            acts.setdefault(_of(Instrument, rows)[0].id, set()).add(file.name)
        else:
            assert not _of(Instrument, rows)
    assert (counts["Source"], sum(map(len, acts.values())), counts["BadRow"]) == (167, 87, 3)
    assert len(acts) == 82
    assert sorted(len(each) for each in acts.values())[-5:] == [2, 2, 2, 2, 2]


@pytest.mark.shared
def test_copies_and_numbers_of_the_folder() -> None:
    """A text about aluminium under the address and title of steel; the order on Iran under an address of another order."""
    ids = {file.name: _of(Instrument, rows)[0].id for file, rows in _all() if _of(Instrument, rows)}
    for part, wanted in {
        "2025-02-11-adjusting-imports-of-steel": "proc-10895",
        "2025-02-10-adjusting-imports-of-steel": "proc-10896",
        "2026-02-06-modifying-duties-to-address-threats-to-the-united-states-by-the-government-of-the-russian-federation.md": "eo-14382",
        "2025-03-06-amendment-to-duties-to-address-the-flow-of-illicit-drugs-across-our-northern": "eo-14231",
        "2025-07-30-adjusting-imports-of-copper": "proc-10962",
        "2025-04-11-clarification": "memorandum-2025-04-11",
        "2026-02-20-ending": "eo-2026-02-20-ending",
    }.items():
        assert [id_ for name, id_ in ids.items() if name.startswith(part)] == [f"instrument/us/{wanted}"]
    # written otherwise for some acts by the curated files, always one id for both uploads
    for part in ("2025-12-29-to-implement", "2025-04-15-ensuring", "2025-04-09-restoring"):
        assert len({id_ for name, id_ in ids.items() if name.startswith(part)}) == 1


@pytest.mark.shared
def test_with_the_curated_files_it_is_one_graph_in_any_order(scratch: Graph) -> None:
    rows = [row for _, each in _all() for row in each if not isinstance(row, BadRow)]
    shipped = list(shipped_records())
    scratch.load(shipped)
    scratch.load(rows)
    before = scratch.picture()
    assert scratch.load(rows).changed == 0
    scratch.clear()
    scratch.load(reversed(rows))
    scratch.load(shipped)
    assert scratch.picture() == before
    answer = scratch.ask('{ instrument(id: "instrument/us/eo-14345") { name } }')
    assert answer["instrument"]["name"] == "Executive Order 14345, Implementing the United States-Japan Agreement"
