"""What the service refuses, before it asks the database (there is none here), and how it says so."""

from __future__ import annotations

import json
from typing import Any

import pytest

from api.gql.schema import schema
from api.http.asked import Asked
from api.http.document import judged
from api.http.limits import Limits
from api.http.policy import Policy
from api.questions import Question, questions
from tests.http import refused

JSON = {"content-type": "application/json"}
LONG = 64 * 1024


def _posted(document: str, **variables: Any) -> Any:
    return refused("POST", json={"query": document, "variables": variables})


def _fragments(count: int, spread: str) -> str:
    """A chain of fragments, each holding the next as often as `spread` has it."""
    return " ".join(f"fragment f{i} on Query {{ {spread.replace('NEXT', f'...f{i + 1}')} }}" for i in range(count))


BODIES = {
    "bad UTF-8": b'{"query": "{ party(code: \\"\xff\\") { name } }"}',
    "null": b"null",
    "a number": b"1",
    "a text": b'"x"',
    "nothing": b"",
    "cut off": b'{"query": "{',
    "no query": b"{}",
    "a number as query": b'{"query": 1}',
    "nested a hundred thousand times": b"[" * 50_000,
    "nested objects": b'{"query": "{ __typename }", "variables": ' + b'{"a":' * 100 + b"1" + b"}" * 101,
    "a number of 5,000 digits": b'{"query": "{ __typename }", "variables": {"a": ' + b"9" * 5000 + b"}}",
    "no number": b'{"query": "{ __typename }", "variables": {"a": NaN}}',
    "half a surrogate pair": b'{"query": "query ($a: String!) { party(code: $a) { name } }", "variables": {"a": "\\ud800"}}',
    "half a surrogate pair in the document": b'{"query": "{ party(code: \\"\\udfff\\") { name } }"}',
    "several requests": b'[{"query": "{ __typename }"}, {"query": "{ __typename }"}]',
    "many values": json.dumps({"query": "{ __typename }", "variables": {"a": ["x"] * 600}}).encode(),
    "a long value": json.dumps({"query": "{ __typename }", "variables": {"a": "x" * 3000}}).encode(),
    "a deep list": json.dumps({"query": "{ __typename }", "variables": {"a": [[[["x"] * 200] * 2] * 2]}}).encode(),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_that_is_no_request_is_told_as_graphql_tells_errors(body: bytes) -> None:
    response = refused("POST", content=body, headers=JSON)
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    [error] = response.json()["errors"]
    assert error["extensions"]["code"] in ("BAD_REQUEST", "TOO_COMPLEX")
    assert "Traceback" not in response.text


def test_a_body_above_the_limit_is_not_read() -> None:
    announced = refused("POST", content=b"x" * (LONG + 1), headers=JSON)
    assert announced.status_code == 413

    async def endless() -> Any:
        for _ in range(2000):
            yield b"x" * 1024

    streamed = refused("POST", content=endless(), headers=JSON)
    assert (streamed.status_code, streamed.json()["errors"][0]["extensions"]) == (413, {"code": "TOO_LARGE"})
    assert refused("POST", content=b" " * (LONG - 24) + b'{"query":"{__typename}"}', headers=JSON).status_code == 200


def test_a_body_that_does_not_come_is_given_up() -> None:
    async def slowly() -> Any:
        import asyncio

        yield b'{"query"'
        await asyncio.sleep(30)

    response = refused("POST", content=slowly(), headers=JSON, policy=Policy(Limits(seconds=0.2)))
    assert response.status_code == 408


DOCUMENTS = {
    "fields": "{ " + "_a " * 20_000 + "}",
    "fields within the words": "{ " + "__typename " * 900 + "}",
    "the same field again": "{ " + 'party(code: "JP") { name } ' * 120 + "}",
    "aliases": "{ " + " ".join(f'a{i}: party(code: "JP") {{ name }}' for i in range(101)) + " }",
    "directives": "{ __typename " + "@skip(if: false) " * 60 + "}",
    "unknown fields": "{ " + " ".join(f"tarif{i}" for i in range(5000)) + " }",
    "depth": "{ party " * 20 + "}" * 20,
    "brackets": "{ a " * 8000 + "}" * 8000,
    "lists": "{ a(b: " + "[" * 15_000 + "]" * 15_000 + ") }",
    "comments": "#\n" * 20_000 + "{ __typename }",
    "a long text": '{ party(code: "' + "x" * 60_000 + '") { name } }',
    "a long block": '{ party(code: """' + "x\n" * 20_000 + '""") { name } }',
    "a long name": "{ " + "x" * 60_000 + " }",
    "variables": "query (" + ", ".join(f"$v{i}: Int" for i in range(101)) + ") { __typename }",
    "operations": " ".join(f"query Q{i} {{ __typename }}" for i in range(11)),
    "fragments": "{ ...f0 } " + _fragments(51, "NEXT") + " fragment f51 on Query { __typename }",
    "doubling fragments": "{ ...f0 } " + _fragments(40, "NEXT NEXT") + " fragment f40 on Query { __typename }",
    "doubling directives": "{ ...f0 } "
    + _fragments(40, "NEXT @include(if: true) NEXT")
    + " fragment f40 on Query { __typename }",
    "doubling aliases": "{ ...f0 } " + _fragments(8, "NEXT NEXT") + " fragment f8 on Query { a: __typename }",
    "doubling fragments that hold nothing": "{ ...f0 } " + _fragments(40, "NEXT NEXT"),
    "doubling fragments that nobody uses": "{ __typename } "
    + _fragments(40, "NEXT NEXT")
    + " fragment f40 on Query { __typename }",
    "a circle of fragments": "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
    "a fragment in itself": "{ ...a } fragment a on Query { ...a }",
    "pages of pages": "{ encounters(first: 100) { nodes { meetings(first: 100) { nodes { participations { person { tenures "
    "{ post { label } } } } } } } } }",
    "the schema again and again": "{ a: __schema { types { name } } b: __schema { types { name } } }",
}


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_document_beyond_the_limits_is_refused(document: str) -> None:
    response = _posted(document)
    assert response.status_code == 400, response.text[:300]
    [error] = response.json()["errors"]
    assert error["extensions"]["code"] in ("TOO_COMPLEX", "BAD_QUESTION")


def _cost(document: str, **numbers: int) -> int:
    return judged(document, Asked(document, numbers), schema()._schema, Limits()).cost


def test_pages_count_by_variable_and_by_default() -> None:
    nested = "{ negotiations { meetings(first: $n) { nodes { label participations { label } } } } }"
    asked = f"query ($n: Int) {nested}"
    assert [_cost(asked, n=n) for n in (2, 100)] == [1 + 10 * (2 + n * 12) for n in (2, 100)]
    assert _cost(f"query ($n: Int = 100) {nested}") == _cost(asked, n=100)
    assert _cost(asked) == _cost(nested.replace("(first: $n)", "")) == 1 + 10 * (2 + 50 * 12)


def test_the_cost_is_told() -> None:
    document = "{ party(code: 1) { label } }"
    told = _posted(document).json()
    assert told["extensions"] == {"cost": {"requested": _cost(document), "limit": Limits().cost}}


def test_a_page_larger_than_allowed_reaches_no_database() -> None:
    for field, most in (("meetings", 100), ("tariffMeasures", 1000)):
        [error] = _posted(f"{{ {field}(first: {most + 1}) {{ nodes {{ id }} }} }}").json()["errors"]
        assert f"ask for 1 to {most}" in error["message"]


SENT: tuple[tuple[str, dict[str, str], int], ...] = (
    ("POST", {"content-type": "text/plain"}, 415),
    ("POST", {"content-type": "application/x-www-form-urlencoded"}, 415),
    ("POST", {"content-type": "multipart/form-data; boundary=x"}, 415),
    ("POST", {"content-type": "application/json; charset=utf-16"}, 415),
    ("POST", {"content-type": "application/json", "content-encoding": "gzip"}, 415),
    ("POST", {}, 415),
    ("PUT", JSON, 405),
    ("DELETE", {}, 405),
    ("POST", JSON | {"accept": "text/csv"}, 406),
    ("POST", JSON | {"accept": "application/json;q=0"}, 406),
    ("POST", JSON | {"origin": "https://elsewhere.example"}, 403),
    ("POST", JSON | {"origin": "null"}, 403),
    ("POST", JSON | {"origin": "http://["}, 403),
    ("POST", JSON | {"origin": "http://test"}, 200),
    ("OPTIONS", {"origin": "https://elsewhere.example", "access-control-request-method": "POST"}, 403),
)


@pytest.mark.parametrize(("method", "headers", "status"), SENT)
def test_what_is_sent_must_be_json_from_here(method: str, headers: dict[str, str], status: int) -> None:
    response = refused(method, content=b'{"query": "{ __typename }"}', headers=headers)
    assert response.status_code == status
    assert "access-control-allow-origin" not in response.headers
    assert ("errors" in response.json()) == (status != 200)


@pytest.mark.parametrize(
    ("document", "name"),
    [
        ("query A { __typename } query B { __typename }", None),
        ("query A { __typename }", "C"),
        ("fragment f on Query { __typename }", None),
        ("mutation { __typename }", None),
        ("subscription { __typename }", None),
        ("type A { b: Int }", None),
    ],
)
def test_what_is_no_operation_to_run_is_told(document: str, name: str | None) -> None:
    newer = {"accept": "application/graphql-response+json"}
    response = refused("POST", json={"query": document, "operationName": name}, headers=newer)
    assert response.status_code == 400
    for error in response.json()["errors"]:
        assert error["extensions"]["code"] == "BAD_QUESTION"
        assert len(error["message"]) > 10


def test_pages_of_origins_that_are_named_may_ask() -> None:
    policy = Policy(origins=("https://partner.example",))
    origin = {"origin": "https://partner.example"}
    response = refused("POST", json={"query": "{ __typename }"}, headers=origin, policy=policy)
    assert response.json()["data"] == {"__typename": "Query"}
    assert response.headers["access-control-allow-origin"] == "https://partner.example"
    asking = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    assert refused("OPTIONS", headers=origin | asking, policy=policy).status_code == 200
    other = {"origin": "https://elsewhere.example"}
    assert refused("POST", json={"query": "{ __typename }"}, headers=other, policy=policy).status_code == 403


def test_a_get_changes_nothing_and_is_not_sent_twice() -> None:
    mutation = refused("GET", params={"query": "mutation { __typename }"})
    assert (mutation.status_code, mutation.headers["allow"]) == (405, "POST")
    first = refused("GET", params={"query": "{ __typename }"})
    again = refused("GET", params={"query": "{ __typename }"}, headers={"if-none-match": first.headers["etag"]})
    other = refused("GET", params={"query": "{ __typename }"}, headers={"if-none-match": '"other"'})
    assert (first.status_code, again.status_code, again.content, other.status_code) == (200, 304, b"", 200)


@pytest.mark.parametrize(
    "path", ["/graphql", "/", "/schema.graphql", "/health/live", "/nothing", "/icon.svg", "/dumps/x"]
)
def test_every_answer_is_safe_to_look_at(path: str) -> None:
    headers = refused("GET", path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert (
        "frame-ancestors" in headers["content-security-policy"]
        or "default-src 'none'" in headers["content-security-policy"]
    )


PATHS = (
    "/assets/%00",
    "/assets/%ff",
    "/assets/..%2f..%2f..%2fetc%2fpasswd",
    "/assets/" + "a" * 5000,
    "/dumps/%00",
    "/dumps/..%2f..%2fetc%2fpasswd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/id/%00%0d%0aset-cookie:x",
    "/schema.graphql?" + "a" * 9000,
    "/graphql?query=%ED%A0%80",
    "/graphql?query={__typename}&variables=%00",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST", "TRACE"])
def test_no_path_breaks_anything(path: str, method: str) -> None:
    response = refused(method, path, headers={"accept": "\x00, */*;q=1e9"})
    assert response.status_code < 500
    assert "set-cookie" not in response.headers


def test_long_answers_are_compressed_for_those_who_can_read_it() -> None:
    whole = refused("GET", "/schema.graphql", headers={"accept-encoding": "identity"})
    packed = refused("GET", "/schema.graphql", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == whole.text
    assert "content-encoding" not in whole.headers


@pytest.mark.parametrize("question", questions(), ids=lambda each: each.number)
def test_every_question_is_within_the_limits_by_far(question: Question) -> None:
    limits = Limits(tokens=1000, depth=12, fields=400, aliases=50, cost=1_000_000)
    assert judged(question.document, Asked(None), schema()._schema, limits).cost > 0
