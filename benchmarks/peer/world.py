"""The graph on which both are asked: measures, people who met, agreements, in the form in which our loaders write them.

Everything follows from the numbers of things: the same numbers make the same graph.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from benchmarks.synthetic import Sheet, imported
from graph.migrations import MIGRATIONS, version

COUNTRIES, CODES, INSTRUMENTS, PERSONS, MEETINGS, TOPICS, AGREEMENTS = 200, 5_000, 600, 20_000, 5_000, 100, 600
SEATS, SUBJECTS, SIGNATORIES = 6, 3, 6
"""Of each meeting, and of each agreement."""
DUTY = (
    '{{"text": "{0}%", "readable": true, "components": [{{"kind": "AD_VALOREM", "amount": "{0}", "bound": null, '
    '"group": 0, "basis": null, "currency": null, "per": null, "unit": null}}]}}'
)
NO_CODE = "000000"
"""The importer leaves out lists that are empty, which ours never are."""
SEEN = "2026-01-01T00:00:00.000+00:00"
ENTITY = ("id:ID", "name", "alternative_names:string[]")
FACT = (
    *("id:ID", "about", "modality", "standing:string[]", "known_from", "recorded_at", "first_recorded_at"),
    *("valid_from", "valid_from_first", "valid_from_last"),
)
MEASURE = (*FACT, *("importer", "authority", "duty", "duty_value", "duty_ad_valorem", "product_scope"))
RECORD = (*FACT, *("kind", "status", "start", "start_first", "start_last", "place"))

Pairs = Iterable[tuple[object, ...]]


def _entity(kind: str, number: int, *more: object) -> tuple[object, ...]:
    return (f"{kind}/{number}", f"{kind} {number}", "", *more)


def _fact(kind: str, number: int, *more: object) -> tuple[object, ...]:
    day = f"20{10 + number % 15}-0{1 + number % 9}-1{number % 10}"
    return (
        *(f"{kind}/{number}", f"about-{kind}-{number}", "ASSERTED", f"{day} 2 {day}", day, SEEN, SEEN, day, day, day),
        *more,
    )


def _measure(i: int) -> tuple[object, ...]:
    rate = i * 7 % 90
    duty = (DUTY.format(rate), f"{rate}%", rate)
    return _fact("tariff-measure", i, f"country/{importer(i)}", "MFN", *duty, "one line")


def importer(measure: int) -> int:
    """The importer of a measure; every product is imported by all of them."""
    return (measure + measure // CODES) % COUNTRIES


def _record(i: int) -> tuple[object, ...]:
    day = f"202{i % 6}-0{1 + i % 9}-1{i % 10}"
    return _fact("meeting-record", i, "MINISTERIAL", "HELD", day, day, day, f"place {i % 300}")


def make(home: Path, measures: int) -> float:
    """Fill a new store, unless it is there already. The seconds that Neo4j's importer took."""
    seats, subjects, signed = MEETINGS * SEATS, MEETINGS * SUBJECTS, AGREEMENTS * SIGNATORIES
    nodes: dict[str, Sheet] = {
        "Store": (("id:ID", "version:int"), (("store", version(MIGRATIONS)),)),
        "Country:Party:Entity": (
            (*ENTITY, "code", "iso2"),
            (_entity("country", i, f"Q{i}", f"Q{i}") for i in range(COUNTRIES)),
        ),
        "Instrument:Entity": (ENTITY, (_entity("instrument", i) for i in range(INSTRUMENTS))),
        "Person:Entity": (ENTITY, (_entity("person", i) for i in range(PERSONS))),
        "Topic:Entity": (ENTITY, (_entity("topic", i) for i in range(TOPICS))),
        "Meeting:Entity": (ENTITY, (_entity("meeting", i) for i in range(MEETINGS))),
        "Agreement:Entity": (
            (*ENTITY, "kind"),
            (_entity("agreement", i, "free trade agreement") for i in range(AGREEMENTS)),
        ),
        "ProductCode": (("id:ID",), ((str(100_000 + i),) for i in range(CODES))),
        "ProductScope": (
            ("id:ID", "include:string[]", "exclude:string[]"),
            ((f"product-scope/{i}", 100_000 + i, NO_CODE) for i in range(CODES)),
        ),
        "OriginScope": (
            ("id:ID", "include:string[]", "exclude:string[]"),
            (("origin-scope/all", "country/0", "country/0"),),
        ),
        "MeetingRecord:Fact": (RECORD, map(_record, range(MEETINGS))),
        "Participation:Fact": (FACT, (_fact("participation", i) for i in range(seats))),
        "Discussion:Fact": (FACT, (_fact("discussion", i) for i in range(subjects))),
        "AgreementEvent:Fact": ((*FACT, "stage"), (_fact("agreement-event", i, "SIGNED") for i in range(signed))),
        "TariffMeasure:Fact": (MEASURE, map(_measure, range(measures))),
    }
    ends: dict[str, Pairs] = {
        "IN_SCOPE": ((100_000 + i, f"product-scope/{i}") for i in range(CODES)),
        "MEETING/record": ((f"meeting-record/{i}", f"meeting/{i}") for i in range(MEETINGS)),
        "MEETING/seat": ((f"participation/{i}", f"meeting/{i // SEATS}") for i in range(seats)),
        "PERSON": ((f"participation/{i}", f"person/{i * 7919 % PERSONS}") for i in range(seats)),
        "MEETING/subject": ((f"discussion/{i}", f"meeting/{i // SUBJECTS}") for i in range(subjects)),
        "TOPIC": ((f"discussion/{i}", f"topic/{i * 31 % TOPICS}") for i in range(subjects)),
        "AGREEMENT": ((f"agreement-event/{i}", f"agreement/{i // SIGNATORIES}") for i in range(signed)),
        "PARTY": ((f"agreement-event/{i}", f"country/{i * 37 % COUNTRIES}") for i in range(signed)),
        "PRODUCTS": ((f"tariff-measure/{i}", f"product-scope/{i % CODES}") for i in range(measures)),
        "ORIGINS": ((f"tariff-measure/{i}", "origin-scope/all") for i in range(measures)),
        "IMPORTER": ((f"tariff-measure/{i}", f"country/{importer(i)}") for i in range(measures)),
        "INSTRUMENT": ((f"tariff-measure/{i}", f"instrument/{i * 13 % INSTRUMENTS}") for i in range(measures)),
    }
    return imported(home, nodes, ends)
