"""Our answers beside the Budget Lab's lists and dates: `python -m benchmarks.agreement`, on the graph of the home or of NEO4J_URI.

Load the data that ships, `usitc` and the lists first (docs/agreement.md). Every difference is counted with the act that decides it, as
`explained.yaml` says; with one that is not explained the exit code is 1.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from api.cli.database import connection, opened
from api.execute import execute
from api.settings import Settings, read_settings
from benchmarks.agreement.grid import DAYS, LINES, ORIGINS
from benchmarks.agreement.ours import Ask, charges
from benchmarks.agreement.tracker import Charges, Tracker
from graph.connection import Connection

LISTS = Path(__file__).parents[3] / "shared" / "data" / "budgetlab_tariff_tracker"
EXPLAINED = Path(__file__).with_name("explained.yaml")


@dataclass(frozen=True)
class Difference:
    """A duty that one has and the other has not, or has at another rate."""

    duty: str
    line: str
    origin: str
    day: str
    theirs: str
    ours: str


def differences(line: str, origin: str, day: str, theirs: Charges, ours: Charges) -> Iterator[Difference]:
    """What differs; a rate that the lists do not state agrees with any."""
    for duty in sorted(theirs.keys() | ours.keys()):
        mine, other = _text(ours, duty), _text(theirs, duty)
        same = (mine != "no" and other == "some") or mine == other
        if not same:
            yield Difference(duty, line, origin, day, other, mine)


def _text(charged: Charges, duty: str) -> str:
    if duty not in charged:
        return "no"
    rate = charged[duty]
    return "some" if rate is None else f"{rate.normalize():f}%"


def explanation(found: Difference, explained: list[dict[str, Any]]) -> str | None:
    """The act that decides, or why the two cannot agree; None where nobody has looked at it."""
    for each in explained:
        if (
            each["duty"] == found.duty
            and each.get("ours", found.ours) == found.ours
            and each.get("theirs", found.theirs) == found.theirs
            and found.line.startswith(tuple(each.get("lines", [""])))
            and found.origin in each.get("origins", ORIGINS)
            and str(each.get("from", "")) <= found.day < str(each.get("to", "9999"))
        ):
            return f"{each['decides']}: {each['why']}"
    return None


async def _compare(ask: Ask) -> list[Difference]:
    tracker = Tracker(LISTS)
    found: list[Difference] = []
    for number, line in enumerate(LINES, 1):
        print(f"{number} of {len(LINES)} lines", end="\r", file=sys.stderr, flush=True)
        for origin in ORIGINS:
            for day, ours in (await charges(ask, line, origin)).items():
                found += differences(line, origin, day, tracker.charges(line, origin, date.fromisoformat(day)), ours)
    return found


def _report(found: list[Difference]) -> int:
    """Print the differences by explanation; give how many have none."""
    explained = yaml.safe_load(EXPLAINED.read_text()) or []
    reasons = Counter(explanation(each, explained) for each in found)
    unexplained = [each for each in found if explanation(each, explained) is None]
    for reason, count in sorted((item for item in reasons.items() if item[0]), key=lambda item: -item[1]):
        print(f"{count:5} {reason}")
    groups: dict[tuple[str, str, str, str], list[Difference]] = {}
    for each in unexplained:
        groups.setdefault((each.duty, each.line, each.theirs, each.ours), []).append(each)
    for (duty, line, theirs, ours), cells in sorted(groups.items()):
        origins, days = sorted({each.origin for each in cells}), sorted({each.day for each in cells})
        print(
            f"{len(cells):5} not explained: {duty} on {line}: they {theirs}, we {ours}; {' '.join(origins)}; {' '.join(days)}"
        )
    asked = len(LINES) * len(ORIGINS) * len(DAYS)
    print(f"{asked} answers, {len(found)} differences in duties, {len(unexplained)} of them not explained")
    return len(unexplained)


async def _main(settings: Settings, where: Connection) -> int:
    async with opened(settings, where) as database:

        async def ask(document: str, variables: dict[str, Any]) -> dict[str, Any]:
            answer = await execute(database, document, variables)
            if "errors" in answer:
                raise SystemExit(f"{variables}: {answer['errors'][0]['message']}")
            data: dict[str, Any] = answer["data"]
            return data

        return _report(await _compare(ask))


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__).parse_args()
    stated = read_settings()
    with connection(stated) as found_there:
        sys.exit(int(asyncio.run(_main(stated, found_there)) > 0))
