"""The ontology in RDF: which property and classes a field and a kind are written with, and how IRIs are made.

Fields and kinds say themselves which terms of others they use (`Term`, `classes`); what has none gets a term of ours, named
like the field. Only what is no field is listed here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from schema.ontology import FieldSpec, camel

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "eli-dl": "http://data.europa.eu/eli/eli-draft-legislation-ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The vocabularies of others."""

OWN_CLASSES = {
    "Statement": "What one source says, in the words of one claimant, at one place: a named graph, which holds the fact.",
    "Record": "What we hold of one thing beside what sources state of it: a named graph.",
    "Duty": "A duty as its source writes it, with its exact parts.",
    "DutyComponent": "One part of a duty: per cent of a value, or money per quantity.",
}
OWN_PROPERTIES: dict[str, tuple[str, str]] = {
    "aboutKey": ("xsd:string", "Equal for all versions of one statement, whatever its value."),
    "knownFrom": (
        "xsd:date",
        "The first day on which the fact was known: the earliest publication among its evidence.",
    ),
    "knownTo": ("xsd:date", "The first day on which it was superseded by what was known then."),
    "supersedesKey": ("xsd:string", "The key of a fact that this one replaces."),
    "restates": ("xsd:string", "The row of a register from whose releases this fact follows."),
    "asserts": ("@id", "The fact that a statement asserts."),
    "chain": ("@id", "What the source cites, what that cites in turn, and so on, as a sequence; the origin is last."),
    "component": ("@id", "One of the parts of a duty, which add up."),
    "position": ("xsd:integer", "The place in the order, from 1."),
    "text": ("xsd:string", "The source's own words for the duty."),
    "readable": ("xsd:boolean", "Whether parts could be made of the words."),
    "adValorem": ("xsd:decimal", "The duty in per cent of the value, where it is that and nothing else."),
    "componentKind": ("@id", "Whether a part is per cent of a value or money per quantity."),
    "amount": ("xsd:decimal", "Per cent, or money."),
    "bound": ("@id", "The part is a lower or an upper limit of the rest of its group."),
    "group": ("xsd:integer", "Which parts a limit is of."),
    "basis": ("xsd:string", "Of what it is per cent or charged on, where not of the value of the goods."),
    "currency": ("xsd:string", "The currency of the amount."),
    "per": ("xsd:decimal", "How many units the amount is for."),
    "unit": ("xsd:string", "The unit of quantity."),
    "endsBefore": ("", "The first day after the period."),
    "exactUrl": ("xsd:string", "The address as the source writes it, where it is no IRI."),
    "factsLeftOut": (
        "xsd:integer",
        "How many facts an export left out because the terms of their sources do not let them out.",
    ),
    "quotesLeftOut": (
        "xsd:integer",
        "How many quotes an export left out because the terms of their sources let out facts only.",
    ),
    "since": ("xsd:dateTime", "The moment since which an export of changes has what changed."),
    "moreFacts": ("xsd:boolean", "More facts name the thing than a page shows."),
}
"""What is derived or belongs to a value, with its type; the fields of the ontology say themselves what they mean."""

BEYOND = {
    "dcat:endDate": "",
    "dcat:startDate": "",
    "dcterms:replaces": "@id",
    "dcterms:source": "@id",
    "dcterms:temporal": "@id",
    "foaf:primaryTopic": "@id",
    "org:memberDuring": "@id",
    "qb:dataSet": "@id",
    "sdmx-measure:obsValue": "xsd:decimal",
    "skos:exactMatch": "@id",
    "skos:inScheme": "@id",
}
"""Properties beside those of fields, with their types; dates are of the precision that they have."""

ESCAPED = "tg:escaped"
"""The datatype of text with characters that XML cannot hold: they are written as backslash, u and four hex digits."""


@dataclass(frozen=True)
class Names:
    """IRIs below one base address, such as "https://example.org"."""

    base: str

    def iri(self, term: str) -> str:
        """The IRI of a term such as "org:member" or "tg:knownFrom"."""
        prefix, _, name = term.partition(":")
        return f"{self.base}/def#{name}" if prefix == "tg" else PREFIXES[prefix] + name

    def thing(self, id_: str) -> str:
        """What an entity, fact or shared value is called."""
        return f"{self.base}/id/{_path(id_)}"

    def graph(self, id_: str) -> str:
        """The graph of what we hold of a thing; the statements of sources are graphs below it."""
        return f"{self.base}/graph/{_path(id_)}"

    def statement(self, id_: str, evidence: str) -> str:
        """The graph of what one piece of evidence says of a fact (or of its condition)."""
        return f"{self.graph(id_)}/{evidence.rpartition('/')[2]}"

    def id_of(self, iri: str) -> str | None:
        """The id in the IRI of a thing; None where it is no thing of ours."""
        found = re.fullmatch(rf"{re.escape(self.base)}/id/([^#]+)", iri)
        return unquote(found[1]) if found else None


_PLAIN = re.compile(r"[a-z0-9/._-]*")
_SAFE = "/()!*',;:@&=+$-._~"


def _path(id_: str) -> str:
    return id_ if _PLAIN.fullmatch(id_) else quote(id_, safe=_SAFE)


def property_of(spec: FieldSpec) -> str:
    """The property by which a field is written."""
    return spec.term.property or f"tg:{camel(spec.name)}"


def classes_of(kind: type) -> tuple[str, ...]:
    """What an instance of the kind is, our own class first."""
    return f"tg:{kind.__name__}", *getattr(kind, "classes", ())


def concept_of(value: object, kind: type) -> str:
    """The term of one word of a list: tg:MeetingStatus-HELD."""
    return f"tg:{kind.__name__}-{value}"


def bound_of(spec: FieldSpec, end: str) -> str:
    """The property of the first or last possible day of a partial date whose text does not say it whole."""
    return f"tg:{property_of(spec).partition(':')[2]}{end.title()}"
