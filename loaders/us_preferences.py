"""The special rates of a line of the US schedule: a measure for each programme that it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from loaders.bad_row import BadRow
from loaders.hts_special import split_special
from loaders.us_line import Line, measure_of
from loaders.us_programmes import PROGRAMMES, Programme
from schema.base import Modality, Source
from schema.dates import PartialDate, parse_partial
from schema.tariffs import OriginScope, TariffMeasure


def preferences(line: Line, source: Source) -> Iterator[TariffMeasure | BadRow]:
    """The rates of all programmes. A code that is not known, or stands at two rates, is a bad row; the others are kept."""
    parts, _ = split_special(line.special)
    seen: dict[str, str] = {}
    for part in parts:
        for code in part.codes:
            if code not in PROGRAMMES or seen.get(code, part.duty) != part.duty:
                reason = "stands at two rates of the line" if code in seen else "no programme that is known"
                yield BadRow(line.number, line.special_column, code, f"{line.code}: {reason}")
            elif code not in seen:
                seen[code] = part.duty
                yield _preference(line, source, part.duty, code)


def _preference(line: Line, source: Source, duty: str, code: str) -> TariffMeasure:
    programme = PROGRAMMES[code]
    start = max(line.start, parse_partial(programme.since.isoformat()))
    end, lapsed = _end(line, programme, start)
    excluded = tuple(f"country/{iso.lower()}" for iso in line.excluded) if code == "A*" else ()
    return replace(
        measure_of(line, source, "PREFERENCE", duty, f"special/{code}"),
        programme=programme.path,
        agreement=programme.agreement,
        origins=OriginScope(include=programme.origins.include, exclude=(*programme.origins.exclude, *excluded)),
        valid_from=start,
        valid_to=end,
        tests=programme.tests,
        modality=Modality.POSSIBLE if lapsed else Modality.ASSERTED,
        gap="the programme had lapsed when this line began" if lapsed else programme.gap,
    )


def _end(line: Line, programme: Programme, start: PartialDate) -> tuple[PartialDate | None, bool]:
    """When the rate ends, and whether the programme had lapsed before it began: it may then come back, and is not in force."""
    if programme.until is None:
        return line.end, False
    until = parse_partial(programme.until.isoformat())
    return (line.end, True) if until <= start else (min(until, line.end or until), False)
