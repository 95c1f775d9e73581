"""What the Budget Lab's lists and dates say of a line, an origin and a day: which additional duties apply, and where stated at what rate.

Theirs, read by itself and not by our loaders. Rates by country stand in the schedule and not in these files: of them only that a
duty applies is compared (None). Lists that its parameters name and that are not among the files are left out with the lines that
only they decide.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

Charges = dict[str, Decimal | None]
"""By duty, in per cent of the value."""

STARTS = {
    "autos_passenger": date(2025, 4, 3),
    "autos_light_trucks": date(2025, 4, 3),
    "copper": date(2025, 8, 1),
    "softwood": date(2025, 10, 14),
    "wood_furniture": date(2025, 10, 14),
    "kitchen_cabinets": date(2025, 10, 14),
    "mhd_vehicles": date(2025, 11, 1),
    "buses": date(2025, 11, 1),
}
"""The legal days of policy_timing.md; wood: those of the schedule."""
METALS = date(2025, 3, 12)
RECIPROCAL = date(2025, 4, 5)
FENTANYL = {"CN": date(2025, 2, 4), "CA": date(2025, 3, 4), "MX": date(2025, 3, 4)}
CARVED_OUT = date(2025, 3, 7)
ORDERS = (
    ("9903.01.77", "brazil", "BR", date(2025, 8, 6)),
    ("9903.01.84", "russian-oil", "IN", date(2025, 8, 27)),
)
"""Orders on one country: the heading by which the tracker's list names it, our name, the country, the legal day."""
_REVIEW = {"9903.91.05": date(2025, 1, 1), "9903.91.11": date(2025, 1, 1)} | {
    f"9903.91.0{number}": date(2026, 1, 1) for number in (6, 7, 8)
}


@dataclass(frozen=True)
class Tracker:
    """The files of a folder."""

    folder: Path

    def charges(self, line: str, origin: str, day: date) -> Charges:
        """The additional duties on a line of eight digits from an origin (ISO 3166-1 alpha-2) on a day, none claimed away."""
        metals = dict(self._section_232(line, origin, day))
        return (
            metals | dict(self._section_301(line, origin, day)) | dict(self._emergency(line, origin, day, bool(metals)))
        )

    @cached_property
    def params(self) -> dict[str, Any]:
        """The parameters."""
        found: dict[str, Any] = yaml.safe_load((self.folder / "policy_params.yaml").read_text())
        return found

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a list, without the lines of remarks above its head."""
        with (self.folder / name).open(newline="") as file:
            return list(csv.DictReader(line for line in file if not line.startswith("#")))

    @cached_property
    def _lists_301(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in self.rows("s301_product_lists.csv"):
            found.setdefault(row["hts8"], []).append(row["ch99_code"])
        return found

    @cached_property
    def _derivatives(self) -> list[dict[str, str]]:
        return self.rows("s232_derivative_products.csv")

    @cached_property
    def _annexes(self) -> list[dict[str, str]]:
        return sorted(self.rows("s232_annex_products.csv"), key=lambda row: -len(row["hts_prefix"]))

    @cached_property
    def _exempt(self) -> dict[str, set[str]]:
        return {
            "reciprocal": {row["hts10"][:8] for row in self.rows("ieepa_exempt_products.csv")},
            "S122": {row["hts8"] for row in self.rows("s122_exempt_products.csv")},
        }

    @cached_property
    def _freed(self) -> dict[str, list[tuple[str, date]]]:
        found: dict[str, list[tuple[str, date]]] = {heading: [] for heading, *_ in ORDERS}
        for row in self.rows("country_eo_exempt_products.csv"):
            if row["ch99_code"] in found:
                start = date.fromisoformat(row["effective_date_start"])
                found[row["ch99_code"]].append((row["hts10"].replace(".", "")[:8], start))
        return found

    @cached_property
    def _carved_out(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {"CA": set(), "MX": set()}
        for row in self.rows("fentanyl_carveout_products.csv"):
            found[row["category"][-2:].upper()].add(row["hts8"])
        return found

    def _section_232(self, line: str, origin: str, day: date) -> Iterator[tuple[str, Decimal | None]]:
        for name, since in STARTS.items():
            heading = self.params["section_232_headings"][name]
            if (
                day >= since
                and line.startswith(tuple(heading["prefixes"]))
                and not (name == "copper" and self._annexed(day))
            ):
                yield "S232", None
        if self._annexed(day):
            named = next((row["annex"] for row in self._annexes if line.startswith(row["hts_prefix"])), None)
            core = self.params["section_232_annexes"]["annexes"]["annex_1a"]["chapters"]
            if named != "2" and (named or line.startswith(tuple(core))):
                yield "S232", None
        elif (self._metal_chapter(line) and (day >= METALS or origin not in self._spared)) or (
            day >= METALS and self._derivative(line, day)
        ):
            yield "S232", None

    @cached_property
    def _spared(self) -> set[str]:
        """Origins that paid nothing on steel and aluminium until 2025-03-12."""
        codes = {str(code): iso for iso, code in self.params["iso_to_census"].items()}
        spared: set[str] = set()
        for each in self.params["section_232_country_exemptions"]:
            if each["expiry_date"] == str(METALS):
                spared |= {"DE"} if each["countries"] == "eu" else {codes[code] for code in each["countries"]}
        return {"GB" if iso == "UK" else iso for iso in spared}

    def _annexed(self, day: date) -> bool:
        return day >= date.fromisoformat(self.params["section_232_annexes"]["effective_date"])

    def _metal_chapter(self, line: str) -> bool:
        return any(line.startswith(tuple(chapters)) for chapters in self.params["section_232_chapters"].values())

    def _derivative(self, line: str, day: date) -> bool:
        return any(
            line.startswith(row["hts_prefix"]) and date.fromisoformat(row["effective_date"] or str(METALS)) <= day
            for row in self._derivatives
        )

    def _section_301(self, line: str, origin: str, day: date) -> Iterator[tuple[str, Decimal | None]]:
        rates = {row["ch99_pattern"]: Decimal(str(row["s301_rate"])) for row in self.params["section_301_rates"]}
        live = [
            code for code in self._lists_301.get(line, ()) if code != "9903.88.16" and day >= _REVIEW.get(code, day)
        ]
        if origin == "CN" and live:
            yield "S301", self._review_replaces(live, rates) * 100

    @staticmethod
    def _review_replaces(codes: Iterable[str], rates: dict[str, Decimal]) -> Decimal:
        review = [code for code in codes if code.startswith("9903.91")]
        return max(rates[code] for code in review or codes)

    def _emergency(self, line: str, origin: str, day: date, metals: bool) -> Iterator[tuple[str, Decimal | None]]:
        over = self.params["ieepa_invalidation_policy_date"]
        if origin in FENTANYL and FENTANYL[origin] <= day < date.fromisoformat(over):
            carved = line in self._carved_out.get(origin, ()) and day >= CARVED_OUT
            if origin == "CN" or not metals:
                yield "fentanyl", Decimal(10) if carved else None
        free = metals or origin in ("CA", "MX") or line in self._exempt["reciprocal"]
        if RECIPROCAL <= day < date.fromisoformat(over) and not free:
            yield "reciprocal", None
        for heading, name, country, since in ORDERS:
            listed = any(line == code and start <= day for code, start in self._freed[heading])
            if origin == country and since <= day < date.fromisoformat(over) and not metals and not listed:
                yield name, None
        surcharge = self.params["section_122"]
        within = surcharge["effective_date"] <= day.isoformat() <= surcharge["expiry_date"]
        if within and not metals and line not in self._exempt["S122"]:
            yield "S122", Decimal(10)
