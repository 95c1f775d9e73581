"""What other vocabularies ask for beside the fields of a kind: periods, schemes, matches, observations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from pyoxigraph import NamedNode

from graph.rdf.fields import Fields
from graph.rdf.values import Terms, Triple, day, partial
from schema.base import Fact
from schema.parties import Country
from schema.slugs import slug
from schema.tariffs import Product, TariffMeasure

EU_COUNTRIES = "http://publications.europa.eu/resource/authority/country/"
"""The EU's table of countries, by ISO 3166-1 alpha-3."""


def beyond(kind: type, subject: NamedNode, values: list[Any], fields: Fields, terms: Terms) -> Iterator[Triple]:
    """The further triples of one node."""
    if issubclass(kind, Fact) and kind.during:
        start, end = (values[fields.place[name]] for name in ("valid_from", "valid_to"))
        yield from _period(subject, terms.term(kind.during), start, end, terms)
    if kind is Country and (iso3 := values[fields.place["iso3"]]):
        yield subject, terms.term("skos:exactMatch"), NamedNode(EU_COUNTRIES + iso3)
    if kind is Product:
        scheme = terms.thing(f"nomenclature/{slug(values[fields.place['nomenclature']])}")
        yield subject, terms.term("skos:inScheme"), scheme
    if kind is TariffMeasure and (rate := values[fields.place["duty_ad_valorem"]]) is not None:
        yield subject, terms.term("rdf:type"), terms.term("qb:Observation")
        yield subject, terms.term("qb:dataSet"), terms.term("tg:AdValoremDuties")
        yield subject, terms.term("sdmx-measure:obsValue"), terms.decimal(rate)


def direct(kind: type, subject: NamedNode, links: list[list[str]], fields: Fields, terms: Terms) -> Iterator[Triple]:
    """What a fact comes to between two things."""
    if not issubclass(kind, Fact) or kind.direct is None:
        return
    ends = [
        [subject] if name == "self" else [terms.thing(each) for each in links[fields.link[name]]]
        for name in (kind.direct[0], kind.direct[2])
    ]
    for one in ends[0]:
        for other in ends[1]:
            yield one, terms.term(kind.direct[1]), other


def _period(
    subject: NamedNode, during: NamedNode, start: str | None, end: str | None, terms: Terms
) -> Iterator[Triple]:
    """A dcterms:PeriodOfTime: DCAT's end is its last day, ours the first day after it."""
    node = NamedNode(f"{subject.value}#period")
    yield subject, during, node
    yield node, terms.term("rdf:type"), terms.term("dcterms:PeriodOfTime")
    if start is not None:
        yield node, terms.term("dcat:startDate"), partial(start)
    if end is not None:
        yield node, terms.term("tg:endsBefore"), partial(end)
        if len(end) == len("2025-07-09"):
            last = date.fromisoformat(end) - timedelta(days=1)
            yield node, terms.term("dcat:endDate"), day(last.isoformat())
