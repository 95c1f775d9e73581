"""The Starlette application: the page, GraphQL with its explorer, the schema as text, and health."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from neo4j import AsyncDriver
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send
from strawberry.asgi import GraphQL

from api.gql.schema import schema
from api.page import EXPLORER_POLICY, Page, routes
from api.rdf import routes as rdf
from graph.reads.statement import Database

READY_WITHIN = 4.0
"""Seconds in which the database must answer for the service to be ready."""


class Endpoint(GraphQL[Any, Any]):
    """GraphQL over HTTP; the database travels in the context. Browsers that come without a question get the explorer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; a body that is no GraphQL request is the client's error, told as GraphQL tells errors."""
        request = Request(scope)
        if (
            request.method == "GET"
            and "query" not in request.query_params
            and "text/html" in request.headers.get("accept", "")
        ):
            await scope["app"].state.page.html("explorer.html", EXPLORER_POLICY)(scope, receive, send)
            return
        try:
            await super().__call__(scope, receive, send)
        except (TypeError, ValueError, AttributeError, RecursionError):
            body = {
                "errors": [
                    {"message": "the body must be a JSON object with `query`", "extensions": {"code": "BAD_QUESTION"}}
                ]
            }
            await JSONResponse(body, 400)(scope, receive, send)

    async def get_context(self, request: Any, response: Any) -> Any:
        """What resolvers get."""
        return {"request": request, "response": response, "database": request.app.state.database}


def create_app(database: Database, home: Path) -> Starlette:
    """The application on a database, the folder of its state at `home`.

    Set `app.state.loaded` once the shipped data is in the graph; `app.state.page.prepare()` builds the page where it must.
    """
    page = Page(home)
    app = Starlette(
        routes=[
            Route("/graphql", Endpoint(schema(), graphql_ide=None)),
            Route("/schema.graphql", schema_text),
            Route("/health/live", live),
            Route("/health/ready", ready),
            *rdf.routes(),
            *routes(page),
        ]
    )
    app.state.database = database
    app.state.loaded = False
    app.state.page = page
    app.state.dumps = home / "dumps"
    return app


async def schema_text(_: Request) -> Response:
    """The schema in SDL."""
    return PlainTextResponse(schema().as_str(), media_type="text/plain; charset=utf-8")


async def live(_: Request) -> Response:
    """The process runs."""
    return JSONResponse({"live": True})


async def ready(request: Request) -> Response:
    """200 once the shipped data is loaded and the database answers, else 503 with the reason."""
    if not request.app.state.loaded:
        return JSONResponse({"ready": False, "reason": "the shipped data is still being loaded"}, 503)
    if not await answers(request.app.state.database.driver):
        return JSONResponse({"ready": False, "reason": "the database does not answer"}, 503)
    return JSONResponse({"ready": True})


async def answers(driver: AsyncDriver) -> bool:
    """Whether the database answers in time. Never raises: not to answer is the answer."""
    try:
        async with asyncio.timeout(READY_WITHIN):
            await driver.verify_connectivity()
    except Exception:
        return False
    return True
