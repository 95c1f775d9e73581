"""The id and the name of an act of the President.

By kind and number where the number is known: instrument/us/eo-14266, instrument/us/proc-10962. Else by kind, day of signature and title:
instrument/us/proc-2025-08-28-labor-day-2025. Curated acts come first, whatever their ids (loaders/us_act_names.py).
"""

from __future__ import annotations

from datetime import date

from loaders.us_document import title_key
from schema.tariffs import InstrumentKind

_FORMS = {
    InstrumentKind.EXECUTIVE_ORDER: ("eo", "Executive Order"),
    InstrumentKind.PROCLAMATION: ("proc", "Proclamation"),
    InstrumentKind.MEMORANDUM: ("memorandum", "Memorandum"),
}


def instrument_id(kind: InstrumentKind, number: str | None, day: date | None, title: str | None) -> str:
    """The id of an act that no curated source has the address of."""
    return f"instrument/us/{_FORMS[kind][0]}-{number or f'{day}-{title_key(title or str())}'}"


def called(kind: InstrumentKind, number: str | None, day: date | None) -> str:
    """What an act is called before its title: "Executive Order 14266", "Proclamation of 2025-08-28"."""
    return f"{_FORMS[kind][1]} {number or f'of {day}'}"
