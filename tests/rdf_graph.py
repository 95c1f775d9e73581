"""A small graph with all that is awkward in RDF: what its kinds can say, in words and dates that formats stumble over."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from schema.base import Attribute, Condition, Evidence, Modality, Organisation, Redistribution, Source, SourceKind
from schema.dates import PartialDate, parse_partial
from schema.duty import Duty, DutyBound, DutyComponent, DutyComponentKind
from schema.duty_grammar import read_duty
from schema.identity import about_key
from schema.ontology import Record
from schema.parties import Country, Group, Membership
from schema.people import Person, Post, Tenure
from schema.talks import Discussion, Meeting, MeetingKind, MeetingRecord, MeetingStatus, Participation, Position, Topic
from schema.tariffs import (
    Amendment,
    Instrument,
    InstrumentKind,
    OriginScope,
    Product,
    ProductScope,
    Suspension,
    TariffMeasure,
)

AWKWARD = 'tab\tquote" back\\slash\nnewline\r\nreturn \x07bell \x00nul \ud7ff \ufffe <b>&amp;'
SCRIPTS = "赤沢亮正 · Рёсэй Акадзава · ريوسي · 🇯🇵"


def source(name: str, terms: Redistribution = Redistribution.ALL, day: str = "2025-06-01", **more: object) -> Source:
    """A source with these terms."""
    return Source(
        id=f"source/{name}",
        name=f"Source {name}",
        kind=SourceKind.ACT,
        redistribution=terms,
        published=date.fromisoformat(day),
        **more,  # type: ignore[arg-type]
    )


def said(name: str, **more: object) -> tuple[Evidence, ...]:
    """Evidence of one source."""
    return (Evidence(source=f"source/{name}", **more),)  # type: ignore[arg-type]


def records() -> list[Record]:
    """All of them; their sources let everything out."""
    return [*_sources(), *_entities(), *_talks(), *_people(), *_duties()]


def _sources() -> list[Record]:
    return [
        source(
            "act", url="https://example.org/a b/<act>?x=é", publisher="organisation/office", version="1", licence="CC0"
        ),
        source("paper", day="2025-07-01", url="not an address"),
        source("wire", day="2025-06-30", retrieved=date(2025, 7, 2), gap="Its annex."),
        Organisation(id="organisation/office", name="Office", party="country/japan"),
    ]


def _entities() -> list[Record]:
    return [
        Country(id="country/japan", name="Japan", code="JP", iso2="JP", iso3="JPN", numeric="392"),
        Country(id="country/united-states", name="United States", code="US", iso3="USA"),
        Group(id="group/g7", name="G7", code="G7", alternative_names=(AWKWARD, SCRIPTS)),
        Person(id="person/ryosei-akazawa", name=SCRIPTS, alternative_names=("Akazawa",)),
        Post(id="post/minister", name="Minister", organisation="organisation/office", party="country/japan"),
        Topic(id="topic/rice", name="rice"),
        Meeting(id="meeting/washington/6", name="Sixth round"),
        Product(id="product/hts2025/8703", name="Cars", nomenclature="HTS2025", code="8703"),
        Product(
            id="product/hts2025/870323",
            name="Of 1500 cc",
            nomenclature="HTS2025",
            code="870323",
            parent="product/hts2025/8703",
        ),
        Instrument(
            id="instrument/us/1",
            name="Act 1",
            kind=InstrumentKind.PROCLAMATION,
            issuer="country/united-states",
            promulgated=date(2025, 3, 26),
            number="1",
        ),
        Instrument(id="instrument/us/2", name="Act 2", kind=InstrumentKind.EXECUTIVE_ORDER),
    ]


def _people() -> list[Record]:
    return [
        Membership(member="country/japan", group="group/g7", valid_from=parse_partial("1975"), evidence=said("act")),
        Tenure(
            person="person/ryosei-akazawa",
            post="post/minister",
            valid_from=parse_partial("2024-10"),
            evidence=(*said("act"), *said("wire")),
        ),
        Tenure(
            person="person/ryosei-akazawa",
            post="post/minister",
            valid_to=PartialDate(date(2026, 1, 2), date(2027, 1, 1), "2026"),
            acting=True,
            modality=Modality.CONDITIONAL,
            conditions=(
                Condition(
                    description="He is asked.",
                    happens=True,
                    deadline=date(2026, 3, 1),
                    about="topic/rice",
                    evidence=said("wire", locator="p. 2"),
                ),
            ),
            evidence=said(
                "paper",
                chain=("source/wire", "source/act"),
                claimed_by="person/ryosei-akazawa",
                quote=AWKWARD,
                published=date(2025, 6, 29),
            ),
        ),
        Attribute(about="country/japan", name="iso2", value="JA", evidence=said("paper", locator="note é")),
    ]


def _talks() -> list[Record]:
    return [
        MeetingRecord(
            meeting="meeting/washington/6",
            kind=MeetingKind.ROUND,
            status=MeetingStatus.HELD,
            start=parse_partial("2025-06-13"),
            end=parse_partial("2025-06"),
            duration=timedelta(hours=1, minutes=10),
            place=SCRIPTS,
            ordinal=6,
            evidence=said("wire"),
        ),
        Participation(
            meeting="meeting/washington/6",
            person="person/ryosei-akazawa",
            on_behalf_of="country/japan",
            evidence=said("wire"),
        ),
        Discussion(meeting="meeting/washington/6", topic="topic/rice", evidence=said("wire")),
        Position(party="country/japan", topic="topic/rice", statement=AWKWARD, evidence=said("wire")),
        Position(
            party="country/japan",
            topic="topic/rice",
            statement="Rice is not for sale.",
            modality=Modality.DEMANDED,
            evidence=said("wire"),
        ),
    ]


def _duties() -> list[Record]:
    cars = ProductScope(include=("8703",), exclude=("87039001",))
    plain = TariffMeasure(
        key="cars/25",
        importer="country/united-states",
        authority="S232",
        product_scope="Cars",
        duty=read_duty("25%"),
        products=cars,
        origins=OriginScope(exclude=("group/g7",)),
        valid_from=parse_partial("2025-04-03"),
        valid_to=parse_partial("2025-09-16"),
        instrument="instrument/us/1",
        tests=("melted=GB", "in_quota=true"),
        evidence=said("act", locator="(1)"),
    )
    odd = Duty(
        "as it says",
        (
            DutyComponent(DutyComponentKind.SPECIFIC, Decimal("4.40"), currency="USD", per=Decimal("100"), unit="kg"),
            DutyComponent(
                DutyComponentKind.AD_VALOREM, Decimal("0.1"), bound=DutyBound.MINIMUM, group=1, basis="the case"
            ),
        ),
    )
    later = TariffMeasure(
        importer="country/united-states",
        authority="S232",
        product_scope="Cars",
        duty=odd,
        products=cars,
        origins=OriginScope(exclude=("group/g7",)),
        valid_from=parse_partial("2025-09-16"),
        supersedes=("cars/25", "not/loaded"),
        evidence=said("paper"),
    )
    unread = TariffMeasure(
        importer="country/united-states",
        authority="MFN",
        product_scope="All",
        duty=Duty("see note 3", readable=False),
        evidence=said("act"),
    )
    stopped = Suspension(
        measure=about_key(plain),
        instrument="instrument/us/2",
        valid_to=parse_partial("2025-08-01"),
        evidence=said("act"),
    )
    amended = Amendment(instrument="instrument/us/2", amends="instrument/us/1", evidence=said("act"))
    return [plain, later, unread, stopped, amended]
