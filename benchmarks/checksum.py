"""The checksum of a synthetic graph of so many facts: `python -m benchmarks.checksum FACTS`.

The graph is made once in FOLDER by Neo4j's importer and used again; the checksum runs twice and must agree.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import time
from pathlib import Path

import psutil

from api.cli.database import driver_of
from benchmarks import synthetic
from graph.checksum import Sums, checksum
from graph.connection import Connection
from graph.embedded.progress import progress_on
from graph.embedded.server import running, status


async def _measure(where: Connection) -> Sums:
    async with driver_of(where) as driver:
        return await checksum(driver, where.database, progress_on())


def main() -> None:
    """Make the graph, read it twice, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/tradegraph-synthetic"))
    given = parser.parse_args()
    home = given.folder / str(given.facts)
    synthetic.make(home, given.facts)
    found = set()
    with running(home, progress_on()) as where:
        server = psutil.Process(live.pid) if (live := status(home)) else None
        assert server is not None
        for _ in range(2):
            began, ours, theirs = time.monotonic(), time.process_time(), sum(server.cpu_times()[:2])
            sums = asyncio.run(_measure(where))
            found.add(sums.checksum)
            print(
                f"{given.facts} facts, {sums.nodes} nodes, {sums.relations} relations: "
                f"{time.monotonic() - began:.1f} s, CPU {time.process_time() - ours:.1f} s here and "
                f"{sum(server.cpu_times()[:2]) - theirs:.1f} s in Neo4j, "
                f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB here, {sums.checksum}"
            )
    assert len(found) == 1


if __name__ == "__main__":
    main()
