"""For maintainers: write a lock file of jars anew; takes a minute.

python -m graph.embedded.relock graph/embedded/jgo.lock.toml org.neo4j:neo4j:5.26.31
"""

from __future__ import annotations

import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from jgo.env import LockFile
from jgo.maven import MavenContext


def main(file: Path, wanted: list[str]) -> None:
    """Resolve these artifacts (group:artifact:version), fetch every jar into a folder of its own and lock what came."""
    with tempfile.TemporaryDirectory() as folder:
        context = MavenContext(repo_cache=Path(folder), local_repos=[], timeout=60)
        inputs, transitive = context.resolver.resolve([context.create_dependency(each) for each in wanted])
        transitive.sort(key=lambda each: each.artifact.key)
        lock = LockFile.from_resolved_dependencies(inputs + transitive)
        lock.jgo_version = version("jgo")
        lock.save(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
