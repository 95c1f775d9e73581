"""A few of the trials of `benchmarks.kills`: killed at any point and run again, a load ends as if undisturbed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.bench import Bench, Trial
from benchmarks.kills import bench_of, broken_trials, trials

FEW = 300
"""Rows of the file; the whole runs have more."""


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with bench_of(FEW, broken=False) as made:
        yield made


TRIALS = [
    Trial("loader", "commit-sent", 1),
    Trial("database", "commit-sent", 1),
    *trials(random=2, named=0, seed=7),
]


@pytest.mark.parametrize("trial", TRIALS, ids=str)
def test_a_killed_load_is_run_again(bench: Bench, trial: Trial) -> None:
    outcome = bench.attempt(trial)
    assert outcome.same, str(outcome)
    assert trial.moment == "random" or outcome.hit, "nothing was killed"


def test_a_loader_that_is_broken_on_purpose_is_caught(bench: Bench) -> None:
    """The last test here: the bench loads badly from now on."""
    bench.measure(broken=True)
    [trial] = broken_trials(1)
    outcome = bench.attempt(trial)
    assert outcome.hit
    assert not outcome.same


def test_the_whole_run_is_120_trials() -> None:
    named = [trial for trial in trials(100, 20, 1) if trial.moment != "random"]
    assert (len(list(trials(100, 20, 1))), len(set(named))) == (120, 20)
