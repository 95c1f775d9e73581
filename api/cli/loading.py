"""Loading: bad rows set aside, progress that a person can follow, a summary that a program can read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from graph import joining
from graph.embedded.progress import Progress
from graph.reads.statement import Database
from graph.upsert import Loaded, upsert
from loaders import curated, decisions
from loaders.bad_row import BadRow
from loaders.streams import STDIN, Reach, text_of
from loaders.table import LOADERS, Loader, Read
from schema.decisions import mapping
from schema.ontology import Record
from schema.validity import faults


@dataclass(frozen=True)
class Summary:
    """What a load did: every row that was read is loaded, unchanged, or quarantined in a file that says why."""

    source: str
    loaded: int
    unchanged: int
    quarantined: int
    quarantine: Path | None

    def as_dict(self) -> dict[str, str | int | None]:
        """For `--json`."""
        return {**asdict(self), "quarantine": str(self.quarantine) if self.quarantine else None}

    def __str__(self) -> str:
        """One line for a person."""
        line = f"{self.source}: {self.loaded} loaded, {self.unchanged} unchanged, {self.quarantined} quarantined"
        return f"{line} in {self.quarantine}" if self.quarantine else line


@dataclass
class Sieve:
    """Lets good records through and writes bad rows to a JSON Lines file, which is made with the first of them."""

    source: str
    folder: Path
    bad: int = 0
    path: Path | None = None
    _file: IO[str] | None = field(default=None, repr=False)

    def good(self, rows: Iterable[Record | BadRow]) -> Iterator[Record]:
        """The records that can be loaded."""
        try:
            for number, row in enumerate(rows, start=1):
                found = row if isinstance(row, BadRow) else self._fault(number, row)
                if found is not None:
                    self._set_aside(found)
                elif not isinstance(row, BadRow):
                    yield row
        finally:
            if self._file is not None:
                self._file.close()

    def _fault(self, number: int, record: Record) -> BadRow | None:
        found = faults(record)
        return (
            BadRow(number, None, f"{type(record).__name__} {getattr(record, 'id', '')}".strip(), "; ".join(found))
            if found
            else None
        )

    def _set_aside(self, row: BadRow) -> None:
        if self._file is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
            self.path = self.folder / f"{moment}.jsonl"
            self._file = self.path.open("w", encoding="utf-8")
        self.bad += 1
        self._file.write(json.dumps({"file": self.source, **row.as_dict()}, ensure_ascii=False) + "\n")
        self._file.flush()


Share = Callable[[int], float | None]
"""How much of the whole is read after so many records, from 0 to 1; None where nobody knows."""


async def load_rows(
    database: Database,
    source: str,
    rows: Iterable[Record | BadRow],
    quarantine: Path,
    progress: Progress,
    share: Share = lambda _: None,
) -> Summary:
    """Load what a loader yields. Killed at any point and run again, it ends as if it had run once."""
    sieve = Sieve(source, quarantine)
    done = Loaded(0, 0, 0, 0)
    async for done in upsert(database.driver, database.name, sieve.good(rows)):
        _tell(progress, source, done, share(done.records))
    if done.records and share(done.records) is not None:
        _tell(progress, source, done, 1, ended=True)
    return Summary(source, done.changed, done.records - done.changed, sieve.bad, sieve.path)


def _tell(progress: Progress, source: str, done: Loaded, share: float | None, ended: bool = False) -> None:
    """The bar is full when all is written, not when all is read."""
    text = f"{source}: {done.records} records, {done.changed} of them new or changed"
    if share is None:
        progress.step(text)
    else:
        progress.count(f"{text}; per cent", 100 if ended else min(99, int(100 * share)), 100)


async def load_curated(database: Database, paths: Sequence[Path], quarantine: Path, progress: Progress) -> Summary:
    """Load curated files. They are refused as a whole where anything is wrong: raises CuratedError, and has written nothing."""
    name = "shipped data" if list(paths) == [curated.SHIPPED] else ", ".join(str(path) for path in paths)
    records = list(curated.load(paths))
    return await load_rows(database, name, records, quarantine, progress, lambda done: done / len(records))


def split_loader(files: Sequence[Path]) -> tuple[str | None, list[Path]]:
    """A loader's name, where the first argument is one, and the files."""
    if str(files[0]) in LOADERS:
        return str(files[0]), list(files[1:]) or [STDIN]
    return None, list(files)


async def decide(database: Database, folder: Path, progress: Progress) -> int:
    """Make the graph follow the decisions that ship and those in `folder`, if it is there. Raises CuratedError."""
    found = decisions.load([decisions.SHIPPED, *([folder] if folder.is_dir() else [])])
    return await joining.apply(database.driver, database.name, mapping(found), progress)


async def load_paths(
    database: Database, name: str | None, paths: Sequence[Path], quarantine: Path, progress: Progress
) -> list[Summary]:
    """Load curated files together, or each file by a loader of the table."""
    if name is None:
        return [await load_curated(database, paths, quarantine, progress)]
    files = LOADERS[name].files(paths)
    read = LOADERS[name].reader(files)
    return [await _load_file(database, read, file, quarantine, progress) for file in files]


async def _load_file(database: Database, read: Read, path: Path, quarantine: Path, progress: Progress) -> Summary:
    reach = Reach()
    with text_of(path, reach=reach) as text:
        return await load_rows(database, str(path), read(text), quarantine, progress, lambda _: reach.share)


def check(name: str | None, paths: Sequence[Path], quarantine: Path) -> Summary:
    """Read everything and write nothing but the quarantine file."""
    source = ", ".join(str(path) for path in paths)
    sieve = Sieve(source, quarantine)
    rows = curated.load(paths) if name is None else _all_rows(LOADERS[name], paths, sieve)
    good = sum(1 for _ in sieve.good(rows))
    return Summary(source, 0, good, sieve.bad, sieve.path)


def _all_rows(loader: Loader, paths: Sequence[Path], sieve: Sieve) -> Iterator[Record | BadRow]:
    """The rows of all files; the sieve is told whose they are."""
    files = loader.files(paths)
    read = loader.reader(files)
    for file in files:
        sieve.source = str(file)
        with text_of(file) as text:
            yield from read(text)
