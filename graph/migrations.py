"""How a graph of an earlier version becomes one of this version: forward only, one number a step.

A step is added at the end and never changed afterwards; a test tries it on a graph of the version before.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Migration:
    """One step: the version that it leads to, what it does, and the Cypher for it.

    The statements of a step run in one transaction together with the new number; they change data only, since constraints and
    indexes follow from the ontology (`graph/constraints.py`) and cannot be made in the transaction that writes. `again`: kinds of
    facts whose properties are written again as this program stores what they state (graph/restating.py).
    """

    number: int
    does: str
    statements: tuple[str, ...] = ()
    again: tuple[str, ...] = ()


FIRST = 1
"""The version of a graph that says none: new, or made before versions were written down."""

_STANDING = """
MATCH (f:Fact)-[r:EVIDENCE]->(e:Evidence)-[:SOURCE]->(s:Source)
WITH f, coalesce(r.known, e.published, s.published, s.retrieved) AS day,
  min({ACT: 0, OFFICIAL: 1, DATASET: 2, PRESS: 3}[s.kind]) AS rank ORDER BY day
WITH f, [each IN collect([day, rank]) WHERE each[0] IS NOT NULL] AS days
WITH f, [each IN days | [each[0], reduce(best = each[1], x IN days |
  CASE WHEN x[0] < each[0] AND x[1] < best THEN x[1] ELSE best END)]] AS days
WITH f, [each IN days | each[0] + ' ' + each[1] + ' ' + coalesce(f.valid_to_last,
  CASE WHEN each[1] = 0 THEN '9999-12-31' ELSE toString(date(each[0]) + duration('P1D')) END)] AS steps
SET f.standing =
  [i IN range(0, size(steps) - 1) WHERE i = 0 OR substring(steps[i], 11) <> substring(steps[i - 1], 11) | steps[i]]
REMOVE f.rank, f.claims_to
"""

_SAID_TWICE = """
MATCH (:Fact)-[r:EVIDENCE]->(e:Evidence)-[:SOURCE]->(s:Source) WHERE r.known = coalesce(e.published, s.published)
REMOVE r.known
"""

MIGRATIONS = (
    Migration(2, "preference by the evidence known on a day: `standing` for `rank`, `claims_to`", (_STANDING,)),
    Migration(
        3, "a register's row says since when it was known only where that is not the day of the release", (_SAID_TWICE,)
    ),
    Migration(
        4,
        "decimals in one form, 4.4 for 4.40; each day on which an agreement was amended or suspended is an event of its own",
        again=("TariffMeasure", "Commitment", "AgreementEvent"),
    ),
)
"""All steps in order, the first of them leading to 2."""


def version(migrations: tuple[Migration, ...] = MIGRATIONS) -> int:
    """The version that this program reads and writes."""
    return migrations[-1].number if migrations else FIRST
