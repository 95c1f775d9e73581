"""Putting a restored data folder in the place of the old one, so that a kill at any point leaves one of the two."""

from __future__ import annotations

import shutil

from graph.embedded.home import Home


def swap(home: Home) -> None:
    """Take the data folder that was made in `home.staging`. The caller holds the store's lock."""
    # Whole from here on, which is what this name says.
    home.staging.replace(home.root / "restored")
    home.data.replace(home.root / "replaced")
    mend(home)


def mend(home: Home) -> None:
    """End what was cut off: between the two renames the store has no data folder, and the whole one stands ready."""
    whole, old = home.root / "restored", home.root / "replaced"
    if not home.data.exists() and old.exists():
        (whole / "data").replace(home.data)
    for left in (home.staging, whole, old):
        shutil.rmtree(left, ignore_errors=True)
