"""The whole table: for every object type its fields, derived from the ontology, refined, and described."""

from __future__ import annotations

from graph.reads import agreements, encounters, parties, talks, tariffs
from graph.reads.derived import VALUE_READS, reads_of
from graph.reads.described import described
from graph.reads.read import Read
from graph.reads.roots import QUERY
from schema.ontology import BY_NAME, KINDS

RULED = (parties.READS, talks.READS, agreements.READS, tariffs.READS)


def _reads() -> dict[str, dict[str, Read]]:
    table = {kind.__name__: reads_of(kind) for kind in KINDS} | VALUE_READS | encounters.READS | {"Query": QUERY}
    for ruled in RULED:
        for name, reads in ruled.items():
            table[name] = {**table[name], **reads}
    return {name: described(BY_NAME[name], reads) if name in BY_NAME else reads for name, reads in table.items()}


READS = _reads()
