"""The service over HTTP."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from api.app import create_app
from api.cli.database import driver_of
from graph.connection import Connection
from graph.reads.statement import Database
from tests.conftest import Graph


def _call(graph: Graph, app: Starlette, method: str, path: str, **more: Any) -> httpx.Response:
    async def work() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path, **more)

    return graph.run(work())


@pytest.fixture
def app(shipped: Graph) -> Starlette:
    app = create_app(shipped.database)
    app.state.loaded = True
    return app


def test_a_question_by_post_and_by_get(shipped: Graph, app: Starlette) -> None:
    document = '{ party(code: "JP") { name } }'
    posted = _call(shipped, app, "POST", "/graphql", json={"query": document})
    got = _call(shipped, app, "GET", "/graphql", params={"query": document})
    assert posted.json() == got.json() == {"data": {"party": {"name": "Japan"}}}


def test_no_page_that_loads_from_elsewhere(shipped: Graph, app: Starlette) -> None:
    response = _call(shipped, app, "GET", "/graphql", headers={"accept": "text/html"})
    assert response.status_code in (400, 404, 406, 415)
    assert "<script" not in response.text


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
    app = create_app(Database(driver, "neo4j", 5.0, "https://tradegraph.invalid"))
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
