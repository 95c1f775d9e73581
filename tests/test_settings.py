"""Settings: where they come from, and what is refused."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from api.http.policy import policy_of
from api.settings import Settings, SettingsError, read_settings, variable_of


def test_every_setting_is_told() -> None:
    page = (Path(__file__).parents[1] / "docs" / "operations.md").read_text()
    assert [name for each in fields(Settings) if f"`{(name := variable_of(each.name))}`" not in page] == []


def test_origins_come_from_the_environment_or_the_file(tmp_path: Path) -> None:
    given = {"TRADEGRAPH_HOME": str(tmp_path)}
    assert policy_of(read_settings(given)).origins == ()
    both = "https://a.example, http://localhost:3000/"
    assert policy_of(read_settings(given | {"TRADEGRAPH_CORS_ORIGINS": both})).origins == (
        "https://a.example",
        "http://localhost:3000",
    )
    (tmp_path / "tradegraph.toml").write_text('cors_origins = ["https://b.example"]')
    assert policy_of(read_settings(given)).origins == ("https://b.example",)


@pytest.mark.parametrize("value", ["*", "https://*.example", "example.org", "https://a.example/path"])
def test_an_origin_is_named_whole(value: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cors_origins"):
        read_settings({"TRADEGRAPH_HOME": str(tmp_path), "TRADEGRAPH_CORS_ORIGINS": value})
