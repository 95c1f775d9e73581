"""What the measures of the US schedule refer to: its publisher and release, agreements, groups of beneficiaries, column 2."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from loaders.us_programmes import COLUMN_2
from schema.agreements import Agreement
from schema.base import Evidence, Organisation, Source
from schema.dates import parse_partial
from schema.ontology import Record
from schema.parties import Country, Group, Membership

_COLUMN_2_SINCE = {"cu": "1962", "kp": "1951", "by": "2022-04-09", "ru": "2022-04-09"}
_TREATIES = {
    "cafta-dr": "Dominican Republic–Central America–United States Free Trade Agreement",
    "korus": "United States–Korea Free Trade Agreement",
    "us-jp-2019": "United States–Japan Trade Agreement of 2019",
    "usmca": "United States–Mexico–Canada Agreement",
} | {
    path: f"United States–{name} trade agreement"
    for path, name in {
        "us-au-2005": "Australia", "us-bh-2006": "Bahrain", "us-cl-2004": "Chile", "us-co-2012": "Colombia",
        "us-il-1985": "Israel", "us-jo-2001": "Jordan", "us-ma-2006": "Morocco", "us-om-2009": "Oman",
        "us-pa-2012": "Panama", "us-pe-2009": "Peru", "us-sg-2004": "Singapore",
    }.items()
}  # fmt: skip
_GROUPS = {
    "us-agoa": "Beneficiary countries of the African Growth and Opportunity Act",
    "us-atpa": "Beneficiary countries of the Andean Trade Preference Act",
    "us-cbera": "Beneficiary countries of the Caribbean Basin Economic Recovery Act",
    "us-cbtpa": "Beneficiary countries of the Caribbean Basin Trade Partnership Act",
    "us-column-2": "Countries whose goods pay the rates of column 2 in the United States",
    "us-gsp": "Beneficiary countries of the US Generalized System of Preferences",
    "us-gsp-least-developed": "Least-developed beneficiary countries of the US Generalized System of Preferences",
}


def declared(source: Source) -> Iterator[Record]:
    """The release, and what the measures of the schedule refer to."""
    yield Organisation(
        id="organisation/us/usitc", name="United States International Trade Commission", party="country/us"
    )
    yield source
    yield Country(id="country/np", name="Nepal", code="NP", iso2="NP", iso3="NPL", numeric="524")
    for slug, name in _GROUPS.items():
        yield Group(id=f"group/{slug}", name=name, code=slug.upper())
    for slug, name in _TREATIES.items():
        yield Agreement(id=f"agreement/{slug}", name=name, kind="free trade agreement")
    yield from _column_2(source)


def _column_2(source: Source) -> Iterator[Membership]:
    """The countries whose goods pay column 2, and since when."""
    for iso, since in _COLUMN_2_SINCE.items():
        evidence = Evidence(source=source.id, locator="general note 3(b)", published=_first_public(since))
        start = parse_partial(since)
        yield Membership(member=f"country/{iso}", group=COLUMN_2, valid_from=start, evidence=(evidence,))


def _first_public(since: str) -> date:
    """The day after a year at the latest, the day itself where it is stated."""
    last = parse_partial(since).last
    return last if len(since) > len("2022") else date(last.year + 1, 1, 1)
