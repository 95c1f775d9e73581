"""Which act a document of the President is, and its id: the one place where that is decided.

1. A document at an address that a curated source has is the curated act: `source/us/eo-14345` and `instrument/us/eo-14345`.
2. An act whose number is known is named by kind and number: instrument/us/eo-14266, instrument/us/proc-10962. The pages do not show
   numbers: curated acts state them, and so do later documents, with day and title ("Executive Order 14266 of April 9, 2025
   (…)"). What most documents say of a number counts, for one may be wrong.
3. Any other is named by kind, day of signature and title: instrument/us/proc-2025-08-28-labor-day-2025.

Uploads of one text under other addresses are one act; the title that counts is that of the curated address, else of the title
that others cite with a number, else of the plainest address, else of the page that was changed last.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from loaders import us_curated
from loaders.us_act import SECTION, Named, kind_of, named, signed
from loaders.us_curated import Title
from loaders.us_document import Document, title_key
from schema.slugs import slug
from schema.tariffs import InstrumentKind

ALIKE = 0.93
"""The share of what the shorter of two texts says that the other says too, from which they are one text. Of the documents of 2025
and 2026 copies have 0.96 and more, the most alike of two acts 0.89."""
OF_ONE_LENGTH = 0.8
_RUN = 8
_KEPT = 4


@dataclass(frozen=True)
class Upload:
    """What is kept of a document to compare it with others."""

    url: str
    title: str
    changed: str
    cited: Title | None
    sketch: frozenset[int]


@dataclass(frozen=True)
class Acts:
    """What the documents of one load say of each other."""

    numbers: Mapping[Title, str]
    titles: Mapping[tuple[InstrumentKind, str], tuple[date | None, str | None]]
    originals: Mapping[str, Upload]

    def number(self, kind: InstrumentKind, day: date | None, title: str | None) -> str | None:
        """The number of the act of a day with a title."""
        return self.numbers.get((kind, day, title_key(title))) if day and title else None


def acts_among(documents: Iterable[Document]) -> Acts:
    """What documents say of each other, whatever their order."""
    uploads, said = [], defaultdict[tuple[InstrumentKind, str], Counter[tuple[date | None, str | None]]](Counter)
    for document in documents:
        kind = kind_of(document) if document.section == SECTION else None
        cited = (kind, signed(document), title_key(document.title)) if kind else None
        uploads.append(Upload(document.url, document.title, document.changed, cited, frozenset(_sketch(document))))
        for act in {each for each in named(document.words) if each.number}:
            said[act.kind, str(act.number)][act.day, act.title] += 1
    titles = {name: _most(counts) for name, counts in said.items()}
    numbers = {(kind, day, title_key(t)): number for (kind, number), (day, t) in sorted(titles.items()) if day and t}
    numbers |= us_curated.numbers()
    return Acts(numbers, titles, dict(_originals(uploads, numbers)))


def _most(counts: Counter[tuple[date | None, str | None]]) -> tuple[date | None, str | None]:
    """The day and title that most documents give, in any spelling; where they are as many, the first of those that give both."""
    full = [each for each in counts if each[0] and each[1]]
    if not full:
        return min(counts, key=lambda each: (-counts[each], str(each)))
    spelt = Counter[tuple[date | None, str]]()
    for day, title in full:
        spelt[day, title_key(title or "")] += counts[day, title]
    return min(full, key=lambda each: (-spelt[each[0], title_key(each[1] or "")], -counts[each], str(each)))


def _sketch(document: Document) -> Iterator[int]:
    """A quarter of the runs of words of a text, the same quarter of every text, as numbers."""
    words = slug(document.words).split("-")
    for start in range(max(1, len(words) - _RUN + 1)):
        number = zlib.crc32(" ".join(words[start : start + _RUN]).encode())
        if number % _KEPT == 0:
            yield number


def _originals(uploads: list[Upload], numbers: Mapping[Title, str]) -> Iterator[tuple[str, Upload]]:
    """For every address the upload of its text whose title counts."""
    group = {each.url: each.url for each in uploads}
    for one, other in combinations(sorted(uploads, key=lambda each: each.url), 2):
        if _alike(one.sketch, other.sketch):
            old, new = sorted((group[one.url], group[other.url]), reverse=True)
            group = {url: new if of == old else of for url, of in group.items()}
    members = defaultdict(list)
    for each in uploads:
        members[group[each.url]].append(each)
    for copies in members.values():
        latest = sorted(copies, key=lambda each: (each.changed, each.url), reverse=True)
        best = min(latest, key=lambda e: (e.url not in us_curated.by_address(), e.cited not in numbers, len(e.url)))
        yield from ((each.url, best) for each in copies)


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    short, long = sorted((len(one), len(other)))
    return short > 0 and short >= OF_ONE_LENGTH * long and len(one & other) >= ALIKE * short


def completed(act: Named, acts: Acts, others: Iterable[Named]) -> Named | None:
    """An act as fully as it is known, with a number, or a day and a title; None where it is not clear which act is named.

    By its day alone it is clear where the text names one act of that day only.
    """
    if not act.number and act.day and not act.title:
        full = (each for each in others if (each.kind, each.day) == (act.kind, act.day) and (each.title or each.number))
        found = {completed(each, acts, ()) for each in full}
        return found.pop() if len(found) == 1 else None
    number = act.number or acts.number(act.kind, act.day, act.title)
    if not number:
        return act if act.day and act.title else None
    day, title = acts.titles.get((act.kind, number), (act.day, act.title))
    return Named(act.kind, number, day, title)
