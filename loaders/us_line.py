"""A line of the US tariff schedule, from whichever file it is read."""

from __future__ import annotations

from dataclasses import dataclass

from schema.base import Evidence, Source
from schema.dates import PartialDate
from schema.duty_grammar import read_duty
from schema.tariffs import ProductScope, TariffMeasure

US = "country/us"


@dataclass(frozen=True)
class Line:
    """A line: where it stands in the file, its texts, and from when to before when it holds.

    `product`: the id of its product; `code`: the code that carries the duty; `special_column`: the name of that column in the file.
    `excluded`: beneficiaries of the GSP whose goods of this line are not. `footnotes`: column and text.
    """

    number: int
    product: str
    code: str
    name: str
    general: str
    special: str
    column_2: str
    start: PartialDate
    end: PartialDate | None = None
    excluded: tuple[str, ...] = ()
    footnotes: tuple[tuple[str, str], ...] = ()
    special_column: str = "special"


def measure_of(line: Line, source: Source, authority: str, text: str, column: str | None = None) -> TariffMeasure:
    """The duty that `text` states, on goods of all origins, for the period of the line. `column`: the row of the register."""
    return TariffMeasure(
        importer=US,
        authority=authority,
        duty=read_duty(text),
        product_scope=line.name,
        products=ProductScope(include=(line.code,)),
        valid_from=line.start,
        valid_to=line.end,
        row=row_of(line, source, column or authority.lower()),
        evidence=evidence_of(line, source),
    )


def row_of(line: Line, source: Source, column: str) -> str:
    """A line that ends is a row of its own: a code stands there once for each period, and only one period is open."""
    period = f"@{line.start}" if line.end else ""
    return f"{source.dataset}#{line.code}{period}/{column}"


def evidence_of(line: Line, source: Source) -> tuple[Evidence, ...]:
    """Where the line stands: one piece of evidence for all that it states."""
    return (Evidence(source=source.id, locator=f"row {line.code} of {line.start}"),)


def edition(source: Source) -> str:
    """The edition of the nomenclature, "HTS2025": a schedule is made anew each year."""
    return f"HTS{(source.version or '')[:4]}"


def product_of(source: Source, code: str) -> str:
    """The id of the product with a code of the release's edition."""
    return f"product/{edition(source).lower()}/{code}"
