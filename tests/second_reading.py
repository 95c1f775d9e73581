"""The second reading of the annual database: its columns of numbers, against what was read from its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from loaders.hts_special import split_special
from schema.duty import Duty, DutyComponentKind
from schema.duty_grammar import read_duty

SEE_TEXT = frozenset({"9999.99", "9999.999999", "10000"})
"""What the columns hold where the numbers do not say it."""
PROGRAMMES = {
    "australia": "AU", "bahrain": "BH", "cbi": "E", "cbtpa": "R", "chile": "CL", "colombia": "CO", "dr_cafta": "P",
    "dr_cafta_plus": "P+", "japan": "JP", "jordan": "JO", "korea": "KR", "morocco": "MA", "oman": "OM", "panama": "PA",
    "peru": "PE", "singapore": "SG", "usmca": "S",
}  # fmt: skip
"""The programmes that have columns of numbers, as the columns name them."""
Numbers = tuple[Decimal, tuple[Decimal, ...]]
"""Share of the value, and amounts of money in rising order."""


@dataclass(frozen=True)
class Compared:
    """One duty of one line as it was read twice; None: that reading says nothing."""

    code: str
    column: str
    words: str
    text: Numbers | None
    numbers: Numbers | None

    @property
    def outcome(self) -> str:
        """agree, differ, or which of the two readings says nothing."""
        if self.text is None or self.numbers is None:
            return "neither" if self.text == self.numbers else "only words" if self.numbers is None else "only numbers"
        return "agree" if self.text == self.numbers else "differ"


def compared(row: Mapping[str, str]) -> Iterator[Compared]:
    """Every duty of a row: general, column 2, and those of the programmes that have columns of their own."""
    parts, _ = split_special(row["col1_special_text"])
    special = {code: part.duty for part in parts for code in part.codes}
    texts = {"mfn": row["mfn_text_rate"], "col2": row["col2_text_rate"]}
    texts |= {name: special[code] for name, code in PROGRAMMES.items() if code in special}
    for column, words in texts.items():
        yield Compared(row["hts8"], column, words, _of_duty(read_duty(words)), _of_columns(row, column))


def _of_duty(duty: Duty) -> Numbers | None:
    if not duty.readable:
        return None
    parts = duty.components
    money = sorted(each.amount for each in parts if each.kind is DutyComponentKind.SPECIFIC and each.amount)
    value = sum((each.amount for each in parts if each.kind is DutyComponentKind.AD_VALOREM), Decimal(0))
    return value / 100, tuple(money)


def _of_columns(row: Mapping[str, str], column: str) -> Numbers | None:
    cells = [row.get(f"{column}_{name}_rate", "") for name in ("ad_val", "specific", "other")]
    if not any(cells) or SEE_TEXT.intersection(cells):
        return None
    value, *money = (Decimal(cell or 0) for cell in cells)
    return value, tuple(sorted(each for each in money if each))
