"""RDF as partners read it: one set of statements in every format, exact and complete, from which the graph comes back."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from pyoxigraph import Quad, parse, serialize

from benchmarks import riot
from graph.checksum import checksum
from graph.embedded.progress import progress_on
from graph.rdf.export import graphs
from graph.rdf.formats import BY_NAME, FORMATS, Format, drained, write
from graph.rdf.mapper import Mapper
from graph.rdf.read import Reader
from graph.rdf.selection import Selection
from loaders import rdf
from loaders.bad_row import BadRow
from schema.vocabulary import Names
from tests.conftest import Graph
from tests.rdf_graph import records

NAMES = Names("https://tradegraph.invalid")


def exported(graph: Graph, format_: Format, selection: Selection | None = None) -> bytes:
    """The bytes of an export."""
    chosen = selection or Selection()
    out = io.BytesIO()
    mapper = Mapper(NAMES, chosen.plain, format_.graphs, chosen.known)
    pages = graphs(Reader(graph.database.driver, graph.database.name, chosen), mapper)
    graph.run(drained(pages, lambda made: write(made, format_, chosen.plain, NAMES, out)))
    return out.getvalue()


def quads(graph: Graph, selection: Selection | None = None) -> set[Quad]:
    """The statements of an export."""
    return set(parse(exported(graph, BY_NAME["nquads"], selection), FORMATS["nq"].writer))


@pytest.fixture
def awkward(_graph: Graph) -> Graph:
    """The small graph with all that is awkward; tests only read it."""
    return _graph.keep("rdf", records)


@pytest.mark.parametrize("plain", [False, True], ids=["full", "current"])
def test_every_format_says_the_same_to_every_reader(awkward: Graph, plain: bool, tmp_path: Path) -> None:
    """To riot of Apache Jena, rdflib and Oxigraph; none of them warns."""
    paths = [tmp_path / f"it.{suffix}" for suffix in FORMATS]
    for path in paths:
        path.write_bytes(exported(awkward, FORMATS[path.suffix[1:]], Selection(plain=plain)))
    assert riot.compared(paths) == []


def test_what_a_reader_warns_of_is_heard(tmp_path: Path) -> None:
    bad = tmp_path / "bad.nt"
    bad.write_text('<http://a.example/> <http://b.example/> "x"^^<http://www.w3.org/2001/XMLSchema#date> .\n')
    for reader in (riot.riot, riot.from_rdflib):
        with pytest.raises(riot.ReaderError, match=r"bad\.nt"):
            reader(bad)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_graph_gives_the_same_bytes(awkward: Graph, suffix: str) -> None:
    assert exported(awkward, FORMATS[suffix]) == exported(awkward, FORMATS[suffix])


@pytest.mark.parametrize("plain", [False, True], ids=["full", "current"])
@pytest.mark.parametrize("suffix", ["nq", "nt"])
def test_lines_are_as_pyoxigraph_writes_them(awkward: Graph, suffix: str, plain: bool) -> None:
    data = exported(awkward, FORMATS[suffix], Selection(plain=plain))
    assert data == serialize(parse(data, FORMATS[suffix].writer), format=FORMATS[suffix].writer)


def test_no_blank_node_and_no_database_id(awkward: Graph) -> None:
    text = exported(awkward, BY_NAME["nquads"]).decode()
    assert not re.search(r"(^|\s)_:", text, re.MULTILINE)
    ids = {row["id"] for row in awkward.cypher("MATCH (n) RETURN elementId(n) AS id")}
    assert not [id_ for id_ in ids if id_ in text]


def test_the_graph_comes_back_with_an_equal_checksum(scratch: Graph) -> None:
    scratch.load(records())
    before = checksum_of(scratch)
    through_quads(scratch)
    assert checksum_of(scratch) == before


def through_quads(graph: Graph) -> None:
    """The graph made anew from its own N-Quads."""
    text = exported(graph, BY_NAME["nquads"]).decode()
    graph.clear()
    read = list(rdf.read(io.StringIO(text, newline="")))
    assert [each for each in read if isinstance(each, BadRow)] == []
    graph.load(each for each in read if not isinstance(each, BadRow))


def checksum_of(graph: Graph) -> str:
    return graph.run(checksum(graph.database.driver, graph.database.name, progress_on(io.StringIO()))).checksum
