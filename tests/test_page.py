"""The page as a visitor sees it: in Chromium, on the real service and the data that ships."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser
from pyoxigraph import RdfFormat, parse

from graph.connection import Connection
from loaders import curated
from tests.browser import CHROMIUM, REQUIRED, Visit, axe, chromium, serving
from tests.conftest import Graph
from tests.http import BASE

pytestmark = pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no Chromium here: apt install chromium")
CARS = "/?view=rate&origin=JP&product=87032301&at=2025-07-10"
ROBOTS = "/?view=rate&origin=JP&product=84795000&at=2025-07-10"
ROUND = "meeting/us-jp-2025/round-6"
VIEWS = {
    "start": "/",
    "graph": f"/?view=graph&focus={ROUND}&pick={ROUND}",
    "timeline": "/?view=timeline&talks=negotiation/us-jp-2025",
    "rate": f"{ROBOTS}&known=2025-06-14",
    "parties": "/?view=parties&a=US&b=JP&at=2025-10-01",
    "table": f"{CARS}&table=1",
}


@pytest.fixture(scope="module")
def base(connection: Connection) -> Iterator[str]:
    with serving(connection) as address:
        yield address


@pytest.fixture
def browser(shipped: Graph) -> Iterator[Browser]:
    """One for each test, after the graph is loaded: while it runs its own loop, the graph's cannot."""
    with chromium() as found:
        yield found


@pytest.fixture
def visit(base: str, browser: Browser) -> Iterator[Visit]:
    """A visitor to the data that ships; whatever was looked at, nothing failed and nothing came from elsewhere."""
    page = browser.new_page(viewport={"width": 1280, "height": 860})
    found = Visit(page, base)
    yield found
    page.close()
    assert found.elsewhere == []
    assert found.errors == []


def _rows(visit: Visit) -> list[list[str]]:
    return [row.locator("td").all_inner_texts() for row in visit.page.locator("tbody tr").all()]


def _drawn(visit: Visit) -> tuple[int, int]:
    """How many things and ties the graph says that it shows."""
    things, ties = re.findall(r"(\d+) things, (\d+) ties", visit.page.inner_text(".graph"))[0]
    return int(things), int(ties)


def test_the_rate_its_parts_and_what_was_believed(visit: Visit) -> None:
    """The walk of docs/page.md: five actions from the start page."""
    visit.open("/")
    visit.page.get_by_role("link", name="Japanese cars").click()
    visit.settle()
    assert visit.page.inner_text("[data-total]") == "27.5 %"
    assert "clause (1)" in visit.page.inner_text(".apart")
    visit.page.get_by_role("button", name="S232 · autos/general").first.click()
    visit.page.wait_for_selector("aside h3:has-text('Where it comes from')")
    assert "Proclamation 10908" in visit.page.inner_text("aside")
    visit.page.get_by_label("As known on, as a date").fill("2025-06-14")
    visit.settle()
    assert "as known on 2025-06-14" in visit.page.inner_text(".answer")
    assert "known=2025-06-14" in visit.page.url


def test_pending_and_what_if(visit: Visit) -> None:
    visit.open(f"{ROBOTS}&known=2025-06-14")
    assert visit.page.inner_text("[data-total]") == "26.5 %"
    assert "make a deal" in visit.page.inner_text(".apart")
    visit.page.get_by_role("button", name="What if").first.click()
    visit.page.wait_for_selector("[data-total='12.5 %']")
    visit.page.go_back()
    visit.page.wait_for_selector("[data-total='26.5 %']")


def test_the_graph_around_a_round_and_its_table_and_csv(visit: Visit) -> None:
    visit.open(VIEWS["graph"])
    assert visit.says() == ""
    things, ties = _drawn(visit)
    assert things == ties + 1
    visit.page.get_by_role("button", name="Table").click()
    visit.page.wait_for_selector("tbody tr")
    assert {"Scott Bessent", "Ryosei Akazawa", "Howard Lutnick"} <= {row[1] for row in _rows(visit)}
    with visit.page.expect_download() as saving:
        visit.page.get_by_role("button", name="CSV").click()
    text = Path(saving.value.path()).read_text()
    assert [row[1] for row in csv.reader(io.StringIO(text))][1:] == [row[1] for row in _rows(visit)]


def test_a_kind_is_switched_off_in_the_legend_and_a_neighbour_expanded(visit: Visit) -> None:
    visit.open(VIEWS["graph"])
    things, ties = _drawn(visit)
    visit.page.locator(".legend").get_by_role("button", name="topic").click()
    visit.page.wait_for_selector(f"text={things - 3} things, {ties - 3} ties")
    visit.open(f"/?view=graph&focus={ROUND}&pick=person/scott-bessent")
    visit.page.locator("aside").get_by_role("button", name="post").click()
    visit.page.wait_for_selector(f"text={things + 1} things, {ties + 1} ties")
    assert "open=person%2Fscott-bessent%7EPOST" in visit.page.url


def test_talks_in_time(visit: Visit) -> None:
    visit.open(VIEWS["timeline"])
    names = visit.page.locator(".chart [role=button] title").all_text_contents()
    assert any("sixth round: held" in name for name in names)
    visit.open(f"{VIEWS['timeline']}&known=2025-06-14")
    names = visit.page.locator(".chart [role=button] title").all_text_contents()
    assert any("sidelines of the G7 summit" in name and ": planned" in name for name in names)


def test_two_parties(visit: Visit) -> None:
    visit.open(VIEWS["parties"])
    text = visit.page.inner_text(".parties")
    assert "US-Japan framework agreement of 2025" in text
    assert "87 " in text
    assert " meetings" in text


