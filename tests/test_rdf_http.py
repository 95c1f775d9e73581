"""Things at their own addresses, as the standards of the web say, and the exports that machines poll."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from api.app import create_app
from graph import joining
from graph.embedded.progress import progress_on
from graph.rdf.dumps import Order
from graph.rdf.formats import FORMATS
from schema.base import Evidence
from schema.people import Person, Tenure
from tests.conftest import Graph
from tests.rdf_graph import records
from tests.test_rdf_dumps import ordered

PERSON = "person/ryosei-akazawa"


def get(graph: Graph, home: Path, path: str, **headers: str) -> httpx.Response:
    """One answer."""

    async def work() -> httpx.Response:
        app = create_app(graph.database, home)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return await client.get(path, headers=headers)

    return graph.run(work())


@pytest.fixture
def served(_graph: Graph) -> Graph:
    """The awkward graph; tests only read it."""
    return _graph.keep("rdf", records)


def test_a_thing_leads_to_its_document(served: Graph, tmp_path: Path) -> None:
    answer = get(served, tmp_path, f"/id/{PERSON}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/doc/{PERSON}")


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_by_ending_and_by_accept(served: Graph, tmp_path: Path, suffix: str) -> None:
    format_ = FORMATS[suffix]
    by_ending = get(served, tmp_path, f"/doc/{PERSON}.{suffix}")
    by_accept = get(served, tmp_path, f"/doc/{PERSON}", accept=f"text/html;q=0.5, {format_.media[0]}")
    assert by_ending.content == by_accept.content
    assert by_accept.headers["content-type"].startswith(format_.media[0]) and by_accept.headers["vary"] == "Accept"
    found = {quad.object.value for quad in parse(by_ending.content, format_.writer or RdfFormat.JSON_LD)}
    assert {"https://tradegraph.invalid/id/post/minister", "Akazawa"} <= found


def test_people_get_a_page_in_which_nothing_runs(served: Graph, tmp_path: Path) -> None:
    answer = get(served, tmp_path, "/doc/group/g7", accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"] == "default-src 'none'"
    assert "&lt;b&gt;" in answer.text and "<b>" not in answer.text
    assert '<a href="/id/country/japan">' in answer.text
    assert '<link rel="alternate" type="text/turtle" href="/doc/group/g7.ttl">' in answer.text


def test_what_is_known_to_the_client_is_not_sent_again(served: Graph, tmp_path: Path) -> None:
    first = get(served, tmp_path, f"/doc/{PERSON}.ttl")
    again = get(served, tmp_path, f"/doc/{PERSON}.ttl", **{"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert f'</doc/{PERSON}.nq>; rel="alternate"; type="application/n-quads"' in first.headers["link"]


@pytest.mark.parametrize(
    "path", ["/doc/person/nobody", "/doc/nonsense", "/doc/person", "/doc/a.ttl", "/dumps/", "/dumps/..%2Fx"]
)
def test_what_there_is_not(served: Graph, tmp_path: Path, path: str) -> None:
    assert get(served, tmp_path, path).status_code == 404


def test_what_no_format_fits(served: Graph, tmp_path: Path) -> None:
    answer = get(served, tmp_path, f"/doc/{PERSON}", accept="image/png, text/turtle;q=0")
    assert answer.status_code == 406 and "application/n-quads" in answer.text


def test_a_misreading_is_gone(scratch: Graph, tmp_path: Path) -> None:
    scratch.load(records())
    evidence = (Evidence(source="source/act"),)
    for acting in (True, False):
        scratch.load([Tenure(key="k", person=PERSON, post="post/minister", acting=acting, evidence=evidence)])
    gone = scratch.cypher("MATCH (f:Fact) WHERE f.retracted_at IS NOT NULL RETURN f.id AS id")[0]["id"]
    assert get(scratch, tmp_path, f"/doc/{gone}").status_code == 410


def test_what_was_joined_is_found_elsewhere_for_good(scratch: Graph, tmp_path: Path) -> None:
    joined = "person/akazawa"
    scratch.load([*records(), Person(id=joined, name="Akazawa Ryosei")])
    kept = dict.fromkeys((joined, PERSON), PERSON)
    scratch.run(joining.apply(scratch.database.driver, scratch.database.name, kept, progress_on()))
    for ending in ("", ".ttl"):
        answer = get(scratch, tmp_path, f"/doc/{joined}{ending}")
        assert (answer.status_code, answer.headers["location"]) == (301, f"/doc/{PERSON}{ending}")
    assert "Akazawa Ryosei" in get(scratch, tmp_path, f"/doc/{PERSON}.ttl").text


def test_the_index_and_the_files(scratch: Graph, tmp_path: Path) -> None:
    scratch.load(records())
    record = ordered(scratch, tmp_path / "dumps", Order())
    index = get(scratch, tmp_path, "/dumps/")
    assert index.json()["dcat:dataset"][0]["@id"].endswith(record["name"])
    assert b"dcat:Catalog" in get(scratch, tmp_path, "/dumps/", accept="text/turtle").content
    again = get(scratch, tmp_path, "/dumps/", **{"if-none-match": index.headers["etag"]})
    assert again.status_code == 304
    name = record["files"][0]["name"]
    assert get(scratch, tmp_path, f"/dumps/{name}").content == (tmp_path / "dumps" / name).read_bytes()


@pytest.mark.parametrize("path", ["/def", "/def.ttl", "/def/shapes.ttl", "/def/context-v1.jsonld"])
def test_what_is_published_of_the_ontology(served: Graph, tmp_path: Path, path: str) -> None:
    answer = get(served, tmp_path, path)
    format_ = RdfFormat.JSON_LD if path.endswith("jsonld") else RdfFormat.TURTLE
    list(parse(answer.content, format_))
    assert answer.status_code == 200
    assert b'<dt id="knownFrom">' in get(served, tmp_path, "/def", accept="text/html").content
