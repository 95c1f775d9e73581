"""Goods that an act frees from duties of other acts, where a list of the tracker is the scope."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from loaders.tracker import US, listed
from loaders.us_curated import chapter_99
from schema.base import Evidence, Source
from schema.dates import parse_partial
from schema.ontology import Record
from schema.tariffs import Instrument, OriginScope, ProductScope, StackingEffect, StackingRule


@dataclass(frozen=True)
class Exemption:
    """What a heading of chapter 99 frees: from which duties, whose goods, by which act and note, since when and until before when.

    `subjects`: selectors of the duties. `public`: the day on which the list was public. `tests`: what the goods must be.
    """

    heading: str
    what: str
    subjects: tuple[str, ...]
    instrument: Instrument
    note: str
    start: date
    public: date
    origins: tuple[str, ...] = ()
    end: date | None = None
    tests: tuple[str, ...] = ()
    gap: str | None = None


def rules(exemption: Exemption, codes: list[str], source: Source) -> Iterator[Record]:
    """The exemption of these codes: its act, and a rule for each duty that it lifts."""
    yield exemption.instrument
    note = Evidence(source=chapter_99().id, locator=f"subchapter III, {exemption.note}", published=exemption.public)
    for subject in exemption.subjects:
        part = exemption.tests[0].partition("=")[0] if exemption.tests else "whole"
        yield StackingRule(
            key=f"us/budget-lab/{exemption.heading}/{exemption.start}/{part}/{subject}",
            importer=US,
            effect=StackingEffect.EXCLUDES,
            subject=subject,
            object="*",
            description=f"{exemption.what} do not pay the duty (heading {exemption.heading}).",
            origins=OriginScope(include=exemption.origins),
            products=ProductScope(include=tuple(codes)),
            instrument=exemption.instrument.id,
            paragraph=exemption.note,
            valid_from=parse_partial(str(exemption.start)),
            valid_to=parse_partial(str(exemption.end)) if exemption.end else None,
            tests=exemption.tests,
            gap=exemption.gap,
            evidence=(*listed(source, f"rows of heading {exemption.heading}", exemption.public), note),
        )


def stated(groups: Mapping[Exemption, list[str]], source: Source) -> Iterator[Record]:
    """All exemptions of a list."""
    yield chapter_99()
    for exemption, codes in groups.items():
        yield from rules(exemption, codes, source)
