"""How often Python looks for rings of objects that nothing reaches any more."""

from __future__ import annotations

import gc

COLLECT_AFTER = 50_000
"""Objects made after which Python looks. An export makes no rings and an answer few; to look after every 700, as it does unasked, takes a
tenth of an export and a third of the profile of a whole schedule."""


def collect_seldom() -> None:
    """Look after many objects only, and never again at those that are there now: call it when all is set up."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 20, 20)
