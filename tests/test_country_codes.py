"""Countries from the dataset country-codes: every row has its place, and meets the country of the shipped data."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from api.cli.loading import Summary, load_paths
from graph.embedded.progress import progress_on
from graph.entities import merged
from loaders import country_codes
from loaders.bad_row import BadRow
from loaders.country_codes import SOURCE
from loaders.streams import text_of
from schema.parties import Country
from tests.conftest import SHARED, Graph
from tests.shipped import records as shipped_records

FILE = SHARED / "data" / "country_codes" / "country-codes.csv"
HEAD = (
    "Dial,ISO3166-1-Alpha-3,ISO3166-1-numeric,ISO3166-1-Alpha-2,official_name_fr,official_name_ar,official_name_es,"
    "official_name_cn,official_name_en,official_name_ru,ISO4217-currency_name,CLDR display name\r\n"
)
ISLE = '1,XIS,7,NA,"Île, la",الجزيرة,Isla,岛,"Isle, Republic of the",Остров,,The Isle\r\n'
READ = Country(
    id="country/na",
    name="The Isle",
    alternative_names=("Isla", "Isle, Republic of the", "Île, la", "Остров", "الجزيرة", "岛"),
    code="NA",
    iso2="NA",
    iso3="XIS",
    numeric="007",
)
ALL = "{ countries { id code iso2 iso3 numeric name alternativeNames } }"


def _read(text: str) -> list[Any]:
    return list(country_codes.read(io.StringIO(text, newline="")))


def test_a_row_becomes_a_country() -> None:
    """The code NA is no missing value, a name keeps its comma, no currency is needed, lines end in CR LF."""
    assert _read(HEAD + ISLE) == [SOURCE, READ]


def test_lines_may_end_in_lf() -> None:
    assert _read((HEAD + ISLE).replace("\r\n", "\n")) == [SOURCE, READ]


@pytest.mark.parametrize(
    ("right", "wrong", "bad"),
    [
        (",NA,", ",,", BadRow(2, "ISO3166-1-Alpha-2", "", "not two capital letters")),
        (",NA,", ",na,", BadRow(2, "ISO3166-1-Alpha-2", "na", "not two capital letters")),
        ("XIS", "", BadRow(2, "ISO3166-1-Alpha-3", "", "not three capital letters")),
        (",7,", ",7.0,", BadRow(2, "ISO3166-1-numeric", "7.0", "not a number of one to three digits")),
        ("The Isle", "\xa0", BadRow(2, "CLDR display name", "\xa0", "a country without a name")),
        (",The Isle", "", BadRow(2, None, None, "a row must have 12 cells")),
        ("The Isle", "The, Isle", BadRow(2, None, None, "a row must have 12 cells")),
    ],
)
def test_a_row_that_cannot_be_read_is_set_aside_and_the_next_is_read(right: str, wrong: str, bad: BadRow) -> None:
    assert _read(HEAD + ISLE.replace(right, wrong) + ISLE) == [SOURCE, bad, READ]


def test_a_file_of_other_columns_is_refused_at_the_head() -> None:
    reason = "these columns are missing: ISO3166-1-Alpha-2, CLDR display name"
    head = HEAD.replace("Alpha-2", "alpha2").replace("CLDR display name", "Name")
    assert _read(head + ISLE) == [BadRow(1, None, head.strip(), reason)]
    [bad] = _read("")
    assert (bad.line, bad.value) == (1, "")


def _parts() -> tuple[dict[str, Country], dict[str, Country]]:
    """The countries of the shipped data and those of the file, by id."""
    with text_of(FILE) as text:
        read = list(country_codes.read(text))
    shipped = shipped_records()
    held, found = ({row.id: row for row in rows if isinstance(row, Country)} for rows in (shipped, read))
    assert len(read) == 1 + len(found)
    return held, found


def _expected() -> list[dict[str, Any]]:
    """What the API is to answer, made of the file's own cells: shipped names stay, all others are alternatives."""
    held, _ = _parts()
    answer = []
    with FILE.open(newline="", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            code = row["ISO3166-1-Alpha-2"]
            shipped = held.get(f"country/{code.lower()}")
            written = {row[f"official_name_{each}"] for each in ("ar", "cn", "en", "es", "fr", "ru")}
            name = shipped.name if shipped else row["CLDR display name"]
            others = {*written, row["CLDR display name"], *(shipped.alternative_names if shipped else ())} - {name}
            codes = {"code": code, "iso2": code, "iso3": row["ISO3166-1-Alpha-3"]}
            numeric = f"{int(row['ISO3166-1-numeric']):03}"
            names = {"name": name, "alternativeNames": sorted(others)}
            answer.append({"id": f"country/{code.lower()}", **codes, "numeric": numeric, **names})
    return sorted(answer, key=lambda each: str(each["id"]))


def _answer(graph: Graph) -> list[dict[str, Any]]:
    """Without the countries of the shipped data that no longer exist: they have no code of two letters."""
    found: list[dict[str, Any]] = graph.ask(ALL)["countries"]
    return sorted((each for each in found if each["iso2"]), key=lambda each: str(each["id"]))


def _load(graph: Graph, folder: Path) -> Summary:
    [summary] = graph.run(load_paths(graph.database, "country_codes", [FILE], folder, progress_on()))
    return summary


@pytest.mark.shared
def test_the_file_changes_no_name_and_no_code_of_the_shipped_data() -> None:
    """Those that no longer exist are not in it."""
    held, found = _parts()
    former = {id_ for id_, country in held.items() if country.iso2 is None}
    assert (len(found), held.keys() - found.keys()) == (249, former)
    for id_, country in held.items():
        if id_ in former:
            continue
        kept = ("name", "code", "iso2", "iso3", "numeric")
        ours, theirs = ({field: getattr(each, field) for field in kept} for each in (country, found[id_]))
        assert merged(ours, theirs) | {"alternative_names": []} == {**ours, "alternative_names": []}


@pytest.mark.shared
def test_names_that_the_file_would_win_are_the_shipped_ones() -> None:
    held, found = _parts()
    with FILE.open(newline="", encoding="utf-8") as text:
        written = {row["ISO3166-1-Alpha-2"]: row["CLDR display name"] for row in csv.DictReader(text)}
    won = {each.code: each.name for each in held.values() if each.iso2 and written[each.code] < each.name}
    assert len(won) == 6
    assert won == {code: found[f"country/{code.lower()}"].name for code in won}


@pytest.mark.shared
def test_the_whole_file_beside_the_shipped_data_in_any_order(scratch: Graph, tmp_path: Path) -> None:
    """249 rows and the source; the second load changes nothing, and so does the order."""
    scratch.load(shipped_records())
    first, again = _load(scratch, tmp_path), _load(scratch, tmp_path)
    assert (first.loaded, first.unchanged, first.quarantined) == (250, 0, 0)
    assert (again.loaded, again.unchanged, again.quarantined) == (0, 250, 0)
    expected = _expected()
    assert _answer(scratch) == expected
    scratch.clear()
    _load(scratch, tmp_path)
    scratch.load(shipped_records())
    assert _answer(scratch) == expected
