"""A curated file of a few thousand facts, made so that every batch depends on others: for trials of the loader."""

from __future__ import annotations

from pathlib import Path

PEOPLE, ROWS = 150, 1500
HEAD = """\
Source:
  - {id: source/test/old, name: Old roll, kind: DATASET, published: 2025-01-01, redistribution: ALL, dataset: test/roll}
  - {id: source/test/new, name: New roll, kind: DATASET, published: 2025-06-01, redistribution: ALL, dataset: test/roll}
  - {id: source/test/paper, name: Paper, kind: PRESS, published: 2025-03-01, redistribution: FACTS}
"""


def write(path: Path, rows: int = ROWS) -> None:
    """Write it: people who hold posts by an old roll, which a later one restates in part; a paper contradicts it.

    What supersedes comes before what it supersedes, a register has rows that changed and vanished, and conditions and evidence
    are shared: whoever does a batch by halves, or skips one, leaves other known days and other relations.
    """
    parts = [HEAD, "Person:\n", *_people(), "Post:\n", *_posts(rows), "Tenure:\n"]
    parts += _tenures("new", range(0, rows, 3), "2024-01", "supersedes: ['tenure/{n}']", "2026-01")
    parts += _tenures("old", range(rows), "2024-01", "key: 'tenure/{n}'", "2025-01")
    parts += _tenures("paper", range(0, rows, 5), "2024-03", f"conditions: [{CONDITION}]")
    parts += _register("old", range(0, rows, 4), "2023") + _register("new", range(0, rows, 8), "2022")
    path.write_text("".join(parts))


CONDITION = "{description: if the house agrees, happens: true, evidence: [{source: source/test/paper, locator: p}]}"


def _people() -> list[str]:
    return [f"  - {{id: person/p{n}, name: Person {n}}}\n" for n in range(PEOPLE)]


def _posts(rows: int) -> list[str]:
    return [f"  - {{id: post/p{n}, name: Post {n}}}\n" for n in range(rows)]


def _tenures(source: str, numbers: range, since: str, more: str, until: str = "2027-01") -> list[str]:
    """One entry with a row for each number: the form is checked once."""
    return [
        "  - each:\n",
        *(f"      - {{n: '{n}', p: '{n % PEOPLE}'}}\n" for n in numbers),
        f"    person: 'person/p{{p}}'\n    post: 'post/p{{n}}'\n    {more}\n",
        f"    valid_from: {since}\n    valid_to: {until}\n",
        f"    evidence: [{{source: source/test/{source}, locator: 'row {{n}}'}}]\n",
    ]


def _register(source: str, numbers: range, since: str) -> list[str]:
    return _tenures(source, numbers, since, "row: 'test/roll#{n}'")
