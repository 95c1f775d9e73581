"""What the service counts, in the text format of Prometheus."""

from __future__ import annotations

import json
import os
import time
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.sent import Sent

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper bounds of the histogram, in seconds."""
PLACES = frozenset(
    {"", "graphql", "schema.graphql", "health", "metrics", "id", "doc", "def", "dumps", "assets", "icon.svg"}
)
EVERY = 1.0
"""Seconds between two writings of a worker's counts for the others."""


@dataclass
class Metrics:
    """The counts of this process; with `folder`, each of several workers writes its own there and reads those of the others."""

    folder: Path | None = None
    requests: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    points: int = 0
    running: int = 0
    _written: float = 0.0

    def count(self, method: str, path: str, status: int, seconds: float, points: int) -> None:
        """One request is over."""
        place = path.split("/")[1] if path.split("/")[1] in PLACES else "other"
        self.requests[f'path="/{place}",method="{method}",status="{status}"'] += 1
        self.seconds[f"{place} {bisect_left(BOUNDS, seconds)}"] += 1
        self.seconds[f"{place} sum"] += seconds  # type: ignore[assignment]
        self.points += points
        if self.folder is not None and time.monotonic() - self._written > EVERY:
            self._write(self.folder)

    def text(self, ready: bool) -> str:
        """All of it, those of other workers added."""
        requests, seconds, points = Counter(self.requests), Counter(self.seconds), self.points
        for other in self._others():
            requests.update(other["requests"])
            seconds.update(other["seconds"])
            points += other["points"]
        process = psutil.Process()
        lines = [
            *_family("tradegraph_requests_total", "counter", "Requests answered."),
            *(f"tradegraph_requests_total{{{labels}}} {number}" for labels, number in sorted(requests.items())),
            *_family("tradegraph_request_seconds", "histogram", "How long answers took."),
            *_histogram(seconds),
            *_value("tradegraph_points_total", "counter", "Points that questions cost.", points),
            *_value("tradegraph_requests_running", "gauge", "Requests under way in this worker.", self.running),
            *_value("tradegraph_ready", "gauge", "1 where the data is loaded and the database answers.", int(ready)),
            *_value("process_resident_memory_bytes", "gauge", "Memory of this worker.", process.memory_info().rss),
            *_value(
                "process_cpu_seconds_total", "counter", "Processor time of this worker.", sum(process.cpu_times()[:2])
            ),
            *_value("process_start_time_seconds", "gauge", "When this worker started.", process.create_time()),
        ]
        if hasattr(process, "num_fds"):
            lines += _value(
                "process_open_fds", "gauge", "Open files and connections of this worker.", process.num_fds()
            )
        return "\n".join(lines) + "\n"

    def _write(self, folder: Path) -> None:
        self._written = time.monotonic()
        folder.mkdir(parents=True, exist_ok=True)
        told = {"requests": self.requests, "seconds": self.seconds, "points": self.points}
        beside = folder / f"{os.getpid()}.new"
        beside.write_text(json.dumps(told))
        beside.replace(folder / f"{os.getpid()}.json")

    def _others(self) -> list[dict[str, Any]]:
        files = self.folder.glob("*.json") if self.folder else ()
        return [json.loads(file.read_text()) for file in files if file.stem != str(os.getpid())]


class Counted:
    """Counts every request."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and count."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, sent = time.perf_counter(), Sent(send)
        self.metrics.running += 1
        try:
            await self.app(scope, receive, sent)
        finally:
            self.metrics.running -= 1
            method = scope["method"] if scope["method"] in ("GET", "POST", "HEAD", "OPTIONS") else "other"
            points = scope.get("told", {}).get("cost", 0)
            self.metrics.count(method, scope["path"], sent.status, time.perf_counter() - began, points)


def _family(name: str, kind: str, help_: str) -> tuple[str, str]:
    return f"# HELP {name} {help_}", f"# TYPE {name} {kind}"


def _value(name: str, kind: str, help_: str, value: float) -> tuple[str, ...]:
    return (*_family(name, kind, help_), f"{name} {value}")


def _histogram(seconds: Counter[str]) -> list[str]:
    lines = []
    for place in sorted({key.split(" ")[0] for key in seconds}):
        total = 0
        for at, bound in enumerate((*map(str, BOUNDS), "+Inf")):
            total += seconds[f"{place} {at}"]
            lines.append(f'tradegraph_request_seconds_bucket{{path="/{place}",le="{bound}"}} {total}')
        lines.append(f'tradegraph_request_seconds_sum{{path="/{place}"}} {seconds[f"{place} sum"]}')
        lines.append(f'tradegraph_request_seconds_count{{path="/{place}"}} {total}')
    return lines
