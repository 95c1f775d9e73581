"""The five questions, as each of the two is asked, and what both must answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Found = Any
DAY = "2024-06-01"


@dataclass(frozen=True)
class Ask:
    """A question: the documents, the variables of each by a number, and the answers in one form."""

    name: str
    ours: str
    theirs: str
    variables: Callable[[int], tuple[Mapping[str, Any], Mapping[str, Any]]]
    ours_says: Callable[[Found], Found]
    theirs_says: Callable[[Found], Found]


def _sorted(rows: Iterator[Found]) -> Found:
    return sorted(rows, key=json.dumps)


def _our_meetings(found: Found) -> Found:
    return _sorted(
        [
            *(each["name"], each["start"], each["place"]),
            _sorted(seat["person"]["name"] for seat in each["participations"]),
            _sorted(topic["name"] for topic in each["topics"]),
        ]
        for each in found["person"]["meetings"]["nodes"]
    )


def _their_meetings(found: Found) -> Found:
    meetings = {seat["meeting"][0]["name"]: seat["meeting"][0] for seat in found["people"][0]["participations"]}
    return _sorted(
        [
            *(name, each["records"][0]["start"], each["records"][0]["place"]),
            _sorted(seat["person"][0]["name"] for seat in each["participations"]),
            _sorted(topic for topic in {said["topic"][0]["name"] for said in each["discussions"]}),
        ]
        for name, each in meetings.items()
    )


def _our_measures(found: Found) -> Found:
    return [
        [each["authority"], each["validFrom"], each["duty"]["text"], each["importer"], each["instrument"]["name"]]
        for each in found["tariffMeasures"]["nodes"]
    ]


def _their_measures(found: Found) -> Found:
    return [
        [
            each["authority"],
            each["valid_from"],
            json.loads(each["duty"])["text"],
            each["party"][0],
            each["instrument"][0]["name"],
        ]
        for each in found["tariffMeasures"]
    ]


_MEASURE = "authority validFrom duty { text } importer { name code } instrument { name }"
_THEIR_MEASURE = "authority valid_from duty party { name code } instrument { name }"
_SORTED = "sort: [{valid_from_first: ASC}, {id: ASC}]"

ASKS = (
    Ask(
        "a country with its agreements",
        "query ($code: String!) { party(code: $code) { name agreements { name kind } } }",
        "query ($code: String!) { countries(where: {code: {eq: $code}}) { name events { agreement { name kind } } } }",
        lambda n: ({"code": f"Q{n % 200}"},) * 2,
        lambda found: [found["party"]["name"], _sorted([e["name"], e["kind"]] for e in found["party"]["agreements"])],
        lambda found: [
            found["countries"][0]["name"],
            _sorted(
                [name, kind]
                for name, kind in {
                    (e["agreement"][0]["name"], e["agreement"][0]["kind"]) for e in found["countries"][0]["events"]
                }
            ),
        ],
    ),
    Ask(
        "a person, the meetings, who sat there, the topics",
        "query ($id: ID!) { person(id: $id) { name meetings(first: 100) { nodes { "
        "name start place participations { person { name } } topics { name } } } } }",
        "query ($id: ID!) { people(where: {id: {eq: $id}}) { name participations { meeting { "
        "name records { start place } participations { person { name } } discussions { topic { name } } } } } }",
        lambda n: ({"id": f"person/{n * 101 % 20_000}"},) * 2,
        _our_meetings,
        _their_meetings,
    ),
    Ask(
        "the duties on a product on a day",
        f'query ($code: String!) {{ tariffMeasures(filter: {{product: $code}}, at: "{DAY}", first: 1000) {{ nodes {{ {_MEASURE} }} }} }}',
        f"query ($codes: [ID!]!) {{ productCodes(where: {{id: {{in: $codes}}}}) {{ scopes {{ measures(where: {{"
        f'known_from: {{lte: "2099"}}, OR: [{{valid_from_first: {{eq: null}}}}, {{valid_from_first: {{lte: "{DAY}"}}}}], '
        f'AND: [{{OR: [{{valid_to_last: {{eq: null}}}}, {{valid_to_last: {{gt: "{DAY}"}}}}]}}]}}, {_SORTED}) {{ {_THEIR_MEASURE} }} }} }} }}',
        lambda n: (
            {"code": str(100_000 + n * 37 % 5_000)},
            {"codes": ["", *(str(100_000 + n * 37 % 5_000)[:length] for length in range(1, 7))]},
        ),
        _our_measures,
        lambda found: _their_measures({"tariffMeasures": found["productCodes"][0]["scopes"][0]["measures"]}),
    ),
    Ask(
        "1,000 measures, nested",
        f"query ($code: String!) {{ tariffMeasures(filter: {{importer: $code}}, first: 1000) {{ nodes {{ {_MEASURE} }} }} }}",
        f"query ($id: String!) {{ tariffMeasures(where: {{importer: {{eq: $id}}}}, limit: 1000, {_SORTED}) {{ {_THEIR_MEASURE} }} }}",
        lambda n: ({"code": f"Q{n * 7 % 200}"}, {"id": f"country/{n * 7 % 200}"}),
        _our_measures,
        _their_measures,
    ),
    Ask(
        "how many measures an importer has",
        "query ($code: String!) { tariffMeasures(filter: {importer: $code}, first: 1) { totalCount } }",
        "query ($id: String!) { tariffMeasuresConnection(where: {importer: {eq: $id}}) { aggregate { count { nodes } } } }",
        lambda n: ({"code": f"Q{n * 7 % 200}"}, {"id": f"country/{n * 7 % 200}"}),
        lambda found: found["tariffMeasures"]["totalCount"],
        lambda found: found["tariffMeasuresConnection"]["aggregate"]["count"]["nodes"],
    ),
)
