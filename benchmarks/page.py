"""The page measured, and its pictures taken, on a service that runs: `python -m benchmarks.page http://127.0.0.1:8000 [docs/]`.

Says the size of the page's script, the seconds until the largest ego view can be used in a browser that has nothing cached, and
the median of a slider's step. With a folder, it also takes the pictures of docs/page.md.
"""

from __future__ import annotations

import gzip
import re
import statistics
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page

from tests.browser import chromium

CARS = "/?view=rate&origin=JP&product=87032301&at=2025-07-10"
ROBOTS = "/?view=rate&origin=JP&product=84795000&at=2025-07-10&known=2025-06-14"
ROUND = "/?view=graph&focus=meeting/us-jp-2025/round-6&pick=meeting/us-jp-2025/round-6"
EGO = "/?view=graph&focus=country/us&open=country%2Fus~INSTRUMENT"
PICTURES = {
    "page-start": ("/", "light"),
    "page-rate": (CARS, "light"),
    "page-believed": (ROBOTS, "light"),
    "page-graph": (ROUND, "light"),
    "page-timeline": ("/?view=timeline&talks=negotiation/us-jp-2025", "light"),
    "page-parties": ("/?view=parties&a=US&b=JP&at=2025-10-01", "dark"),
}
STEPS = 20
VIEWS = 5
SETTLED = ".view[aria-busy=false]"


def main(base: str, pictures: Path | None) -> None:
    print(f"script of the page, gzip: {script_size(base) / 1024:.0f} KB")
    with chromium() as browser:
        times = []
        for _ in range(VIEWS + 1):  # the first warms the database, the others are browsers without a cache
            page = browser.new_context().new_page()
            started = time.perf_counter()
            page.goto(base + EGO)
            page.wait_for_selector(SETTLED, timeout=120_000)
            shown = page.inner_text(".graph .aside")
            times.append(time.perf_counter() - started)
            page.close()
        print(f"ego view ({shown}), median of {VIEWS}: {statistics.median(times[1:]):.2f} s")
        page = browser.new_page()
        for name, path in {"graph": ROUND, "rate": CARS}.items():
            print(
                f"a step of the slider asKnownOn, {name}, median of {STEPS}: {median_step(page, base + path) * 1000:.0f} ms"
            )
        if pictures:
            for name, (path, scheme) in PICTURES.items():
                shot = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 800}).new_page()  # type: ignore[arg-type]
                shot.goto(base + path)
                shot.wait_for_selector(SETTLED, timeout=120_000)
                shot.wait_for_timeout(1500)
                shot.screenshot(path=pictures / f"{name}.png")
                shot.close()


def script_size(base: str) -> int:
    """Bytes of all scripts that the page can load, without the explorer's."""
    html = _get(base + "/").decode()
    first = re.findall(r'src="(/assets/[^"]+\.js)"', html)
    found = {name: _get(base + name) for name in first}
    for text in list(found.values()):
        for name in re.findall(rb"assets/[\w-]+\.js|\./[\w-]+\.js", text):
            path = "/assets/" + name.decode().split("/")[-1]
            found[path] = _get(base + path)
    return sum(len(gzip.compress(text)) for text in found.values())


def median_step(page: Page, address: str) -> float:
    """Seconds from the key that moves the slider to the new answer; each day is asked for the first time. Of a rate, the rate and its parts."""
    page.goto(address)
    page.wait_for_selector(SETTLED, timeout=120_000)
    slider = page.get_by_role("slider", name="As known on")
    slider.focus()
    times = []
    for _ in range(STEPS):
        started = time.perf_counter()
        page.keyboard.press("ArrowLeft")
        day = page.get_by_label("As known on, as a date").input_value()
        answered = f".answer:has-text('as known on {day}')" if "view=rate" in address else SETTLED
        page.wait_for_selector(answered, timeout=120_000)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def _get(address: str) -> bytes:
    with urllib.request.urlopen(address) as response:
        found: bytes = response.read()
    return found


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
