"""The two questions in time as Cypher.

Parameters of every statement: `$known` the day of knowledge, `$at` the day in the world or null, `$day` the day in the world
or, without one, today.
"""

from __future__ import annotations


def known(fact: str) -> str:
    """The fact was published by the day of knowledge, and nothing that superseded it was."""
    return (
        f"{fact}.known_from <= $known AND ({fact}.known_to IS NULL OR {fact}.known_to > $known) "
        f"AND {fact}.retracted_at IS NULL"
    )


def holds(fact: str) -> str:
    """Known, and where a day in the world is asked for, holding or possibly holding on it."""
    return f"{known(fact)} AND ($at IS NULL OR ({may_hold(fact, '$at')}))"


def may_hold(fact: str, day: str, last: str | None = None) -> str:
    """The fact holds on the day (or on one of the days up to `last`) or, by a partial date, may. Periods are half-open."""
    return (
        f"({fact}.valid_from_first IS NULL OR {fact}.valid_from_first <= {last or day}) "
        f"AND ({fact}.valid_to_last IS NULL OR {fact}.valid_to_last > {day})"
    )


def certainty(fact: str) -> str:
    """CERTAIN or POSSIBLE, as an expression."""
    return (
        f"CASE WHEN $at IS NOT NULL AND ({fact}.valid_from_last > $at OR {fact}.valid_to_first <= $at) "
        "THEN 'POSSIBLE' ELSE 'CERTAIN' END"
    )


def published(link: str, evidence: str, source: str) -> str:
    """The day on which a piece of evidence was published; of retrieval where its source has none.

    `link`: the relation from the fact, where the row of a register carries the day since which it was public.
    """
    return f"coalesce({link}.known, {evidence}.published, {source}.published, {source}.retrieved)"
