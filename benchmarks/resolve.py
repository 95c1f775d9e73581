"""Precision and recall of `tradegraph resolve` on the labelled pairs: `python -m benchmarks.resolve`.

Prints the figures at the proposing threshold and at others, for agreements and for persons, and the pairs that it gets wrong.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from api.likeness import THRESHOLD, Likeness, Thing, likeness

PAIRS = Path(__file__).parents[1] / "tests" / "resolve_pairs.yaml"


def labelled(file: Path = PAIRS) -> list[tuple[Likeness, bool]]:
    """Every pair with its score, and whether a person said that it is one thing."""
    entries = yaml.safe_load(file.read_text())
    return [(likeness(_thing(each["one"]), _thing(each["two"])), each["same"]) for each in entries]


def _thing(values: dict[str, Any]) -> Thing:
    given: dict[str, Any] = {name: tuple(values.get(name, ())) for name in ("names", "signed", "in_force")}
    terms = tuple((start, end) for start, end in values.get("terms", ()))
    kind = values["id"].partition("/")[0].title()
    return Thing(id=values["id"], kind=kind, parties=frozenset(values.get("parties", ())), terms=terms, **given)


def figures(pairs: list[tuple[Likeness, bool]], least: float) -> tuple[int, int, int]:
    """Pairs that are proposed and are one thing, proposed and are not, one thing and not proposed."""
    right = sum(same for each, same in pairs if each.score >= least)
    wrong = sum(not same for each, same in pairs if each.score >= least)
    return right, wrong, sum(same for each, same in pairs if each.score < least)


def main() -> None:
    """Print the figures."""
    pairs = labelled()
    for kind in ("Agreement", "Person"):
        of_kind = [pair for pair in pairs if pair[0].one.kind == kind]
        for least in (0.7, 0.75, THRESHOLD, 0.85, 0.9):
            right, wrong, missed = figures(of_kind, least)
            precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
            print(f"{kind} {len(of_kind)} pairs, from {least}: precision {precision:.3f}, recall {recall:.3f}")
    for each, same in sorted(pairs, key=lambda pair: -pair[0].score):
        if (each.score >= THRESHOLD) != same:
            said = "one thing, not proposed" if same else "proposed, not one thing"
            print(f"{each.score:.2f} {said}: {each.one.id} {each.two.id} {dict(each.features)}")


if __name__ == "__main__":
    main()
