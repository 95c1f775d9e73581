"""A client that takes little of the processor: HTTP/1.1 over a socket that is kept, requests made beforehand."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any

JSON = "application/json"


class Client:
    """One connection, one request at a time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> bytes:
        """The body of the answer. Raises RuntimeError for any status but 200. A connection on which nothing was asked for long may be gone."""
        kept = self._streams is not None
        try:
            return await self._asked(request)
        except (asyncio.IncompleteReadError, ConnectionError):
            if not kept:
                raise
            self.close()
            return await self._asked(request)

    async def _asked(self, request: bytes) -> bytes:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 24)
        reader, writer = self._streams
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.partition("content-length:")[2].partition("\r\n")[0])
        body = await reader.readexactly(length)
        if " 200 " not in head.partition("\r\n")[0]:
            raise RuntimeError(f"{head}{body[:500]!r}")
        return body

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def request_of(document: str, variables: Mapping[str, Any]) -> bytes:
    """The bytes of a question by POST."""
    body = json.dumps({"query": document, "variables": variables}).encode()
    head = f"POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: {JSON}\r\naccept: {JSON}\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def busy(port: int, requests: list[bytes], clients: int, seconds: float) -> float:
    """Answers a second to so many clients that ask one after the other, each its own share of the requests in turn."""
    until = time.monotonic() + seconds
    answered = 0

    async def one(number: int) -> None:
        nonlocal answered
        client, turn = Client(port), number
        while time.monotonic() < until:
            await client.ask(requests[turn % len(requests)])
            answered += 1
            turn += clients
        client.close()

    began = time.monotonic()
    await asyncio.gather(*(one(number) for number in range(clients)))
    return answered / (time.monotonic() - began)
