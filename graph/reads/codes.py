"""Product codes as clients write them."""

from __future__ import annotations

from graph.reads.problem import QuestionError

LENGTHS = range(2, 11)
"""Digits that a product code may have."""


def digits(code: str) -> str:
    """A product code without its dots. Raises QuestionError where it is none."""
    plain = code.replace(".", "").strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) in LENGTHS):
        raise QuestionError(f"product: {code!r} is no code: write 2 to 10 digits, with or without dots")
    return plain
