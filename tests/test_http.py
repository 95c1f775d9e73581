"""The service over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from api.app import create_app
from api.cli.database import driver_of
from api.http.limits import Limits
from api.questions import questions
from graph.connection import Connection
from graph.reads.statement import Database
from schema.ontology import KINDS
from tests.conftest import Graph
from tests.http import call


def _call(graph: Graph, app: Starlette, method: str, path: str, **more: Any) -> httpx.Response:
    return graph.run(call(app, method, path, **more))


@pytest.fixture
def app(shipped: Graph) -> Starlette:
    app = create_app(shipped.database, Path("/nowhere"))
    app.state.loaded = True
    return app


def test_a_question_by_post_and_by_get(shipped: Graph, app: Starlette) -> None:
    document = '{ party(code: "JP") { name } }'
    posted = _call(shipped, app, "POST", "/graphql", json={"query": document})
    got = _call(shipped, app, "GET", "/graphql", params={"query": document})
    cost = {"requested": 2, "limit": Limits().cost}
    assert posted.json() == got.json() == {"data": {"party": {"name": "Japan"}}, "extensions": {"cost": cost}}


@pytest.mark.parametrize("path", ["/", "/graphql"])
def test_without_a_built_page_it_says_why_and_the_rest_answers(shipped: Graph, app: Starlette, path: str) -> None:
    app.state.page.why = "It could not be built: <no network>"
    response = _call(shipped, app, "GET", path, headers={"accept": "text/html"})
    assert response.status_code == 503
    assert "could not be built: &lt;no network>" in response.text
    assert "<script" not in response.text


def test_the_page_knows_every_kind_and_every_question(shipped: Graph, app: Starlette) -> None:
    kinds = _call(shipped, app, "GET", "/ontology.json").json()
    assert [each["name"] for each in kinds] == [kind.__name__ for kind in KINDS]
    asked = _call(shipped, app, "GET", "/questions.json").json()
    assert [each["document"] for each in asked] == [each.document for each in questions()]


def test_the_schema_is_served(shipped: Graph, app: Starlette) -> None:
    text = _call(shipped, app, "GET", "/schema.graphql").text
    assert "type TariffAnswer" in text
    assert "scalar Decimal" in text


def test_live_and_ready(shipped: Graph, app: Starlette) -> None:
    assert _call(shipped, app, "GET", "/health/live").status_code == 200
    assert _call(shipped, app, "GET", "/health/ready").status_code == 200
    app.state.loaded = False
    loading = _call(shipped, app, "GET", "/health/ready")
    assert (loading.status_code, loading.json()["reason"]) == (503, "the shipped data is still being loaded")


def test_a_database_that_does_not_answer_is_told_but_not_shown(shipped: Graph) -> None:
    driver = driver_of(Connection("bolt://127.0.0.1:9", "neo4j", "hidden", "neo4j"))
    app = create_app(Database(driver, "neo4j", 5.0, "https://tradegraph.invalid"), Path("/nowhere"))
    app.state.loaded = True
    assert _call(shipped, app, "GET", "/health/live").status_code == 200
    assert _call(shipped, app, "GET", "/health/ready").status_code == 503
    answer = _call(shipped, app, "POST", "/graphql", json={"query": '{ party(code: "JP") { name } }'}).json()
    assert answer["data"] == {"party": None}
    [error] = answer["errors"]
    assert error["extensions"] == {"code": "UNAVAILABLE"}
    assert "127.0.0.1" not in error["message"]
    shipped.run(driver.close())


@pytest.mark.parametrize("body", [b"null", b"1", b'"x"', b"[]", b"{", b"\xff\xfe", b"{}", b'{"query": 1}'])
def test_a_body_that_asks_nothing_is_the_clients_error(shipped: Graph, app: Starlette, body: bytes) -> None:
    response = _call(shipped, app, "POST", "/graphql", content=body, headers={"content-type": "application/json"})
    assert 400 <= response.status_code < 500, response.text
    assert "Traceback" not in response.text
