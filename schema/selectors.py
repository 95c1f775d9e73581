"""What the subject and the object of a stacking rule name."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from schema.stacking_inputs import Measure

ANY = "*"
CLAIM = "claim:"
SHARES = ("content:", "rest:")


def selects(selector: str, measure: Measure, acts: Mapping[str, Collection[str]]) -> bool:
    """Whether a selector of a rule names the measure.

    "*" names any; an act's id names its measures in all their versions (`acts`: the acts of each about-key); otherwise an
    authority, alone or with a programme or the beginning of its path: "S232", "IEEPA:reciprocal".
    """
    if selector == ANY:
        return True
    if "/" in selector and ":" not in selector:
        return selector in acts[measure.about]
    authority, _, path = selector.partition(":")
    if authority != measure.authority:
        return False
    programme = measure.programme or ""
    return not path or programme == path or programme.startswith(f"{path}/")
