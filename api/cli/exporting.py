"""`tradegraph export`: what is to be written, from words on the command line."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from api.cli.database import connection, opened
from api.memory import collect_seldom
from api.settings import Settings
from graph.embedded.progress import progress_on
from graph.rdf.dumps import Order, export
from graph.rdf.formats import BY_NAME
from graph.rdf.packed import SUFFIXES
from graph.rdf.party import party_of
from graph.rdf.selection import Selection
from schema.dates import parse_day
from schema.ontology import BY_NAME as KINDS
from schema.ontology import VALUES
from schema.vocabulary import Names


class OrderError(ValueError):
    """What is asked for cannot be written; the message names the option."""


@dataclass(frozen=True)
class Asked:
    """The options as they are given."""

    format: str = "nquads"
    packing: str = "gzip"
    current: bool = False
    kinds: tuple[str, ...] = ()
    party: str | None = None
    start: str | None = None
    end: str | None = None
    at: str | None = None
    known: str | None = None
    since: str | None = None


def run(settings: Settings, asked: Asked, folder: Path) -> dict[str, Any]:
    """Export and give the record. Raises OrderError."""
    collect_seldom()
    with connection(settings) as where:
        return asyncio.run(_run(settings, where, asked, folder))


async def _run(settings: Settings, where: Any, asked: Asked, folder: Path) -> dict[str, Any]:
    order_of(asked)
    async with opened(settings, where) as database:
        party = await party_of(database.driver, database.name, asked.party) if asked.party else None
        if asked.party and party is None:
            raise OrderError(f"--party: no party {asked.party!r}: write a code such as JP or EU")
        names = Names(settings.base_uri)
        return await export(database.driver, database.name, names, order_of(asked, party), folder, progress_on())


def order_of(asked: Asked, party: str | None = None) -> Order:
    """What the options come to. Raises OrderError."""
    for option, value, names in (
        ("--format", asked.format, tuple(BY_NAME)),
        ("--compress", asked.packing, tuple(SUFFIXES)),
    ):
        if value not in names:
            raise OrderError(f"{option}: {value!r} is none of {', '.join(names)}")
    chosen = asked.kinds or asked.party or asked.start or asked.end or asked.at or asked.known or asked.current
    if asked.since and (chosen or not BY_NAME[asked.format].graphs):
        raise OrderError(
            "--since goes with a full export in nquads, trig or jsonld: changes are taken out graph by graph"
        )
    if asked.at and (asked.start or asked.end):
        raise OrderError("--at is a day: leave out --from and --to")
    today = datetime.now(UTC).date()
    start, end, at, known = (
        _day(option, value)
        for option, value in (
            ("--from", asked.start),
            ("--to", asked.end),
            ("--at", asked.at),
            ("--as-known-on", asked.known),
        )
    )
    if known and known > today:
        raise OrderError(f"--as-known-on: {known} has not come")
    if asked.current:
        at, known = at or (None if start or end else today), known or today
    return Order(
        Selection(tuple(map(_kind, asked.kinds)), party, at or start, at or end, known, asked.current),
        BY_NAME[asked.format],
        asked.packing,
        _instant(asked.since) if asked.since else None,
    )


def _kind(name: str) -> type:
    kind = KINDS.get(name)
    if kind is None or kind in VALUES:
        known = ", ".join(sorted(each for each, found in KINDS.items() if found not in VALUES))
        raise OrderError(f"--kind: {name!r} is none of {known}")
    return kind


def _day(option: str, text: str | None) -> Any:
    try:
        return parse_day(text) if text else None
    except ValueError as error:
        raise OrderError(f"{option}: {error}") from error


def _instant(text: str) -> str:
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is None:
            raise ValueError(text)
    except ValueError as error:
        raise OrderError(f"--since: {text!r} is no instant: take `moment` of an export") from error
    return found.astimezone(UTC).isoformat(timespec="milliseconds")
