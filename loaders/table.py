"""All loaders of files, a line each: `tradegraph load NAME FILE` looks here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from loaders import country_codes, hs_nomenclature, hts_json, usitc
from loaders.bad_row import BadRow
from schema.ontology import Record


@dataclass(frozen=True)
class Loader:
    """What it reads, in words, and the generator that reads it."""

    reads: str
    read: Callable[[IO[str]], Iterator[Record | BadRow]]


LOADERS: dict[str, Loader] = {
    "country_codes": Loader("the dataset country-codes as CSV: ISO 3166-1 codes and names", country_codes.read),
    "hs": Loader(
        "the Harmonized System 2022 as CSV: section, hscode, description, parent, level", hs_nomenclature.read
    ),
    "hts_json": Loader(
        "the Harmonized Tariff Schedule as the USITC's JSON; the name of the file holds the day of the release",
        hts_json.read,
    ),
    "usitc": Loader(
        "the annual tariff database of the USITC as CSV; the name of the file holds the day of the release", usitc.read
    ),
}
