"""kill -9 of the loader and of the database at random and at named moments, then the load again: the graph must be the same.

python -m benchmarks.kills --random 100 --named 20             exits with 1 where a trial ends in another graph
python -m benchmarks.kills --random 0 --named 4 --broken       a bad loader: exits with 1 where it is not caught
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle, islice, product
from pathlib import Path
from random import Random

from benchmarks import many_facts
from benchmarks.bench import Bench, Outcome, Trial
from benchmarks.moments import MOMENTS

VICTIMS = ("loader", "database")


def trials(random: int, named: int, seed: int) -> Iterator[Trial]:
    """What to try: every named moment for either victim in early and later transactions, and moments within the load."""
    yield from islice(
        cycle(Trial(victim, moment, number) for number, moment, victim in product((2, 3), MOMENTS, VICTIMS)), named
    )
    chance = Random(seed)
    yield from (Trial(victim, "random", chance.random()) for victim in islice(cycle(VICTIMS), random))


def broken_trials(number: int) -> Iterator[Trial]:
    """Moments at which the bad loader has written the nodes of a batch, believes it done, and has not written the rest."""
    yield from islice(cycle(Trial("loader", moment, 2) for moment in MOMENTS[:3]), number)


def killed(bench: Bench, trial: Trial) -> Outcome:
    """Try; what came too late, when all was loaded, is no kill and is tried again at half the time."""
    outcome = bench.attempt(trial)
    if outcome.hit or trial.moment != "random":
        return outcome
    print(f"    {outcome}", flush=True)
    return killed(bench, replace(trial, number=trial.number / 2))


def perform(bench: Bench, wanted: Iterator[Trial], minutes: float) -> tuple[int, int]:
    """Try until all is tried or the time is over; the numbers of trials and of those that ended in the same graph."""
    done = same = 0
    deadline = time.monotonic() + minutes * 60
    for trial in wanted:
        if time.monotonic() > deadline:
            print(f"stopped after {minutes:g} minutes", flush=True)
            break
        outcome = killed(bench, trial)
        done, same = done + 1, same + outcome.same
        print(f"{done:3} {outcome}", flush=True)
    return done, same


@contextmanager
def bench_of(rows: int, broken: bool) -> Iterator[Bench]:
    """A database in a folder of its own with the undisturbed load measured."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "facts.yaml"
        many_facts.write(file, rows)
        bench = Bench(Path(folder) / "home", file)
        try:
            bench.measure(broken)
            yield bench
        finally:
            bench.close()


def main() -> int:
    """Run, print a line a trial and a summary."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--random", type=int, default=100)
    parser.add_argument("--named", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=int, default=many_facts.ROWS)
    parser.add_argument("--minutes", type=float, default=600)
    parser.add_argument("--broken", action="store_true")
    given = parser.parse_args()
    wanted = broken_trials(given.named) if given.broken else trials(given.random, given.named, given.seed)
    with bench_of(given.rows, given.broken) as bench:
        print(f"undisturbed: {bench.checksum}, {bench.seconds:.1f} s of writing", flush=True)
        done, same = perform(bench, wanted, given.minutes)
    print(
        f"{same} of {done} ended as undisturbed" + (", by a loader that is broken on purpose" if given.broken else "")
    )
    return int(same == done) if given.broken else int(same < done)


if __name__ == "__main__":
    sys.exit(main())
