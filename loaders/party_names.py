"""Who is meant by the name or the code of a party in a register: by the library of names, by the table of exceptions, else nobody.

The library is Babel with the names of the Unicode CLDR. Case, accents, "&", "St." and punctuation make no difference; nothing else
is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from babel import Locale
from babel.core import get_global

from loaders.country_codes import shown
from loaders.party_exceptions import FORMER, FORMER_CODES, GROUPS, NAMES
from schema.parties import Country, Group, Party

_PRIVATE = re.compile("X.|Q[M-Z]|AA|ZZ")
"""Codes that ISO 3166 leaves to its users; their numbers and three letters are nobody's."""


def by_name(name: str) -> Party | None:
    """The party of this name in English, None for a name that nobody is sure to have."""
    code = _names().get(plain(name))
    return by_code(code) if code else None


@cache
def by_code(code: str) -> Party | None:
    """The party with this code: a group's, ISO 3166-1 of two or three letters or three digits, ISO 3166-3 of four letters."""
    if code in GROUPS:
        return Group(id=f"group/{code.lower()}", name=GROUPS[code][0], code=code)
    code = FORMER_CODES.get(code, code)
    if code in FORMER:
        return Country(id=f"country/{code.lower()}", name=FORMER[code][0], code=code)
    code = code if len(code) == 2 else _two_letters().get(code, "")
    return _country(code) if code in _territories() and code != "EU" else None


def plain(name: str) -> str:
    """The name without what spellings differ in."""
    text = unicodedata.normalize("NFKD", name.replace("&", " and ")).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall("[a-z0-9]+", re.sub(r"\bst\b\.?", "saint", text.replace("'", ""))))


def _country(code: str) -> Country:
    written = _territories()[code]
    three, number = _longer().get(code, (None, None))
    return Country(
        id=f"country/{code.lower()}",
        name=max(written, shown().get(code, written)),
        code=code,
        iso2=None if _PRIVATE.fullmatch(code) else code,
        iso3=three,
        numeric=number,
    )


@cache
def _names() -> dict[str, str]:
    """Codes by plain names. A name of the table is never taken for another that the library has."""
    found = {plain(name): code for code, name in _territories().items() if code != "EU"}
    for table in (NAMES, FORMER, GROUPS):
        found |= {plain(name): code for code, names in table.items() for name in names}
    return found | {plain(code): code for code in GROUPS}


@cache
def _territories() -> dict[str, str]:
    names = Locale("en").territories
    return {code: name for code, name in names.items() if re.fullmatch("[A-Z]{2}", code)}


@cache
def _two_letters() -> dict[str, str]:
    """Two letters by three letters and by three digits, of countries that exist."""
    aliases = get_global("territory_aliases")
    return {
        code: two[0]
        for code, two in aliases.items()
        if len(code) == 3 and len(two) == 1 and code not in FORMER_CODES and not _PRIVATE.fullmatch(two[0])
    }


@cache
def _longer() -> dict[str, tuple[str | None, str | None]]:
    """Three letters and three digits by two letters, where there is one of each."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for code, two in _two_letters().items():
        found.setdefault(two, ([], []))[code.isdigit()].append(code)
    return {two: (_only(three), _only(number)) for two, (three, number) in found.items()}


def _only(codes: list[str]) -> str | None:
    return codes[0] if len(codes) == 1 else None
