"""Media types of GraphQL over HTTP: what clients may send, and which they get."""

from __future__ import annotations

from api.http.refused import RefusedError

JSON = "application/json"
RESPONSE = "application/graphql-response+json"
OFFERED = (JSON, RESPONSE)
"""The first is for clients that take anything."""


def answered_as(accept: str) -> str:
    """The media type that a client prefers. Raises RefusedError (406) where it takes none of ours."""
    if not accept.strip():
        return JSON
    weights = dict(_ranges(accept))
    best = max(OFFERED, key=lambda each: _weight(each, weights))
    if _weight(best, weights) <= 0:
        raise RefusedError(406, f"answers come as {' or '.join(OFFERED)}: name one of them in Accept", "NOT_ACCEPTABLE")
    return best


def sent_as_json(content_type: str, encoding: str) -> None:
    """Raises RefusedError (415) for a body that is not JSON in UTF-8, without compression."""
    kind, *parameters = (each.strip().lower() for each in content_type.split(";"))
    charset = next((each.partition("=")[2].strip('"') for each in parameters if each.startswith("charset")), "utf-8")
    if kind != JSON or charset not in ("utf-8", "utf8") or encoding.strip().lower() not in ("", "identity"):
        raise RefusedError(415, f"send {JSON} in UTF-8, not compressed", "UNSUPPORTED_MEDIA_TYPE")


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for each in accept.split(","):
        kind, *parameters = (part.strip().lower() for part in each.split(";"))
        quality = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        found.append((kind, float(quality) if quality.replace(".", "", 1).isdecimal() and quality.isascii() else 0.0))
    return found


def _weight(media: str, weights: dict[str, float]) -> float:
    """What is named comes before what a star covers; of two that are liked alike, the first that is offered."""
    for kind in (media, "application/*", "*/*"):
        if kind in weights:
            return weights[kind] + (0.0001 if kind == media and weights[kind] else 0)
    return 0.0
