"""Where an agreement stands, for whom, on a day."""

from __future__ import annotations

from collections.abc import Iterable

from graph.reads.prefer import preferred
from graph.reads.read import Arguments, Read, nodes
from graph.reads.time import holds, known
from schema.agreements import STATE_AFTER, AgreementEvent, AgreementStage

INTO_FORCE = (AgreementStage.IN_FORCE, AgreementStage.PROVISIONALLY_APPLIED, AgreementStage.ACCEDED)
OUT_OF_FORCE = (AgreementStage.SUSPENDED, AgreementStage.WITHDREW, AgreementStage.TERMINATED)


def _list(stages: Iterable[AgreementStage]) -> str:
    return "[" + ", ".join(f"'{stage}'" for stage in stages) + "]"


_TURNS = _list((*INTO_FORCE, *OUT_OF_FORCE))
_STAGES = _list(AgreementStage)
_STATES = "{" + ", ".join(f"{stage}: '{state}'" for stage, state in STATE_AFTER.items()) + "}"


def state_of(agreement: str, theirs: str | None = None) -> str:
    """Where an agreement stands on the day asked for: for one party, where `theirs` says which events `{e}` are that party's.

    The last event that put it into force or took it out decides; before there is one, the last of the others. A partial date counts
    from its last day, an event without a day from the day on which it was known. What is said for all parties does not hold for
    one of which the same is said by itself. For the agreement as a whole a party's exit counts when fewer than two parties remain.
    """
    e = f"{agreement}_s"
    whose = _of_party(agreement, e, theirs) if theirs else _of_all(agreement, e)
    return (
        f"{_STATES}[head(COLLECT {{ MATCH ({agreement})<-[:AGREEMENT]-({e}:AgreementEvent) WHERE {_reached(e)} "
        f"AND {_STATES}[{e}.stage] IS NOT NULL AND {whose} AND {preferred(AgreementEvent, e)} "
        f"RETURN {e}.stage ORDER BY {e}.stage IN {_TURNS} DESC, coalesce({e}.valid_from_first, {e}.known_from) DESC, "
        f"reduce(i = 0, x IN range(0, size({_STAGES}) - 1) | CASE WHEN {_STAGES}[x] = {e}.stage THEN x ELSE i END) DESC LIMIT 1 }})]"
    )


def of_party(party: str) -> str:
    """The event is one of this party: for `theirs`."""
    return f"EXISTS {{ ({{e}})-[:PARTY]->({party}) }}"


def _reached(event: str) -> str:
    """It has happened by the day asked for, whatever day a partial date stands for."""
    day = f"coalesce({event}.valid_from_last, {event}.known_from)"
    return f"{known(event)} AND {event}.modality = 'ASSERTED' AND {day} <= $day"


def _of_party(agreement: str, e: str, theirs: str) -> str:
    """One of theirs, or one of all parties where nothing of the kind is said of them alone."""

    def said(*stages: AgreementStage) -> str:
        own = f"{e}_x"
        return (
            f"EXISTS {{ MATCH ({agreement})<-[:AGREEMENT]-({own}:AgreementEvent) WHERE {known(own)} "
            f"AND {own}.stage IN {_list(stages)} AND {theirs.replace('{e}', own)} }}"
        )

    return (
        f"(({theirs.replace('{e}', e)} AND NOT ({e}.stage = '{AgreementStage.ACCEDED}' AND {said(AgreementStage.IN_FORCE)})) "
        f"OR (NOT EXISTS {{ ({e})-[:PARTY]->() }} "
        f"AND NOT ({e}.stage = '{AgreementStage.SIGNED}' AND {said(AgreementStage.SIGNED, AgreementStage.ACCEDED)}) "
        f"AND NOT ({e}.stage IN {_list(INTO_FORCE)} AND {said(*INTO_FORCE)})))"
    )


def _of_all(agreement: str, e: str) -> str:
    """Any event but the exit of a party that leaves two or more others bound."""
    into, out, party = f"{e}_i", f"{e}_o", f"{e}_p"
    left = (
        f"EXISTS {{ MATCH ({agreement})<-[:AGREEMENT]-({out}:AgreementEvent)-[:PARTY]->({party}) "
        f"WHERE {_reached(out)} AND {out}.stage IN {_list(OUT_OF_FORCE)} }}"
    )
    return (
        f"(NOT {e}.stage IN {_list(OUT_OF_FORCE)} OR NOT EXISTS {{ ({e})-[:PARTY]->() }} OR COUNT {{ "
        f"MATCH ({agreement})<-[:AGREEMENT]-({into}:AgreementEvent)-[:PARTY]->({party}) "
        f"WHERE {_reached(into)} AND {into}.stage IN {_list(INTO_FORCE)} AND NOT {left} RETURN DISTINCT {party} }} < 2)"
    )


def _state(n: str, a: Arguments) -> str:
    if "party" not in a:
        return state_of(n)
    code = f"toUpper({a['party']})"
    return state_of(
        n, f"EXISTS {{ MATCH ({{e}})-[:PARTY]->(q:Party) WHERE {code} IN [q.code, q.iso2, q.iso3, q.numeric] }}"
    )


_PARTIES = f"MATCH ({{n}})<-[:AGREEMENT]-({{m}}_e:AgreementEvent)-[:PARTY]->({{m}}:Party) WHERE {known('{m}_e')}"


def _bound(n: str, m: str, _: Arguments) -> str:
    match = _PARTIES.replace("{n}", n).replace("{m}", m)
    return f"{match} AND {state_of(n, of_party(m))} IN ['IN_FORCE', 'PROVISIONALLY_APPLIED']"


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
