"""All kinds, and what their annotations say: the one place from which storage, GraphQL and documentation follow."""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from schema import agreements, base, parties, people, talks, tariffs
from schema.base import Condition, Entity, Evidence, Fact
from schema.dates import PartialDate
from schema.duty import Duty
from schema.marks import Address, Codes, Doc, End, Indexed, Open, Shared, Term

ENTITIES: tuple[type[Entity], ...] = (
    parties.Country,
    parties.Group,
    people.Person,
    people.Post,
    base.Organisation,
    talks.Negotiation,
    talks.Meeting,
    agreements.Agreement,
    tariffs.Product,
    tariffs.Instrument,
    talks.Topic,
    base.Source,
)
FACTS: tuple[type[Fact], ...] = (
    parties.Membership,
    people.Tenure,
    talks.MeetingRecord,
    talks.Participation,
    talks.Discussion,
    talks.Position,
    talks.Outcome,
    agreements.AgreementEvent,
    agreements.Commitment,
    agreements.Succession,
    tariffs.TariffMeasure,
    tariffs.Suspension,
    tariffs.Annulment,
    tariffs.Quota,
    tariffs.Amendment,
    tariffs.StackingRule,
    base.Attribute,
)
KINDS: tuple[type, ...] = (*ENTITIES, *FACTS)
ABSTRACT: tuple[type, ...] = (Entity, Fact, parties.Party)
VALUES: tuple[type, ...] = (Evidence, Condition, tariffs.OriginScope, tariffs.ProductScope)
BY_NAME: dict[str, type] = {kind.__name__: kind for kind in (*KINDS, *ABSTRACT, *VALUES)}

Record = Entity | Fact
"""What a loader yields."""


@dataclass(frozen=True)
class FieldSpec:
    """One field of a kind.

    `type` is the Python type of one value (str, bool, int, Decimal, date, PartialDate, timedelta, Duty, an enum, or a value class).
    """

    name: str
    type: type
    many: bool
    optional: bool
    end: End | None
    shared: bool
    codes: bool
    indexed: bool
    open: bool
    address: str | None
    term: Term
    doc: str

    @property
    def relation(self) -> str:
        """The type of the relation by which an end or a shared value is stored."""
        return self.name.upper()


_FIELDS: dict[type, tuple[FieldSpec, ...]] = {}


def kebab(name: str) -> str:
    """TariffMeasure -> tariff-measure: the first part of an id."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def camel(name: str) -> str:
    """valid_from -> validFrom: the name in GraphQL."""
    head, *rest = name.split("_")
    return head + "".join(part.title() for part in rest)


def concrete(kind: type) -> tuple[type, ...]:
    """The kinds of which nodes of `kind` can be: itself, or for Entity, Fact and Party those below it."""
    return tuple(each for each in KINDS if issubclass(each, kind)) or (kind,)


def labels(kind: type) -> tuple[str, ...]:
    """The labels of a node: its kind and all that it is one of."""
    return tuple(each.__name__ for each in kind.__mro__ if each is not object)


def fields_of(kind: type) -> tuple[FieldSpec, ...]:
    """The fields of a kind in the order of their declaration, the envelope's or entity's own first."""
    if kind not in _FIELDS:
        hints = get_type_hints(kind, include_extras=True)
        _FIELDS[kind] = tuple(_spec(field.name, hints[field.name]) for field in dataclasses.fields(kind))
    return _FIELDS[kind]


def inverses(kind: type) -> Iterator[tuple[type, FieldSpec]]:
    """The ends by which other nodes point at `kind` and that it shows: (pointing kind, its field)."""
    for pointing in KINDS:
        for spec in fields_of(pointing):
            if spec.end and spec.end.inverse and kind in concrete(BY_NAME[spec.end.target]):
                yield pointing, spec


def enums() -> tuple[type[StrEnum], ...]:
    """All enums that fields of the ontology use, each once."""
    used = [spec.type for kind in (*KINDS, *VALUES) for spec in fields_of(kind) if issubclass(spec.type, StrEnum)]
    return tuple(dict.fromkeys(used))


def _spec(name: str, hint: Any) -> FieldSpec:
    marks: list[Any] = []
    if get_origin(hint) is Annotated:
        hint, *marks = get_args(hint)
    members = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    plain = next(member for member in members if member is not types.NoneType)
    many = get_origin(plain) is tuple
    return FieldSpec(
        name=name,
        type=get_args(plain)[0] if many else plain,
        many=many,
        optional=types.NoneType in members,
        end=next((mark for mark in marks if isinstance(mark, End)), None),
        shared=any(isinstance(mark, Shared) for mark in marks),
        codes=any(isinstance(mark, Codes) for mark in marks),
        indexed=any(isinstance(mark, Indexed) for mark in marks),
        open=any(isinstance(mark, Open) for mark in marks),
        address=next((mark.target for mark in marks if isinstance(mark, Address)), None),
        term=next((mark for mark in marks if isinstance(mark, Term)), Term()),
        doc=next((mark.text for mark in marks if isinstance(mark, Doc)), ""),
    )


SCALARS: tuple[type, ...] = (str, bool, int, Decimal, date, PartialDate, timedelta, Duty)
"""The Python types that a property may have, beside enums."""
