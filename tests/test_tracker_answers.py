"""What the API answers once the Budget Lab's lists are loaded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from loaders import curated, fentanyl_carveouts, s122_exempt, us_curated
from loaders.bad_row import BadRow
from loaders.streams import text_of
from loaders.table import LOADERS
from schema.base import Evidence
from schema.dates import parse_partial
from schema.duty_grammar import read_duty
from schema.ontology import Record
from schema.tariffs import OriginScope
from tests.conftest import Graph
from tests.shared_files import TRACKER
from tests.shipped import records as shipped_records
from tests.test_tracker_lists import CARVED, CHINA, LISTS, OIL, ROBOTS, SHIRTS, _general, _rows

TARIFF = """
query ($origin: String!, $product: String!, $at: Date!, $known: Date, $goods: Goods) {
  tariff(importer: "US", origin: $origin, product: $product, at: $at, asKnownOn: $known, goods: $goods) {
    adValorem
    components { duty { text } measure { authority programme instrument { id } } }
    excluded { measure { programme } reason }
    pending { conditions { id } adValoremThen }
    disagreements { id }
  }
}
"""


def _tariff(graph: Graph, origin: str, product: str, at: str, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = graph.ask(TARIFF, origin=origin, product=product, at=at, **more)["tariff"]
    return found


def _schedule() -> Iterator[Record]:
    """The base duties that ship, and no act."""
    files = [curated.SHIPPED / name for name in ("parties.yaml", "memberships.yaml", "schedule.yaml", "sources.yaml")]
    yield from curated.load(files)


def _good(name: str, text: str) -> list[Any]:
    return [row for row in _rows(name, text) if not isinstance(row, BadRow)]


LINES = CHINA + f"{ROBOTS},1,9903.88.01\n{SHIRTS},4A,9903.88.15\n09012100,4B,9903.88.16\n39269099,3,9903.88.03\n"


@pytest.fixture
def china(scratch: Graph) -> Graph:
    scratch.load(_schedule())
    scratch.load(_good("s301_lists", LINES))
    return scratch


def test_answers_for_lines_of_china(china: Graph) -> None:
    """Rates and days of the notices: list 1 from 2018-07-06, 4A at 15 then 7.5 %, list 3 at 10 then 25 %."""
    cases = [
        ("CN", ROBOTS, "2018-07-05", None, []),
        ("CN", ROBOTS, "2018-07-06", None, ["25%"]),
        ("CN", ROBOTS, "2025-02-01", None, ["25%"]),
        ("HK", ROBOTS, "2025-02-01", None, []),
        ("JP", ROBOTS, "2025-02-01", None, []),
        ("CN", SHIRTS, "2019-08-31", None, []),
        ("CN", SHIRTS, "2020-02-13", None, ["15%"]),
        ("CN", SHIRTS, "2020-02-14", None, ["7.5%"]),
        ("CN", SHIRTS, "2020-02-14", "2020-01-15", ["15%"]),
        ("CN", "39269099", "2018-10-01", None, ["10%"]),
        ("CN", "39269099", "2019-05-10", None, ["25%"]),
        ("CN", "39269099", "2019-05-10", "2019-05-08", ["10%"]),
    ]
    for origin, product, at, known, duties in cases:
        answer = _tariff(china, origin, product, at, known=known)
        found = [each["duty"]["text"] for each in answer["components"] if each["measure"]["authority"] == "S301"]
        assert found == duties, (origin, product, at, known)
        assert answer["disagreements"] == []
    assert _tariff(china, "CN", ROBOTS, "2025-02-01")["adValorem"] == "27.5"
    assert _tariff(china, "CN", SHIRTS, "2025-02-01")["adValorem"] == "24"


def test_list_4b_was_never_collected(china: Graph) -> None:
    answer = _tariff(china, "CN", "09012100", "2025-02-01")
    assert [(each["measure"]["programme"], each["reason"]) for each in answer["excluded"]] == [
        ("china/list-4b", "suspended")
    ]


def test_the_surcharge_spares_what_the_list_frees(scratch: Graph) -> None:
    scratch.load(_schedule())
    scratch.load(_good("s122_exempt", "hts8\n09012100\n84798910\n"))
    source = Evidence(source=s122_exempt.SOURCE.id)
    surcharge = _general(
        origins=OriginScope(), authority="S122", programme=None, duty=read_duty("10%"), evidence=(source,),
        valid_from=parse_partial("2026-02-24"), valid_to=parse_partial("2026-07-24"), instrument=None,
    )  # fmt: skip
    scratch.load([surcharge])
    charged = {
        line: [each["duty"]["text"] for each in _tariff(scratch, "DE", line, "2026-03-01")["components"]]
        for line in ("09012100", SHIRTS)
    }
    assert charged == {"09012100": ["Free"], SHIRTS: ["16.50%", "10%"]}
    about = {"attributes": [{"name": "end_use", "value": "civil_aircraft"}]}
    assert [each["duty"]["text"] for each in _tariff(scratch, "DE", "84798910", "2026-03-01")["components"]] == ["10%"]
    assert _tariff(scratch, "DE", "84798910", "2026-03-01", goods=about)["components"] == []


def test_oil_of_canada_pays_the_lower_duty(scratch: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = (Evidence(source=fentanyl_carveouts.SOURCE.id),)
    general = _general(evidence=evidence)
    monkeypatch.setattr(us_curated, "measures", lambda: (general,))
    scratch.load(_schedule())
    scratch.load([*_good("fentanyl_carveouts", CARVED), general])
    for at, duties in (("2025-03-03", []), ("2025-03-04", ["10%"]), ("2026-02-20", ["25%"])):
        answer = _tariff(scratch, "CA", OIL, at)
        found = [each["duty"]["text"] for each in answer["components"] if each["measure"]["authority"] == "IEEPA"]
        assert found == duties, at  # the made-up general duty has no end


@pytest.mark.shared
def test_all_lists_beside_the_curated_files_twice_are_the_same_graph(scratch: Graph) -> None:
    shipped = list(shipped_records())
    records: list[Record] = []
    for name, (file, _) in LISTS.items():
        with text_of(TRACKER / file) as text:
            records += [row for row in LOADERS[name].read(text) if not isinstance(row, BadRow)]
    scratch.load(shipped)
    scratch.load(records)
    before = scratch.picture()
    assert scratch.load(records).changed == 0
    robots = _tariff(scratch, "JP", ROBOTS, "2025-10-01")
    assert (robots["adValorem"], robots["disagreements"]) == ("15", [])
    assert [
        each
        for each in _tariff(scratch, "CN", ROBOTS, "2018-10-01")["components"]
        if each["measure"]["authority"] == "S301"
    ]
    scratch.clear()
    scratch.load(reversed(records))
    scratch.load(shipped)
    assert scratch.picture() == before
