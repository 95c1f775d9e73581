"""The records of the data that ships, read once for all tests."""

from __future__ import annotations

from functools import cache

from loaders import curated
from schema.ontology import Record


@cache
def records() -> tuple[Record, ...]:
    """All of them."""
    return tuple(curated.load([curated.SHIPPED]))
