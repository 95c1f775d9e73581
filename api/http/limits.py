"""How much one request may ask for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Sizes are counted after fragments are put in their places.

    `body` in bytes; `seconds` within which a body must have come; `tokens` of the document, long strings counting for more;
    `repeats` are pairs of fields with one key in one place, which validation compares, `unknowns` fields for which it looks for others
    that are like them; `values` and `text` (characters) bound what variables carry; `cost` is the number of values that an answer may
    have (`api/http/cost.py`).
    """

    body: int = 64 * 1024
    seconds: float = 10.0
    nesting: int = 32
    tokens: int = 2000
    depth: int = 15
    fields: int = 800
    aliases: int = 100
    directives: int = 50
    fragments: int = 50
    operations: int = 10
    variables: int = 100
    repeats: int = 5000
    unknowns: int = 20
    values: int = 500
    text: int = 2000
    cost: int = 2_000_000
