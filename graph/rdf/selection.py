"""What an export takes, and the terms of sources that it keeps to, as Cypher."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.reads.time import may_hold, published
from schema.ontology import ENTITIES, FACTS, concrete

BEGINNING, END_OF_TIME = "0000-01-01", "9999-12-31"


@dataclass(frozen=True)
class Selection:
    """Which facts leave: `start` to `end` are the days on which they (may) hold, `known` the day of knowledge.

    `kinds`: facts of these kinds with the entities that they name, and entities of these kinds. `party`: the id of a party that
    facts name. `plain`: what holds, and no more: without who says it, since when it was known, and graphs.
    """

    kinds: tuple[type, ...] = ()
    party: str | None = None
    start: date | None = None
    end: date | None = None
    known: date | None = None
    plain: bool = False

    @property
    def whole(self) -> bool:
        """Nothing is chosen: entities leave whether facts name them or not."""
        return not (self.kinds or self.party or self.start or self.end or self.known)

    @property
    def facts(self) -> tuple[type, ...]:
        """The kinds of facts, in the order of their ids."""
        return self._of(FACTS)

    @property
    def entities(self) -> tuple[type, ...]:
        """The kinds of entities of which all leave."""
        return tuple(kind for kind in ENTITIES if kind in _concrete(self.kinds))

    def _of(self, kinds: tuple[type, ...]) -> tuple[type, ...]:
        wanted = _concrete(self.kinds)
        return tuple(sorted((kind for kind in kinds if not wanted or kind in wanted), key=lambda kind: kind.__name__))

    @property
    def parameters(self) -> dict[str, Any]:
        """What `takes` and `leaves` refer to."""
        return {
            "kinds": [kind.__name__ for kind in self.facts] if self.kinds else None,
            "always": not (self.start or self.end),
            "start": self.start.isoformat() if self.start else BEGINNING,
            "end": self.end.isoformat() if self.end else END_OF_TIME,
            "known": self.known.isoformat() if self.known else END_OF_TIME,
            "party": self.party,
        }

    def takes(self, fact: str) -> str:
        """The fact is among those asked for, its sources' terms aside. One text for all selections: it is planned once."""
        parts = (
            f"{fact}.retracted_at IS NULL",
            f"($kinds IS NULL OR any(l IN labels({fact}) WHERE l IN $kinds))",
            f"($always OR ({may_hold(fact, '$start', '$end')}))",
            f"($party IS NULL OR EXISTS {{ ({fact})-->(:Entity {{id: $party}}) }} "
            f"OR EXISTS {{ ({fact})-[:ORIGINS]->(:OriginScope)-[:INCLUDE]->(:Entity {{id: $party}}) }})",
        )
        return " AND ".join(parts)

    def leaves(self, fact: str) -> str:
        """It is asked for, and a source says it, by the day of knowledge, whose terms let it out."""
        said = f"({fact})-[by:EVIDENCE]->(of:Evidence)-[:SOURCE]->(source:Entity)"
        day = published("by", "of", "source")
        return f"{self.takes(fact)} AND EXISTS {{ MATCH {said} WHERE {free('source')} AND {day} <= $known }}"


def _concrete(kinds: tuple[type, ...]) -> set[type]:
    return {each for kind in kinds for each in concrete(kind)}


SAID = "({})-[r:EVIDENCE]->(e:Evidence)-[:SOURCE]->(s:Entity)"
DAY = published("r", "e", "s")


def free(source: str) -> str:
    """Its terms let facts out. A source that nobody declared has no terms, and so nothing leaves."""
    return f"coalesce({source}.redistribution, 'NONE') <> 'NONE'"
