"""The day of a release, where only the name of its file says it."""

from __future__ import annotations

import re
from datetime import date
from typing import IO

_FORMS = (
    re.compile(r"(?<![0-9])(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?![0-9])"),
    re.compile(r"(?<![0-9])(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?P<y>20[0-9]{2})(?![0-9])"),
)
"""2025-06-06, and 06062025 as the USITC writes it."""


def release_of(text: IO[str]) -> date | None:
    """The last day in the name of the file that is read; None where it has no name or no day."""
    name = str(getattr(text, "name", "")).rpartition("/")[2]
    for form in _FORMS:
        for match in reversed(list(form.finditer(name))):
            try:
                return date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                continue
    return None
