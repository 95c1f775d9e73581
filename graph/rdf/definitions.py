"""What we publish of the ontology: our own vocabulary, and the shapes that every export has, both derived from it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from graph.rdf.values import XSD, integer
from schema.base import Condition, Evidence, Fact
from schema.dates import PartialDate
from schema.duty import Duty, DutyBound, DutyComponentKind
from schema.ontology import ABSTRACT, BY_NAME, KINDS, VALUES, FieldSpec, concrete, enums, fields_of, kebab
from schema.vocabulary import (
    OWN_CLASSES,
    OWN_PROPERTIES,
    PREFIXES,
    Names,
    bound_of,
    classes_of,
    concept_of,
    property_of,
)

_DATATYPES = {bool: "boolean", int: "integer", Decimal: "decimal", date: "date"}


def vocabulary(names: Names) -> bytes:
    """Our terms with what they mean, as Turtle."""
    return _turtle(_vocabulary(names), names)


def shapes(names: Names) -> bytes:
    """A SHACL shape for every kind, as Turtle."""
    return _turtle(_shapes(names), names)


def _turtle(triples: Iterator[Triple], names: Names) -> bytes:
    prefixes = {"tg": names.iri("tg:"), **PREFIXES}
    return bytes(serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"")


def _vocabulary(names: Names) -> Iterator[Triple]:
    def say(term: str, type_: str, text: str) -> Iterator[Triple]:
        subject = NamedNode(names.iri(term))
        yield Triple(subject, _node(names, "rdf:type"), _node(names, type_))
        yield Triple(subject, _node(names, "rdfs:label"), Literal(term.partition(":")[2], language="en"))
        yield Triple(subject, _node(names, "rdfs:comment"), Literal(" ".join(text.split()), language="en"))
        yield Triple(subject, _node(names, "rdfs:isDefinedBy"), NamedNode(f"{names.base}/def"))

    for kind in (*ABSTRACT, *KINDS, *VALUES):
        yield from say(f"tg:{kind.__name__}", "rdfs:Class", inspect.getdoc(kind) or "")
        for above in (each for each in kind.__mro__[1:] if each is not object):
            yield Triple(
                _node(names, f"tg:{kind.__name__}"),
                _node(names, "rdfs:subClassOf"),
                _node(names, f"tg:{above.__name__}"),
            )
        for foreign in classes_of(kind)[1:]:
            yield Triple(_node(names, f"tg:{kind.__name__}"), _node(names, "rdfs:subClassOf"), _node(names, foreign))
    for name, text in OWN_CLASSES.items():
        yield from say(f"tg:{name}", "rdfs:Class", text)
    for name, text in sorted(_properties().items()):
        yield from say(name, "rdf:Property", text)
    for name, (_, text) in OWN_PROPERTIES.items():
        yield from say(f"tg:{name}", "rdf:Property", text)
    yield from say("tg:AdValoremDuties", "qb:DataSet", "Every duty that is a per cent of the value, as an observation.")
    yield from _cube(names)
    lists: tuple[type[StrEnum], ...] = (*enums(), DutyBound, DutyComponentKind)
    for words in lists:
        for word in words:
            yield from say(concept_of(word, words), "skos:Concept", f"{words.__name__}: {word}")


def _properties() -> dict[str, str]:
    """Our own properties of fields, with all that they mean."""
    found: dict[str, dict[str, None]] = {}
    for kind in (*KINDS, *VALUES):
        for spec in fields_of(kind):
            if property_of(spec).startswith("tg:"):
                found.setdefault(property_of(spec), {})[spec.doc] = None
            for end in ("first", "last") if spec.type is PartialDate else ():
                text = f"The {end} possible day of `{property_of(spec)}`, where its text alone does not say it."
                found.setdefault(bound_of(spec, end), {})[text] = None
    return {name: " ".join(filter(None, texts)) for name, texts in found.items() if name[3:] not in OWN_PROPERTIES}


def _cube(names: Names) -> Iterator[Triple]:
    """The structure of the observations: what each is of, and its measure."""
    data, structure = (_node(names, f"tg:AdValoremDuties{end}") for end in ("", "-structure"))
    yield Triple(data, _node(names, "qb:structure"), structure)
    yield Triple(structure, _node(names, "rdf:type"), _node(names, "qb:DataStructureDefinition"))
    used = [("qb:dimension", f"tg:{name}") for name in ("importer", "origins", "products", "authority")]
    for role, term in (*used, ("qb:dimension", "dcterms:temporal"), ("qb:measure", "sdmx-measure:obsValue")):
        component = NamedNode(f"{structure.value}-{term.partition(':')[2]}")
        yield Triple(structure, _node(names, "qb:component"), component)
        yield Triple(component, _node(names, role), _node(names, term))


_NO_PROPERTY = ("id", "key", "supersedes", "rest_void", "row", "evidence")


def _shapes(names: Names) -> Iterator[Triple]:
    for kind in (*KINDS, *VALUES):
        if kind is Evidence:
            continue
        shape = NamedNode(f"{names.base}/def/shapes#{kind.__name__}")
        yield Triple(shape, _node(names, "rdf:type"), _node(names, "sh:NodeShape"))
        yield Triple(shape, _node(names, "sh:targetClass"), _node(names, f"tg:{kind.__name__}"))
        yield Triple(shape, _node(names, "sh:nodeKind"), _node(names, "sh:IRI"))
        specs = [spec for spec in fields_of(kind) if spec.name not in _NO_PROPERTY]
        for spec in specs:
            yield from _property(names, shape, kind, spec)
        if issubclass(kind, Fact):
            for name in ("aboutKey", "knownFrom"):
                yield from _own(names, shape, name)


def _own(names: Names, shape: NamedNode, name: str) -> Iterator[Triple]:
    node = NamedNode(f"{shape.value}-{name}")
    yield Triple(shape, _node(names, "sh:property"), node)
    yield Triple(node, _node(names, "sh:path"), _node(names, f"tg:{name}"))
    yield Triple(node, _node(names, "sh:minCount"), integer(1))
    yield Triple(node, _node(names, "sh:maxCount"), integer(1))
    yield Triple(node, _node(names, "sh:datatype"), _node(names, OWN_PROPERTIES[name][0]))


def _property(names: Names, shape: NamedNode, kind: type, spec: FieldSpec) -> Iterator[Triple]:
    node = NamedNode(f"{shape.value}-{spec.name}")
    yield Triple(shape, _node(names, "sh:property"), node)
    yield Triple(node, _node(names, "sh:path"), _node(names, property_of(spec)))
    if not spec.many:
        yield Triple(node, _node(names, "sh:maxCount"), integer(1))
        if not spec.optional and not (kind is Condition and spec.name == "evidence"):
            yield Triple(node, _node(names, "sh:minCount"), integer(1))
    for name, value in _values(names, spec):
        yield Triple(node, _node(names, name), value)


def _values(names: Names, spec: FieldSpec) -> Iterator[tuple[str, NamedNode | Literal]]:
    """What each value must be."""
    if spec.end:
        kinds = "|".join(kebab(each.__name__) for each in concrete(BY_NAME[spec.end.target]))
        yield "sh:nodeKind", _node(names, "sh:IRI")
        yield "sh:pattern", Literal(f"/id/({kinds})/")
    elif issubclass(spec.type, StrEnum):
        yield "sh:nodeKind", _node(names, "sh:IRI")
        yield "sh:pattern", Literal(f"/def#{spec.type.__name__}-({'|'.join(spec.type)})$")
    elif spec.type in (*VALUES, Duty) or property_of(spec) == "schema:url":
        yield "sh:nodeKind", _node(names, "sh:IRI")
    elif spec.type is PartialDate:
        yield "sh:pattern", Literal(r"^\d{4}(-\d{2}(-\d{2})?)?$")
    elif spec.type in _DATATYPES:
        yield "sh:datatype", NamedNode(XSD + _DATATYPES[spec.type])
    else:
        yield "sh:nodeKind", _node(names, "sh:Literal")


def _node(names: Names, term: str) -> NamedNode:
    return NamedNode(names.iri(term))
