"""A made-up case: sources of every kind, a person, a post and three countries, and what a test states beside them."""

from __future__ import annotations

from pathlib import Path

from loaders import curated
from tests.conftest import Graph

HEAD = """\
Source:
  - {id: source/test/paper, name: paper, kind: PRESS, published: 2025-06-14, redistribution: ALL}
  - {id: source/test/later, name: later, kind: PRESS, published: 2025-06-20, redistribution: ALL}
  - {id: source/test/roll, name: roll, kind: DATASET, published: 2025-06-10, redistribution: ALL}
  - {id: source/test/act, name: act, kind: ACT, published: 2025-06-01, redistribution: ALL}
  - {id: source/test/found, name: found, kind: PRESS, retrieved: 2025-07-04, redistribution: ALL}
Organisation:
  - {id: organisation/test/press, name: The press office}
Person:
  - {id: person/a, name: Ann}
Post:
  - {id: post/p, name: Minister}
Country:
  - {id: country/xa, name: Exland, code: XA, iso2: XA, iso3: XAA, numeric: "991"}
  - {id: country/xb, name: Wyland, code: XB, iso2: XB, iso3: XBB, numeric: "992"}
  - {id: country/xc, name: Zedland, code: XC, iso2: XC, iso3: XCC, numeric: "993"}
"""


def load_case(graph: Graph, folder: Path, text: str) -> None:
    """Load the text of a curated file behind HEAD."""
    file = folder / "case.yaml"
    file.write_text(HEAD + text)
    graph.load(curated.load([file], known=[]))
