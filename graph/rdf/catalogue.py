"""The index of exports that machines poll: DCAT-AP with VoID counts and SPDX checksums, as JSON-LD and Turtle."""

from __future__ import annotations

import json
from typing import Any

from pyoxigraph import RdfFormat, parse, serialize

from graph.rdf.formats import BY_NAME
from graph.rdf.packed import MEDIA
from schema.vocabulary import PREFIXES, Names

PREFIXES_USED = ("dcat", "dcterms", "foaf", "prov", "spdx", "void", "xsd")
TITLES = {
    "full": "All statements with who makes them, in graphs",
    "current": "What holds, as plain triples",
    "changes": "What changed: to take out, then to put in",
}


def catalogue(records: list[dict[str, Any]], names: Names) -> dict[str, Any]:
    """The catalogue of these exports, newest last."""
    home = f"{names.base}/dumps/"
    datasets = [_dataset(each, home, names) for each in records]
    return {
        "@context": {"@version": 1.1, "tg": names.iri("tg:"), **{each: PREFIXES[each] for each in PREFIXES_USED}},
        "@id": home,
        "@type": "dcat:Catalog",
        "dcterms:title": _english("Exports of tradegraph"),
        "dcterms:description": _english(
            "Who negotiated what, when and at what rate, with the source of every statement."
        ),
        "dcterms:publisher": _publisher(names),
        "dcat:dataset": datasets,
    }


def as_json(made: dict[str, Any]) -> bytes:
    """As JSON-LD, whose arrays are as given: the last dataset is the newest."""
    return json.dumps(made, ensure_ascii=False, indent=1).encode() + b"\n"


def as_turtle(made: dict[str, Any]) -> bytes:
    """As Turtle."""
    triples = (quad.triple for quad in parse(json.dumps(made), RdfFormat.JSON_LD))
    prefixes = {name: iri for name, iri in made["@context"].items() if not name.startswith("@")}
    return bytes(serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"")


def _dataset(record: dict[str, Any], home: str, names: Names) -> dict[str, Any]:
    id_ = f"{home}{record['name']}"
    found = {
        "@id": id_,
        "@type": ["dcat:Dataset", "void:Dataset"],
        "dcterms:title": _english(TITLES[record["kind"]]),
        "dcterms:description": _english(_description(record)),
        "dcterms:publisher": _publisher(names),
        "dcterms:type": record["kind"],
        "dcterms:issued": _typed(record["moment"], "dateTime"),
        "dcterms:conformsTo": {"@id": f"{names.base}/def/shapes.ttl"},
        "void:vocabulary": {"@id": names.iri("tg:")},
        "void:triples": _typed(record["triples"], "integer"),
        "tg:factsLeftOut": _typed(sum(each["facts"] for each in record["leftOut"]), "integer"),
        "tg:quotesLeftOut": _typed(sum(each["quotes"] for each in record["leftOut"]), "integer"),
        "dcat:distribution": [_file(each, record, home) for each in record["files"]],
    }
    return found | ({"tg:since": _typed(record["since"], "dateTime")} if record["since"] else {})


def _description(record: dict[str, Any]) -> str:
    chosen = {name: value for name, value in record["selection"].items() if value}
    words = "; ".join(f"{name}: {value}" for name, value in chosen.items()) or "everything"
    kept = [f"{each['source']} ({each['facts']} facts, {each['quotes']} quotes)" for each in record["leftOut"]]
    return f"Chosen: {words}. Kept back by the terms of sources: {'; '.join(kept) or 'nothing'}."


def _file(file: dict[str, Any], record: dict[str, Any], home: str) -> dict[str, Any]:
    url = f"{home}{file['name']}"
    ending = file["name"][file["name"].rindex(".") :]
    update = ".retracted.ru" in file["name"]
    media = "application/sparql-update" if update else BY_NAME[record["format"]].media[0]
    found = {
        "@id": url,
        "@type": "dcat:Distribution",
        "dcat:accessURL": {"@id": url},
        "dcat:downloadURL": {"@id": url},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media}"},
        "dcat:byteSize": _typed(file["bytes"], "nonNegativeInteger"),
        "spdx:checksum": {
            "@id": f"{url}#sha256",
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": _typed(file["sha256"], "hexBinary"),
        },
    }
    if ending in MEDIA:
        found["dcat:compressFormat"] = {"@id": f"https://www.iana.org/assignments/media-types/{MEDIA[ending]}"}
    return found


def _publisher(names: Names) -> dict[str, Any]:
    return {"@id": f"{names.base}/", "@type": "foaf:Agent", "foaf:name": "tradegraph"}


def _english(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "en"}


def _typed(value: Any, type_: str) -> dict[str, str]:
    return {"@value": str(value), "@type": f"xsd:{type_}"}
