"""How parties are asked for by code, and which agreements they have."""

from __future__ import annotations

from graph.reads.agreements import state_of
from graph.reads.prefer import preferred
from graph.reads.read import Arguments, Read, nodes
from graph.reads.time import known, may_hold
from schema.parties import Membership


def is_party(party: str, code: str) -> str:
    """The party has this code: ISO alpha-2, alpha-3 or numeric, or a group's code; in any case of letters."""
    return f"toUpper({code}) IN [{party}.code, {party}.iso2, {party}.iso3, {party}.numeric]"


def _agreements(n: str, m: str, a: Arguments) -> str:
    """The state is asked for last, once for each agreement that is left: it is by far the dearest."""
    event = f"{m}_e"
    conditions = [known(event)]
    if "with" in a:
        other = f"{m}_w"
        conditions.append(
            f"EXISTS {{ MATCH ({m})<-[:AGREEMENT]-({other}e:AgreementEvent)-[:PARTY]->({other}:Party) "
            f"WHERE {known(other + 'e')} AND {is_party(other, a['with'])} }}"
        )
    found = (
        f"MATCH ({n})<-[:PARTY]-({event}:AgreementEvent)-[:AGREEMENT]->({m}:Agreement) WHERE {' AND '.join(conditions)}"
    )
    return f"{found} WITH DISTINCT {m} WHERE {state_of(m)} = {a['state']}" if "state" in a else found


PARTY: dict[str, Read] = {
    "agreements": Read(
        "[Agreement!]!",
        "state: AgreementState, with: String",
        "Agreements of which it is, was or is to be party.",
        match=_agreements,
    ),
}

_MEMBERS = (
    "MATCH ({m}:Membership)-[:GROUP]->({n}) "
    f"WHERE {known('{m}')} AND {may_hold('{m}', '$day')} AND {preferred(Membership, '{m}')}"
)
GROUP: dict[str, Read] = {
    "members": nodes(
        "[Membership!]!",
        _MEMBERS,
        "{m}.valid_from_first, {m}.id",
        description="The members on the day asked for, today without `at`.",
    )
}

READS: dict[str, dict[str, Read]] = {"Country": PARTY, "Group": {**PARTY, **GROUP}}
