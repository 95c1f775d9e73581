"""Values of RDF as the ontology has them: the other way round of how an export writes them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from pyoxigraph import Literal, NamedNode, Quad

from schema.dates import PartialDate, parse_partial
from schema.duration import parse_duration
from schema.duty import Duty, DutyBound, DutyComponent, DutyComponentKind
from schema.ontology import FieldSpec
from schema.vocabulary import ESCAPED, Names, bound_of, property_of

Node = Any
W = TypeVar("W", bound=StrEnum)


@dataclass
class Things:
    """What is said of the things of a block: by subject and property, each value once, in the order in which they come."""

    names: Names
    said: dict[str, dict[str, dict[Node, None]]]

    @classmethod
    def of(cls, names: Names, quads: Iterable[Quad]) -> Things:
        """Of these statements."""
        said: dict[str, dict[str, dict[Node, None]]] = {}
        for quad in quads:
            said.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, {})[quad.object] = None  # type: ignore[union-attr]
        return cls(names, said)

    def all(self, subject: str, term: str) -> list[Node]:
        """All values of a property."""
        return list(self.said.get(subject, {}).get(self.names.iri(term), ()))

    def texts(self, subject: str, term: str) -> list[str]:
        """All values of a property that is text."""
        return [self._text(each) for each in self.all(subject, term)]

    def one(self, subject: str, term: str) -> str | None:
        """The text of the only value; None where there is none. Raises ValueError for several."""
        found = self.texts(subject, term)
        if len(found) > 1:
            raise ValueError(f"{term}: {len(found)} values, where one may stand")
        return found[0] if found else None

    def ids(self, subject: str, term: str) -> list[str]:
        """The ids of things of ours that a property names."""
        return [self.id(each.value) for each in self.all(subject, term)]

    def id(self, iri: str) -> str:
        """The id of a thing. Raises ValueError for an IRI of others."""
        found = self.names.id_of(iri)
        if found is None:
            raise ValueError(f"{iri} is no thing of ours")
        return found

    def value(self, subject: str, spec: FieldSpec) -> Any:
        """The value of a field that is no relation; None where nothing is said."""
        term = property_of(spec)
        if spec.type is Duty:
            return self._duty(subject, term)
        if term == "schema:url":
            return self.one(subject, "tg:exactUrl") or self.one(subject, term)
        if spec.many:
            return tuple(_read(spec.type, each) for each in self.texts(subject, term))
        text = self.one(subject, term)
        if text is None:
            return None
        return self._partial(subject, spec, text) if spec.type is PartialDate else _read(spec.type, text)

    def _text(self, node: Node) -> str:
        if isinstance(node, Literal) and node.datatype.value == self.names.iri(ESCAPED):
            return str(json.loads(f'"{node.value}"'))
        if not isinstance(node, (Literal, NamedNode)):
            raise ValueError(f"{node} is a node without a name: exports have none")
        return node.value

    def _partial(self, subject: str, spec: FieldSpec, text: str) -> PartialDate:
        first, last = (self.one(subject, bound_of(spec, end)) for end in ("first", "last"))
        if first is None or last is None:
            return parse_partial(text)
        return PartialDate(date.fromisoformat(first), date.fromisoformat(last), text)

    def _duty(self, subject: str, term: str) -> Duty | None:
        node = self.one(subject, term)
        if node is None:
            return None
        parts = sorted(self.texts(node, "tg:component"), key=lambda part: int(self.one(part, "tg:position") or 0))
        readable = self.one(node, "tg:readable") == "true"
        return Duty(self.one(node, "tg:text") or "", tuple(map(self._component, parts)), readable)

    def _component(self, node: str) -> DutyComponent:
        found = {name: self.one(node, f"tg:{name}") for name in ("basis", "currency", "unit")}
        per, bound = self.one(node, "tg:per"), self.one(node, "tg:bound")
        return DutyComponent(
            kind=_word(DutyComponentKind, self.one(node, "tg:componentKind") or ""),
            amount=Decimal(self.one(node, "tg:amount") or ""),
            bound=_word(DutyBound, bound) if bound else None,
            group=int(self.one(node, "tg:group") or 0),
            per=Decimal(per) if per else None,
            **found,
        )


def _word(type_: type[W], iri: str) -> W:
    return type_(iri.rpartition("#")[2].partition("-")[2])


def _read(type_: type, text: str) -> Any:
    if issubclass(type_, StrEnum):
        return _word(type_, text)
    if type_ is bool:
        return {"true": True, "false": False}[text]
    if type_ is date:
        return date.fromisoformat(text)
    if type_ is timedelta:
        return parse_duration(text)
    return str(text) if type_ is str else type_(Decimal(text)) if type_ is int else Decimal(text)
