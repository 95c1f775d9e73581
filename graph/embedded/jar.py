"""One jar, and whether every byte of it is the one that was locked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath


@dataclass(frozen=True)
class Jar:
    """One jar as the lock file states it."""

    group: str
    artifact: str
    version: str
    classifier: str
    packaging: str
    sha256: str

    @property
    def name(self) -> str:
        """The name of its file."""
        middle = f"-{self.classifier}" if self.classifier else ""
        return f"{self.artifact}-{self.version}{middle}.{self.packaging}"

    @property
    def path(self) -> PurePosixPath:
        """Where it lies below the root of a Maven repository."""
        return PurePosixPath(*self.group.split("."), self.artifact, self.version, self.name)

    def is_at(self, root: Path) -> bool:
        """Whether it lies below this root with every byte right."""
        try:
            with (root / self.path).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == self.sha256
        except FileNotFoundError:
            return False
