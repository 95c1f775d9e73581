"""The first login: a new store has a known password, which is changed at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph.connection import Connection
from graph.embedded.errors import EmbeddedError

PATIENCE = 60.0
INITIAL = "neo4j"
CHANGE = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"


def log_in(where: Connection, check_alive: Callable[[], None], password_file: Path) -> None:
    """Return when the database answers to our password, which is set where the store is new.

    Raises EmbeddedError where it does not answer in time, or knows neither password, and what `check_alive` raises.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return _answer_or_change(where, password_file)
        except (DriverError, Neo4jError) as error:
            check_alive()
            if time.monotonic() > deadline:
                raise EmbeddedError(f"Neo4j started but does not answer: {error}. Try again.") from error
            time.sleep(0.1)


def _answer_or_change(where: Connection, password_file: Path) -> None:
    try:
        _ask(where)
    except AuthError:
        try:
            _change(where)
        except AuthError as error:
            raise EmbeddedError(
                f"The store does not know the password in {password_file}: put the file back that belongs to it, "
                f"or remove the folder {password_file.with_name('neo4j')} to begin with an empty one."
            ) from error
        _ask(where)


def _ask(where: Connection) -> None:
    with _driver(where, where.password) as driver:
        driver.execute_query("RETURN 1", database_=where.database)


def _change(where: Connection) -> None:
    with _driver(where, INITIAL) as driver:
        driver.execute_query(CHANGE, {"old": INITIAL, "new": where.password}, database_="system")


def _driver(where: Connection, password: str) -> Driver:
    return GraphDatabase.driver(where.uri, auth=(where.user, password), connection_timeout=5)
