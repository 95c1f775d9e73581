"""Write reference.md and model.svg into a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from api.reference.page import page
from api.reference.picture import picture

FILES = {"reference.md": page, "model.svg": picture}


def main(folder: Path) -> None:
    """Write both files."""
    for name, make in FILES.items():
        (folder / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("say into which folder: python -m api.reference docs/")
    main(Path(sys.argv[1]))
