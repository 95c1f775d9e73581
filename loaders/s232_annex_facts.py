"""What the proclamation of 2026-04-02 on metals states of its annexes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date

from loaders import us_curated
from loaders.s232_scope import scopes
from loaders.tracker import US, list_source, listed
from schema.base import Evidence
from schema.dates import parse_partial
from schema.duty_grammar import read_duty
from schema.ontology import Record
from schema.tariffs import (
    Instrument,
    InstrumentKind,
    OriginScope,
    ProductScope,
    StackingEffect,
    StackingRule,
    TariffMeasure,
)

START, SIGNED, LATER = date(2026, 4, 6), date(2026, 4, 2), date(2028, 1, 1)
UK, RUSSIA = "country/gb", "country/ru"
SOURCE = list_source(
    "s232_annex_products.csv",
    "goods made of metal of the United States (10 percent), goods of annexes I-B and III without or with little metal, countries without "
    "normal trade relations in annex III, and what later acts changed of the annexes are not stated",
)
TESTS = {"steel": "melted_and_poured=GB", "aluminium": "smelted_or_cast=GB"}
"""What the metal of goods of the United Kingdom must be for its lower rate; there is none for copper."""


@dataclass(frozen=True)
class Annex:
    """An annex: its clause, its rate (none: the duty ends), that of the United Kingdom, and from when a rate takes the place of a total."""

    name: str
    clause: str
    rate: str | None
    uk: str | None = None
    then: str | None = None


ANNEXES = {
    "1a": Annex("annex-1a", "clause (2)", "50%", "25%"),
    "1b": Annex("annex-1b", "clause (3)", "25%", "15%"),
    "2": Annex("annex-2", "clause (4)", None),
    "3": Annex("annex-3", "clauses (5) and (7)", "15%", then="25%"),
}


def facts(groups: Mapping[tuple[str, str], list[str]], curated: Set[str]) -> Iterator[Record]:
    """What holds of the codes of each annex and metal; a longer code that stands elsewhere is not meant by a shorter one."""
    act = us_curated.act(
        InstrumentKind.PROCLAMATION,
        SIGNED,
        "Strengthening Actions Taken To Adjust Imports of Aluminum, Steel, and Copper Into the United States",
        "https://www.whitehouse.gov/presidential-actions/2026/04/"
        "strengthening-actions-taken-to-adjust-imports-of-aluminum-steel-and-copper-into-the-united-states/",
        "11021",
    )
    yield act
    everything = {*curated, *(code for codes in groups.values() for code in codes)}
    for (annex, metal), codes in groups.items():
        others = everything if ANNEXES[annex].rate else everything - set(curated)
        for products in scopes(codes, others - set(codes)):
            yield from _annex(ANNEXES[annex], metal, products, act)


def _annex(annex: Annex, metal: str, products: ProductScope, act: Instrument) -> Iterator[Record]:
    if annex.rate is None:
        for subject in ("S232:steel", "S232:aluminium"):
            yield _rule(annex, products, act, StackingEffect.EXCLUDES, (subject, "*"))
        return
    programme = f"{metal}/{annex.name}"
    origins = OriginScope(exclude=(RUSSIA,)) if metal == "aluminium" else OriginScope()
    general = _measure(annex, programme, annex.rate, products, act)
    if annex.then:
        yield replace(general, origins=origins, valid_to=parse_partial(str(LATER)))
        then = _measure(annex, programme, annex.then, products, act)
        yield replace(then, origins=origins, effective=LATER, valid_from=parse_partial(str(LATER)))
        floor = _rule(annex, products, act, StackingEffect.FLOOR_TO, (f"S232:{programme}", "MFN"))
        yield replace(floor, valid_to=parse_partial(str(LATER)))
        return
    yield replace(general, origins=origins)
    if annex.uk and metal in TESTS:
        british = _measure(annex, f"{programme}/uk", annex.uk, products, act)
        yield replace(british, origins=OriginScope(include=(UK,)), tests=(TESTS[metal],))
        meet = f"S232:{programme}", f"S232:{programme}/uk"
        rule = _rule(annex, products, act, StackingEffect.REPLACES, meet)
        yield replace(rule, origins=OriginScope(include=(UK,)))


def _measure(annex: Annex, programme: str, rate: str, products: ProductScope, act: Instrument) -> TariffMeasure:
    return TariffMeasure(
        key=f"us/budget-lab/{programme}/{products.include[0]}/{rate}",
        importer=US,
        products=products,
        product_scope=f"goods of {annex.name}",
        authority="S232",
        programme=programme,
        duty=read_duty(rate),
        instrument=act.id,
        paragraph=annex.clause,
        effective=START,
        valid_from=parse_partial(str(START)),
        evidence=_evidence(annex),
    )


_SAYS = {
    StackingEffect.EXCLUDES: "Goods of annex II no longer pay the duty on metals.",
    StackingEffect.FLOOR_TO: "The duty on goods of annex III tops the general rate up to 15 percent.",
    StackingEffect.REPLACES: "Goods of the United Kingdom of its own metal pay its rate in place of the general one.",
}


def _rule(
    annex: Annex, products: ProductScope, act: Instrument, effect: StackingEffect, meet: tuple[str, str]
) -> StackingRule:
    """How two duties meet: the subject, and the object because of which it changes."""
    return StackingRule(
        key=f"us/budget-lab/{annex.name}/{products.include[0]}/{effect.lower()}/{meet[0]}",
        importer=US,
        effect=effect,
        subject=meet[0],
        object=meet[1],
        description=_SAYS[effect],
        products=products,
        instrument=act.id,
        paragraph=annex.clause,
        valid_from=parse_partial(str(START)),
        evidence=_evidence(annex),
    )


def _evidence(annex: Annex) -> tuple[Evidence, ...]:
    return listed(SOURCE, f"rows of {annex.name}", SIGNED)
