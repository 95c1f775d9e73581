"""Exports as files: each with its record (what it holds, counts, checksums, what was left out), all in one index."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from neo4j import AsyncDriver

from graph.embedded.progress import Progress
from graph.rdf import catalogue
from graph.rdf.changed import added, changes, retraction, written
from graph.rdf.export import graphs, kinds_of
from graph.rdf.formats import BY_NAME, Format, drained, write
from graph.rdf.left_out import left_out
from graph.rdf.mapper import Graph, Mapper
from graph.rdf.packed import SUFFIXES, Packed, whole
from graph.rdf.read import Reader
from graph.rdf.selection import Selection
from schema.vocabulary import Names

RECORD = ".export.json"


@dataclass(frozen=True)
class Order:
    """What to write: the selection, the format, how it is packed, and for changes the moment since which."""

    selection: Selection = field(default_factory=Selection)
    format: Format = BY_NAME["nquads"]
    packing: str = "gzip"
    since: str | None = None

    @property
    def kind(self) -> str:
        """full, current or changes."""
        return "changes" if self.since else "current" if self.selection.plain else "full"

    def name(self, moment: str) -> str:
        """The beginning of the names of its files: what it is, what was chosen, and its moment."""
        chosen = [kind.__name__.lower() for kind in self.selection.kinds]
        chosen += [(self.selection.party or "").replace("/", "-")]
        days = {"from": self.selection.start, "to": self.selection.end, "known": self.selection.known}
        chosen += [f"{name}{day}" for name, day in days.items() if day]
        return "-".join(filter(None, ("tradegraph", self.kind, *chosen, _compact(moment))))


def _compact(moment: str) -> str:
    return moment.replace("-", "").replace(":", "").replace("+0000", "Z").replace(".", "")


async def export(
    driver: AsyncDriver, database: str, names: Names, order: Order, folder: Path, progress: Progress
) -> dict[str, Any]:
    """Write the files of an order and the index of the folder; give the record of the export."""
    moment = await written(driver, database) or "1970-01-01T00:00:00.000+00:00"
    mapper = Mapper(
        names, order.selection.plain, order.format.graphs and not order.selection.plain, order.selection.known
    )
    reader = Reader(driver, database, order.selection)
    name, ending = order.name(moment), f"{order.format.suffix}{SUFFIXES[order.packing]}"
    files: list[Packed] = []
    if order.since is None:
        main = folder / f"{name}.{ending}"
        pages = graphs(reader, mapper)
        total = await reader.total(kinds_of(order.selection))
    else:
        found = await changes(driver, database, order.since)
        gone = folder / f"{name}.retracted.ru{SUFFIXES[order.packing]}"
        with whole(gone) as out:
            for part in retraction(names, found.gone):
                out.write(part)
        files.append(Packed.of(gone))
        main = folder / f"{name}.added.{ending}"
        pages = added(reader, mapper, found.ids)
        total = len(found.ids)
    with whole(main) as out:
        told = _told(pages, reader, total, progress)
        done = await drained(told, lambda made: write(made, order.format, order.selection.plain, names, out))
    files.append(Packed.of(main))
    record = {
        "name": name,
        "kind": order.kind,
        "format": order.format.name,
        "moment": moment,
        "since": order.since,
        "selection": _words(order.selection),
        **asdict(done),
        "files": [asdict(each) for each in files],
        "leftOut": [each.as_dict() for each in await left_out(driver, database, order.selection)],
    }
    with whole(folder / f"{name}.{order.format.suffix}{RECORD}") as out:
        out.write(json.dumps(record, ensure_ascii=False, indent=1).encode() + b"\n")
    index(folder, names)
    return record


def records(folder: Path) -> list[dict[str, Any]]:
    """The records of all exports in a folder, oldest first."""
    found = [json.loads(path.read_bytes()) for path in folder.glob(f"*{RECORD}")]
    return sorted(found, key=lambda each: (each["moment"], each["name"], each["format"]))


def index(folder: Path, names: Names) -> None:
    """Write index.jsonld and index.ttl: the catalogue of all exports in the folder."""
    made = catalogue.catalogue(records(folder), names)
    for suffix, data in (("jsonld", catalogue.as_json(made)), ("ttl", catalogue.as_turtle(made))):
        with whole(folder / f"index.{suffix}") as out:
            out.write(data)


def _words(selection: Selection) -> dict[str, Any]:
    return {
        "kinds": [kind.__name__ for kind in selection.kinds],
        "party": selection.party,
        "from": str(selection.start) if selection.start else None,
        "to": str(selection.end) if selection.end else None,
        "asKnownOn": str(selection.known) if selection.known else None,
    }


async def _told(
    pages: AsyncIterator[list[Graph]], reader: Reader, total: int, progress: Progress
) -> AsyncIterator[list[Graph]]:
    """The pages, telling how far they are."""
    async for page in pages:
        # The total is of a moment before: loaders may write meanwhile.
        progress.count("Exporting", min(reader.looked_at, total - 1), total)
        yield page
    if total:
        progress.count("Exporting", total, total)
