"""The documentation tells the truth: its examples are run."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from api.app import create_app
from api.questions import questions
from loaders import curated
from loaders.curated.form import file_schema
from loaders.table import LOADERS
from tests.conftest import Graph
from tests.http import call

ROOT = Path(__file__).parents[1]
ASKING = (ROOT / "docs" / "asking.md").read_text()
EXAMPLES = re.findall(r"```graphql\n(.*?)```\n\n```json\n(.*?)```", ASKING, re.DOTALL)


@pytest.mark.parametrize(("document", "expected"), EXAMPLES)
def test_an_example_gives_the_answer_beside_it(shipped: Graph, document: str, expected: str) -> None:
    answer = shipped.ask(document)
    [only] = answer.values() if len(answer) == 1 else [answer]
    assert only == json.loads(expected)


def test_all_documents_have_an_answer() -> None:
    assert len(EXAMPLES) == ASKING.count("```graphql")


def test_the_example_file_loads(scratch: Graph, tmp_path: Path) -> None:
    [text] = re.findall(r"```yaml\n(.*?)```", ASKING, re.DOTALL)
    file = tmp_path / "my.yaml"
    file.write_text(text)
    scratch.load(curated.load([file]))
    assert scratch.ask('{ meeting(id: "meeting/example/lunch") { duration } }')["meeting"] == {"duration": "PT1H30M"}


def test_the_form_for_editors_is_the_one_that_is_checked() -> None:
    assert json.loads((ROOT / "docs" / "curated.schema.json").read_text()) == file_schema()


def test_the_page_on_loading_names_every_loader() -> None:
    page = (ROOT / "docs" / "loading.md").read_text()
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == LOADERS.keys()


def test_the_table_of_status_names_every_question() -> None:
    table = (ROOT / "README.md").read_text()
    cells = re.findall(r"^\| ([\d, -]+) \|", table, re.MULTILINE)
    named: set[int] = set()
    for cell in cells:
        for part in cell.split(","):
            first, _, last = part.strip().partition("-")
            named |= set(range(int(first), int(last or first) + 1))
    assert named == set(range(1, 31))
    answered = {number for number in named if re.search(rf"\| [^|]*\b{number}\b[^|]*\|[^|]*\| \*\*answered", table)}
    assert answered <= {question.number for question in questions()}


def test_the_readme_shows_what_curl_gets(shipped: Graph) -> None:
    readme = (ROOT / "README.md").read_text()
    [body] = re.findall(r"-d '(\{\"query\":.*?\})'", readme, re.DOTALL)
    [answer] = re.findall(r"```json\n(.*?)```", readme, re.DOTALL)
    app = create_app(shipped.database, Path("/nowhere"))
    asked = shipped.run(call(app, "POST", "/graphql", json=json.loads(body.replace("\n", " "))))
    assert asked.json() == json.loads(answer)


def test_links_lead_somewhere() -> None:
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")):
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
