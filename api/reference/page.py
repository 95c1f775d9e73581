"""docs/reference.md: the model, then every kind, in the words of the ontology."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from api.gql.scalars import SCALARS
from api.reference.kinds import fact_envelope, section, shared_fields
from api.reference.words import anchor, prose
from schema import marks
from schema.agreements import AgreementState
from schema.base import Certainty, Entity, Fact
from schema.duty import Duty
from schema.ontology import ENTITIES, FACTS, VALUES, enums
from schema.parties import Party
from schema.tariffs import MeasureState

HEAD = """\
# Reference

<!-- Made from schema/ by `python -m api.reference docs/`: change the ontology, not this page. -->

Every kind of thing in the graph. *Entities* are what lasts, *facts* are what sources state of them; [design.md](design.md)
says why. One declaration in `schema/` gives how a kind is stored, asked for in GraphQL, and written in curated files.

![Every fact and the entities that it joins](model.svg)

A row of the picture is a kind that points at others, a column is what it points at.

"""
TABLES = """\
## How to read the tables

| column | what it says |
|---|---|
| field | the name in `schema/` and in curated files; **bold** where it is required |
| type | what one value is; `[…]` where there may be several; → what kind an end points at |
| stored as | properties of the node, and relations from it; a date of known precision has its first and last day beside it |
| GraphQL | the field that answers it, with its type; `!` is never null |

What a declaration may say of a field:

"""
KINDS_OF_KINDS: dict[str, tuple[type, ...]] = {"Entities": ENTITIES, "Facts": FACTS, "Values": VALUES}
COMMON: tuple[type, ...] = (Entity, Party, Fact)
MARKS = (marks.End, marks.Shared, marks.Codes, marks.Address, marks.Indexed, marks.Open, marks.Term)


def page() -> str:
    """The whole page."""
    return (HEAD + _contents() + TABLES + _marks() + _scalars() + _common() + _kinds() + _enums()).rstrip() + "\n"


def _contents() -> str:
    listed: dict[str, tuple[type, ...]] = {"For all": COMMON, **KINDS_OF_KINDS, "Lists of words": _words()}
    return "\n".join(f"- {title}: {', '.join(_links(kinds))}" for title, kinds in listed.items()) + "\n\n"


def _links(kinds: Iterable[type]) -> list[str]:
    return [f"[{kind.__name__}](#{anchor(kind)})" for kind in kinds]


def _words() -> tuple[type[StrEnum], ...]:
    """All enums by name: those of fields, and those of answers."""
    return tuple(sorted({*enums(), Certainty, AgreementState, MeasureState}, key=lambda each: each.__name__))


def _marks() -> str:
    return "\n".join(f"- `{mark.__name__}`: {' '.join(prose(mark).split())}" for mark in MARKS) + "\n\n"


def _scalars() -> str:
    """What the plain types hold."""
    lines = [f"- `{scalar.name}`: {scalar.description}" for scalar in SCALARS.values()]
    return "Plain types:\n\n" + "\n".join([*lines, f"- `Duty`: {' '.join(prose(Duty).split())}"]) + "\n\n"


def _common() -> str:
    parts = [f"## Every {kind.__name__.lower()}\n\n{prose(kind)}\n\n{shared_fields(kind)}\n" for kind in COMMON]
    return "".join(parts) + fact_envelope() + "\n"


def _kinds() -> str:
    return "".join(f"## {title}\n\n" + "".join(map(section, kinds)) for title, kinds in KINDS_OF_KINDS.items())


def _enums() -> str:
    return "## Lists of words\n\n" + "\n".join(_enum(each) for each in _words())


def _enum(enum: type[StrEnum]) -> str:
    return f"### {enum.__name__}\n\n{prose(enum)}\n\n{' · '.join(f'`{value}`' for value in enum)}\n"
