"""What the log tells, and what it must not."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator

import pytest

from api.http.journal import JsonLines, write_log
from tests.http import refused

NAMES = ("tradegraph", "tradegraph.requests", "uvicorn.error")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in NAMES]
    before = [(each.handlers, each.propagate, each.level) for each in loggers]
    yield
    for logger, (handlers, propagate, level) in zip(loggers, before, strict=True):
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


def test_a_line_for_a_request_holds_nothing_of_what_was_asked(capsys: pytest.CaptureFixture[str]) -> None:
    write_log(requests=True)
    refused("GET", params={"query": '{ party(code: "JP", at: 1) { name } }'})
    refused("POST", json={"query": "{ __typename }"}, headers={"authorization": "Bearer tg_0123_hidden"})
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(each["method"], each["path"], each["status"]) for each in told] == [
        ("GET", "/graphql", 200),
        ("POST", "/graphql", 401),
    ]
    assert (told[0]["caller"], told[0]["cost"]) == ("127.0.0.1", 2)
    assert "JP" not in str(told) and "hidden" not in str(told)


def test_without_the_setting_requests_are_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    write_log(requests=False)
    refused("POST", json={"query": "{ __typename }"})
    assert capsys.readouterr().err == ""


def test_secrets_and_addresses_are_redacted_wherever_they_come_from() -> None:
    try:
        raise OSError("cannot reach bolt://neo4j:s3cret@db.internal:7687, password=s3cret, Authorization: s3cret")
    except OSError:
        record = logging.getLogger("tradegraph").makeRecord(
            "tradegraph", logging.ERROR, "f", 1, "key %s of bolt://db.internal", ("tg_0a1b_s3cret",), sys.exc_info()
        )
    line = JsonLines().format(record)
    assert "s3cret" not in line and "db.internal" not in line
    assert json.loads(line)["level"] == "ERROR"
