"""The hook by which hatchling builds the page into the wheel."""

from __future__ import annotations

import os
import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PageHook(BuildHookInterface[Any]):
    """Puts the built page beside the modules of `api`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page before the wheel is packed; an editable install serves what the program builds itself.

        TRADEGRAPH_PAGE names a folder in which it is built already, for builds without a network.
        """
        if version == "editable":
            return
        ready = os.environ.get("TRADEGRAPH_PAGE")
        page = Path(ready) if ready else Path(self.directory) / "page"
        if not ready:
            runpy.run_path(str(Path(self.root) / "api" / "web" / "build.py"))["build"](page)
        build_data["force_include"][str(page)] = "api/page"
