"""run.py: what it decides before it starts anything."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import platformdirs
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

    def install(folder: Path, *_: object) -> None:
        made.append(folder)
        folder.mkdir()

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


def test_only_the_standard_library(run: ModuleType) -> None:
    names = {
        line.split()[1].split(".")[0] for line in FILE.read_text().splitlines() if line.startswith(("import ", "from "))
    }
    assert names <= set(run.sys.stdlib_module_names)
