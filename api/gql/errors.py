"""Which errors clients may read. All others are told apart by a number in the log alone."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Iterator
from typing import Any

from graphql import GraphQLError
from neo4j.exceptions import DriverError, Neo4jError
from strawberry.extensions import SchemaExtension

from graph.reads.problem import QuestionError

LOG = logging.getLogger("tradegraph.api")
_SECRETS = re.compile(r"(?i)(password|authorization|credentials)\W+\S+|\b\w+://\S+|\btg_\w+_[\w-]+|\bbearer\s+\S+")
TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"


class ShownErrors(SchemaExtension):
    """Masks every error whose cause is not the question itself."""

    def on_operation(self) -> Iterator[None]:
        """After execution, replace what clients may not read."""
        yield
        result: Any = self.execution_context.result
        if result is not None and getattr(result, "errors", None):
            result.errors = [shown(error) for error in result.errors]


def shown(error: GraphQLError) -> GraphQLError:
    """The error as a client may read it: faults of the question whole, all else as a number to ask about."""
    cause = error.original_error
    if cause is None or (error.path is None and error.nodes):
        return _as(error, error.message, "BAD_QUESTION")  # the document or a variable, before anything was asked
    if isinstance(cause, QuestionError):
        return _as(error, str(cause), "BAD_QUESTION")
    if isinstance(cause, Neo4jError) and cause.code and cause.code.startswith(TIMED_OUT):
        return _as(error, "the question took too long: ask for less, or for a smaller page", "TIMEOUT")
    number = uuid.uuid4().hex[:12]
    LOG.error("error %s at %s: %s", number, error.path, redacted(repr(cause)))
    if isinstance(cause, (DriverError, Neo4jError)):
        return _as(error, f"the database does not answer now: try again later (error {number})", "UNAVAILABLE")
    return _as(error, f"internal error {number}", "INTERNAL")


def redacted(text: str) -> str:
    """A text without addresses and secrets."""
    return _SECRETS.sub("[redacted]", text)


def _as(error: GraphQLError, message: str, code: str) -> GraphQLError:
    return GraphQLError(message, nodes=error.nodes, path=error.path, extensions={"code": code})
