"""The words of duties that are read: units of quantity, and what of the goods a part of a duty is charged on.

Closed lists, each word with the form in which it is kept. A word that is not here leaves its duty unread. They are those of
the Harmonized Tariff Schedule of the United States, columns 1 and 2.
"""

from __future__ import annotations

_UNIT_WORDS = (
    "article", "bbl", "clean kg", "doz.", "each", "g", "gross", "head", "jewel", "jewel over 7", "kg", "lin. m",
    "line/gross", "liter", "m", "m2", "m3", "No.", "pack", "pf. liter", "pins", "pr.", "t", "thousand",
)  # fmt: skip
UNITS: dict[str, str] = {word: word for word in _UNIT_WORDS} | {
    "pf.liter": "pf. liter",
    "pf. Liter": "pf. liter",
    "line/ gross": "line/gross",
    "1000": "thousand",
    "1,000": "thousand",
}
"""The units that are read, each with the form in which it is kept. "line/gross": for each line of a button's size a gross."""

_OF_VALUE = (
    "the apparatus", "the battery", "the case", "the case and strap, band or bracelet", "the cost of such goods or repairs",
    "the cost of such parts", "the cost of such parts or materials", "the entire set", "the fair retail value", "the movement",
    "the movement and case", "the strap, band or bracelet", "the value of the lead content", "the value of the rifle",
    "the value of the telescopic sight, if any",
)  # fmt: skip
VALUE_BASES: dict[str, str] = {word: word for word in _OF_VALUE} | {
    "case and strap, band or bracelet": "the case and strap, band or bracelet"
}
"""What a percentage may be of, where it is not of the value of the goods."""

_OF_QUANTITY = (
    "anhydrous morphine content", "contents and container", "copper content", "drained weight", "entire contents of container",
    "ethyl alcohol content", "immediate containers", "lead content", "magnesium content", "manganese content",
    "molybdenum content", "recording surface", "silicon content", "total sugars", "tungsten content", "weight and container",
    "zinc content",
)  # fmt: skip
QUANTITY_BASES: dict[str, str] = {word: word for word in _OF_QUANTITY}
"""Whose quantity money may be charged on, where it is not that of the goods."""

INCLUDING = ", including weight of container"
"""How the schedule writes the basis "weight and container"."""
