"""Which format a client gets: by the ending of the address, else by what it accepts."""

from __future__ import annotations

from graph.rdf.formats import FORMATS

HTML = "html"
_ORDER = ("ttl", HTML, "jsonld", "nq", "trig", "nt", "rdf")
"""Of formats that a client likes equally the first."""


def media_of(suffix: str) -> str:
    """The media type of a format."""
    return "text/html" if suffix == HTML else FORMATS[suffix].media[0]


def chosen(accept: str) -> str | None:
    """The ending of the format that fits `Accept` best; None where none does."""
    ranges = [_range(part) for part in (accept or "*/*").split(",") if part.strip()]
    best = max(_ORDER, key=lambda suffix: (_liking(suffix, ranges), -_ORDER.index(suffix)))
    return best if _liking(best, ranges) > 0 else None


def split(path: str) -> tuple[str, str | None]:
    """The id and the ending of an address; ids hold points themselves, so that only endings of formats count."""
    head, point, tail = path.rpartition(".")
    return (head, tail) if point and tail in _ORDER else (path, None)


def _range(part: str) -> tuple[str, float]:
    media, *parameters = (each.strip().lower() for each in part.split(";"))
    quality = next((each[2:] for each in parameters if each.startswith("q=")), "1")
    try:
        return media, min(max(float(quality), 0.0), 1.0)
    except ValueError:
        return media, 0.0


def _liking(suffix: str, ranges: list[tuple[str, float]]) -> float:
    """The quality that the most precise range gives."""
    medias = ("text/html", "application/xhtml+xml") if suffix == HTML else FORMATS[suffix].media
    found = [
        (len(media.split("*")[0]), quality) for media, quality in ranges if any(_fits(each, media) for each in medias)
    ]
    return max(found)[1] if found else 0.0


def _fits(media: str, range_: str) -> bool:
    return range_ in (media, "*/*", media.partition("/")[0] + "/*")
