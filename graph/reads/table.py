"""The whole table: for every object type its fields, derived from the ontology and then refined."""

from __future__ import annotations

from graph.reads import agreements, encounters, parties, talks, tariffs
from graph.reads.derived import VALUE_READS, reads_of
from graph.reads.read import Read
from graph.reads.roots import QUERY
from schema.ontology import KINDS

RULED = (parties.READS, talks.READS, agreements.READS, tariffs.READS)


def _reads() -> dict[str, dict[str, Read]]:
    table = {kind.__name__: reads_of(kind) for kind in KINDS} | VALUE_READS | encounters.READS | {"Query": QUERY}
    for ruled in RULED:
        for name, reads in ruled.items():
            table[name] = {**table[name], **reads}
    return table


READS = _reads()
