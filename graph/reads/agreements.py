"""Where an agreement stands, for whom, on a day."""

from __future__ import annotations

from graph.reads.read import Arguments, Read, nodes
from graph.reads.time import holds, known
from schema.agreements import STATE_AFTER, AgreementStage

_STAGES = "[" + ", ".join(f"'{stage}'" for stage in AgreementStage) + "]"
_STATES = "{" + ", ".join(f"{stage}: '{state}'" for stage, state in STATE_AFTER.items()) + "}"


def state_of(agreement: str, of_party: str | None = None) -> str:
    """The state that the last event by the day asked for led to; of all events, or of those of one party and of all.

    `of_party` is a condition on the event variable `{e}`.
    """
    e = f"{agreement}_s"
    party = f" AND ({of_party.replace('{e}', e)})" if of_party else ""
    return (
        f"{_STATES}[head(COLLECT {{ MATCH ({agreement})<-[:AGREEMENT]-({e}:AgreementEvent) WHERE {known(e)} "
        f"AND {e}.modality = 'ASSERTED' AND {e}.valid_from_first <= $day{party} AND {_STATES}[{e}.stage] IS NOT NULL "
        f"RETURN {e}.stage ORDER BY {e}.valid_from_first DESC, "
        f"reduce(i = 0, x IN range(0, size({_STAGES}) - 1) | CASE WHEN {_STAGES}[x] = {e}.stage THEN x ELSE i END) DESC LIMIT 1 }})]"
    )


def for_party(party: str) -> str:
    """The event is one of this party, or of all parties: for `of_party`."""
    return f"EXISTS {{ ({{e}})-[:PARTY]->({party}) }} OR NOT EXISTS {{ ({{e}})-[:PARTY]->() }}"


def _state(n: str, a: Arguments) -> str:
    if "party" not in a:
        return state_of(n)
    code = f"toUpper({a['party']})"
    named = f"EXISTS {{ MATCH ({{e}})-[:PARTY]->(q:Party) WHERE {code} IN [q.code, q.iso2, q.iso3, q.numeric] }}"
    return state_of(n, f"{named} OR NOT EXISTS {{ ({{e}})-[:PARTY]->() }}")


_PARTIES = f"MATCH ({{n}})<-[:AGREEMENT]-({{m}}_e:AgreementEvent)-[:PARTY]->({{m}}:Party) WHERE {known('{m}_e')}"


def _bound(n: str, m: str, _: Arguments) -> str:
    match = _PARTIES.replace("{n}", n).replace("{m}", m)
    return f"{match} AND {state_of(n, for_party(m))} IN ['IN_FORCE', 'PROVISIONALLY_APPLIED']"


AGREEMENT: dict[str, Read] = {
    "state": Read(
        "AgreementState",
        "party: String",
        "On the day asked for (today without `at`); for one party where given.",
        value=_state,
    ),
    "parties": nodes("[Party!]!", _PARTIES, description="All that ever were or are to be party."),
    "bound": Read("[Party!]!", description="For whom it is in force on the day asked for.", match=_bound),
    "replacedBy": nodes(
        "[Agreement!]!",
        f"MATCH ({{n}})<-[:PREDECESSOR]-({{m}}_f:Succession)-[:SUCCESSOR]->({{m}}:Agreement) WHERE {holds('{m}_f')}",
        description="The agreements that follow it.",
    ),
}

READS: dict[str, dict[str, Read]] = {"Agreement": AGREEMENT}
