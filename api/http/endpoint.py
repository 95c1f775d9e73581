"""`/graphql`: https://graphql.github.io/graphql-over-http/draft/ with limits."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

from graphql import GraphQLError, OperationType
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult

from api.gql.schema import schema
from api.http import asked, body, media
from api.http.asked import Asked
from api.http.document import Judged, Numbers, judged
from api.http.hangup import while_heard
from api.http.limits import Limits
from api.http.origins import at_home
from api.http.refused import RefusedError, answer

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
"""All come here, so that what is no method of GraphQL is told as GraphQL tells errors."""
HUNG_UP = 499
"""Nobody reads it; the log does (the number is nginx's)."""


async def graphql(request: Request) -> Response:
    """Answer one request. Nothing of it reaches the database before all limits were checked."""
    as_media = media.JSON
    try:
        as_media = media.answered_as(request.headers.get("accept", ""))
        at_home(request, request.app.state.policy.origins)
        found = await _asked(request)
        return await while_heard(request.receive, _answered(request, found, as_media))
    except RefusedError as refusal:
        return refusal.response(as_media)
    except ClientDisconnect:
        return Response(status_code=HUNG_UP)


async def _asked(request: Request) -> Asked:
    limits: Limits = request.app.state.policy.limits
    if request.method == "GET":
        return asked.from_address(request.query_params, limits)
    if request.method != "POST":
        raise RefusedError(405, "ask by GET or by POST", "METHOD_NOT_ALLOWED", {"allow": "GET, POST"})
    media.sent_as_json(request.headers.get("content-type", ""), request.headers.get("content-encoding", ""))
    return asked.from_body(body.decoded(await body.read(request, limits), limits), limits)


async def _answered(request: Request, found: Asked, as_media: str) -> Response:
    limits: Limits = request.app.state.policy.limits
    numbers: Numbers = frozenset((name, value) for name, value in found.variables.items() if isinstance(value, int))
    try:
        known = judged(found.query or "", found.operation, numbers, schema()._schema, limits)
    except GraphQLError as error:
        return _told(request, as_media, ExecutionResult(None, [_coded(error)]), {})
    if known.operation is not OperationType.QUERY and request.method == "GET":
        raise RefusedError(405, "only queries are asked by GET", "METHOD_NOT_ALLOWED", {"allow": "POST"})
    result = await _executed(request, found, known)
    return _told(request, as_media, result, {"cost": {"requested": known.cost, "limit": limits.cost}})


async def _executed(request: Request, found: Asked, known: Judged) -> ExecutionResult:
    """A question about the schema alone goes to a thread: it takes the processor for long, and awaits nothing."""
    context = {"request": request, "database": request.app.state.database, "judged": known}
    more: dict[str, Any] = {
        "variable_values": found.variables,
        "context_value": context,
        "operation_name": found.operation,
    }
    try:
        if known.introspects:
            return await asyncio.to_thread(schema().execute_sync, found.query, **more)
        return await schema().execute(found.query, **more)
    except (CannotGetOperationTypeError, InvalidOperationTypeError) as error:
        return ExecutionResult(None, [_coded(GraphQLError(str(error) or "no such operation"))])


def _told(request: Request, as_media: str, result: ExecutionResult, extensions: dict[str, Any]) -> Response:
    """The result; where nothing was executed there is no `data`, and the status says so to those who know the newer type."""
    errors = [error.formatted for error in result.errors or ()]
    executed = result.data is not None or any(error.path for error in result.errors or ())
    told: dict[str, Any] = {"errors": errors} if errors else {}
    if executed:
        told = {"data": result.data, **told}
    if extensions:
        told["extensions"] = extensions
    status = 200 if executed or as_media == media.JSON else 400
    response = answer(as_media, status, told, {})
    return _tagged(request, response) if request.method == "GET" and executed and not errors else response


def _tagged(request: Request, response: Response) -> Response:
    """An answer by GET carries its tag, weak since it may be sent compressed, and is not sent to who has it already."""
    tag = f'W/"{hashlib.sha256(bytes(response.body)).hexdigest()[:32]}"'
    headers = {**dict(response.headers), "etag": tag, "cache-control": "no-cache"}
    known = {each.strip() for each in request.headers.get("if-none-match", "").split(",")}
    if known & {tag, "*"}:
        return Response(status_code=304, headers={name: headers[name] for name in ("etag", "cache-control", "vary")})
    return Response(response.body, 200, headers)


def _coded(error: GraphQLError) -> GraphQLError:
    return GraphQLError(
        error.message, source=error.source, positions=error.positions, extensions={"code": "BAD_QUESTION"}
    )
