"""The Starlette application: the page, GraphQL with its explorer, the schema as text, and health."""

from __future__ import annotations

import asyncio
from pathlib import Path

from neo4j import AsyncDriver
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from api.gql.schema import schema
from api.http.budget import HEADERS as BUDGET_HEADERS
from api.http.budget import Budgets
from api.http.endpoint import METHODS, graphql
from api.http.headers import SafeHeaders
from api.http.journal import Told
from api.http.keys import Ring
from api.http.metrics import Counted, Metrics
from api.http.policy import Policy
from api.page import EXPLORER_POLICY, Page, routes
from api.rdf import routes as rdf
from graph.reads.statement import Database

READY_WITHIN = 4.0
"""Seconds in which the database must answer for the service to be ready."""


PACKED = Middleware(GZipMiddleware, minimum_size=2048, compresslevel=1)
"""Longer answers are compressed, at the level that costs least; dumps are compressed as files."""


def create_app(database: Database, home: Path, policy: Policy | None = None) -> Starlette:
    """The application on a database, the folder of its state at `home`.

    Set `app.state.loaded` once the shipped data is in the graph; `app.state.page.prepare()` builds the page where it must.
    """
    page = Page(home)
    policy = policy or Policy()
    metrics = Metrics(policy.counts)
    app = Starlette(
        routes=[
            Route("/graphql", ask, methods=METHODS, middleware=[PACKED]),
            Route("/schema.graphql", schema_text, middleware=[PACKED]),
            Route("/health/live", live),
            Route("/health/ready", ready),
            Route("/metrics", counts),
            *rdf.routes(),
            *routes(page, [PACKED]),
        ],
        middleware=[
            Middleware(Counted, metrics=metrics),
            Middleware(Told),
            Middleware(SafeHeaders),
            *_shared(policy),
        ],
    )
    app.state.database = database
    app.state.policy = policy
    app.state.metrics = metrics
    app.state.budgets = Budgets(Ring(policy.keys or home / "keys.json"), policy.anonymous, policy.share)
    app.state.loaded = False
    app.state.page = page
    app.state.dumps = home / "dumps"
    return app


def _shared(policy: Policy) -> list[Middleware]:
    """Leave for pages of the origins that the settings name."""
    if not policy.origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=policy.origins,
            allow_methods=["GET", "POST"],
            allow_headers=["content-type", "authorization"],
            expose_headers=["etag", "retry-after", *BUDGET_HEADERS],
        )
    ]


async def ask(request: Request) -> Response:
    """GraphQL; browsers that come without a question get the explorer."""
    browsing = "text/html" in request.headers.get("accept", "") and "query" not in request.query_params
    if request.method == "GET" and browsing:
        page: Page = request.app.state.page
        return page.html("explorer.html", EXPLORER_POLICY)
    return await graphql(request)


async def schema_text(_: Request) -> Response:
    """The schema in SDL."""
    return PlainTextResponse(schema().as_str(), media_type="text/plain; charset=utf-8")


async def live(_: Request) -> Response:
    """The process runs."""
    return JSONResponse({"live": True})


async def ready(request: Request) -> Response:
    """200 once the shipped data is loaded and the database answers, else 503 with the reason."""
    reason = await _unready(request)
    return JSONResponse({"ready": False, "reason": reason}, 503) if reason else JSONResponse({"ready": True})


async def _unready(request: Request) -> str | None:
    if not request.app.state.loaded:
        return "the shipped data is still being loaded"
    if not await answers(request.app.state.database.driver):
        return "the database does not answer"
    return None


async def counts(request: Request) -> Response:
    """What is counted, for Prometheus."""
    metrics: Metrics = request.app.state.metrics
    text = metrics.text(ready=await _unready(request) is None)
    return PlainTextResponse(text, media_type="text/plain; version=0.0.4; charset=utf-8")


async def answers(driver: AsyncDriver) -> bool:
    """Whether the database answers in time. Never raises: not to answer is the answer."""
    try:
        async with asyncio.timeout(READY_WITHIN):
            await driver.verify_connectivity()
    except Exception:
        return False
    return True
