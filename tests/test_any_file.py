"""Whatever stands in a file, a loader tells of it or sets it aside: no traceback, whichever the loader."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from api.cli.loading import Summary, check
from loaders.streams import StreamError, text_of
from loaders.table import LOADERS

NAMES = {"usitc": "tariff_database_2025_06062025.csv", "hts_json": "hts-2026-02-25.json"}
CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "8703.23.01",
            "31.12.9999",
            "1/2/25",
            "2025-02-30",
            "NA",
            "US",
            "25%",
            "=1+1",
            "\x00",
            "-1",
            "1e999",
            '"',
            "é" * 9,
        ]
    ),
    st.text(max_size=6),
)
ROWS = st.lists(st.lists(CELLS, max_size=12), max_size=4)
FORMS = (
    b"",
    b"\xff\xfe\x00",
    b"\x00" * 20,
    b"\xef\xbb\xbf{}",
    b"[" * 5000,
    b'[{"htsno": "0101", "indent": "x", "general": 5}]',
    b'[{"htsno": null, "indent": {}, "description": []}]',
    b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    b"<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'><!ENTITY c '&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;'>]><a>&d;</a>",
    b"---\ntitle: [\n---\ntext",
    b"--- \ndate: 2025-02-30\n---\n# text",
    b"- id: {govtrack: x}\n  terms: 5\n",
    b"&a [*a]",
    b"<a> <b> <c> .\n",
    b'<urn:a> <urn:b> "\\ud800" <urn:g> .\n',
    b"PK\x03\x04 cut off",
)


def _read(name: str, content: bytes) -> Summary | StreamError:
    with TemporaryDirectory() as folder:
        file = Path(folder) / NAMES.get(name, "file.csv")
        file.write_bytes(content)
        try:
            return check(name, [file], Path(folder) / "quarantine")
        except StreamError as error:
            return error


@cache
def _head(name: str) -> list[str]:
    """The columns that a loader of a table asks for, as it says when they are missing."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / NAMES.get(name, "file.csv")
        file.write_text("a,b\n1,2\n")
        with text_of(file) as text:
            try:
                reasons = [str(getattr(each, "reason", "")) for each in LOADERS[name].reader([file])(text)]
            except StreamError:
                return []
    found = re.search(r"columns are missing: (.*)", " ".join(reasons))
    return found[1].split(", ") if found else []


@pytest.mark.parametrize("name", LOADERS)
@pytest.mark.parametrize("content", FORMS, ids=range(len(FORMS)))
def test_what_is_no_such_file_is_told(name: str, content: bytes) -> None:
    assert isinstance(_read(name, content), Summary | StreamError)


@pytest.mark.parametrize("name", LOADERS)
@settings(max_examples=10)
@given(content=st.binary(max_size=200))
@example(content=b"a\r\rb\x1a")
def test_any_bytes_are_told(name: str, content: bytes) -> None:
    assert isinstance(_read(name, content), Summary | StreamError)


@pytest.mark.parametrize("name", LOADERS)
@settings(max_examples=12)
@given(rows=ROWS)
def test_any_rows_below_the_right_head_are_loaded_or_set_aside(name: str, rows: list[list[str]]) -> None:
    head = _head(name)
    lines = [head, *((row + [""] * len(head))[: len(head)] for row in rows)]
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    assert isinstance(_read(name, text.encode("utf-8", "replace")), Summary | StreamError)
