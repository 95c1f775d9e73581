"""Hostile requests at a service that runs: `python -m benchmarks.hostile http://127.0.0.1:8000 [--requests 10000]`.

Ordinary questions are asked alone, then beside 10,000 requests of more than 50 kinds that nobody means well, from four clients. Says for
each kind the statuses and the slowest answer, and how ordinary ones fared. Exits with 1 where one was answered with 5xx.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.test_arguments import hostile_questions
from tests.test_limits import BODIES, DOCUMENTS, SENT

Request = dict[str, Any]
CLIENTS = 4
JSON = {"content-type": "application/json"}
NORMAL = (
    '{ party(code: "JP") { name agreements { name } } }',
    '{ tariff(importer: "US", origin: "JP", product: "8703.23.01", at: "2025-07-10") { adValorem components { duty { text } } } }',
    "{ meetings(first: 20) { nodes { label start participations { person { name } } } } }",
    '{ search(text: "Akazawa") { nodes { name } } }',
)


@dataclass
class Seen:
    """What became of the requests of one kind."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)


def kinds() -> dict[str, list[Request]]:
    """Requests by kind."""
    found: dict[str, list[Request]] = {}
    for name, body in BODIES.items():
        found[f"body: {name}"] = [{"content": body, "headers": JSON}]
    for name, document in DOCUMENTS.items():
        found[f"document: {name}"] = [{"json": {"query": document}}]
    for method, headers, status in SENT:
        sent = {"method": method, "content": b'{"query": "{ __typename }"}', "headers": headers}
        found[f"{method} {headers} {status}"] = [sent]
    for name, asked in _by_field().items():
        found[f"argument: {name}"] = [{"json": {"query": each, "variables": given}} for each, given in asked]
    found["address: a long one"] = [{"method": "GET", "params": {"query": "{ a" * 5000}}]
    found["address: no JSON"] = [{"method": "GET", "params": {"query": "{ __typename }", "variables": "["}}]
    found["the largest pages"] = [
        {"json": {"query": "{ tariffMeasures(first: 1000) { nodes { label duty { text } evidence { locator } } } }"}}
    ]
    found["the schema"] = [{"json": {"query": "{ __schema { types { name fields { name } } } }"}}]
    return found


def _differing(variants: list[Request], n: int) -> Request:
    """The next of a kind, unlike the one before, so that nothing is answered from memory."""
    request = variants[n % len(variants)]
    if "json" not in request:
        return request
    return {**request, "json": {**request["json"], "query": f"{request['json']['query']} # {n}"}}


def _by_field() -> dict[str, list[tuple[str, dict[str, Any]]]]:
    found = defaultdict(list)
    for document, variables in hostile_questions():
        found[document.split("{", 1)[1].split("(")[0].strip()].append((document, variables))
    return dict(found)


async def timed(client: httpx.AsyncClient, request: Request) -> tuple[int, float]:
    """The status of an answer and the seconds until it was whole; 0 where the connection was closed."""
    began = time.perf_counter()
    try:
        response = await client.request(
            request.get("method", "POST"), "/graphql", **{k: v for k, v in request.items() if k != "method"}
        )
        status = response.status_code
    except httpx.TransportError:
        status = 0
    return status, time.perf_counter() - began


async def ordinary(client: httpx.AsyncClient, enough: Callable[[int], bool]) -> list[float]:
    """Seconds of ordinary questions, one after another."""
    found: list[float] = []
    for n in itertools.count():
        if enough(n):
            return found
        status, seconds = await timed(client, {"json": {"query": NORMAL[n % len(NORMAL)]}})
        assert status == 200, status
        found.append(seconds)
    raise AssertionError


async def run(base: str, requests: int) -> dict[str, Any]:
    """All of it, measured."""
    hostile = kinds()
    order: Iterator[tuple[int, str]] = iter(
        [(n, name) for n, name in zip(range(requests), itertools.cycle(hostile), strict=False)]
    )
    seen: dict[str, Seen] = defaultdict(Seen)
    async with httpx.AsyncClient(base_url=base, timeout=120) as client:
        await ordinary(client, lambda n: n >= 40)
        alone = await ordinary(client, lambda n: n >= 400)

        async def attack() -> None:
            for n, name in order:
                status, seconds = await timed(client, _differing(hostile[name], n))
                seen[name].statuses[status] += 1
                seen[name].seconds.append(seconds)

        attacks = [asyncio.create_task(attack()) for _ in range(CLIENTS)]
        beside = await ordinary(client, lambda _: all(each.done() for each in attacks))
        await asyncio.gather(*attacks)
    return {"alone": _summary(alone), "beside": _summary(beside), "kinds": dict(seen)}


def _summary(seconds: list[float]) -> dict[str, float]:
    return {
        "requests": len(seconds),
        "median_ms": round(statistics.median(seconds) * 1000, 1),
        "p99_ms": round(sorted(seconds)[int(len(seconds) * 0.99)] * 1000, 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("base")
    parser.add_argument("--requests", type=int, default=10_000)
    given = parser.parse_args()
    found = asyncio.run(run(given.base, given.requests))
    for name, seen in sorted(found["kinds"].items(), key=lambda each: -max(each[1].seconds)):
        print(
            f"{max(seen.seconds) * 1000:8.1f} ms  {statistics.median(seen.seconds) * 1000:7.1f} ms  {dict(seen.statuses)}  {name[:90]}"
        )
    statuses: Counter[int] = sum((seen.statuses for seen in found["kinds"].values()), Counter())
    faults = sum(number for status, number in statuses.items() if status >= 500)
    print(
        json.dumps(
            {
                "kinds": len(found["kinds"]),
                "statuses": statuses,
                "5xx": faults,
                "alone": found["alone"],
                "beside": found["beside"],
            }
        )
    )
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
