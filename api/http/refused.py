"""Why a request is not answered, told as GraphQL tells errors."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from starlette.responses import Response


class RefusedError(Exception):
    """The request is refused with this HTTP status; the message says what to send instead and may be shown to anybody."""

    def __init__(
        self, status: int, message: str, code: str = "BAD_REQUEST", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = dict(headers or {})

    def response(self, media: str) -> Response:
        """The answer in a media type of GraphQL."""
        error = {"message": str(self), "extensions": {"code": self.code}}
        return answer(media, self.status, {"errors": [error]}, self.headers)


def answer(media: str, status: int, body: Mapping[str, Any] | Sequence[Any], headers: Mapping[str, str]) -> Response:
    """A response of GraphQL: UTF-8, and never kept in the cache of others unless a header says so."""
    text = _written(body)
    given = {"content-type": f"{media}; charset=utf-8", "cache-control": "no-store", "vary": "Accept", **headers}
    return Response(text, status, given)


def _written(body: Mapping[str, Any] | Sequence[Any]) -> bytes:
    """As JSON. orjson refuses half a surrogate pair and numbers of more than 64 bits, which a refusal may quote."""
    try:
        return orjson.dumps(body)
    except TypeError:
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
