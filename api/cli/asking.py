"""The document that `tradegraph query` asks, its variables, and the answer."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import typer

from api.cli.database import opened
from api.execute import execute
from api.settings import Settings
from graph.connection import Connection


def document(given: str) -> str:
    """A document as it is given: itself, a file that holds it, or - for standard input. Raises typer.BadParameter."""
    if given == "-":
        return _text(sys.stdin.buffer.read(), "standard input")
    if "{" in given:
        return given
    path = Path(given)
    if not path.is_file():
        raise typer.BadParameter(f"{given} is no file; write a document such as '{{ party(code: \"JP\") {{ name }} }}'")
    return _text(path.read_bytes(), given)


def _text(raw: bytes, name: str) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise typer.BadParameter(f"{name} is not UTF-8: save it as UTF-8") from error
    if not text.strip():
        raise typer.BadParameter(f"{name} is empty: write a GraphQL document")
    return text


def variables(given: str) -> dict[str, Any]:
    """Variables from a JSON object. Raises typer.BadParameter."""
    try:
        found = json.loads(given)
    except json.JSONDecodeError as error:
        raise typer.BadParameter(f"--variables: {error}") from error
    if not isinstance(found, dict):
        raise typer.BadParameter("--variables: write a JSON object")
    return found


async def answer(settings: Settings, where: Connection, text: str, given: dict[str, Any]) -> dict[str, Any]:
    """The response of the graph to a document."""
    async with opened(settings, where) as database:
        return await execute(database, text, given)
