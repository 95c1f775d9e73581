"""The hook by which hatchling builds the page into the wheel."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PageHook(BuildHookInterface[Any]):
    """Puts the built page beside the modules of `api`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page before the wheel is packed; an editable install serves what the program builds itself."""
        if version == "editable":
            return
        page = Path(self.directory) / "page"
        runpy.run_path(str(Path(self.root) / "api" / "web" / "build.py"))["build"](page)
        build_data["force_include"][str(page)] = "api/page"
