"""The provisions of an act: their anchors ("section 2(a)", "clause (3)"), headings and text.

An anchor is the place that evidence and rules name as `locator` and `paragraph`. It is made of the act's own numbers alone, so
that it is the same in every upload: of an order its sections and their subsections, of a proclamation its recitals
("paragraph 4") and, after the words that proclaim, its clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SECTION = re.compile(r"Sec(?:tion)? ?\.? ?([0-9]{1,2}) ?\. ?(.*)")
_HEADING = re.compile(r"([A-Z][^.;:“”]{2,140}?) ?\.(?= |$)(.*)")
_SUBSECTION = re.compile(r"\(([a-z])\) ?(.*)")
_CLAUSE = re.compile(r"\(([0-9]{1,2})\) ?(.*)")
_RECITAL = re.compile(r"([0-9]{1,2})\. (.*)")
_PROCLAIMS = re.compile(r"\bproclaim\b")
_JOINED = re.compile(r"Sec(tion)? ?\.?( ?[0-9]{1,2} ?\.?)?")
"""Lines that end within the number of a section: the publisher breaks lines there, between marks of its own."""

_TOP = re.compile(r"section [0-9]+|clause \([0-9]+\)")
_LONGEST = 120


@dataclass(frozen=True)
class Provision:
    """A provision of its own level: its anchor, its heading if it has one, its text without those of the levels below."""

    anchor: str
    heading: str | None
    text: str


def provisions(lines: Sequence[str]) -> Iterator[Provision]:
    """All provisions of an act in their order, with what stands before the first of them under the anchor "preamble"."""
    anchor, heading, held = "preamble", None, list[str]()
    state = _State()
    for line in _whole(lines):
        if found := state.opens(line):
            if (text := _text(held)) or heading:
                yield Provision(anchor, heading, text)
            anchor, heading, rest = found
            held = [rest]
        else:
            held.append(line)
    if (text := _text(held)) or heading:
        yield Provision(anchor, heading, text)


def _text(lines: Sequence[str]) -> str:
    return " ".join(line for line in lines if line)


def _whole(lines: Sequence[str]) -> Iterator[str]:
    """The lines, each section's number and heading with what follows them."""
    held = ""
    for line in lines:
        joined = f"{held} {line}".strip()
        if _JOINED.fullmatch(joined) or _unended(joined):
            held = joined
            continue
        held = ""
        yield joined
    if held:
        yield held


def _unended(line: str) -> bool:
    """Whether a line is the number of a section and a heading that goes on."""
    found = _SECTION.fullmatch(line)
    return bool(found and found[2] and len(found[2]) < 140 and "." not in found[2] and not found[2].startswith("("))


class _State:
    """Which number comes next: a number out of its order is a reference at the head of a line, no provision."""

    def __init__(self) -> None:
        self._section = 0
        self._letter = ""
        self._recital = 0
        self._clause: int | None = None

    def opens(self, line: str) -> tuple[str, str | None, str] | None:
        """Anchor, heading and the rest of the line, where the line opens a provision."""
        found = self._numbered(line)
        if self._section == 0 and self._clause is None and _PROCLAIMS.search(line) and not found:
            self._clause = 0
        return found

    def _numbered(self, line: str) -> tuple[str, str | None, str] | None:
        if (found := _SECTION.fullmatch(line)) and int(found[1]) == self._section + 1:
            self._section, self._letter = self._section + 1, ""
            return self._headed(found[2])
        if self._section:
            return self._subsection(line, "")
        if self._clause is None:
            return self._recitals(line)
        if (found := _CLAUSE.fullmatch(line) or _RECITAL.fullmatch(line)) and int(found[1]) == self._clause + 1:
            self._clause, self._letter = self._clause + 1, ""
            return f"clause ({found[1]})", None, found[2]
        return None

    def _headed(self, rest: str) -> tuple[str, str | None, str]:
        heading = _HEADING.match(rest)
        if not heading:
            return self._subsection(rest, None) or (f"section {self._section}", None, rest)
        rest = heading[2].strip()
        below = self._subsection(rest, heading[1]) if rest else None
        return below or (f"section {self._section}", heading[1], rest)

    def _subsection(self, line: str, heading: str | None) -> tuple[str, str | None, str] | None:
        found = _SUBSECTION.fullmatch(line)
        if not found or found[1] != chr(ord(self._letter or "`") + 1):
            return None
        self._letter = found[1]
        return f"section {self._section}({found[1]})", heading or None, found[2]

    def _recitals(self, line: str) -> tuple[str, str | None, str] | None:
        found = _RECITAL.fullmatch(line)
        if not found or int(found[1]) not in (1, *range(self._recital + 1, self._recital + 4)):
            return None
        self._recital = int(found[1])
        return f"paragraph {found[1]}", None, found[2]


def headings(parts: Sequence[Provision]) -> Iterator[tuple[str, str]]:
    """Anchor and heading of each section and clause, its first words where it has no heading."""
    seen = set()
    for part in parts:
        anchor = re.sub(r"^(section [0-9]+)\(a\)$", r"\1", part.anchor)
        if _TOP.fullmatch(anchor) and anchor not in seen:
            seen.add(anchor)
            yield anchor, part.heading or _opening(part.text)


def _opening(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0]} …"
