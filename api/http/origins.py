"""Pages of other sites: they may ask only where the settings name their origin."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

from api.http.refused import RefusedError


def at_home(request: Request, allowed: tuple[str, ...]) -> None:
    """Raises RefusedError (403) for a request that a page of an origin sent which is neither ours nor named.

    Programs send no Origin; browsers cannot forge one.
    """
    origin = request.headers.get("origin")
    if origin is None or origin in allowed or request.headers.get("sec-fetch-site") == "same-origin":
        return
    try:
        foreign = urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower()
    except ValueError:
        foreign = True
    if foreign:
        raise RefusedError(403, "pages of this origin may not ask here: see TRADEGRAPH_CORS_ORIGINS", "FORBIDDEN")
