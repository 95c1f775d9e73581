"""What the remarks on a trip say for certain: whom the traveller met, by title and whole name, and which meetings were attended.

Remarks are prose. Read are lists behind "met with" whose parts are a title and a name of at least two words (or a crowned head with a
number), and meetings with a name of their own behind "attended" or "participated in". All else stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schema.talks import MeetingKind

_SENTENCE = re.compile(r"(?<=[^\W\d_][^\W\d_][.)\]])\s+(?=[A-Z])|;\s*")
_LIST = re.compile(r",\s+and\s+|,\s+|\s+and\s+")
_MET = re.compile(
    r"(?:\b[Mm]et(?: \w+ly| again| briefly)? with|^Conferred with|^Audience with|[Ss]ummit(?: meeting)? with|"
    r"[Bb]ilateral meeting with|^Informal meeting with) "
)
_NOT = re.compile(r"\b(?:not|to have|scheduled|planned|cancell?ed|unable|while|accompan\w+|who)\b", re.IGNORECASE)
_FIELDS = "Foreign|Defen[cs]e|Finance|Trade|Interior|Oil|Economy|Economics|Justice|Commerce|Energy|Intelligence|Security|State"
_OFFICES = "Foreign Affairs|External Affairs|Defen[cs]e|Finance|Foreign Relations"
_HEAD = (
    rf"(?:President(?:-elect)?|Prime Minister(?:-designate)?|Premier|Taoiseach|Chancellor|(?:[A-Z]\w+ )?(?:{_FIELDS}) Minister|"
    rf"Minister (?:of|for) (?:State for )?(?:{_OFFICES})|(?:Foreign|External) Affairs Minister|Foreign Secretary|"
    r"Secretary[- ]General|High Representative|State Councilor|General Secretary|Crown Prince|Prince|King|Queen|Emperor|Pope|Sultan|"
    r"Amir|Emir|Sheikh|Chairman|Chairperson|Governor[- ]General|Governor|Mayor|Ambassador|Speaker|Cardinal|Archbishop|Patriarch|leader)"
)
_TITLE = re.compile(
    rf"(?P<title>(?:the )?(?:[A-Z][\w.’'-]*\s){{0,4}}?(?:{_HEAD}\s)+)(?P<name>\S.*?)(?: of (?:the )?[A-Z][\w ]+)?"
)
_WORD = r"[^\W\d_a-z][\w’'‘.-]*"
_SMALL = r"(?:al|el|bin|bint|ibn|von|van|der|den|de|da|do|dos|del|della|di|la|le|ter|ten|zu|y|e)"
_NAME = re.compile(rf"(?:(?:{_SMALL} )*(?:(?:al|el|ul|ad|as|ar)[-’'])?{_WORD}(?: |$)){{2,6}}")
_CROWNED = re.compile(rf"(?:King|Queen|Emperor|Pope|Sultan)\s(?:{_WORD}\s){{1,2}}[IVX]+")
_OTHERS = re.compile(
    r"(?:senior |other |local |several )?(?:[A-Z][\w-]+ )?(?:officials|leaders|ministers)(?: in [A-Z]\w+)?"
)
_NO_NAME = re.compile(rf"\b{_HEAD}\b|Minister|Summit|Conference|U\.S\.")
_NAMED = re.compile(
    r"(?:Attended|Participated in|attend|attended|participated in) (?:the |a |an )?(?P<name>[^,;]+?)(?= and (?:then )?[a-z]+|,|;|$)"
)
_PROPER = r"(?:(?:[A-Z][\w.’'–-]*|[0-9]+(?:st|nd|rd|th))\s){1,6}"
_SUMMIT = re.compile(rf"{_PROPER}(?:Summit(?: [Mm]eeting)?|Leaders[’']? [Mm]eeting)|Summit of the Americas")
_MINISTERIAL = re.compile(rf"{_PROPER}(?:Ministerial(?: [Mm]eeting)?|Ministers?[’']? [Mm]eeting)")


@dataclass(frozen=True)
class Counterpart:
    """Someone whom the traveller met: the title as written, and the whole name."""

    title: str
    name: str


@dataclass(frozen=True)
class Attended:
    """A meeting with a name of its own."""

    name: str
    kind: MeetingKind


def counterparts(remarks: str) -> Iterator[Counterpart]:
    """The persons that lists behind "met with" name for certain, each once."""
    seen = set()
    for sentence in _SENTENCE.split(remarks):
        for match in _MET.finditer(sentence):
            if _NOT.search(sentence[: match.start()]):
                continue
            for found in _listed(sentence[match.end() :]):
                if found.name not in seen:
                    seen.add(found.name)
                    yield found


def attended(remarks: str) -> Iterator[Attended]:
    """The summits and meetings of ministers that the traveller attended, by their names."""
    seen = set()
    for sentence in _SENTENCE.split(remarks):
        for match in _NAMED.finditer(sentence):
            name = match["name"].strip().rstrip(".")
            kind = _kind(name)
            if kind and name not in seen and not _NOT.search(sentence[: match.start()]):
                seen.add(name)
                yield Attended(name, kind)


def _kind(name: str) -> MeetingKind | None:
    if _SUMMIT.fullmatch(name):
        return MeetingKind.SUMMIT
    return MeetingKind.MINISTERIAL if _MINISTERIAL.fullmatch(name) else None


def _listed(text: str) -> Iterator[Counterpart]:
    """The parts of a list as far as they are persons; a part that is something else ends it."""
    for each in _LIST.split(text.rstrip(". ")):
        part = each.removeprefix("with ")
        if _CROWNED.fullmatch(part.removeprefix("the ")):
            yield Counterpart(part.split()[0], part)
        elif (match := _TITLE.fullmatch(part)) and _whole(match["name"]):
            yield Counterpart(match["title"].strip().removeprefix("the "), match["name"])
        elif not (match or _OTHERS.fullmatch(part)):
            return


def _whole(name: str) -> bool:
    """At least two words beside particles: "De Gaulle" is a family name."""
    words = [word for word in name.split() if not re.fullmatch(_SMALL, word.lower())]
    return len(words) > 1 and bool(_NAME.fullmatch(name)) and not _NO_NAME.search(name)
