"""The real service on the graph of the suite, and a real Chromium that looks at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, sync_playwright

from api.settings import read_settings
from api.web import build
from graph.connection import Connection
from tests.http import served

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
REQUIRED = bool(os.environ.get("TRADEGRAPH_BROWSER"))
"""Set where a missing browser, or an audit that cannot be fetched, is a failure: in CI."""
ARGUMENTS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
PATIENCE = 60_000


def built() -> Path:
    """The folder of the page, which is built once, into the user's folder of the state."""
    folder = read_settings().home / "page" / build.digest()
    if not folder.is_dir():
        build.build(folder)
    return folder


@contextmanager
def serving(connection: Connection) -> Iterator[str]:
    """The address of the service on a database, with the page built."""
    built()
    with served(connection, read_settings().home) as address:
        yield address


def axe() -> Path:
    """The script of axe-core, which is a package of the page's development and part of nothing that we ship."""
    folder = read_settings().home / "page" / f"packages-{build.digest()}"
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        build.install(folder)
    return script


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """One visitor: what the page asked for elsewhere, what failed in it, and whether anything in the data ran."""

    page: Page
    base: str
    elsewhere: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("request", self._asked)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._said)
        self.page.on("dialog", self._interrupted)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _interrupted(self, dialog: Dialog) -> None:
        self.errors.append("a dialog")
        dialog.dismiss()

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.elsewhere.append(request.url)

    def open(self, path: str) -> None:
        """Go to an address of the page and wait until it shows what it names."""
        self.page.goto(self.base + path)
        self.settle()

    def settle(self) -> None:
        """Wait until the view shows what was asked for."""
        self.page.wait_for_selector(".view[aria-busy=false]")

    def says(self) -> str:
        """The error that is shown, if any."""
        return self.page.inner_text(".says")
