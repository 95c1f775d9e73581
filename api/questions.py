"""The question documents: examples of the API that are also its tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PACKED = Path(__file__).parent / "questions"
CHECKOUT = Path(__file__).parents[1] / "tests" / "questions"


@dataclass(frozen=True)
class Question:
    """One GraphQL document; its first comment line says in words what it asks."""

    number: int
    name: str
    document: str

    @property
    def words(self) -> str:
        """The question as an analyst puts it."""
        return self.document.splitlines()[0].lstrip("# ")


def questions() -> list[Question]:
    """All that ship, by number."""
    folder = CHECKOUT if CHECKOUT.is_dir() else PACKED
    return [
        Question(int(number), name, path.read_text())
        for path in sorted(folder.rglob("*.graphql"), key=lambda path: path.name)
        for number, _, name in [path.stem.partition("-")]
    ]
