"""How alike two things are, feature by feature: what a person weighs who decides whether they are one.

Every feature is from 0 to 1, or absent where one of the two says nothing; the score is their mean by weight.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from schema.dates import PartialDate, parse_partial

WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "Agreement": {"name": 4, "parties": 4, "signed": 3, "in force": 2, "sort": 3},
    "Person": {"name": 6, "parties": 1, "terms": 2},
    "Post": {"name": 6, "parties": 3, "holders": 4},
    "Organisation": {"name": 6, "parties": 3},
}
"""What each feature counts, by the kind of thing."""
THRESHOLD = 0.8
"""From which score on a pair is proposed: the best on the labelled pairs (docs/resolve.md)."""
SORTS = (
    "accession",
    "enlargement",
    "protocol",
    "amendment",
    "services",
    "goods",
    "interim",
    "cooperation",
    "customs union",
)
"""Words that tell acts of the same parties apart."""


@dataclass(frozen=True)
class Thing:
    """What is compared: names, codes of parties, days, the terms of a person's posts, those who held a post."""

    id: str
    kind: str
    names: tuple[str, ...]
    parties: frozenset[str] = frozenset()
    signed: tuple[str, ...] = ()
    in_force: tuple[str, ...] = ()
    terms: tuple[tuple[str, str | None], ...] = ()
    holders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Likeness:
    """The score of a pair and the features of which it is made."""

    one: Thing
    two: Thing
    features: Mapping[str, float]

    @property
    def score(self) -> float:
        """The mean of the features that both sides have, by weight."""
        weights = WEIGHTS[self.one.kind]
        return sum(weights[name] * each for name, each in self.features.items()) / sum(
            map(weights.__getitem__, self.features)
        )


def likeness(one: Thing, two: Thing) -> Likeness:
    """Compare two things of one kind."""
    found = {
        "name": max((_names(a, b) for a in one.names for b in two.names), default=0.0),
        "parties": _parties(one.parties, two.parties),
        "signed": _days(one.signed, two.signed),
        "in force": _days(one.in_force, two.in_force),
        "sort": float(_sorts(one) == _sorts(two)),
        "terms": max((_terms(a, b) for a in one.terms for b in two.terms), default=None),
        "holders": _share(frozenset(map(plain, one.holders)), frozenset(map(plain, two.holders))),
    }
    features = {name: found[name] for name in WEIGHTS[one.kind]}
    return Likeness(one, two, {name: round(each, 3) for name, each in features.items() if each is not None})


def plain(name: str) -> str:
    """A name as its words: without case, accents and punctuation."""
    folded = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in folded.lower()).split())


def _names(one: str, two: str) -> float:
    """In any order of words; words that one of them adds count a little against it."""
    a, b = plain(one), plain(two)
    return max(fuzz.token_sort_ratio(a, b), 0.9 * fuzz.token_set_ratio(a, b)) / 100


def _parties(one: frozenset[str], two: frozenset[str]) -> float | None:
    """Where each side has a party that the other lacks, they are hardly one; registers differ in whom they list of a group, not so."""
    countries = [frozenset(code for code in each if len(code) == 2) for each in (one, two)]
    a, b = countries if all(countries) else (one, two)
    share = _share(a, b)
    return share and (0.5 + share / 2 if a <= b or b <= a else share**2)


def _share(one: frozenset[str], two: frozenset[str]) -> float | None:
    return len(one & two) / len(one | two) if one and two else None


def _sorts(thing: Thing) -> frozenset[str]:
    text = plain(" ".join(thing.names))
    return frozenset(word for word in SORTS if word in text)


def _days(one: Iterable[str], two: Iterable[str]) -> float | None:
    pairs = [(parse_partial(a), parse_partial(b)) for a in one for b in two]
    return max((_near(a, b) for a, b in pairs), default=None)


def _near(one: PartialDate, two: PartialDate) -> float:
    """1 where the days may be the same, less the further they are apart, 0 from two years on."""
    gap = max((one.first - two.last).days, (two.first - one.last).days, 0)
    return max(0.0, 1 - gap / 730)


def _terms(one: tuple[str, str | None], two: tuple[str, str | None]) -> float:
    """Terms that begin on one day say that two persons are one; those that overlap, that they may be."""
    if abs((date.fromisoformat(one[0]) - date.fromisoformat(two[0])).days) <= 7:
        return 1.0
    overlap = (one[1] is None or two[0] < one[1]) and (two[1] is None or one[0] < two[1])
    return 0.5 if overlap else 0.2
