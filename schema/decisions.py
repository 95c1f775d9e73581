"""Decisions of people that several ids are one thing, or that they are not: data, reviewed, each with its reason.

What they come to is a mapping from each id that is part of a decision to the id that is kept; a record is rewritten by it
on its way into the graph (`rewritten`), so that facts of several sources about one thing are facts about one entity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from schema.base import Entity
from schema.ontology import VALUES, FieldSpec, Record, fields_of, kebab

T = TypeVar("T")
JOINED = ("Agreement", "Person", "Post", "Organisation", "Negotiation", "Meeting", "Topic")
"""Kinds that may be joined. Parties and products have codes, sources and acts have addresses: two of them with one code are
a mistake of a loader, and duties are keyed by them."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """`ids` are one thing, shown under the id `kept`; or they are not one thing, where `kept` is missing."""

    ids: tuple[str, ...]
    reason: str
    on: date
    by: str
    kept: str | None = None


class DecisionError(ValueError):
    """Decisions that cannot all be followed; the message names the ids."""


def fault(decision: Decision) -> str | None:
    """What is wrong with a decision by itself; None for a good one."""
    kinds = {id_.partition("/")[0] for id_ in decision.ids}
    if len(set(decision.ids)) < 2 or len(set(decision.ids)) < len(decision.ids):
        return "name at least two ids, each once"
    if len(kinds) > 1:
        return f"ids of several kinds: {', '.join(sorted(kinds))}"
    if kinds.isdisjoint(kebab(kind) for kind in JOINED):
        return f"{kinds.pop()}: only {', '.join(JOINED)} are joined by decisions"
    if decision.kept is not None and decision.kept not in decision.ids:
        return f"{decision.kept} is kept and is none of them"
    return None


def mapping(decisions: Iterable[Decision]) -> dict[str, str]:
    """The id that is kept for every id that is joined, itself included: of ids joined in steps, the one that no step gives up.

    Raises DecisionError for decisions at odds.
    """
    decisions = list(decisions)
    given_up = {id_ for each in decisions if each.kept for id_ in each.ids if id_ != each.kept}
    kept: dict[str, str] = {}
    for together in _clusters(decisions):
        left = sorted(together - given_up)
        if len(left) != 1:
            raise DecisionError(
                f"{', '.join(sorted(together))} are joined and {' and '.join(left) or 'none'} kept: keep one"
            )
        kept |= dict.fromkeys(together, left[0])
    for decision in decisions:
        if decision.kept is None:
            _keep_apart(decision.ids, kept)
    return kept


def _clusters(decisions: list[Decision]) -> Iterator[set[str]]:
    clusters: dict[str, set[str]] = {}
    for decision in decisions:
        if decision.kept is not None:
            together = {*decision.ids}.union(*(clusters.get(id_, ()) for id_ in decision.ids))
            clusters.update(dict.fromkeys(together, together))
    return iter({id(each): each for each in clusters.values()}.values())


def _keep_apart(ids: tuple[str, ...], kept: Mapping[str, str]) -> None:
    found: dict[str, str] = {}
    for id_ in ids:
        other = found.setdefault(kept.get(id_, id_), id_)
        if other != id_:
            raise DecisionError(f"{other} and {id_} are joined, and are said not to be one thing")


def named(thing: Any) -> Iterator[str]:
    """All ids of entities that a record or value names, its own too."""
    if isinstance(thing, Entity):
        yield thing.id
    for spec in _naming(type(thing)):
        value = getattr(thing, spec.name)
        for each in value if spec.many else () if value is None else (value,):
            if spec.end:
                yield each
            else:
                yield from named(each)


def rewritten(record: Record, kept: Mapping[str, str]) -> Record:
    """The record with each id that is joined replaced by the one that is kept."""
    return _rewritten(record, kept) if any(id_ in kept for id_ in named(record)) else record


def _rewritten(thing: T, kept: Mapping[str, str]) -> T:
    values: dict[str, Any] = {"id": kept.get(thing.id, thing.id)} if isinstance(thing, Entity) else {}
    for spec in _naming(type(thing)):
        value = getattr(thing, spec.name)
        if spec.many:
            values[spec.name] = tuple(dict.fromkeys(_one(spec, each, kept) for each in value))
        elif value is not None:
            values[spec.name] = _one(spec, value, kept)
    return replace(thing, **values)  # type: ignore[type-var]


def _one(spec: FieldSpec, value: Any, kept: Mapping[str, str]) -> Any:
    return kept.get(value, value) if spec.end else _rewritten(value, kept)


def _naming(kind: type) -> tuple[FieldSpec, ...]:
    if kind not in _NAMING:
        _NAMING[kind] = tuple(spec for spec in fields_of(kind) if spec.end or spec.type in VALUES)
    return _NAMING[kind]


_NAMING: dict[type, tuple[FieldSpec, ...]] = {}
