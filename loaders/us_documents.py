"""The documents of the White House: Markdown with YAML front matter, a file each, best loaded as a whole folder.

Every document is a source, under its own address. One that is a legal act (a proclamation, executive order or memorandum) is also an
`Instrument`, with its sections and the acts that it changes; fact sheets, briefings and statements are sources only. Uploads of
one text are one act with several sources (loaders/us_act_names.py). What an act says of duties is stated in curated files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import IO
from urllib.parse import urlsplit

from loaders import us_curated
from loaders.bad_row import BadRow
from loaders.us_act import SECTION, Named, kind_of, named, signed
from loaders.us_act_id import called, instrument_id
from loaders.us_act_names import Acts, acts_among, completed
from loaders.us_amendments import changes
from loaders.us_document import Document, read_document, title_key
from loaders.us_sections import Provision, headings, provisions
from schema.base import Attribute, Evidence, Redistribution, Source, SourceKind
from schema.dates import parse_partial
from schema.ontology import Record
from schema.tariffs import Amendment, Instrument, InstrumentKind

US = "country/us"
GAP = (
    "read for kind, day, number, sections and amendments of the act; its duties are those that curated files state, and "
    "annexes are not in the text"
)

Read = Callable[[IO[str]], Iterator[Record | BadRow]]


def among(texts: Iterable[IO[str]]) -> Read:
    """How to read each of several documents that are loaded together: one may state the number of another, or be its copy."""
    documents = (read_document(text) for text in texts)
    return partial(read, acts=acts_among(each for each in documents if isinstance(each, Document)))


def read(text: IO[str], acts: Acts | None = None) -> Iterator[Record | BadRow]:
    """Yield a document as a source, and what it states of itself if it is an act. Without `acts` it is read by itself."""
    document = read_document(text)
    if isinstance(document, BadRow):
        yield document
        return
    yield us_curated.publisher()
    kind = kind_of(document) if document.section == SECTION else None
    source = _source(document, kind)
    yield source
    if kind:
        yield from _act(document, kind, source, acts or acts_among([document]))
    elif document.section == SECTION:
        yield BadRow(1, "title", document.title, "neither an order, a proclamation nor a memorandum by its own words")


def _source(document: Document, kind: InstrumentKind | None) -> Source:
    """The curated source at the address, or one named by the address: every upload is kept."""
    if shipped := us_curated.by_address().get(document.url):
        return shipped
    path = urlsplit(document.url).path.strip("/").lower()
    return Source(
        id=f"source/us/white-house/{path}",
        name=f"{called(kind, None, signed(document))}, {document.title}" if kind else document.title,
        kind=SourceKind.ACT if kind else SourceKind.OFFICIAL,
        publisher=us_curated.WHITE_HOUSE,
        redistribution=Redistribution.ALL,
        licence="US Government work",
        published=document.day,
        url=document.url,
        gap=GAP if kind else None,
    )


def _act(document: Document, kind: InstrumentKind, source: Source, acts: Acts) -> Iterator[Record | BadRow]:
    instrument = _instrument(document, kind, acts)
    yield instrument
    parts = list(provisions(document.lines))
    day = instrument.promulgated or signed(document)
    for anchor, heading in headings(parts):
        yield Attribute(
            about=instrument.id,
            name=anchor,
            value=heading,
            valid_from=parse_partial(str(day)),
            evidence=(Evidence(source=source.id, locator=anchor),),
        )
    yield from _amendments(document, parts, instrument, source, acts)


def _instrument(document: Document, kind: InstrumentKind, acts: Acts) -> Instrument:
    original = acts.originals[document.url]
    day = signed(document)
    title = original.title
    number = acts.number(kind, day, title)
    id_ = instrument_id(kind, number, day, title)
    cited = kind, day, title_key(title)
    if (
        shipped := us_curated.act_at(original.url)
        or us_curated.instruments().get(id_)
        or us_curated.titled().get(cited)
    ):
        return _also(shipped, document.title)
    return _also(_made(id_, kind, number, day, title), document.title)


def _also(instrument: Instrument, title: str) -> Instrument:
    """The act with another title that an upload gives it; the name that it is shown by stays."""
    if instrument.name.endswith(f", {title}"):
        return instrument
    names = tuple(sorted({*instrument.alternative_names, title}))
    return Instrument(**{**vars(instrument), "alternative_names": names})


def _made(id_: str, kind: InstrumentKind, number: str | None, day: date | None, title: str | None) -> Instrument:
    first = called(kind, number, day)
    name = f"{first}, {title}" if title else f"{first} of {day}" if number and day else first
    return Instrument(id=id_, name=name, kind=kind, number=number, issuer=US, promulgated=day)


def _amendments(
    document: Document, parts: list[Provision], instrument: Instrument, source: Source, acts: Acts
) -> Iterator[Record | BadRow]:
    """The acts that it changes; those that curated files state are left to them, for they say more of them."""
    others = set(named(document.words))
    anchors = defaultdict[Instrument, dict[str, None]](dict)
    for change in changes(parts):
        amended = _named(change.act, acts, others)
        if amended is None:
            yield BadRow(1, "amends", str(change.act.day), f"which act {change.anchor} changes is not clear")
        elif amended.id != instrument.id and not us_curated.amends(instrument.id, amended.id):
            anchors[amended][change.anchor] = None
    for amended, places in anchors.items():
        yield amended
        yield Amendment(
            instrument=instrument.id,
            amends=amended.id,
            valid_from=parse_partial(str(instrument.promulgated or document.day)),
            evidence=tuple(Evidence(source=source.id, locator=place) for place in places),
        )


def _named(act: Named, acts: Acts, others: set[Named]) -> Instrument | None:
    if not (full := completed(act, acts, others)):
        return None
    id_ = instrument_id(full.kind, full.number, full.day, full.title)
    return us_curated.instruments().get(id_) or _made(id_, full.kind, full.number, full.day, full.title)
