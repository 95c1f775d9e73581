"""Small pieces of Markdown that the parts of the reference share."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence
from enum import StrEnum

from graph.reads.derived import SCALAR_NAMES
from schema.ontology import ABSTRACT, BY_NAME, VALUES, FieldSpec


def prose(kind: type) -> str:
    """The docstring of a class as Markdown."""
    return inspect.cleandoc(kind.__doc__ or "")


def anchor(kind: type) -> str:
    """Where the page speaks of a kind."""
    return f"every-{kind.__name__.lower()}" if kind in ABSTRACT else kind.__name__.lower()


def link(kind: type) -> str:
    """A kind as a link to its section."""
    return f"[{kind.__name__}](#{anchor(kind)})"


def type_of(spec: FieldSpec) -> str:
    """What one field holds: an arrow to a kind, a value or enum by its section, or a scalar."""
    if spec.end:
        one = f"→ {link(BY_NAME[spec.end.target])}"
    elif spec.address:
        one = f"the about-key of a {link(BY_NAME[spec.address])}"
    elif spec.type in VALUES or issubclass(spec.type, StrEnum):
        one = link(spec.type)
    else:
        one = SCALAR_NAMES.get(spec.type, spec.type.__name__)
    return f"[{one}]" if spec.many else one


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; nothing where there are no rows."""
    lines = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    if not lines:
        return ""
    return "\n".join([f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *lines]) + "\n"
