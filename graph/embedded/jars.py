"""The jars of Neo4j: which they are, where they lie, and whether every byte is the one that was locked."""

from __future__ import annotations

import os
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from graph.embedded.errors import EmbeddedError
from graph.embedded.jar import Jar
from graph.embedded.progress import Progress

LOCK = Path(__file__).with_name("jgo.lock.toml")


def locked(file: Path = LOCK) -> list[Jar]:
    """All jars of the lock file."""
    found = tomllib.loads(file.read_text(encoding="utf-8"))["dependencies"]
    return [
        Jar(
            each["groupId"],
            each["artifactId"],
            each["version"],
            each.get("classifier", ""),
            each["packaging"],
            each["sha256"],
        )
        for each in found
    ]


def classpath(cache: Path, progress: Progress, lock: Path = LOCK) -> list[str]:
    """The paths of all jars of a lock file, each verified just now; those that are missing or damaged are fetched.

    A jar in the user's own Maven repository is used where it lies. Raises EmbeddedError.
    """
    wanted = locked(lock)
    roots = [cache, local_repository()]
    found = _find(wanted, roots)
    missing = [jar for jar in wanted if jar not in found]
    for jar in missing:
        if (cache / jar.path).exists():
            progress.step(f"{jar.name} is damaged and will be fetched again")
    if missing:
        _fetch(missing, cache, progress)
        found |= dict.fromkeys(missing, cache)
    return [str(found[jar] / jar.path) for jar in wanted]


def local_repository() -> Path:
    """The Maven repository of this user, which need not exist."""
    return Path(os.environ.get("M2_REPO") or Path.home() / ".m2" / "repository")


def _find(wanted: list[Jar], roots: list[Path]) -> dict[Jar, Path]:
    """The root at which each jar lies whole. Hashing leaves Python's lock, so threads do help."""

    def root_of(jar: Jar) -> Path | None:
        return next((root for root in roots if jar.is_at(root)), None)

    try:
        with ThreadPoolExecutor() as pool:
            roots_found = list(pool.map(root_of, wanted))
    except OSError as error:
        raise EmbeddedError(f"The jars of Neo4j cannot be read: {error}. Mend or remove that file.") from error
    return {jar: root for jar, root in zip(wanted, roots_found, strict=True) if root is not None}


def _fetch(missing: list[Jar], cache: Path, progress: Progress) -> None:
    # Here and not above: it takes most of a second to import, and only the first start needs it.
    from graph.embedded import download  # noqa: PLC0415

    download.fetch(missing, cache, progress)
