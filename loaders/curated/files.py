"""Reads a folder or files of curated YAML and yields what they state, or says everything that is wrong with them."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from loaders.curated.build import build, rows
from loaders.curated.document import Document, Place, read_document
from loaders.curated.form import file_schema
from loaders.curated.problem import CuratedError, Problem
from schema.base import Entity, Fact
from schema.identity import about_key
from schema.ontology import BY_NAME, Record, concrete
from schema.supersession import uncovered
from schema.tariffs import ADDRESSING
from schema.validity import faults, references

SHIPPED = Path(__file__).parent / "data"
"""The project's own curated files."""
SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True)
class _Entry:
    record: Any
    document: Document
    place: Place

    def problem(self, message: str) -> Problem:
        return self.document.problem(self.place, message)


def load(paths: Iterable[Path], known: Iterable[Path] = (SHIPPED,)) -> Iterator[Record]:
    """Yield the records of `paths` (files or folders), entities before facts.

    They may refer to what files in `known` declare. Raises CuratedError with all problems, and then yields nothing.
    """
    problems: list[Problem] = []
    paths = list(paths)
    wanted = _files(paths)
    problems += [
        Problem(path, 1, 1, f"no file {' or '.join(SUFFIXES)} in this folder") for path in paths if not _files([path])
    ]
    entries = list(_entries(wanted, problems))
    if problems:
        raise CuratedError(problems)
    context = entries + list(_entries([file for file in _files(known) if file not in wanted], problems))
    problems += _repeated(entries) + _unresolved(entries, context) + _uncovered(entries, context)
    if problems:
        raise CuratedError(problems)
    targets = _targets(context)
    records = [_addressed(entry.record, targets) for entry in entries]
    yield from (each for each in records if isinstance(each, Entity))
    yield from (each for each in records if isinstance(each, Fact))


def _files(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        found += sorted(each for each in path.rglob("*") if each.suffix in SUFFIXES) if path.is_dir() else [path]
    return [file.resolve() for file in found]


def _entries(files: list[Path], problems: list[Problem]) -> Iterator[_Entry]:
    validator = Draft202012Validator(file_schema())
    for file in files:
        try:
            document = read_document(file)
        except CuratedError as error:
            problems += error.problems
            continue
        wrong = [
            document.problem(tuple(each.absolute_path), each.message) for each in validator.iter_errors(document.values)
        ]
        problems += wrong
        if not wrong:
            yield from _document_entries(document, problems)


def _document_entries(document: Document, problems: list[Problem]) -> Iterator[_Entry]:
    source = document.values.get("source")
    for name, listed in document.values.items():
        for index, entry in enumerate(listed if name != "source" else ()):
            try:
                for row in rows(entry):
                    yield _Entry(build(BY_NAME[name], row, source), document, (name, index))
            except ValueError as error:
                problems.append(document.problem((name, index), str(error)))


def _repeated(entries: list[_Entry]) -> list[Problem]:
    """An id or a key stands for one thing."""
    problems: list[Problem] = []
    seen: dict[str, _Entry] = {}
    for entry in entries:
        name = entry.record.id if isinstance(entry.record, Entity) else entry.record.key
        if name is None:
            continue
        if name in seen:
            problems.append(entry.problem(f"{name} is already declared in {seen[name].problem('')}".rstrip(": ")))
        seen.setdefault(name, entry)
    return problems


def _unresolved(entries: list[_Entry], context: list[_Entry]) -> list[Problem]:
    kinds = {entry.record.id: type(entry.record) for entry in context if isinstance(entry.record, Entity)}
    keys = {entry.record.key for entry in context if isinstance(entry.record, Fact) and entry.record.key}
    problems = [entry.problem(fault) for entry in entries for fault in faults(entry.record)]
    for entry in entries:
        for field, target, wanted in references(entry.record):
            if kinds.get(target) not in concrete(wanted):
                problems.append(entry.problem(f"{field}: there is no {wanted.__name__} {target}{_hint(target, kinds)}"))
        for key in _keys(entry.record):
            if key not in keys:
                problems.append(entry.problem(f"no fact has the key {key}{_hint(key, keys)}"))
    return problems


def _uncovered(entries: list[_Entry], context: list[_Entry]) -> list[Problem]:
    """Facts that an act puts in the place of another cover its whole period, or say that the rest is void."""
    facts = {entry.record.key: entry.record for entry in context if isinstance(entry.record, Fact)}
    by_act: dict[tuple[str, str], list[_Entry]] = defaultdict(list)
    for entry in entries:
        for key in entry.record.supersedes if isinstance(entry.record, Fact) else ():
            by_act[key, entry.record.evidence[0].source].append(entry)
    problems = []
    for (key, _), superseding in by_act.items():
        gap = uncovered(facts[key], [each.record for each in superseding]) if key in facts else None
        if gap is not None:
            text = f"supersedes {key} but says nothing of it from {gap[0]} on: restate it, or write rest_void: true"
            problems.append(superseding[0].problem(text))
    return problems


def _keys(record: Record) -> tuple[str, ...]:
    if isinstance(record, ADDRESSING):
        return (*record.supersedes, record.measure)
    return record.supersedes if isinstance(record, Fact) else ()


def _targets(context: list[_Entry]) -> dict[str, str]:
    facts = (entry.record for entry in context if isinstance(entry.record, Fact))
    return {fact.key: about_key(fact) for fact in facts if fact.key}


def _addressed(record: Record, targets: dict[str, str]) -> Record:
    """Suspensions, annulments and quotas name a measure by key in the file, and address all its versions in the graph."""
    if isinstance(record, ADDRESSING):
        return replace(record, measure=targets[record.measure])
    return record


def _hint(wrong: str, right: Iterable[str]) -> str:
    near = difflib.get_close_matches(wrong, list(right), n=1, cutoff=0.75)
    return f"; did you mean {near[0]}?" if near else ""
