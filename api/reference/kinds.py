"""The section of one kind: what it is, its fields, what others show of it, and how it is stored."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from api.reference.words import link, prose, table, type_of
from graph.reads.derived import ENVELOPE
from graph.reads.read import Read
from graph.reads.table import READS
from graph.stored import storage
from schema.base import DERIVED, Entity, Fact
from schema.ontology import VALUES, FieldSpec, camel, fields_of, inverses, kebab, labels
from schema.parties import Party

HEAD = ("field", "type", "what it means", "stored as", "GraphQL")
EXAMPLES: dict[type, str] = {Entity: "Person", Party: "Country", Fact: "Tenure"}
"""A kind by whose reads the common fields are shown."""


def section(kind: type) -> str:
    """The whole section of a concrete kind or value."""
    parts = [
        f"### {kind.__name__}",
        prose(kind),
        _node(kind),
        _about(kind),
        _fields(kind),
        _inverses(kind),
        _computed(kind),
    ]
    return "\n\n".join(part.rstrip() for part in parts if part) + "\n\n"


def shared_fields(kind: type) -> str:
    """The table of the fields that all entities, parties or facts have."""
    return table(HEAD, (_row(kind, spec, READS[EXAMPLES[kind]]) for spec in _own(kind)))


def fact_envelope() -> str:
    """What every fact answers beside its fields."""
    reads = READS[EXAMPLES[Fact]]
    rows = ((f"`{camel(name)}: {reads[camel(name)].type}`", text) for name, text in DERIVED.items())
    return "What every fact answers beside, computed where facts are stored or asked for, never stated:\n\n" + table(
        ("GraphQL", "what it means"), rows
    )


def _own(kind: type) -> tuple[FieldSpec, ...]:
    """The fields that the kind does not share with what it is one of."""
    above = [base for base in EXAMPLES if base in kind.__mro__[1:]]
    common = {spec.name for base in above for spec in fields_of(base)}
    return tuple(spec for spec in fields_of(kind) if spec.name not in common)


def _node(kind: type) -> str:
    marked = " ".join(f"`{label}`" for label in labels(kind))
    told = "slug" if issubclass(kind, Entity) else "hash of its content"
    api = f"GraphQL `{kind.__name__}`" if kind.__name__ in READS else "no GraphQL type of its own"
    return f"Node {marked}, id `{kebab(kind.__name__)}/…` ({told}); {api}."


def _about(kind: type) -> str:
    """What makes two facts speak of the same, and when they contradict."""
    if not issubclass(kind, Fact):
        return ""
    about = ", ".join(f"`{name}`" for name in kind.same_about) or "nothing"
    states = ", ".join(f"`{name}`" for name in kind.states)
    if not states:
        return f"About the same where equal: {about}. States no value, so two facts never contradict."
    when = "if they overlap in time"
    if kind.dated:
        when = "the dates are what is stated: compared " + (
            "where terms overlap, since there may be several" if kind.several else "even where they do not overlap"
        )
    again = "".join(
        f" Where `{name}` is {' or '.join(values)}, each is one of its own." for name, values in kind.recurring.items()
    )
    return f"About the same where equal: {about}. Contradict where these differ: {states} ({when}).{again}"


def _fields(kind: type) -> str:
    return table(HEAD, (_row(kind, spec, READS.get(kind.__name__, {})) for spec in _own(kind)))


def _row(kind: type, spec: FieldSpec, reads: dict[str, Read]) -> tuple[str, ...]:
    name = f"**`{spec.name}`**" if _required(kind, spec) else f"`{spec.name}`"
    kept = "<br>".join(storage(kind, spec)) + (", indexed" if spec.indexed else "")
    read = reads.get(camel(spec.name))
    shown = f"`{camel(spec.name)}: {read.type}`" if read else ""
    return name, type_of(spec), _meaning(spec), kept, shown


def _meaning(spec: FieldSpec) -> str:
    inverse = f"Seen from there: `{spec.end.inverse}`." if spec.end and spec.end.inverse else ""
    return " ".join(filter(None, (spec.doc, inverse)))


def _required(kind: type, spec: FieldSpec) -> bool:
    """Evidence has an empty default so that a curated file may fill it in later; a fact without any cannot be loaded."""
    field = kind.__dataclass_fields__[spec.name]  # type: ignore[attr-defined]
    return spec.name == "evidence" or field.default is dataclasses.MISSING


def _inverses(kind: type) -> str:
    reads = READS.get(kind.__name__, {})
    rows = []
    for pointing, spec in inverses(kind):
        assert spec.end is not None and spec.end.inverse is not None
        read = reads[spec.end.inverse]
        rows.append((f"`{spec.end.inverse}: {read.type}`", f"{link(pointing)}: {read.description}"))
    return table(("seen from here", "what it lists"), rows)


def _computed(kind: type) -> str:
    """Fields of the API that follow from several facts."""
    if kind in VALUES:
        return ""
    rows = [(f"`{name}: {read.type}`", read.description) for name, read in _rest(kind)]
    return table(("computed", "what it means"), rows)


def _rest(kind: type) -> Iterator[tuple[str, Read]]:
    known = {camel(spec.name) for spec in fields_of(kind)} | {camel(name) for name in (*DERIVED, *ENVELOPE)}
    known |= {spec.end.inverse for _, spec in inverses(kind) if spec.end and spec.end.inverse}
    yield from ((name, read) for name, read in READS[kind.__name__].items() if name not in known)
