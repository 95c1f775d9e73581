"""Where an agreement stands, for whom, on a day."""

from __future__ import annotations

from collections.abc import Iterable

from graph.reads.prefer import preferred
from graph.reads.read import Arguments, Read, nodes
from graph.reads.time import holds, known, may_hold
from schema.agreements import STATE_AFTER, AgreementEvent, AgreementStage

INTO_FORCE = (AgreementStage.IN_FORCE, AgreementStage.PROVISIONALLY_APPLIED, AgreementStage.ACCEDED)
OUT_OF_FORCE = (AgreementStage.SUSPENDED, AgreementStage.WITHDREW, AgreementStage.TERMINATED)


def _list(stages: Iterable[AgreementStage]) -> str:
    return "[" + ", ".join(f"'{stage}'" for stage in stages) + "]"


_TURNS = _list((*INTO_FORCE, *OUT_OF_FORCE))
_STAGES = _list(AgreementStage)
_STATES = "{" + ", ".join(f"{stage}: '{state}'" for stage, state in STATE_AFTER.items()) + "}"


def state_of(agreement: str) -> str:
    """Where an agreement stands on the day asked for.

    The last event that put it into force or took it out decides; before there is one, the last of the others. A partial date counts
    from its last day, an event without a day from the day on which it was known. A party's exit counts when fewer than two remain.
    """
    e = f"{agreement}_s"
    return f"{_STATES}[head(COLLECT {{ MATCH ({agreement})<-[:AGREEMENT]-({e}:AgreementEvent) WHERE {_of_all(agreement, e)} AND {_last(e)} }})]"


def state_for(agreement: str, party: str) -> str:
    """Where an agreement stands for one party (a variable): null where no source names it, nor a group that it belongs to that day.

    What is said for all parties, or for such a group, does not hold for a party of which the same is said by itself.
    """
    e, whose, own, groups, said, f, g = (
        f"{agreement}_{each}" for each in ("s", "whose", "own", "groups", "said", "f", "g")
    )
    ours = f"any(x IN {said} WHERE x[1] = {party}.id OR x[1] IN {groups})"
    promised = f"EXISTS {{ ({agreement})<-[:AGREEMENT]-(:Commitment)-[:PARTY]->({party}) }}"
    return (
        f"{_STATES}[head(COLLECT {{ WITH COLLECT {{ MATCH ({agreement})<-[:AGREEMENT]-({e}:AgreementEvent) WHERE {known(e)} "
        f"RETURN [{e}, head([({e})-[:PARTY]->(x) | x.id])] }} AS {said} "
        f"WITH {said}, [x IN {said} WHERE x[1] = {party}.id | x[0].stage] AS {own}, COLLECT {{ "
        f"MATCH ({party})<-[:MEMBER]-({f}:Membership)-[:GROUP]->({g}:Group) WHERE {known(f)} AND {may_hold(f, '$day')} RETURN {g}.id "
        f"}} AS {groups} WHERE all(x IN {said} WHERE x[1] IS NULL) OR {ours} OR {promised} "
        f"UNWIND {said} AS {whose} WITH {whose}[0] AS {e}, {whose}[1] AS {whose}, {own}, {groups} "
        f"WHERE (({whose} = {party}.id AND NOT ({e}.stage = '{AgreementStage.ACCEDED}' AND '{AgreementStage.IN_FORCE}' IN {own})) "
        f"OR (({whose} IS NULL OR {whose} IN {groups}) AND {_unsaid(e, own)})) AND {_last(e)} }})]"
    )


def _unsaid(event: str, own: str) -> str:
    """Nothing of the kind is among the stages stated of the party by itself."""

    def among(*stages: AgreementStage) -> str:
        return f"any(x IN {own} WHERE x IN {_list(stages)})"

    signed = f"{event}.stage = '{AgreementStage.SIGNED}' AND {among(AgreementStage.SIGNED, AgreementStage.ACCEDED)}"
    return f"NOT ({signed}) AND NOT ({event}.stage IN {_list(INTO_FORCE)} AND {among(*INTO_FORCE)})"


def _last(e: str) -> str:
    """The end of a subquery that gives the stage of the event that decides."""
    return (
        f"{_reached(e)} AND {_STATES}[{e}.stage] IS NOT NULL AND {preferred(AgreementEvent, e)} "
        f"RETURN {e}.stage ORDER BY {e}.stage IN {_TURNS} DESC, coalesce({e}.valid_from_first, {e}.known_from) DESC, "
        f"reduce(i = 0, x IN range(0, size({_STAGES}) - 1) | CASE WHEN {_STAGES}[x] = {e}.stage THEN x ELSE i END) DESC LIMIT 1"
    )


def _reached(event: str) -> str:
    """It has happened by the day asked for, whatever day a partial date stands for."""
    day = f"coalesce({event}.valid_from_last, {event}.known_from)"
    return f"{known(event)} AND {event}.modality = 'ASSERTED' AND {day} <= $day"


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
        f"WHERE {e}.stage IN {_list(OUT_OF_FORCE)} "  # the others are not counted for
        f"AND {_reached(into)} AND {into}.stage IN {_list(INTO_FORCE)} AND NOT {left} RETURN DISTINCT {party} }} < 2)"
    )


def _state(n: str, a: Arguments) -> str:
    if "party" not in a:
        return state_of(n)
    p = f"{n}_p"
    code = f"toUpper({a['party']}) IN [{p}.code, {p}.iso2, {p}.iso3, {p}.numeric]"
    return f"head(COLLECT {{ MATCH ({p}:Party) WHERE {code} RETURN {state_for(n, p)} }})"


_PARTIES = f"MATCH ({{n}})<-[:AGREEMENT]-({{m}}_e:AgreementEvent)-[:PARTY]->({{m}}:Party) WHERE {known('{m}_e')}"


def _bound(n: str, m: str, _: Arguments) -> str:
    match = _PARTIES.replace("{n}", n).replace("{m}", m)
    return f"{match} AND {state_for(n, m)} IN ['IN_FORCE', 'PROVISIONALLY_APPLIED']"


AGREEMENT: dict[str, Read] = {
    "state": Read(
        "AgreementState",
        "party: String",
        "On the day asked for (today without `at`); for one party where given, also through a group to which it belongs on that day.",
        value=_state,
    ),
    "parties": nodes(
        "[Party!]!", _PARTIES, description="All that sources name as ever having been, being or to be party."
    ),
    "bound": Read(
        "[Party!]!",
        description="Those of them for whom it is in force on the day asked for; who joined a group among them later is asked for by `state`.",
        match=_bound,
    ),
    "replacedBy": nodes(
        "[Agreement!]!",
        f"MATCH ({{n}})<-[:PREDECESSOR]-({{m}}_f:Succession)-[:SUCCESSOR]->({{m}}:Agreement) WHERE {holds('{m}_f')}",
        description="The agreements that follow it.",
    ),
}

READS: dict[str, dict[str, Read]] = {"Agreement": AGREEMENT}
