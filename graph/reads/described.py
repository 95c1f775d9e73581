"""What the fields of the API mean: the words of the ontology, unless a read has its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from graph.reads.read import Read
from schema.base import DERIVED, Fact
from schema.ontology import FieldSpec, camel, fields_of, inverses


def described(kind: type, reads: Mapping[str, Read]) -> dict[str, Read]:
    """The reads of one kind, each with a description where there is one."""
    words = meanings(kind)
    return {
        name: read if read.description else replace(read, description=words.get(name, ""))
        for name, read in reads.items()
    }


def meanings(kind: type) -> dict[str, str]:
    """What the fields and inverses of a kind mean, by their names in GraphQL."""
    derived = DERIVED if issubclass(kind, Fact) else {name: DERIVED[name] for name in ("uri", "label")}
    return {
        **{spec.end.inverse: inverse_meaning(by, spec) for by, spec in inverses(kind) if spec.end and spec.end.inverse},
        **{camel(name): text for name, text in derived.items()},
        **{camel(spec.name): spec.doc for spec in fields_of(kind) if spec.doc},
    }


def inverse_meaning(pointing: type, spec: FieldSpec) -> str:
    """What the inverse of an end lists."""
    each = f"Each {pointing.__name__} of which this is the `{camel(spec.name)}`"
    if not issubclass(pointing, Fact):
        return f"{each}."
    every = spec.end is not None and spec.end.every
    return f"{each}: {'all' if every else 'the preferred'} that hold on the day asked for."
