"""All loaders of files, a line each: `tradegraph load NAME FILE` looks here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from loaders import (
    country_codes,
    country_exempt,
    desta,
    fentanyl_carveouts,
    floor_exempt,
    hs_nomenclature,
    hts_concordance,
    hts_json,
    huggo,
    ieepa_exempt,
    ifg,
    rdf,
    s122_exempt,
    s232_annexes,
    s232_derivatives,
    s301_lists,
    state_travels,
    us_documents,
    us_executive,
    usitc,
    wto_rta,
)
from loaders.bad_row import BadRow
from loaders.streams import STDIN, StreamError, no_text, text_of
from schema.ontology import Record

Read = Callable[[IO[str]], Iterator[Record | BadRow]]


@dataclass(frozen=True)
class Loader:
    """What it reads, in words, and the generator that reads it.

    `among`: gives the generator for files that say something of each other, after it has seen them all. `suffix`: of those files
    of a folder that are read where a folder is given.
    """

    reads: str
    read: Read
    among: Callable[[Iterable[IO[str]]], Read] | None = None
    suffix: str | None = None

    def files(self, paths: Iterable[Path]) -> list[Path]:
        """The files that paths stand for. Raises StreamError for a folder that holds none."""
        found: list[Path] = []
        for path in paths:
            if self.suffix is None or not path.is_dir():
                found.append(path)
            elif inside := sorted(path.rglob(f"*{self.suffix}")):
                found += inside
            else:
                raise StreamError(f"{path} holds no file {self.suffix}")
        return found

    def reader(self, files: Sequence[Path]) -> Read:
        """The generator for each of these files; a stream that can be read only once is read by itself. Raises StreamError."""
        if self.among is None or STDIN in files:
            return self.read
        try:
            return self.among(_texts(files))
        except UnicodeDecodeError as error:
            raise StreamError(f"one of {len(files)} files from {files[0]} on {no_text(error)}") from error


def _texts(files: Iterable[Path]) -> Iterator[IO[str]]:
    for file in files:
        with text_of(file) as text:
            yield text


LOADERS: dict[str, Loader] = {
    "country_codes": Loader("the dataset country-codes as CSV: ISO 3166-1 codes and names", country_codes.read),
    "country_exempt": Loader("the Budget Lab's list of products freed from orders on one country", country_exempt.read),
    "desta": Loader("the list of treaties of DESTA as CSV with semicolons", desta.read),
    "fentanyl_carveouts": Loader(
        "the Budget Lab's list of products of Canada and Mexico that pay 10 %", fentanyl_carveouts.read
    ),
    "floor_exempt": Loader(
        "the Budget Lab's list of products freed from the duties of partners with a total", floor_exempt.read
    ),
    "hs": Loader(
        "the Harmonized System 2022 as CSV: section, hscode, description, parent, level", hs_nomenclature.read
    ),
    "hts_concordance": Loader(
        "the Budget Lab's list of codes that follow others in the schedule", hts_concordance.read
    ),
    "hts_json": Loader(
        "the Harmonized Tariff Schedule as the USITC's JSON; the name of the file holds the day of the release",
        hts_json.read,
    ),
    "huggo": Loader(
        "the hand-coded agreements and memberships of the package manytrade as CSV: HUGGO_additional, HUGGO_reconciled, "
        "HUGGO_MEM_additional",
        huggo.read,
    ),
    "ieepa_exempt": Loader("the Budget Lab's list of products freed from the reciprocal duty", ieepa_exempt.read),
    "ifg": Loader(
        "the ministers of the United Kingdom: the folder of tables of the IfG Ministers Database, CSV",
        ifg.read,
        ifg.among,
        ".csv",
    ),
    "rdf": Loader("the full export of such a graph as N-Quads", rdf.read),
    "s122_exempt": Loader(
        "the Budget Lab's list of products freed from the surcharge of section 122", s122_exempt.read
    ),
    "s232_annexes": Loader("the Budget Lab's list of the annexes of 2026-04-02 on metals", s232_annexes.read),
    "s232_derivatives": Loader(
        "the Budget Lab's list of derivative articles of steel and aluminium", s232_derivatives.read
    ),
    "s301_lists": Loader("the Budget Lab's lists of products of China under section 301", s301_lists.read),
    "state_travels": Loader(
        "journeys of Presidents and Secretaries of State: XML of HistoryAtState/travels, files or the folder",
        state_travels.read,
        suffix=".xml",
    ),
    "us_documents": Loader(
        "documents of the White House as Markdown with YAML front matter, files or a folder",
        us_documents.read,
        us_documents.among,
        ".md",
    ),
    "us_executive": Loader(
        "presidents and vice presidents of the United States: executive.yaml of congress-legislators", us_executive.read
    ),
    "usitc": Loader(
        "the annual tariff database of the USITC as CSV; the name of the file holds the day of the release", usitc.read
    ),
    "wto_rta": Loader(
        "the WTO's database of regional trade agreements, its export of all as an Excel workbook", wto_rta.read
    ),
}
