"""What ships, as RDF: it has the published shapes, and the graph comes back from it."""

from __future__ import annotations

from graph.rdf.formats import BY_NAME
from tests.conftest import Graph
from tests.test_rdf import checksum_of, exported, through_quads
from tests.test_rdf_shapes import report


def test_what_ships_conforms(shipped: Graph) -> None:
    conforms, text = report(exported(shipped, BY_NAME["ntriples"]))
    assert conforms, text[:2000]


def test_what_ships_comes_back_with_an_equal_checksum(shipped: Graph) -> None:
    before = checksum_of(shipped)
    through_quads(shipped)
    assert checksum_of(shipped) == before
    shipped.holds = "shipped"  # as the checksum says: other tests need not load it again
