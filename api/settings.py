"""Settings, read once: flags before environment before TOML before defaults."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import platformdirs

PATHS = frozenset({"home", "neo4j_password_file", "trusted_documents", "keys_file"})


class SettingsError(Exception):
    """A setting cannot be used; the message names it and where it comes from."""


@dataclass(frozen=True)
class Settings:
    """Everything that can be set. Every name is also a key of the TOML file, and in capitals, with TRADEGRAPH_ before it
    (NEO4J_ settings without), a variable of the environment."""

    home: Path = Path(platformdirs.user_data_dir("tradegraph", appauthor=False))
    host: str = "127.0.0.1"
    port: int = 8000
    neo4j_uri: str | None = None
    neo4j_user: str = "neo4j"
    neo4j_password: str | None = None
    neo4j_password_file: Path | None = None
    neo4j_database: str = "neo4j"
    query_timeout: float = 30.0
    base_uri: str = "https://tradegraph.invalid"
    cors_origins: tuple[str, ...] = ()
    trusted_documents: Path | None = None
    keys_file: Path | None = None
    anonymous_budget: int | None = None
    log_requests: bool = False
    workers: int = 1

    @property
    def password(self) -> str:
        """The password of the database at `neo4j_uri`. Raises SettingsError where none is given."""
        if self.neo4j_password_file is not None:
            try:
                return self.neo4j_password_file.read_text().strip()
            except OSError as error:
                raise SettingsError(f"NEO4J_PASSWORD_FILE: {error}") from error
        if self.neo4j_password is None:
            raise SettingsError("NEO4J_URI is set but no password: set NEO4J_PASSWORD or NEO4J_PASSWORD_FILE")
        return self.neo4j_password


def read_settings(environment: Mapping[str, str] = os.environ, **flags: Any) -> Settings:
    """The settings in force. Raises SettingsError for a value of a wrong type or an unknown key in the file."""
    named = {field.name for field in fields(Settings)}
    from_environment = {name: environment[variable] for name in named if (variable := variable_of(name)) in environment}
    given = {name: value for name, value in flags.items() if value is not None}
    home = Path({**from_environment, **given}.get("home", Settings.home))
    from_file = _file(home / "tradegraph.toml", named)
    values = {**from_file, **from_environment, **given}
    return replace(Settings(), **{name: _typed(name, value) for name, value in values.items()})


def variable_of(name: str) -> str:
    """The variable of the environment that sets this."""
    return name.upper() if name.startswith("neo4j_") else f"TRADEGRAPH_{name.upper()}"


def _file(path: Path, named: set[str]) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text())
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: {error}") from error
    if unknown := values.keys() - named:
        raise SettingsError(
            f"{path}: unknown setting {', '.join(sorted(unknown))}; known are {', '.join(sorted(named))}"
        )
    return values


def _typed(name: str, value: Any) -> Any:
    """The value in the type of its setting, which its default or its name shows."""
    default = getattr(Settings(), name)
    type_ = Path if name in PATHS else int if name == "anonymous_budget" else str if default is None else type(default)
    try:
        read: Callable[[Any], Any] = _parts if type_ is tuple else _switch if type_ is bool else type_
        found = read(value)
    except (TypeError, ValueError) as error:
        raise SettingsError(f"{name} (or {variable_of(name)}): {value!r} is no {type_.__name__}") from error
    if fault := _fault(name, found):
        raise SettingsError(f"{name} (or {variable_of(name)}): {value!r} {fault}")
    return found


def _parts(value: Any) -> tuple[str, ...]:
    """A list of the TOML file, or a text with commas."""
    given = value.split(",") if isinstance(value, str) else value
    return tuple(each.strip().rstrip("/") for each in given if each.strip())


def _switch(value: Any) -> bool:
    """A truth of the TOML file, or a word for one."""
    word = str(value).strip().lower()
    if word not in ("true", "false", "1", "0", "yes", "no"):
        raise ValueError(value)
    return word in ("true", "1", "yes")


RULES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "query_timeout": (lambda value: 0 < value < float("inf"), "must be a number of seconds above 0"),
    "port": (lambda value: 0 <= value < 65536, "is no port: choose 0 to 65535"),
    "workers": (lambda value: 1 <= value <= 64, "must be 1 to 64 processes"),
    "anonymous_budget": (lambda value: value >= 0, "must be points a minute; 0 answers nobody without a key"),
    "cors_origins": (
        lambda value: all(re.fullmatch(r"https?://[^/*\s]+", each) for each in value),
        "must be origins such as https://partner.example, separated by commas",
    ),
    "neo4j_uri": (
        lambda value: re.match(r"(bolt|neo4j)(\+s|\+ssc)?://", value) is not None,
        "must begin with bolt:// or neo4j:// (or with +s, +ssc)",
    ),
}
"""What a value of the right type must be besides, and how one is told."""


def _fault(name: str, value: Any) -> str | None:
    """What is wrong with a value of the right type."""
    holds, words = RULES.get(name, (lambda _: True, ""))
    return None if holds(value) else words
