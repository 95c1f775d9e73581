"""Who asks, and how much they may ask for in a minute."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.requests import Request

from api.http.keys import Key, KeyFileError, Ring
from api.http.refused import RefusedError

LOG = logging.getLogger("tradegraph.keys")
MINUTE = 60
HEADERS = ("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-used", "x-ratelimit-reset")
"""Named as those of GitHub; the last is the second, since 1970, at which the budget is whole again."""
CALLERS = 10_000
"""So many callers are remembered; those of minutes that are over are forgotten first."""


@dataclass(frozen=True)
class Caller:
    """A key by its name, or an address without one; `budget` in points a minute, None for no limit."""

    name: str
    budget: int | None


@dataclass
class Budgets:
    """What callers spent. `anonymous` is the budget of each address without a key; 0 answers nobody without one.

    A point is a value of an answer (`api/http/cost.py`). `share` is the part of a budget that this worker grants.
    """

    ring: Ring
    anonymous: int | None = None
    share: float = 1.0
    now: Callable[[], float] = time.time
    _spent: dict[str, tuple[int, int]] = field(default_factory=dict)

    def caller(self, request: Request) -> Caller:
        """Who asks. Raises RefusedError: 401 for a key that is none, and for no key where one is needed; 503 where keys cannot be read."""
        given = request.headers.get("authorization")
        if given is not None:
            scheme, _, text = given.partition(" ")
            key = self._found(text.strip()) if scheme.lower() == "bearer" else None
            if key is None:
                raise _unknown("this key is unknown or revoked")
            return Caller(f"key {key.name}", self._shared(key.budget))
        if self.anonymous == 0:
            raise _unknown("a key is needed: send it as `Authorization: Bearer …`")
        return Caller(request.client.host if request.client else "unknown", self._shared(self.anonymous))

    def spend(self, caller: Caller, points: int) -> dict[str, str]:
        """Take points from a budget; the headers that tell what is left. Raises RefusedError (429) where too little is."""
        if caller.budget is None:
            return {}
        minute = int(self.now() // MINUTE)
        began, spent = self._spent.get(caller.name, (minute, 0))
        spent = spent if began == minute else 0
        reset = (minute + 1) * MINUTE
        left = caller.budget - spent
        if points > left:
            wait = max(1, int(reset - self.now()) + 1)
            headers = {"retry-after": str(wait), **_headers(caller.budget, left, reset)}
            raise RefusedError(429, _too_much(points, caller.budget, left, wait), "RATE_LIMITED", headers)
        self._forget(minute)
        self._spent[caller.name] = (minute, spent + points)
        return _headers(caller.budget, left - points, reset)

    def _found(self, text: str) -> Key | None:
        try:
            return self.ring.find(text)
        except KeyFileError as error:
            LOG.error("%s", error)
            raise RefusedError(503, "keys cannot be read now: try again later", "UNAVAILABLE") from error

    def _shared(self, budget: int | None) -> int | None:
        return None if budget is None else max(1, int(budget * self.share))

    def _forget(self, minute: int) -> None:
        if len(self._spent) >= CALLERS:
            self._spent = {name: each for name, each in self._spent.items() if each[0] == minute}
        if len(self._spent) >= CALLERS:
            self._spent.pop(next(iter(self._spent)))


def _headers(budget: int, left: int, reset: int) -> dict[str, str]:
    left = max(0, left)
    return dict(zip(HEADERS, map(str, (budget, left, budget - left, reset)), strict=True))


def _too_much(points: int, budget: int, left: int, wait: int) -> str:
    if points > budget:
        return f"this costs {points} points, more than the {budget} that you have in a minute: ask for less"
    return f"this costs {points} points and {max(0, left)} are left of this minute: try again in {wait} s"


def _unknown(message: str) -> RefusedError:
    return RefusedError(401, message, "UNAUTHENTICATED", {"www-authenticate": 'Bearer realm="tradegraph"'})
