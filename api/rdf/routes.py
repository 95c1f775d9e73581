"""`/id/`, `/doc/`, `/def` and `/dumps/`."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from api.rdf import negotiation, people
from graph.rdf import jsonld
from graph.rdf.definitions import shapes, vocabulary
from graph.rdf.formats import FORMATS, write
from graph.rdf.mapper import Graph
from graph.rdf.page import Told, more_facts, told
from schema.vocabulary import Names

POLICY = {"content-security-policy": "default-src 'none'", "x-content-type-options": "nosniff"}


def routes() -> list[Route]:
    """All of them."""
    return [
        Route("/id/{id:path}", thing),
        Route("/doc/{id:path}", document),
        Route("/def", definitions),
        Route("/def.ttl", definitions),
        Route("/def/shapes.ttl", definitions),
        Route(f"/def/context-v{jsonld.VERSION}.jsonld", definitions),
        Route("/dumps/", dumps),
        Route("/dumps/{name}", dump),
    ]


async def thing(request: Request) -> Response:
    """A thing is no document: 303 to the one that tells of it."""
    id_ = quote(request.path_params["id"], safe="/()")
    return RedirectResponse(f"/doc/{id_}", 303, {"vary": "Accept"})


async def document(request: Request) -> Response:
    """What is told of a thing, in the format that the ending or `Accept` asks for."""
    id_, suffix = negotiation.split(request.path_params["id"])
    suffix = suffix or negotiation.chosen(request.headers.get("accept", ""))
    if suffix is None:
        return _plain(f"not as any of these: {', '.join(map(negotiation.media_of, FORMATS))}", 406)
    names = Names(request.app.state.database.base_uri)
    found = await told(request.app.state.database, names, id_, suffix == negotiation.HTML or FORMATS[suffix].graphs)
    if not found.graphs:
        ending = request.path_params["id"].removeprefix(id_)
        return _missing(found, ending)
    addresses = [(f"/doc/{quote(id_, safe='/()')}.{each}", negotiation.media_of(each)) for each in FORMATS]
    body = _body(id_, found, suffix, addresses, names)
    about = f'<{names.thing(id_)}>; rel="describes"'
    links = ", ".join([about, *(f'<{url}>; rel="alternate"; type="{media}"' for url, media in addresses)])
    return _tagged(request, body, negotiation.media_of(suffix), {"vary": "Accept", "link": links})


def _body(id_: str, found: Told, suffix: str, addresses: list[tuple[str, str]], names: Names) -> bytes:
    if suffix == negotiation.HTML:
        return people.page(id_, found.graphs, found.more, addresses, names)
    out = io.BytesIO()
    write([*found.graphs, *_more(found, id_, names)], FORMATS[suffix], False, names, out)
    return out.getvalue()


def _more(found: Told, id_: str, names: Names) -> list[Graph]:
    return [more_facts(names, id_)] if found.more else []


def _missing(found: Told, ending: str) -> Response:
    if found.kept:
        return RedirectResponse(f"/doc/{quote(found.kept, safe='/()')}{ending}", 301)
    if found.gone:
        return _plain("it was withdrawn: a row had been misread here", 410)
    return _plain("nothing is told of such a thing", 404)


async def definitions(request: Request) -> Response:
    """Our vocabulary, the shapes of exports, the context of JSON-LD."""
    names = Names(request.app.state.database.base_uri)
    path = request.url.path
    if path.endswith(".jsonld"):
        return _tagged(request, json.dumps({"@context": jsonld.context(names)}).encode(), "application/ld+json", {})
    if path.endswith("shapes.ttl"):
        return _tagged(request, shapes(names), "text/turtle", {})
    suffix = "ttl" if path.endswith(".ttl") else negotiation.chosen(request.headers.get("accept", ""))
    if suffix == negotiation.HTML:
        return _tagged(request, people.words(names), "text/html", {"vary": "Accept"})
    if suffix != "ttl" and "text/turtle" not in request.headers.get("accept", "text/turtle"):
        return _plain("as text/turtle or text/html", 406)
    return _tagged(request, vocabulary(names), "text/turtle", {"vary": "Accept"})


async def dumps(request: Request) -> Response:
    """The index of all exports, as JSON-LD or Turtle."""
    suffix = "ttl" if "text/turtle" in request.headers.get("accept", "") else "jsonld"
    path = _folder(request) / f"index.{suffix}"
    if not path.is_file():
        return _plain("nothing has been exported: run `tradegraph export`", 404)
    return _tagged(
        request, path.read_bytes(), FORMATS[suffix].media[0], {"vary": "Accept", "cache-control": "no-cache"}
    )


async def dump(request: Request) -> Response:
    """One file of an export."""
    folder, name = _folder(request), request.path_params["name"]
    known = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if name not in known or name.startswith("."):
        return _plain("no such export", 404)
    return FileResponse(folder / name, headers=POLICY)


def _folder(request: Request) -> Path:
    folder: Path = request.app.state.dumps
    return folder


def _tagged(request: Request, body: bytes, media: str, headers: dict[str, str]) -> Response:
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, **POLICY, **headers}
    known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    return Response(body, 200, {"content-type": media + charset, **headers})


def _plain(text: str, status: int) -> Response:
    return PlainTextResponse(f"{text}\n", status, {"vary": "Accept", **POLICY})
