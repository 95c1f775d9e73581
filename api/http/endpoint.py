"""`/graphql`: https://graphql.github.io/graphql-over-http/draft/ with limits."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

from graphql import GraphQLError, OperationType
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from strawberry.schema.exceptions import CannotGetOperationTypeError
from strawberry.types import ExecutionResult

from api.gql.schema import schema
from api.http import asked, body, media
from api.http.asked import Asked
from api.http.budget import Budgets
from api.http.document import Judged, judged
from api.http.hangup import while_heard
from api.http.journal import note
from api.http.origins import at_home
from api.http.policy import Policy
from api.http.refused import RefusedError, answer
from api.http.trusted import text_of

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
"""All come here, so that what is no method of GraphQL is told as GraphQL tells errors."""
READING = ("GET", "HEAD")
OF_BODY = ("content-length", "content-type")
HUNG_UP = 499
"""Nobody reads it; the log does (the number is nginx's)."""


async def graphql(request: Request) -> Response:
    """Answer one request. Nothing of it reaches the database before all limits were checked."""
    as_media = media.JSON
    try:
        as_media = media.answered_as(request.headers.get("accept", ""))
        at_home(request, _policy(request).origins)
        budgets: Budgets = request.app.state.budgets
        caller = budgets.caller(request)
        headers = budgets.spend(caller, 1)
        found = await _asked(request)
        text = text_of(found, _policy(request).documents)
        known = judged(text, found, schema()._schema, _policy(request).limits)
        if known.operation is not OperationType.QUERY and request.method in READING:
            raise RefusedError(405, "only queries are asked by GET", "METHOD_NOT_ALLOWED", {"allow": "POST"})
        headers = budgets.spend(caller, known.cost) or headers
        note(request.scope, caller=caller.name, cost=known.cost)
        result = await while_heard(request.receive, _executed(request, text, found, known))
        return _told(request, as_media, result, known, headers)
    except RefusedError as refusal:
        return refusal.response(as_media)
    except GraphQLError as error:
        return _told(request, as_media, ExecutionResult(None, [_coded(error)]), None, {})
    except ClientDisconnect:
        return Response(status_code=HUNG_UP)


def _policy(request: Request) -> Policy:
    policy: Policy = request.app.state.policy
    return policy


async def _asked(request: Request) -> Asked:
    limits = _policy(request).limits
    if request.method in READING:
        return asked.from_address(request.query_params, limits)
    if request.method != "POST":
        raise RefusedError(405, "ask by GET or by POST", "METHOD_NOT_ALLOWED", {"allow": "GET, POST"})
    media.sent_as_json(request.headers.get("content-type", ""), request.headers.get("content-encoding", ""))
    return asked.from_body(body.decoded(await body.read(request, limits), limits), limits)


async def _executed(request: Request, text: str, found: Asked, known: Judged) -> ExecutionResult:
    """A question about the schema alone goes to a thread: it takes the processor for long, and awaits nothing."""
    context = {"request": request, "database": request.app.state.database, "kept": known.kept}
    more: dict[str, Any] = {
        "variable_values": found.variables,
        "context_value": context,
        "operation_name": found.operation,
    }
    try:
        if known.introspects:
            return await asyncio.to_thread(schema().execute_sync, text, **more)
        return await schema().execute(text, **more)
    except CannotGetOperationTypeError as error:
        return ExecutionResult(None, [_coded(GraphQLError(error.as_http_error_reason()))])


def _told(
    request: Request, as_media: str, result: ExecutionResult, known: Judged | None, headers: dict[str, str]
) -> Response:
    """The result; where nothing was executed there is no `data`, and the status says so to those who know the newer type."""
    errors = [error.formatted for error in result.errors or ()]
    executed = result.data is not None or any(error.path for error in result.errors or ())
    told: dict[str, Any] = {"errors": errors} if errors else {}
    if executed:
        told = {"data": result.data, **told}
    if known is not None:
        told["extensions"] = {"cost": {"requested": known.cost, "limit": _policy(request).limits.cost}}
    status = 200 if executed or as_media == media.JSON else 400
    response = answer(as_media, status, told, headers)
    return _tagged(request, response) if request.method in READING and executed and not errors else response


def _tagged(request: Request, response: Response) -> Response:
    """An answer by GET carries its tag, weak since it may be sent compressed, and is not sent to who has it already."""
    tag = f'W/"{hashlib.sha256(bytes(response.body)).hexdigest()[:32]}"'
    headers = {**dict(response.headers), "etag": tag, "cache-control": "no-cache"}
    known = {each.strip() for each in request.headers.get("if-none-match", "").split(",")}
    if known & {tag, "*"}:
        return Response(status_code=304, headers={name: headers[name] for name in headers if name not in OF_BODY})
    return Response(response.body, 200, headers)


def _coded(error: GraphQLError) -> GraphQLError:
    return GraphQLError(
        error.message, source=error.source, positions=error.positions, extensions={"code": "BAD_QUESTION"}
    )
