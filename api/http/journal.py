"""The log: one JSON object a line, without what a log must not hold."""

from __future__ import annotations

import json
import logging
import sys
import time
from datetime import UTC, datetime

from starlette.types import ASGIApp, Receive, Scope, Send

from api.gql.errors import redacted
from api.http.sent import Sent

LOG = logging.getLogger("tradegraph.requests")


class JsonLines(logging.Formatter):
    """A record as JSON. Addresses and secrets in its text are redacted, whoever wrote it."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": redacted(record.getMessage()),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            told["exception"] = redacted(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)


def write_log(requests: bool) -> None:
    """Send the log to standard error; a line for every request only where `requests` says so."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name in ("tradegraph", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(logging.WARNING)
    LOG.setLevel(logging.INFO if requests else logging.WARNING)


def note(scope: Scope, **told: object) -> None:
    """What the line of this request shall say besides."""
    scope.setdefault("told", {}).update(told)


class Told:
    """Tells of every request: never its body, its address behind the question mark, or a header."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and tell of it."""
        if scope["type"] != "http" or not LOG.isEnabledFor(logging.INFO):
            await self.app(scope, receive, send)
            return
        began, sent = time.perf_counter(), Sent(send)
        try:
            await self.app(scope, receive, sent)
        finally:
            told = {
                "method": scope["method"],
                "path": scope["path"],
                "status": sent.status,
                "milliseconds": round((time.perf_counter() - began) * 1000, 1),
                **scope.get("told", {}),
            }
            LOG.info("request", extra={"told": told})
