"""`tradegraph resolve`: pairs that may be one thing, for a person to decide on. Nothing is joined by it but what is decided."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from api.cli.database import opened
from api.cli.loading import decide
from api.likeness import Likeness, Thing, likeness, plain
from api.settings import Settings
from graph import comparing
from graph.connection import Connection
from graph.embedded.progress import progress_on
from loaders import decisions
from schema.decisions import Decision

CROWD = 300
"""A block of more things than this tells nothing: their pairs are found through other blocks."""


async def run(settings: Settings, where: Connection, apply: bool, least: float) -> list[Likeness] | int:
    """The proposals, the most alike first; or with `apply` the number of groups that are decided otherwise than before."""
    folder = settings.home / "decisions"
    async with opened(settings, where) as database:
        if apply:
            return await decide(database, folder, progress_on())
        rows = await comparing.compared(database.driver, database.name)
    decided = decisions.load([decisions.SHIPPED, *([folder] if folder.is_dir() else [])])
    return proposals([thing(row) for row in rows], decided, least)


def thing(row: dict[str, Any]) -> Thing:
    """A row of `graph.comparing` as what is compared."""
    lists = {name: tuple(filter(None, row[name])) for name in ("names", "signed", "in_force", "holders")}
    terms = tuple((start, end) for start, end in row["terms"] if start)
    return Thing(id=row["id"], kind=row["kind"], parties=frozenset(row["parties"]), terms=terms, **lists)


def proposals(things: Iterable[Thing], decided: Iterable[Decision], least: float) -> list[Likeness]:
    """Pairs that score at least so much and are not decided on, the most alike first."""
    known = {frozenset(pair) for each in decided for pair in combinations(each.ids, 2)}
    found = (likeness(one, two) for one, two in pairs(things) if frozenset((one.id, two.id)) not in known)
    good = (each for each in found if each.score >= least)
    return sorted(good, key=lambda each: (-each.score, each.one.id, each.two.id))


def pairs(things: Iterable[Thing]) -> Iterator[tuple[Thing, Thing]]:
    """Pairs that share a block: a word of a name, or the parties. All pairs would be too many. The shorter path comes first."""
    blocks: dict[tuple[str, ...], list[Thing]] = defaultdict(list)
    for each in sorted(things, key=lambda each: (each.id.count("/"), each.id)):
        for name in _blocks(each):
            blocks[name].append(each)
    seen: set[tuple[str, str]] = set()
    for block in blocks.values():
        for one, two in combinations(block, 2) if len(block) <= CROWD else ():
            if (one.id, two.id) not in seen:
                seen.add((one.id, two.id))
                yield one, two


def _blocks(each: Thing) -> set[tuple[str, ...]]:
    found = {(each.kind, "word", word) for name in each.names for word in plain(name).split() if len(word) > 2}
    return found | (
        {(each.kind, "parties", *sorted(each.parties))} if each.kind == "Agreement" and each.parties else set()
    )


def as_dict(each: Likeness) -> dict[str, Any]:
    """A proposal for `--json`."""
    sides = [{"id": side.id, "names": side.names, **_evidence(side)} for side in (each.one, each.two)]
    return {"score": round(each.score, 3), "features": each.features, "things": sides}


def _evidence(side: Thing) -> dict[str, Any]:
    given = {
        "parties": sorted(side.parties),
        "signed": side.signed,
        "in_force": side.in_force,
        "terms": side.terms,
        "holders": side.holders[:5],
    }
    return {name: value for name, value in given.items() if value}


def draft(found: list[Likeness]) -> str:
    """The proposals as a file of decisions: move to `different` what is not one thing, and say why."""
    lines = [
        "# Proposed by `tradegraph resolve`; nothing here is decided. Keep what is true, say why, remove the rest.",
        "same:",
    ]
    for each in found:
        features = ", ".join(f"{name} {value:.2f}" for name, value in each.features.items())
        lines.append(f"  # {each.score:.2f}: {features}")
        for side in (each.one, each.two):
            lines.append(f"  #   {json.dumps({'names': side.names[:3], **_evidence(side)}, ensure_ascii=False)}")
        lines.append(f"  - ids: [{each.one.id}, {each.two.id}]")
        lines.append('    reason: ""')
    return "\n".join(lines)
