"""How fast and in how little memory a graph is written as RDF: `python -m benchmarks.rdf [TRIPLES] [FORMAT]`.

Rows as the driver hands them over, of duties as the US schedule has them, are mapped and written. CPU is that of this process; what the
driver adds to it is not in the figure, nor what it takes here to make rows up.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from api.memory import collect_seldom
from graph.rdf.formats import BY_NAME, write
from graph.rdf.mapper import Graph, Mapper
from graph.rdf.read import PAGE, columns, linked
from graph.rows import stored
from schema.duty_grammar import read_duty
from schema.tariffs import TariffMeasure
from schema.vocabulary import Names

NAMES = Names("https://tradegraph.invalid")


def rows() -> Iterator[list[Any]]:
    """Measures without end, of 400 duties."""
    duties = [stored("duty", read_duty(f"{number / 10}%")) for number in range(400)]
    days = dict.fromkeys(("valid_from", "valid_from_first", "valid_from_last"), "2025-04-03")
    words = {
        "modality": "ASSERTED",
        "authority": "MFN",
        "product_scope": "Goods of the heading",
        "programme": "general",
    }
    values = [[{**days, **words, **duty}.get(name) for name in columns(TariffMeasure)] for duty in duties]
    places = {spec.name: index for index, spec in enumerate(linked(TariffMeasure))}
    number = 0
    while True:
        key = f"{number:032x}"
        links: list[list[str]] = [[] for _ in places]
        links[places["importer"]] = ["country/united-states"]
        links[places["origins"]] = [f"origin-scope/{number % 50:032x}"]
        links[places["products"]] = [f"product-scope/{key}"]
        links[places["instrument"]] = [f"instrument/us/{number % 100}"]
        said: list[Any] = [f"evidence/{key}", "source/hts", "2025-04-02", None, f"row {number}", None, [], []]
        yield [
            f"tariff-measure/{key}",
            key,
            values[number % 400],
            links,
            [key],
            [],
            [],
            [f"hts#{number}"],
            [],
            [],
            [said],
            [],
        ]
        number += 1


@dataclass
class Made:
    """Graphs until there are `most` triples; `aside`: seconds of CPU that making rows up took."""

    mapper: Mapper
    most: int
    aside: float = 0.0

    def graphs(self) -> Iterator[Graph]:
        """A page of rows at a time, as an export reads them."""
        done, all_ = 0, rows()
        while done < self.most:
            start = time.process_time()
            page = list(islice(all_, PAGE))
            self.aside += time.process_time() - start
            for row in page:
                for graph in self.mapper.fact(TariffMeasure, row):
                    done += len(graph[1])
                    yield graph


def measured(most: int, name: str) -> dict[str, Any]:
    """One run."""
    format_ = BY_NAME[name]
    made = Made(Mapper(NAMES, apart=format_.graphs), most)
    start = time.process_time()
    with Path("/dev/null").open("wb") as out:
        written = write(made.graphs(), format_, False, NAMES, out)
    seconds = time.process_time() - start - made.aside
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "format": name,
        "triples": written.triples,
        "per CPU second": round(written.triples / seconds),
        "peak MB": round(peak),
    }


if __name__ == "__main__":
    collect_seldom()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    for each in sys.argv[2:] or BY_NAME:
        print(json.dumps(measured(count, each)))
