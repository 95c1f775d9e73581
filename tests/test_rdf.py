"""RDF as partners read it: one set of statements in every format, exact and complete, from which the graph comes back."""

from __future__ import annotations

import io
import re

import pytest
import rdflib
from pyoxigraph import Quad, RdfFormat, parse, serialize

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
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
RDFLIB = {"nq": "nquads", "trig": "trig", "nt": "nt", "ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}


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


def _oxigraph(data: bytes, format_: Format) -> set[str]:
    found = parse(data, format_.writer or RdfFormat.JSON_LD)
    return {f"{quad.subject} {quad.predicate} {quad.object} {quad.graph_name}" for quad in found}


def _rdflib(data: bytes, format_: Format, caplog: pytest.LogCaptureFixture) -> set[str]:
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format=RDFLIB[format_.suffix])
    lines = dataset.serialize(format="nquads")
    assert not caplog.records
    return {
        f"{quad.subject} {quad.predicate} {quad.object} {quad.graph_name}"
        for quad in parse(lines, FORMATS["nq"].writer)
    }


@pytest.mark.parametrize("plain", [False, True], ids=["full", "current"])
@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_says_the_same_to_every_reader(
    awkward: Graph, suffix: str, plain: bool, caplog: pytest.LogCaptureFixture
) -> None:
    format_ = FORMATS[suffix]
    data = exported(awkward, format_, Selection(plain=plain))
    expected = {str(quad) for quad in quads(awkward, Selection(plain=plain))}
    if not format_.graphs or plain:
        expected = {
            str(Quad(quad.subject, quad.predicate, quad.object)) for quad in quads(awkward, Selection(plain=plain))
        }
    expected = {line.replace("DEFAULT", "").strip() for line in expected}
    assert {line.replace("DEFAULT", "").strip() for line in _oxigraph(data, format_)} == expected
    assert {line.replace("DEFAULT", "").strip() for line in _rdflib(data, format_, caplog)} == expected


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
    before = _checksum(scratch)
    text = exported(scratch, BY_NAME["nquads"]).decode()
    scratch.clear()
    read = list(rdf.read(io.StringIO(text, newline="")))
    assert [each for each in read if isinstance(each, BadRow)] == []
    scratch.load(each for each in read if not isinstance(each, BadRow))
    assert _checksum(scratch) == before


def _checksum(graph: Graph) -> str:
    return graph.run(checksum(graph.database.driver, graph.database.name, progress_on(io.StringIO()))).checksum
