"""What a request asks: the parameters of GraphQL over HTTP, from a body or from an address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.http.body import decoded
from api.http.limits import Limits
from api.http.refused import RefusedError


@dataclass(frozen=True)
class Asked:
    """One request. `document_id` names a document that the service knows."""

    query: str | None
    variables: dict[str, Any] = field(default_factory=dict)
    operation: str | None = None
    document_id: str | None = None


def from_body(given: Mapping[str, Any], limits: Limits) -> Asked:
    """Of a JSON object. Raises RefusedError (400) for a parameter of the wrong type, or for too much in the variables."""
    query, operation, document_id = (_text(given, name) for name in ("query", "operationName", "documentId"))
    variables, _ = (_object(given, name) for name in ("variables", "extensions"))
    if query is None and document_id is None:
        raise RefusedError(400, "`query` is missing: it is the text of a GraphQL document")
    _bounded(variables, limits)
    return Asked(query, variables, operation, document_id)


def from_address(given: Mapping[str, str], limits: Limits) -> Asked:
    """Of the parameters of a GET; objects are JSON in them. Raises RefusedError (400, 414)."""
    if sum(map(len, given.values())) > limits.body:
        raise RefusedError(414, f"an address has at most {limits.body} bytes: send it by POST", "TOO_LARGE")
    plain: dict[str, Any] = {name: given[name] for name in ("query", "operationName", "documentId") if name in given}
    for name in ("variables", "extensions"):
        if text := given.get(name):
            plain[name] = None if text == "null" else decoded(text.encode("utf-8", "surrogatepass"), limits)
    return from_body(plain, limits)


def _text(given: Mapping[str, Any], name: str) -> str | None:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise RefusedError(400, f"`{name}` must be a string")
    return value


def _object(given: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = given.get(name)
    if value is not None and not isinstance(value, dict):
        raise RefusedError(400, f"`{name}` must be an object")
    return value or {}


def _bounded(variables: dict[str, Any], limits: Limits) -> None:
    for count, value in enumerate(_values(variables), start=1):
        if count > limits.values:
            raise RefusedError(400, f"variables hold at most {limits.values} values", "TOO_COMPLEX")
        if isinstance(value, str) and len(value) > limits.text:
            raise RefusedError(400, f"a text in the variables has at most {limits.text} characters", "TOO_COMPLEX")


def _values(value: Any) -> Iterator[Any]:
    yield value
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in below:
        yield from _values(each)
