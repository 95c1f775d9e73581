"""Reads files of decisions: YAML with `by` and `date` at the head, and the lists `same` and `different`.

An entry of `same` has `ids` of which the first is kept, an entry of `different` has `ids` that stay apart; each has a
`reason`, and may have a `by` and `date` of its own. To take a decision back, remove its entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from loaders.curated.document import Document, read_document
from loaders.curated.problem import CuratedError, Problem
from schema.dates import BadDateError, parse_day
from schema.decisions import Decision, DecisionError, fault, mapping

SHIPPED = Path(__file__).parent / "data"
LISTS = ("same", "different")
KEYS = {"ids", "reason", "by", "date"}


def load(paths: Iterable[Path]) -> list[Decision]:
    """The decisions of files and folders. Raises CuratedError with all that is wrong with them."""
    problems: list[Problem] = []
    found: list[Decision] = []
    files = [file for path in paths for file in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path])]
    for file in files:
        found += _decisions(read_document(file), problems)
    try:
        mapping(found)
    except DecisionError as error:
        problems.append(Problem(files[0], 1, 1, str(error)))
    if problems:
        raise CuratedError(problems)
    return found


def _decisions(document: Document, problems: list[Problem]) -> Iterator[Decision]:
    head = document.values
    problems += [document.problem((key,), f"unknown key {key!r}") for key in head.keys() - {*LISTS, "by", "date"}]
    for name in LISTS:
        for place, entry in enumerate(head.get(name) or []):
            try:
                yield _decision(name, entry, head)
            except ValueError as error:
                problems.append(document.problem((name, place), str(error)))


def _decision(name: str, entry: Any, head: dict[str, Any]) -> Decision:
    if not isinstance(entry, dict) or entry.keys() - KEYS:
        raise ValueError(f"an entry has {', '.join(sorted(KEYS))} and nothing else")
    given = {"by": head.get("by"), "date": head.get("date"), **entry}
    if missing := [key for key in sorted(KEYS) if not given.get(key)]:
        raise ValueError(f"{', '.join(missing)} missing, here and at the head of the file")
    ids = tuple(map(str, given["ids"]))
    try:
        day = parse_day(str(given["date"]))
    except BadDateError as error:
        raise ValueError(f"date: {error}") from error
    kept = ids[0] if name == "same" else None
    found = Decision(ids=ids, reason=str(given["reason"]), on=day, by=str(given["by"]), kept=kept)
    if wrong := fault(found):
        raise ValueError(wrong)
    return found
