"""The semantics of design.md, section 2, written again in the plainest way: lists in memory, no index, no Cypher."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from schema.base import Evidence, Modality, Source, SourceKind
from schema.dates import PartialDate
from schema.identity import about_key, fact_id
from schema.people import Tenure

Answer = list[tuple[str, str | None, str | None, str]]
RANK = {kind: rank for rank, kind in enumerate(SourceKind)}


@dataclass
class Statement:
    """A fact with all that sources say for it."""

    fact: Tenure
    id: str
    keys: set[str]
    supersedes: set[str]
    evidence: set[Evidence]


class Model:
    """A graph in memory."""

    def __init__(self, sources: Iterable[Source], facts: Iterable[Tenure]) -> None:
        self.sources = {source.id: source for source in sources}
        self.statements: dict[str, Statement] = {}
        for fact in facts:
            held = self.statements.setdefault(fact_id(fact), Statement(fact, fact_id(fact), set(), set(), set()))
            held.keys |= {fact.key} if fact.key else set()
            held.supersedes |= set(fact.supersedes)
            held.evidence |= set(fact.evidence)

    def tenures(self, person: str, at: date | None, known: date) -> Answer:
        """What `person { tenures { … } }` answers."""
        shown = [
            each
            for each in self.statements.values()
            if each.fact.person == person and self._holds(each, at, known) and self._preferred(each, known)
        ]
        shown.sort(
            key=lambda each: (
                each.fact.valid_from is None,
                each.fact.valid_from and each.fact.valid_from.first,
                each.id,
            )
        )
        return [
            (each.fact.post, _text(each.fact.valid_from), _text(each.fact.valid_to), _certainty(each.fact, at))
            for each in shown
        ]

    def _said(self, statement: Statement, known: date = date.max) -> list[tuple[date, int]]:
        """The day and the kind of source of each piece of evidence that was published by a day."""
        found = [self.sources[each.source] for each in statement.evidence]
        return [(each.published, RANK[each.kind]) for each in found if each.published and each.published <= known]

    def _known_from(self, statement: Statement) -> date:
        return min(day for day, _ in self._said(statement))

    def _rank(self, statement: Statement, known: date) -> int:
        return min(rank for _, rank in self._said(statement, known))

    def _known(self, statement: Statement, known: date) -> bool:
        if self._known_from(statement) > known:
            return False
        later = [
            each for each in self.statements.values() if each.id != statement.id and each.supersedes & statement.keys
        ]
        return all(self._known_from(each) > known for each in later)

    def _holds(self, statement: Statement, at: date | None, known: date) -> bool:
        fact = statement.fact
        if not self._known(statement, known):
            return False
        if at is None:
            return True
        return (fact.valid_from is None or fact.valid_from.first <= at) and (
            fact.valid_to is None or at < fact.valid_to.last
        )

    def _preferred(self, one: Statement, known: date) -> bool:
        return not any(
            self._better(other, one, known)
            for other in self.statements.values()
            if self._contradicts(one, other, known)
        )

    def _contradicts(self, one: Statement, other: Statement, known: date) -> bool:
        if one.id == other.id or about_key(one.fact) != about_key(other.fact) or not self._known(other, known):
            return False
        if {one.fact.modality, other.fact.modality} != {Modality.ASSERTED}:
            return False
        differ = _apart(one.fact.valid_from, other.fact.valid_from) or _apart(one.fact.valid_to, other.fact.valid_to)
        return differ and self._begins_before_end(one, other, known) and self._begins_before_end(other, one, known)

    def _begins_before_end(self, one: Statement, other: Statement, known: date) -> bool:
        end = self._claims_to(other, known)
        return one.fact.valid_from is None or end is None or one.fact.valid_from.first < end

    def _claims_to(self, statement: Statement, known: date) -> date | None:
        if statement.fact.valid_to is not None:
            return statement.fact.valid_to.last
        last = max(day for day, _ in self._said(statement, known))
        return last + timedelta(days=1) if self._rank(statement, known) else None

    def _better(self, one: Statement, other: Statement, known: date) -> bool:
        def order(each: Statement) -> tuple[int, int, str]:
            return self._rank(each, known), -self._known_from(each).toordinal(), each.id

        return order(one) < order(other)


def _apart(one: PartialDate | None, other: PartialDate | None) -> bool:
    return one is not None and other is not None and (one.last < other.first or other.last < one.first)


def _certainty(fact: Tenure, at: date | None) -> str:
    unsure = at is not None and (
        (fact.valid_from is not None and fact.valid_from.last > at)
        or (fact.valid_to is not None and fact.valid_to.first <= at)
    )
    return "POSSIBLE" if unsure else "CERTAIN"


def _text(day: PartialDate | None) -> str | None:
    return None if day is None else day.text
