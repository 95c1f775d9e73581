"""What a duty text is, where it is not simply a duty that is read: which unread texts are unread on purpose.

For counting and for reports; what is charged never rests on it.
"""

from __future__ import annotations

import re
from enum import StrEnum

from schema.duty_grammar import read_duty


class DutyText(StrEnum):
    """READ: a duty, read exactly. BLANK: no text. REFERENCE: the duty is that of another line, as it stands ("See
    9822.04.45", "The rate applicable to …"). CHANGED: that of another line, with something added or taken off, or charged on
    another value. NO_DUTY: it says that none is charged, or speaks of something else (a quantity). UNREAD: it states a duty of its
    own that cannot be read."""

    READ = "READ"
    BLANK = "BLANK"
    REFERENCE = "REFERENCE"
    CHANGED = "CHANGED"
    NO_DUTY = "NO_DUTY"
    UNREAD = "UNREAD"


_OTHERS = r"the (?:duty|rates?)(?: rates?| of duty)?,? "
"""The beginning of a phrase that means the duty of another line."""
_FORMS: tuple[tuple[re.Pattern[str], DutyText], ...] = (
    (re.compile(r"no additional duty|suspended|the quantity specified in .*", re.I), DutyText.NO_DUTY),
    (re.compile(rf"{_OTHERS}.*(?: \+ | minus | on the cost of ).*", re.I), DutyText.CHANGED),
    (re.compile(r"a duty (?:upon the|equal to|\(in lieu of).*", re.I), DutyText.CHANGED),
    (re.compile(rf"(?:see |{_OTHERS}).*|no change", re.I), DutyText.REFERENCE),
)


def classify(text: str) -> DutyText:
    """What the text is. Of what is not read, what is not certainly of another class is UNREAD."""
    words = " ".join(text.split())
    if not words:
        return DutyText.BLANK
    if read_duty(words).readable:
        return DutyText.READ
    return next((class_ for form, class_ in _FORMS if form.fullmatch(words)), DutyText.UNREAD)
