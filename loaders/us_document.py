"""A document of the White House as it comes: Markdown with YAML front matter."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date
from typing import IO

import yaml

from loaders.bad_row import BadRow
from schema.slugs import slug

_FRONT = re.compile(r"---\r?\n(.{0,20000}?)\r?\n---[ \t]*\r?\n(.*)", re.DOTALL)
_DASHES = re.compile("[‐-―]")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTH = f"(?:{'|'.join(_MONTHS)})"
_DAY = re.compile(rf"({MONTH}) ([0-9]{{1,2}}), ([0-9]{{4}})")


@dataclass(frozen=True)
class Document:
    """What the front matter says, and the lines of the body as plain text: without marks, each with single blanks.

    `changed`: when its page was last changed, as text that sorts; that of its publication where it never was.
    """

    url: str
    title: str
    section: str
    day: date
    changed: str
    lines: tuple[str, ...]

    @property
    def words(self) -> str:
        """The body as one line."""
        return " ".join(line for line in self.lines if line)


def read_document(text: IO[str]) -> Document | BadRow:
    """Read one document; a bad row where its front matter does not say what it is."""
    if not (found := _FRONT.fullmatch(text.read().removeprefix("\ufeff"))):
        return BadRow(1, None, None, "no front matter between two lines of ---")
    try:
        head = yaml.load(found[1], Loader=yaml.BaseLoader)  # noqa: S506 - builds texts, lists and mappings only
    except yaml.YAMLError as error:
        return BadRow(1, None, None, f"the front matter is no YAML: {error}".splitlines()[0])
    if not isinstance(head, dict):
        return BadRow(1, None, None, "the front matter is no mapping")
    return _fault(head) or Document(
        url=head["source_url"],
        title=" ".join(head["title"].split()),
        section=head["tags"],
        day=date.fromisoformat(head["date"]),
        changed=str(head.get("modified_time") or head.get("published_time") or head["date"]),
        lines=tuple(_plain(line) for line in found[2].splitlines()),
    )


def _fault(head: dict[str, object]) -> BadRow | None:
    forms = {
        "date": ("[0-9]{4}-[0-9]{2}-[0-9]{2}", "not a day: write 2025-04-02"),
        "source_url": (r"https?://\S+", "not an address"),
        "tags": (r"[a-z-]+", "not the section of the site that holds it"),
        "title": (r"(?s).*\w.*", "a document without a title"),
    }
    for name, (form, reason) in forms.items():
        value = head.get(name)
        if not isinstance(value, str) or not re.fullmatch(form, value):
            return BadRow(1, name, None if value is None else str(value), reason)
    try:
        date.fromisoformat(str(head["date"]))
    except ValueError as error:
        return BadRow(1, "date", str(head["date"]), str(error))
    return None


def _plain(line: str) -> str:
    """A line without HTML, without the marks of Markdown and with plain apostrophes."""
    bare = re.sub(r"<[^<>]*>|^ *- +(?=\S)", "", line).replace("\\", "").replace("*", "")
    return " ".join(html.unescape(bare).replace("’", "'").split())


def title_key(title: str) -> str:
    """Equal for one title in all spellings of case, dashes, quotes and blanks."""
    return slug(_DASHES.sub("-", title.replace("’", "'")))


def day_of(words: str) -> date | None:
    """The day that "April 2, 2025" names."""
    if not (found := _DAY.fullmatch(words)):
        return None
    try:
        return date(int(found[3]), _MONTHS.index(found[1]) + 1, int(found[2]))
    except ValueError:
        return None
