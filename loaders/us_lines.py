"""What a line of the US tariff schedule states, from whichever file it is read.

Three columns of duties: general (MFN), special (a preference for each programme, charged where it is claimed), and column 2 for
the goods of a few countries (general note 3(b)). One measure for each line and programme: a preference is claimed by its
programme, and a later release settles each rate by itself, as one measure for all programmes of a rate could not be.

Chapter 99 holds the duties in addition to those of chapters 1 to 97, and their exceptions. Its lines are products with their texts
as attributes, and no measures: which goods and origins they mean stands in words (notes and descriptions), and the acts
behind them are stated with their scopes and stacking rules from the acts themselves. As measures they would be charged twice.

A duty that is that of another line ("See 9822.04.45"), or cannot be read, is kept as an unreadable duty, never as 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from loaders.bad_row import BadRow
from loaders.hts_special import split_special
from loaders.us_line import Line, evidence_of, measure_of, row_of
from loaders.us_preferences import preferences
from loaders.us_programmes import COLUMN_2
from schema.base import Attribute, Fact, Source
from schema.tariffs import OriginScope

ADDITIONAL = "99"
"""The chapter whose lines are no measures."""


def facts_of(line: Line, source: Source) -> Iterator[Fact | BadRow]:
    """Everything that the line states, and a bad row for each code in its special column that cannot be used."""
    for column, text in line.footnotes:
        yield _attribute(line, source, f"footnote ({column})" if column else "footnote", text)
    if line.code.startswith(ADDITIONAL):
        texts = {
            "general rate of duty": line.general,
            "special rates of duty": line.special,
            "column 2 rate of duty": line.column_2,
        }
        yield from (_attribute(line, source, name, text) for name, text in texts.items() if text)
        return
    if line.general:
        yield measure_of(line, source, "MFN", line.general)
    if line.column_2:
        measure = measure_of(line, source, "COLUMN2", line.column_2)
        yield replace(measure, origins=OriginScope(include=(COLUMN_2,)))
    if rest := split_special(line.special)[1]:
        yield _attribute(line, source, "special rate of duty, for whom is not stated", rest)
    yield from preferences(line, source)


def _attribute(line: Line, source: Source, name: str, text: str) -> Attribute:
    return Attribute(
        about=line.product,
        name=name,
        value=text,
        valid_from=line.start,
        valid_to=line.end,
        row=row_of(replace(line, code=line.product.rpartition("/")[2]), source, name),
        evidence=evidence_of(line, source),
    )