def test_the_keyboard_alone(visit: Visit) -> None:
    visit.open("/")
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("8703.23.01")
    visit.page.wait_for_selector("[role=option][aria-selected=true]")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(".rate .bar")
    origin = visit.page.get_by_label("Origin")
    for _ in range(60):
        if origin.evaluate("each => each === document.activeElement"):
            break
        visit.page.keyboard.press("Tab")
    visit.page.keyboard.type("Japan")
    visit.page.keyboard.press("Tab")
    visit.page.wait_for_selector("[data-total]")
    visit.page.keyboard.press("Alt+3")
    visit.page.wait_for_selector(".timeline svg")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_is_found_by_axe(base: str, browser: Browser, scheme: str) -> None:
    page = browser.new_context(color_scheme=scheme, bypass_csp=True).new_page()  # type: ignore[arg-type]
    found = Visit(page, base)
    for name, path in VIEWS.items():
        found.open(path)
        page.add_script_tag(path=axe())
        faults = page.evaluate("axe.run().then(found => found.violations)")
        serious = [
            (each["id"], each["nodes"][0]["html"][:200]) for each in faults if each["impact"] in ("serious", "critical")
        ]
        assert serious == [], name
    page.close()


def test_what_is_dark_is_dark(base: str, browser: Browser) -> None:
    page = browser.new_context(color_scheme="dark").new_page()
    Visit(page, base).open("/")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert sum(map(int, ground[4:-1].split(","))) < 150
    page.close()


def test_pictures_are_saved(visit: Visit) -> None:
    visit.open(VIEWS["rate"])
    for kind, begins in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with visit.page.expect_download() as saving:
            visit.page.get_by_role("button", name=kind).click()
        assert Path(saving.value.path()).read_bytes().startswith(begins)


def test_an_error_says_what_to_do(visit: Visit) -> None:
    visit.open("/?view=rate&importer=XX&origin=JP&product=87032301")
    assert "Change what is asked for" in visit.says()
    visit.open("/?view=graph&focus=person/nobody")
    assert "no entity has the id" in visit.says()


def test_the_explorer_answers_with_the_questions_as_examples(visit: Visit) -> None:
    visit.page.goto(f"{visit.base}/graphql?question=1")
    visit.page.get_by_role("button", name="Execute").click()
    visit.page.wait_for_selector("text=27.5")


def test_rdf_of_what_is_shown_is_copied(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for path, thing in ((VIEWS["graph"], ROUND), (CARS, "product/hts2025/87032301")):
        visit.open(path)
        visit.page.get_by_role("button", name="Copy RDF").click()
        visit.page.wait_for_selector("text=RDF copied")
        copied = visit.page.evaluate("navigator.clipboard.readText()")
        assert copied == httpx.get(f"{visit.base}/doc/{thing}.ttl").text
        assert any(quad.subject.value == f"{BASE}/id/{thing}" for quad in parse(copied, RdfFormat.TURTLE))
    visit.open(VIEWS["parties"])
    visit.page.get_by_role("button", name="Copy RDF").click()
    visit.page.wait_for_selector("text=Open one of the things first")


def test_without_a_network_what_was_seen_stays_and_the_rest_says_why(base: str, browser: Browser) -> None:
    """Nothing is asked elsewhere, before, without or after the network."""
    page = browser.new_page()
    visit = Visit(page, base)
    visit.open(CARS)
    page.wait_for_selector("svg.chart")
    page.context.set_offline(True)
    page.get_by_label("As known on, as a date").fill("2025-06-14")
    page.wait_for_selector(".says:has-text('The server does not answer.')")
    assert "python3 run.py" in visit.says()
    page.get_by_label("As known on, as a date").fill(date.today().isoformat())
    page.wait_for_selector("[data-total='27.5 %']")
    assert visit.says() == ""
    page.get_by_label("As known on, as a date").fill("2025-06-14")
    page.wait_for_selector(".says button")
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector(".answer:has-text('as known on 2025-06-14')")
    assert visit.elsewhere == []
    assert all("ERR_INTERNET_DISCONNECTED" in each for each in visit.errors)
    page.close()


HOSTILE = """
source: source/evil
Source:
  - {id: source/evil, name: "<img src=x onerror=alert(1)>", kind: PRESS, published: 2025-01-01, redistribution: ALL, url: "javascript:alert(2)"}
Person:
  - {id: person/evil, name: "\\"><script>alert(3)</script>", alternative_names: ["=cmd()", "<svg onload=alert(4)>"]}
Post:
  - {id: post/evil, name: "<a href='javascript:alert(5)'>x</a>"}
Tenure:
  - {person: person/evil, post: post/evil, valid_from: 2025-01-01, evidence: [{locator: "<b>", quote: "<iframe src=javascript:alert(6)>"}]}
"""


def test_hostile_names_and_links_do_nothing(scratch: Graph, base: str, tmp_path: Path) -> None:
    file = tmp_path / "evil.yaml"
    file.write_text(HOSTILE)
    scratch.load(curated.load([file]))
    with chromium() as browser:
        page = browser.new_page()
        visit = Visit(page, base)
        visit.open("/?view=graph&focus=person/evil&pick=source/evil")
        page.wait_for_selector("aside h2")
        assert page.inner_text("aside h2") == "<img src=x onerror=alert(1)>"
        assert "javascript:alert(2)" in page.inner_text("aside")
        page.get_by_role("button", name="Table").click()
        page.wait_for_selector("tbody tr")
        page.locator("tbody tr td:nth-child(4) button").click()
        page.wait_for_selector("blockquote")
        assert page.locator("iframe, aside img, td svg, [href^='javascript']").count() == 0
        page.keyboard.press("/")
        page.keyboard.type("script alert")
        page.wait_for_selector("[role=option]")
        assert (visit.errors, visit.elsewhere) == ([], [])
        page.close()
