#!/usr/bin/env python3
"""Sets the project up and runs it, with nothing but Python's standard library.

    python3 run.py [flags]          start everything: flags go on to `tradegraph up`
    python3 run.py test [flags]     run the tests: flags go on to pytest
    python3 run.py tool NAME ...    run a program of the environment: ruff, mypy, tradegraph

The environment lies in the folder of the state (TRADEGRAPH_HOME), one for every state of the lock file, so that a second
start installs nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}


class SetupError(Exception):
    """The machine lacks something; the message says in one line what to install."""


def main(arguments: list[str]) -> int:
    """Set up what the command needs and become it."""
    if sys.version_info < OLDEST:
        return again_with_a_newer_python(arguments)
    command, rest = split(arguments)
    try:
        python = environment("run" if command == "up" else "dev")
    except SetupError as error:
        print(f"run.py: {error}", file=sys.stderr)
        return 1
    return become(program(python, command, rest))


def split(arguments: list[str]) -> tuple[str, list[str]]:
    """The command (up, test or tool) and what goes on to it."""
    if arguments and arguments[0] in ("test", "tool"):
        return arguments[0], arguments[1:]
    return "up", arguments[1:] if arguments[:1] == ["up"] else arguments


def program(python: Path, command: str, rest: list[str]) -> list[str]:
    """The command line to become."""
    if command == "up":
        return [str(python), "-m", "api.cli.main", "up", *rest]
    if command == "test":
        return [str(python), "-m", "pytest", *rest]
    if not rest:
        raise SystemExit("run.py tool: name a program, such as ruff, mypy or tradegraph")
    if rest[0] == "tradegraph":
        return [str(python), "-m", "api.cli.main", *rest[1:]]
    return [str(python), "-m", *rest]


def home() -> Path:
    """The folder of the state: TRADEGRAPH_HOME, else the user's folder for application data."""
    if given := os.environ.get("TRADEGRAPH_HOME"):
        return Path(given).absolute()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "tradegraph"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "tradegraph"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "tradegraph"


def environment(kind: str) -> Path:
    """The interpreter of the environment for a lock file; made where there is none, anew where one was left half made.

    Raises SetupError where the machine lacks what it takes.
    """
    lock = HERE / LOCKS[kind]
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    digest = hashlib.sha256(lock.read_bytes() + version.encode()).hexdigest()[:12]
    folder = home() / "env" / f"{kind}-{digest}"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not ((folder / "ready").is_file() and python.exists()):  # the Python it was made with may be gone
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        print(
            f"Setting up: installing {lock.name} into {folder} (once, some minutes at most)",
            file=sys.stderr,
            flush=True,
        )
        install(folder, python, lock)
        (folder / "ready").write_text("")
    return python


def install(folder: Path, python: Path, lock: Path) -> None:
    """Make the environment and install the lock file, every file checked against its hash."""
    if uv := shutil.which("uv"):
        do([uv, "venv", "--quiet", "--python", sys.executable, str(folder)])
        do([uv, "pip", "install", "--quiet", "--python", str(python), "--require-hashes", "-r", str(lock)])
    elif has_module("ensurepip"):
        do([sys.executable, "-m", "venv", str(folder)])
        do([str(python), *PIP, "-r", str(lock)])
    elif has_module("pip"):
        do([sys.executable, "-m", "venv", "--without-pip", str(folder)])
        do([sys.executable, "-m", "pip", "--python", str(python), *PIP[2:], "-r", str(lock)])
    else:
        raise SetupError(
            "this Python has neither venv nor pip: install uv, or python3-venv (Debian: apt install python3-venv)"
        )


PIP = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]


def has_module(name: str) -> bool:
    """Whether this Python can import a module."""
    return subprocess.run([sys.executable, "-c", f"import {name}"], capture_output=True, check=False).returncode == 0


def do(command: list[str]) -> None:
    """Run a step of the installation. Raises SetupError with its own last words where it fails."""
    # A session of its own, so that an interruption ends it together with what it started itself.
    step = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    try:
        said, _ = step.communicate()
    except BaseException:
        os.killpg(step.pid, signal.SIGKILL) if os.name == "posix" else step.kill()
        raise
    if step.returncode != 0:
        words = [line for line in said.splitlines() if line.strip()]
        last = "\n  ".join(words[-5:]) or "no message"
        raise SetupError(f"{Path(command[0]).name} failed; check the network and the disk, then run again:\n  {last}")


def become(command: list[str]) -> int:
    """Run the command in place of this process, so that signals reach it, with the packages that lie beside this file.

    Not by a file in the environment: clones share one, and each runs its own packages.
    """
    sys.stdout.flush()
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(HERE), os.environ.get("PYTHONPATH")]))
    os.chdir(HERE) if command[2:3] in (["pytest"], ["ruff"], ["mypy"]) else None
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode


def again_with_a_newer_python(arguments: list[str]) -> int:
    """Start this file with a newer Python where one is on the PATH."""
    for name in NEWER:
        if found := shutil.which(name):
            return become([found, str(Path(__file__).resolve()), *arguments])
    print("run.py: needs Python 3.11 or later: install it, or uv, which brings its own", file=sys.stderr)
    return 1


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
