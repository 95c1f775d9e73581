"""How long the worst documents take to be judged: `python -m benchmarks.documents`, at half of 64 KiB and at all of it, in CPU time.

Judged is: parsed where it is not too long, counted, priced, and where it is within the limits validated too.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from graphql import GraphQLError, validate

from api.gql.schema import schema
from api.http.asked import Asked
from api.http.document import judged
from api.http.limits import Limits
from api.http.refused import RefusedError
from tests.test_limits import DOCUMENTS

WHOLE = 64 * 1024
GROWING: dict[str, Callable[[int], str]] = {
    "fields": lambda size: "{" + "a " * (size // 2) + "}",
    "spaces": lambda size: " " * size + "{a}",
    "commas": lambda size: "," * size + "{a}",
    "lines": lambda size: "\n" * size + "{a}",
    "a comment": lambda size: "#" * size + "\n{a}",
    "comments": lambda size: "#\n" * (size // 2) + "{a}",
    "a text": lambda size: '{a(b:"' + "x" * size + '")}',
    "escapes": lambda size: '{a(b:"' + "\\n" * (size // 2) + '")}',
    "a block": lambda size: '{a(b:"""' + "x\n" * (size // 2) + '""")}',
    "quotes": lambda size: '"' * size,
    "an open text": lambda size: '"' + "\\" * size,
    "brackets": lambda size: "{a" * (size // 4) + "}" * (size // 4),
    "arguments": lambda size: "{a(" + "b:1 " * (size // 4) + ")}",
    "just within the words": lambda size: "{a(" + "b:1 " * 660 + ")}" + " " * (size - 2700),
    "aliases": lambda size: (
        "{" + " ".join(f'a{i}:party(code:"JP"){{name}}' for i in range(100)) + "}" + " " * (size - 3000)
    ),
    "unknown fields within the words": lambda size: (
        "{" + " ".join(f"tarif{i}" for i in range(790)) + "}" + " " * (size - 8000)
    ),
    "the same again, within the repeats": lambda size: "{" + 'party(code:"JP"){name} ' * 70 + "}" + " " * (size - 2000),
    "variables of unknown types": lambda size: (
        "query(" + ",".join(f"$v{i}:TarifMeasur{i}" for i in range(100)) + "){a}" + " " * (size - 2500)
    ),
    "fragments on unknown types": lambda size: (
        "{" + "".join(f"...on TarifMeasur{i}{{a}}" for i in range(300)) + "}" + " " * (size - 9000)
    ),
    "unknown values": lambda size: (
        "{meetings(filter:{kinds:["
        + " ".join(f"MINISTERIA{i}" for i in range(700))
        + "]}){totalCount}}"
        + " " * (size - 12_000)
    ),
    "text and spaces": lambda size: '{a(b:"' + "\\n" * min(15_000, size // 2 - 5) + '")}' + " " * max(0, size - 30_010),
}


def judge(document: str) -> float:
    """Seconds of CPU until it is known whether a document may be asked."""
    began = time.process_time()
    try:
        found = judged(document, Asked(document), schema()._schema, Limits())
        validate(schema()._schema, found.kept.document)
    except (RefusedError, GraphQLError):
        pass
    return time.process_time() - began


def main() -> None:
    judge("{ __typename }")
    worst = 0.0
    for name, made in GROWING.items():
        half, whole = (min(judge(made(size)) for _ in range(3)) for size in (WHOLE // 2, WHOLE))
        worst = max(worst, whole)
        print(f"{half * 1000:7.1f} ms  {whole * 1000:7.1f} ms  {name}")
    for name, document in DOCUMENTS.items():
        worst = max(worst, took := min(judge(document) for _ in range(3)))
        print(f"            {took * 1000:7.1f} ms  {name}, {len(document)} bytes")
    print(f"worst: {worst * 1000:.1f} ms")


if __name__ == "__main__":
    main()
