"""How long something lasted, read from its ISO 8601 text; `schema.identity.iso_duration` writes it."""

from __future__ import annotations

import re
from datetime import timedelta

_FORM = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


def parse_duration(text: str) -> timedelta:
    """Read PT1H10M or P1D. Raises ValueError for anything else."""
    try:
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(text)
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is no duration: write PT1H10M") from error
