"""The registers of agreements joined as the shipped decisions say, on the real files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from loaders import decisions
from loaders.bad_row import BadRow
from loaders.streams import text_of
from loaders.table import LOADERS
from schema.base import Entity, Source
from schema.decisions import mapping, named
from schema.ontology import Record
from schema.parties import Party
from tests.conftest import SHARED, Graph
from tests.test_decisions import _apply, _start, _sum

DATA = SHARED / "data"
FILES = [
    ("wto_rta", DATA / "wto_rta" / "AllRTAs.xlsx"),
    ("huggo", DATA / "agreements" / "HUGGO_reconciled.csv"),
    ("huggo", DATA / "agreements" / "HUGGO_MEM_additional.csv"),
    ("desta", DATA / "agreements" / "DESTA.csv"),
]
KEPT = "agreement/wto-rta/234"
"""The agreement of Austria and the European Communities of 1972."""
ASKED = """
query ($about: ID!) {
  disagreements(about: $about, first: 100) {
    nodes {
      ... on AgreementEvent { stage party { code } }
      validFrom evidence { source { id } }
      contradictedBy { validFrom evidence { source { id } } }
    }
  }
}
"""


def _rows(ids: set[str]) -> Iterator[Record]:
    """All that the registers say of these ids, with the sources and parties that they name."""
    for name, file in FILES:
        with text_of(file) as text:
            for row in LOADERS[name].read(text):
                if not isinstance(row, BadRow) and (isinstance(row, (Source, Party)) or not ids.isdisjoint(named(row))):
                    yield row


@pytest.mark.shared
def test_registers_that_disagree_on_a_day_say_so_once_their_agreement_is_one(scratch: Graph) -> None:
    kept = mapping(decisions.load([decisions.SHIPPED]))
    ids = {id_ for id_, one in kept.items() if one == KEPT}
    records = list(_rows(ids))
    assert {each.id for each in records if isinstance(each, Entity)} >= ids
    here = {id_: one for id_, one in kept.items() if id_ in ids}
    _start(scratch, here)
    scratch.load(records)
    together = _sum(scratch)
    nodes = scratch.ask(ASKED, about=KEPT)["disagreements"]["nodes"]
    shown = [(node["stage"], (node["party"] or {}).get("code"), node["validFrom"], _sources(node)) for node in nodes]
    assert ("IN_FORCE", "IT", "1972-10-01", {"wto"}) in shown
    assert ("IN_FORCE", "IT", "1972-12-20", {"manytrade"}) in shown
    _start(scratch, {})
    scratch.load(reversed(records))
    _apply(scratch, here)
    assert _sum(scratch) == together


def _sources(node: dict[str, object]) -> set[str]:
    evidence = node["evidence"]
    assert isinstance(evidence, list)
    return {each["source"]["id"].split("/")[1] for each in evidence}
