"""run.py: what it decides before it starts anything."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import platformdirs
import psutil
import pytest

FILE = Path(__file__).parents[1] / "run.py"


@pytest.fixture
def run() -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_py", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_state_lies_where_the_program_looks_for_it(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRADEGRAPH_HOME", raising=False)
    assert run.home() == Path(platformdirs.user_data_dir("tradegraph", appauthor=False))
    monkeypatch.setenv("TRADEGRAPH_HOME", "/somewhere")
    assert run.home() == Path("/somewhere")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["py", "-m", "api.cli.main", "up"]),
        (["--port", "8001"], ["py", "-m", "api.cli.main", "up", "--port", "8001"]),
        (["up", "--no-browser"], ["py", "-m", "api.cli.main", "up", "--no-browser"]),
        (["test", "-k", "x"], ["py", "-m", "pytest", "-k", "x"]),
        (["tool", "tradegraph", "doctor"], ["py", "-m", "api.cli.main", "doctor"]),
        (["tool", "ruff", "check"], ["py", "-m", "ruff", "check"]),
    ],
)
def test_flags_go_on(run: ModuleType, arguments: list[str], expected: list[str]) -> None:
    assert run.program(Path("py"), *run.split(arguments)) == expected


def test_a_half_made_environment_is_made_anew(run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRADEGRAPH_HOME", str(tmp_path))
    made: list[Path] = []

    def install(folder: Path, python: Path, _: Path) -> None:
        made.append(folder)
        python.parent.mkdir(parents=True)
        python.touch()

    monkeypatch.setattr(run, "install", install)
    run.environment("run")
    [folder] = made
    (folder / "ready").unlink()
    (folder / "left over").write_text("")
    run.environment("run")
    run.environment("run")
    assert made == [folder, folder]
    assert not (folder / "left over").exists()


def test_a_failed_step_says_what_it_said(run: ModuleType) -> None:
    with pytest.raises(run.SetupError, match="No module named nothing"):
        run.do([run.sys.executable, "-m", "nothing"])


def test_a_step_that_is_interrupted_ends_with_all_that_it_started(run: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "pid"
    inner = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(60)"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}, sys.argv[1]])"
    step = f"import run; run.do([run.sys.executable, '-c', {outer!r}, {str(file)!r}])"
    setup = "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))"
    process = subprocess.Popen([sys.executable, "-c", f"{setup}; {step}"], cwd=FILE.parent)
    assert _until(lambda: file.exists() and file.read_text() != "")
    process.terminate()
    assert process.wait(10) == 143
    assert _until(lambda: not psutil.pid_exists(int(file.read_text())))


def test_clones_that_share_an_environment_run_their_own_packages(tmp_path: Path) -> None:
    """Called from elsewhere, with an environment that another clone made."""
    (tmp_path / "run.py").write_text(FILE.read_text())
    (tmp_path / "mine.py").write_text("print('mine')")
    script = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import run; run.become([sys.executable, '-m', 'mine'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd="/",
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "mine\n"


def _until(true: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not true():
        time.sleep(0.05)
    return true()


def test_only_the_standard_library(run: ModuleType) -> None:
    names = {
        line.split()[1].split(".")[0] for line in FILE.read_text().splitlines() if line.startswith(("import ", "from "))
    }
    assert names <= set(run.sys.stdlib_module_names)
