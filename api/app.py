"""The Starlette application: GraphQL, the schema as text, and health."""

from __future__ import annotations

import asyncio
from typing import Any

from neo4j import AsyncDriver
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send
from strawberry.asgi import GraphQL

from api.gql.schema import schema
from graph.reads.statement import Database

READY_WITHIN = 4.0
"""Seconds in which the database must answer for the service to be ready."""


class Endpoint(GraphQL[Any, Any]):
    """GraphQL over HTTP; the database travels in the context."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; a body that is no GraphQL request is the client's error, told as GraphQL tells errors."""
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


def create_app(database: Database) -> Starlette:
    """The application on a database. Set `app.state.loaded` once the shipped data is in the graph."""
    app = Starlette(
        routes=[
            Route("/graphql", Endpoint(schema(), graphql_ide=None)),
            Route("/schema.graphql", schema_text),
            Route("/health/live", live),
            Route("/health/ready", ready),
            Route("/", start),
        ]
    )
    app.state.database = database
    app.state.loaded = False
    return app


async def start(_: Request) -> Response:
    """Where to go from here; the page is a later issue."""
    return PlainTextResponse(
        "tradegraph: who negotiated what, when and at what rate.\n"
        "POST GraphQL to /graphql; its schema is /schema.graphql; /health/ready says whether data is loaded.\n"
    )


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
