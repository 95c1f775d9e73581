"""The page in the browser: where its built files lie, and the routes that serve them and what it reads beside GraphQL."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from api.questions import questions
from api.web import build
from graph.reads.table import READS
from schema import ontology

PACKED = Path(__file__).parent / "page"
"""Where a wheel has the built page; a checkout builds its own into the folder of the state."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
EXPLORER_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace(
    "font-src 'self'", "font-src 'self' data:"
)
"""The editor in GraphiQL makes its style sheets as it runs and carries its fonts in them; code is the server's own as on the page."""
SAFE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}
NOT_YET = """<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<title>tradegraph</title><h1>The page is not built yet</h1><p>{why}</p>
<p>GraphQL answers meanwhile: POST to /graphql; the schema is at <a href="/schema.graphql">/schema.graphql</a>.</p></html>"""


class Page:
    """The built page, or why there is none."""

    def __init__(self, home: Path) -> None:
        self.folder = PACKED if PACKED.is_dir() else home / "page" / build.digest()
        self.why = "It is built at the first start, which takes a minute or two; this reloads by itself."

    async def prepare(self) -> None:
        """Build it where it is not; never raises: without the page the rest still serves, and `/` says why."""
        if self.folder.is_dir():
            return
        try:
            await asyncio.to_thread(build.build, self.folder)
        except (build.BuildError, OSError) as error:
            self.why = f"It could not be built: {error}"

    def html(self, name: str, policy: str) -> Response:
        """One of its documents."""
        file = self.folder / name
        if not file.is_file():
            return HTMLResponse(
                NOT_YET.format(why=_escaped(self.why)), 503, {**SAFE, "content-security-policy": POLICY}
            )
        headers = {**SAFE, "content-security-policy": policy, "cache-control": "no-cache"}
        return FileResponse(file, headers=headers, media_type="text/html")


def routes(page: Page, packed: list[Middleware]) -> list[Route]:
    """What the page consists of; long files pass through `packed`."""

    async def start(_: Request) -> Response:
        return page.html("index.html", POLICY)

    async def icon(_: Request) -> Response:
        return FileResponse(
            build.SOURCES / "public" / "icon.svg" if not page.folder.is_dir() else page.folder / "icon.svg"
        )

    async def asset(request: Request) -> Response:
        """Files named by their content, which a browser may keep; no name of a client becomes a path."""
        folder = page.folder / "assets"
        known = {file.name for file in folder.iterdir()} if folder.is_dir() else set()
        if (name := request.path_params["name"]) not in known:
            return PlainTextResponse("no such file\n", 404)
        return FileResponse(folder / name, headers={"cache-control": "public, max-age=31536000, immutable"})

    return [
        Route("/", start),
        Route("/icon.svg", icon),
        Route("/ontology.json", kinds, middleware=packed),
        Route("/questions.json", examples),
        Route("/assets/{name:path}", asset, middleware=packed),
    ]


async def kinds(_: Request) -> Response:
    """All kinds as the ontology declares them."""
    return JSONResponse([kind_of(each) for each in ontology.KINDS])


def kind_of(kind: type) -> dict[str, Any]:
    """A kind: its name, what it is, and the fields that not all have: scalars, duties, and the nodes to which it leads."""
    fact = kind in ontology.FACTS
    alike = [set(READS[each.__name__]) for each in (ontology.FACTS if fact else ontology.ENTITIES)]
    own = {name: read for name, read in READS[kind.__name__].items() if name not in set.intersection(*alike)}
    single = {name: read for name, read in own.items() if not read.arguments and not read.type.startswith("[")}
    return {
        "name": kind.__name__,
        "fact": fact,
        "text": " ".join((kind.__doc__ or "").split("\n\n")[0].split()),
        "scalars": [name for name, read in single.items() if not read.match and read.type.rstrip("!") != "Duty"],
        "duties": [name for name, read in single.items() if read.type.rstrip("!") == "Duty"],
        "ends": [name for name, read in single.items() if read.match],
    }


async def examples(_: Request) -> Response:
    """The questions, for the explorer."""
    return JSONResponse(
        [{"number": each.number, "words": each.words, "document": each.document} for each in questions()]
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
