"""The server: uvicorn, with a watch on requests of which only a part is sent."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0
"""Within which the head of a request must have come; `Limits.seconds` holds for its body."""
IDLE_SECONDS = 20
"""How long a connection is kept for the next request: longer than a busy service may take to look at it."""
GRACE_SECONDS = 35
"""How long a stop waits for answers that are under way: a little longer than a question may take by default."""


def config(app: ASGIApp, head_seconds: float = HEAD_SECONDS) -> uvicorn.Config:
    """The settings of uvicorn. What it would log of requests, `api/http/journal.py` tells."""

    class Patient(Watched):
        seconds = head_seconds

    return uvicorn.Config(
        app,
        http=Patient,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


class Watched(H11Protocol):
    """Closes a connection on which the head of a request does not come to its end: uvicorn would wait for ever."""

    seconds = HEAD_SECONDS
    _watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """The first request is awaited from now on."""
        super().connection_made(transport)
        self._watch = self.loop.call_later(self.seconds, self.transport.close)

    def data_received(self, data: bytes) -> None:
        """Watch while the head of a request is incomplete; a body that nobody reads any more ends the connection."""
        super().data_received(data)
        self._look()
        if self.cycle is not None and self.cycle.response_complete and self.conn.their_state is h11.SEND_BODY:
            self.transport.close()

    def on_response_complete(self) -> None:
        """The next request may have begun to come before the answer to this one was sent."""
        super().on_response_complete()
        self._look()

    def _look(self) -> None:
        if self.conn.their_state is not h11.IDLE:
            self._rest()
        elif self._watch is None and self.conn.trailing_data[0]:
            self._watch = self.loop.call_later(self.seconds, self.transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing to watch any more."""
        self._rest()
        super().connection_lost(exc)

    def _rest(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
