"""One line of the doctor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One check. `mend` says what to do where it is not good."""

    name: str
    good: bool
    detail: str
    mend: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {"check": self.name, "good": self.good, "detail": self.detail, "mend": self.mend}

    def __str__(self) -> str:
        """One line, and where something is to be done a second one."""
        line = f"{'good' if self.good else 'MEND'}  {self.name}: {self.detail}"
        return line if self.good else f"{line}\n      {self.mend}"
