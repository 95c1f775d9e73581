"""What the acts of 2025 state of the derivative articles of steel and aluminium that the tracker lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from loaders import us_curated
from loaders.tracker import US, list_source, listed
from schema.dates import parse_partial
from schema.duty_grammar import read_duty
from schema.ontology import Record
from schema.tariffs import OriginScope, ProductScope, StackingEffect, StackingRule, TariffMeasure

MARCH, JUNE, AUGUST, END = date(2025, 3, 12), date(2025, 6, 4), date(2025, 8, 18), date(2026, 4, 6)
UK, RUSSIA = "country/gb", "country/ru"
SOURCE = list_source(
    "s232_derivative_products.csv",
    "derivative articles of steel that were listed before 2025-08-18, the duty of 200 percent on aluminium of Russia, articles made of metal of "
    "the United States, and the other duties on what is not metal are not stated",
)
CONTENT_GAP = "whether the duty is on the whole value or on the metal alone is not stated"


@dataclass(frozen=True)
class Heading:
    """A heading: its metal, and whether it charges the value of the metal alone."""

    metal: str
    content: bool


HEADINGS = {
    "9903.81.91": Heading("steel", content=True),
    "9903.85.04": Heading("aluminium", content=False),
    "9903.85.07": Heading("aluminium", content=False),
    "9903.85.08": Heading("aluminium", content=True),
}


@dataclass(frozen=True)
class _Step:
    """What an act stated on a day: a rate from a first day, open until the next step."""

    rate: str
    start: date
    act: str
    public: date


_FIRST = {"steel": "instrument/us/proc-10896", "aluminium": "instrument/us/proc-10895"}
_DOUBLED = "instrument/us/proc-10947"


def facts(groups: Mapping[tuple[str, date], list[str]]) -> Iterator[Record]:
    """The acts, and the duties on the codes of each heading and first day."""
    for act in sorted({*_FIRST.values(), _DOUBLED}):
        yield us_curated.instruments()[act]
    for (heading, since), codes in groups.items():
        products = ProductScope(include=tuple(codes))
        yield from _duties(heading, since, products)
        yield from _british(heading, max(since, JUNE), products)
        if HEADINGS[heading].content:
            yield _share(heading, since, products)


def _duties(heading: str, since: date, products: ProductScope) -> Iterator[TariffMeasure]:
    """The general rate: what each act stated when it was public, and the end that the proclamation of 2026-04-02 put to it."""
    first = _Step("25%", MARCH, _FIRST[HEADINGS[heading].metal], date(2025, 2, 10))
    doubled = _Step("50%", max(since, JUNE), _DOUBLED, max(date(2025, 6, 3), since))
    steps = [first, doubled] if since == MARCH else [doubled]
    key = f"us/budget-lab/{heading}/{since}"
    made = _measure(heading, steps[0], products, key)
    yield made
    for step in steps[1:]:
        yield _ended(made, heading, step.start, step.public)
        before, made = made, _measure(heading, step, products, f"{key}/{step.start}")
        made = replace(made, supersedes=(str(before.key),))
        yield made
    yield _ended(made, heading, END, date(2026, 4, 2))


def _british(heading: str, start: date, products: ProductScope) -> Iterator[Record]:
    """The lower rate of the United Kingdom, and that it takes the place of the general one."""
    programme = f"{_programme(heading)}/uk"
    step = _Step("25%", start, _DOUBLED, max(date(2025, 6, 3), start))
    made = _measure(heading, step, products, f"us/budget-lab/{heading}/{start}/uk")
    made = replace(made, programme=programme, origins=OriginScope(include=(UK,)))
    yield made
    yield _ended(made, heading, END, date(2026, 4, 2))
    yield StackingRule(
        key=f"{made.key}/replaces",
        importer=US,
        effect=StackingEffect.REPLACES,
        subject=f"S232:{_programme(heading)}",
        object=f"S232:{programme}",
        description="Goods of the United Kingdom pay its rate in place of the general one.",
        origins=made.origins,
        products=products,
        instrument=_DOUBLED,
        paragraph="clause (7)",
        valid_from=made.valid_from,
        evidence=made.evidence,
    )


def _share(heading: str, since: date, products: ProductScope) -> StackingRule:
    metal = HEADINGS[heading].metal
    act, public = (_FIRST[metal], date(2025, 2, 10)) if since == MARCH else (_DOUBLED, since)
    return StackingRule(
        key=f"us/budget-lab/{heading}/{since}/share",
        importer=US,
        effect=StackingEffect.SHARE,
        subject=f"S232:{_programme(heading)}",
        object=f"content:{metal}",
        description=f"The duty on derivative articles is on the value of their {metal}.",
        products=products,
        instrument=act,
        paragraph=f"heading {heading}",
        valid_from=parse_partial(str(since)),
        evidence=listed(SOURCE, f"rows of heading {heading}", public),
    )


def _programme(heading: str) -> str:
    return f"{HEADINGS[heading].metal}/derivatives"


def _measure(heading: str, step: _Step, products: ProductScope, key: str) -> TariffMeasure:
    metal = HEADINGS[heading].metal
    return TariffMeasure(
        key=key,
        importer=US,
        origins=OriginScope(exclude=(RUSSIA,)) if metal == "aluminium" else OriginScope(),
        products=products,
        product_scope=f"derivative articles of {metal} (heading {heading})",
        authority="S232",
        programme=_programme(heading),
        duty=read_duty(step.rate),
        instrument=step.act,
        effective=step.start,
        valid_from=parse_partial(str(step.start)),
        gap=None if HEADINGS[heading].content else CONTENT_GAP,
        evidence=listed(SOURCE, f"rows of heading {heading}", step.public),
    )


def _ended(measure: TariffMeasure, heading: str, end: date, public: date) -> TariffMeasure:
    """The measure with its end, as a later act states it."""
    return replace(
        measure,
        key=f"{measure.key}/to-{end}",
        valid_to=parse_partial(str(end)),
        supersedes=(str(measure.key),),
        rest_void=True,
        evidence=listed(SOURCE, f"rows of heading {heading}", public),
    )
