"""For maintainers: write the lock file anew, `python -m graph.embedded.relock 5.26.31`. Takes a minute."""

from __future__ import annotations

import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from jgo.env import LockFile
from jgo.maven import MavenContext

from graph.embedded.jars import LOCK


def main(neo4j_version: str) -> None:
    """Resolve this version of Neo4j, fetch every jar into a folder of its own and lock what came."""
    with tempfile.TemporaryDirectory() as folder:
        context = MavenContext(repo_cache=Path(folder), local_repos=[], timeout=60)
        wanted = context.create_dependency(f"org.neo4j:neo4j:{neo4j_version}")
        inputs, transitive = context.resolver.resolve([wanted])
        transitive.sort(key=lambda each: each.artifact.key)
        lock = LockFile.from_resolved_dependencies(inputs + transitive)
        lock.jgo_version = version("jgo")
        lock.save(LOCK)


if __name__ == "__main__":
    main(sys.argv[1])
