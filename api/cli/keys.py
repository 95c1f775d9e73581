"""`tradegraph keys`: who may ask for more than anybody may."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from api.http import keys
from api.settings import read_settings

T = TypeVar("T")
app = typer.Typer(help="Keys of clients: a budget of their own, revoked one by one. Only hashes of them are kept.")
Home = Annotated[Path | None, typer.Option(help="Folder of the state; TRADEGRAPH_HOME.")]
Name = Annotated[str, typer.Argument(help="Whose key it is; the log names it.")]


@app.command("add")
def add(
    name: Name,
    budget: Annotated[int, typer.Option(min=1, help="Points a minute; a point is a value of an answer.")] = keys.BUDGET,
    home: Home = None,
) -> None:
    """Make a key and print it: it is shown this once. Services that run know it from the next request on."""
    sys.stdout.write(f"{_told(lambda: keys.add(_file(home), name, budget))}\n")


@app.command("list")
def list_(home: Home = None, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Show the names of all keys, their budgets and when they were made."""
    found = [
        {"name": key.name, "budget": key.budget, "made": key.made}
        for key in _told(lambda: keys.read(_file(home))).values()
    ]
    lines = [f"{each['name']}: {each['budget']} points a minute, made {each['made']}\n" for each in found]
    sys.stdout.write(json.dumps(found, indent=2) + "\n" if as_json else "".join(lines) or "there are no keys\n")


@app.command("revoke")
def revoke(name: Name, home: Home = None) -> None:
    """Take a key back: it is refused from the next request on."""
    _told(lambda: keys.revoke(_file(home), name))
    sys.stdout.write(f"{name} is revoked\n")


def _file(home: Path | None) -> Path:
    settings = read_settings(home=home)
    return settings.keys_file or settings.home / "keys.json"


def _told(work: Callable[[], T]) -> T:
    try:
        return work()
    except (keys.KeyNameError, keys.KeyFileError) as error:
        raise typer.BadParameter(str(error)) from error
