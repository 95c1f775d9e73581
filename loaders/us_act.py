"""A document that is a legal act of the President: its kind, the day of its signature, and the acts that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.us_document import MONTH, Document, day_of
from schema.tariffs import InstrumentKind

SECTION = "presidential-actions"
"""The section of the site that holds acts."""
WORDS = {"Executive Order": InstrumentKind.EXECUTIVE_ORDER, "Proclamation": InstrumentKind.PROCLAMATION}
_KINDS = (
    (InstrumentKind.MEMORANDUM, r"\bMEMORANDUM FOR\b"),
    (InstrumentKind.PROCLAMATION, r"(?i:\ba proclamation\b)|\bNOW, THEREFORE, I\b.*\bproclaim\b"),
    (InstrumentKind.EXECUTIVE_ORDER, r"\bBy the authority vested in me\b.*\bthis order\b"),
)
"""The first that fits: a memorandum and a proclamation order things too."""
_ONES = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
_DAYS = {word: number for number, word in enumerate(_ONES, 1)} | {"thirtieth": 30, "thirty-first": 31}
_DAYS |= {f"twenty-{word}": number for number, word in enumerate(_ONES[:9], 21)}
_WITNESS = re.compile(rf"IN WITNESS WHEREOF, I have hereunto set my hand this ([a-z-]+) day of ({MONTH})")
_HOUSE = re.compile(rf"THE WHITE HOUSE, ?({MONTH} [0-9]{{1,2}}, [0-9]{{4}})\.")
_TITLE = r" \((?P<title>(?:[^()]|\([^()]*\))+)\)"
NAMED = re.compile(
    rf"(?P<kind>Executive Order|Proclamation)(?: (?P<number>[0-9]{{4,5}})\b)?"
    rf"(?:,? (?:of|dated) (?P<day>{MONTH} [0-9]{{1,2}}, [0-9]{{4}})(?:{_TITLE})?)?"
)


@dataclass(frozen=True)
class Named:
    """An act as a text names it: "Executive Order 14257 of April 2, 2025 (Regulating Imports …)", or a part of that."""

    kind: InstrumentKind
    number: str | None
    day: date | None
    title: str | None


def kind_of(document: Document) -> InstrumentKind | None:
    """What kind of act a document is, by its own words; None where they do not say."""
    words = document.words
    return next((kind for kind, form in _KINDS if re.search(form, words)), None)


def signed(document: Document) -> date:
    """The day on which the text says that it was signed, which may precede its publication; else that of publication."""
    words = document.words
    if house := _HOUSE.search(words):
        return day_of(house[1]) or document.day
    if (witness := _WITNESS.search(words)) and witness[1] in _DAYS:
        year = document.day.year - (witness[2] == "December" and document.day.month == 1)
        return day_of(f"{witness[2]} {_DAYS[witness[1]]}, {year}") or document.day
    return document.day


def named(text: str) -> Iterator[Named]:
    """The acts that a text names by number or by day."""
    for found in NAMED.finditer(text):
        if found["number"] or found["day"]:
            yield named_by(found)


def named_by(found: re.Match[str]) -> Named:
    """The act that a match of NAMED names."""
    day = day_of(found["day"]) if found["day"] else None
    return Named(WORDS[found["kind"]], found["number"], day, found["title"])
