"""Exports have the published shapes, and every term of others that we use is one of theirs."""

from __future__ import annotations

import pyshacl
import pytest
import rdflib
from rdflib import namespace

from graph.rdf.definitions import shapes, vocabulary
from graph.rdf.formats import BY_NAME
from schema.ontology import KINDS, VALUES, fields_of
from schema.vocabulary import BEYOND, Names, classes_of, property_of
from tests.conftest import Graph
from tests.test_rdf import awkward, exported

NAMES = Names("https://tradegraph.invalid")
__all__ = ["awkward"]
THEIRS = {
    "dcat": namespace.DCAT,
    "dcterms": namespace.DCTERMS,
    "foaf": namespace.FOAF,
    "org": namespace.ORG,
    "prov": namespace.PROV,
    "qb": namespace.QB,
    "rdf": namespace.RDF,
    "schema": namespace.SDO,
    "skos": namespace.SKOS,
}
LISTED = {
    # DCAT 3, www.w3.org/TR/vocab-dcat-3
    "dcat": {"version"},
    # ELI ontology 1.4, data.europa.eu/eli/ontology
    "eli": {"LegalResource", "amends", "date_document", "number", "passed_by", "type_document"},
    # ELI for draft legislation 2.0, data.europa.eu/eli/eli-draft-legislation-ontology
    "eli-dl": {"Activity", "Participation", "had_participant_person", "had_participation", "participation_in_name_of"},
    # SDMX in RDF, purl.org/linked-data/sdmx/2009
    "sdmx-measure": {"obsValue"},
}


def _terms() -> set[str]:
    used = {term for kind in (*KINDS, *VALUES) for term in classes_of(kind)} | set(BEYOND)
    for kind in (*KINDS, *VALUES):
        used |= {property_of(spec) for spec in fields_of(kind)}
        used |= {
            term for term in (getattr(kind, "during", None), (getattr(kind, "direct", None) or [None] * 2)[1]) if term
        }
    return {term for term in used if not term.startswith("tg:")}


@pytest.mark.parametrize("term", sorted(_terms()))
def test_a_term_of_others_is_theirs(term: str) -> None:
    prefix, _, name = term.partition(":")
    if name not in LISTED.get(prefix, ()):
        assert name in THEIRS[prefix]


def test_our_terms_are_defined(awkward: Graph) -> None:
    defined = {str(subject) for subject in rdflib.Graph().parse(data=vocabulary(NAMES), format="turtle").subjects()}
    data = rdflib.Graph().parse(data=exported(awkward, BY_NAME["ntriples"]), format="nt")
    used = {str(node) for triple in data for node in (triple[1], triple[2]) if str(node).startswith(NAMES.iri("tg:"))}
    assert used <= defined


def report(data: bytes) -> tuple[bool, str]:
    graph = rdflib.Graph().parse(data=data, format="nt")
    conforms, _, text = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(data=shapes(NAMES), format="turtle"))
    return conforms, text


def test_exports_conform(awkward: Graph) -> None:
    conforms, text = report(exported(awkward, BY_NAME["ntriples"]))
    assert conforms, text


@pytest.mark.parametrize("lost", [b"knownFrom>", b"#modality>", b"skos/core#prefLabel>"])
def test_what_lacks_a_property_does_not_conform(awkward: Graph, lost: bytes) -> None:
    lines = exported(awkward, BY_NAME["ntriples"]).splitlines(keepends=True)
    conforms, _ = report(b"".join(line for line in lines if lost not in line))
    assert not conforms
