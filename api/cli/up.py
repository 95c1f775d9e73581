"""`tradegraph up`: the shipped data loaded, three questions answered, the API served until it is stopped."""

from __future__ import annotations

import asyncio
import socket

import uvicorn
from rich.console import Console
from starlette.applications import Starlette

from api.app import create_app
from api.cli.database import opened
from api.cli.loading import decide
from api.cli.shipped import load_shipped
from api.cli.show import answers
from api.cli.workers import helped
from api.http.journal import write_log
from api.http.policy import policy_of
from api.http.server import config
from api.memory import collect_seldom
from api.settings import Settings, SettingsError
from graph.connection import Connection
from graph.embedded.progress import progress_on
from graph.reads.statement import Database

OUT = Console()
PROGRESS = Console(stderr=True)


async def serve(settings: Settings, where: Connection, listening: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM."""
    write_log(settings.log_requests)
    async with opened(settings, where) as database:
        app = create_app(database, settings.home, policy_of(settings))
        server = uvicorn.Server(config(app))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        port = listening.getsockname()[1]
        preparing = asyncio.create_task(prepare(app, database, settings, port))
        building = asyncio.create_task(app.state.page.prepare())
        helping = asyncio.create_task(helped(settings, where, listening, preparing))
        await asyncio.wait({serving, preparing}, return_when=asyncio.FIRST_COMPLETED)
        if preparing.done() and preparing.exception() is not None:
            server.should_exit = True
        await serving
        helping.cancel()
        await asyncio.wait({helping})
        preparing.cancel()
        building.cancel()
        if preparing.done() and not preparing.cancelled():
            preparing.result()


async def prepare(app: Starlette, database: Database, settings: Settings, port: int) -> None:
    """Load what ships, then show what can be asked."""
    await decide(database, settings.home / "decisions", progress_on())
    summary = await load_shipped(database, settings.home / "quarantine", progress_on())
    PROGRESS.print(str(summary or "shipped data: unchanged since it was loaded"), markup=False)
    app.state.loaded = True
    OUT.print(await answers(database), soft_wrap=True)
    collect_seldom()
    OUT.print(
        f"Look at http://{settings.host}:{port}/ or ask at /graphql (schema: /schema.graphql). Stop with Ctrl-C.",
        soft_wrap=True,
    )


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises SettingsError where the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise SettingsError(
            f"cannot serve on {host}:{port} ({getattr(error, 'strerror', None) or error}): choose another with --port or --host"
        ) from error
    return listening
