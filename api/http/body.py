"""The body of a request: read up to a limit, and only then looked at."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

from starlette.requests import ClientDisconnect, Request

from api.http.limits import Limits
from api.http.refused import RefusedError

_TEXTS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
_BRACKETS = re.compile(rb"[][{}]")
NO_OBJECT = "send a JSON object with `query`"


async def read(request: Request, limits: Limits) -> bytes:
    """The whole body. Raises RefusedError: 413 above the limit, by its announced length before a byte is read; 408 where it does not come."""
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and len(announced) < 20 and int(announced) > limits.body:
        raise _too_long(limits)
    found = bytearray()
    try:
        async with asyncio.timeout(limits.seconds):
            async for chunk in request.stream():
                found += chunk
                if len(found) > limits.body:
                    raise _too_long(limits)
    except TimeoutError as error:
        raise RefusedError(
            408, f"the body did not come within {limits.seconds:g} s", headers={"connection": "close"}
        ) from error
    except ClientDisconnect as error:
        raise RefusedError(400, "the body was cut off") from error
    return bytes(found)


def decoded(body: bytes, limits: Limits) -> dict[str, Any]:
    """The JSON object in a body. Raises RefusedError (400) for anything else, and for texts that are no Unicode."""
    if _nested_beyond(body, limits.nesting):
        raise RefusedError(400, f"the JSON is nested deeper than {limits.nesting}")
    try:
        found = json.loads(body.decode("utf-8"), parse_constant=_no_number)
        if b"\\u" in body:
            json.dumps(found, ensure_ascii=False).encode("utf-8")  # half a surrogate pair is no text
    except UnicodeError as error:
        raise RefusedError(400, "the body is not UTF-8, or a text in it is no Unicode") from error
    except (ValueError, RecursionError) as error:
        raise RefusedError(400, f"the body is no JSON: {NO_OBJECT}") from error
    if isinstance(found, list):
        raise RefusedError(400, "send one request at a time: lists of requests are not answered")
    if not isinstance(found, dict):
        raise RefusedError(400, NO_OBJECT)
    return found


def _nested_beyond(body: bytes, most: int) -> bool:
    depth = 0
    for bracket in _BRACKETS.finditer(_TEXTS.sub(b"", body)):
        depth += 1 if bracket[0] in b"[{" else -1
        if depth > most:
            return True
    return False


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number in JSON")


def _too_long(limits: Limits) -> RefusedError:
    return RefusedError(413, f"a request has at most {limits.body} bytes", "TOO_LARGE", {"connection": "close"})
