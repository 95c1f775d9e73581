"""Agreements and what happened to them, party by party."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar

from schema.base import DATES, Entity, Fact
from schema.duty import Duty
from schema.marks import Doc, End, Term


class AgreementState(StrEnum):
    """Where an agreement stands on a day."""

    NEGOTIATING = "NEGOTIATING"
    ANNOUNCED = "ANNOUNCED"
    SIGNED = "SIGNED"
    PROVISIONALLY_APPLIED = "PROVISIONALLY_APPLIED"
    IN_FORCE = "IN_FORCE"
    SUSPENDED = "SUSPENDED"
    TERMINATED = "TERMINATED"


class AgreementStage(StrEnum):
    """What happened to an agreement, in the order in which it usually happens."""

    LAUNCHED = "LAUNCHED"
    ANNOUNCED = "ANNOUNCED"
    CONCLUDED = "CONCLUDED"
    SIGNED = "SIGNED"
    RATIFIED = "RATIFIED"
    PROVISIONALLY_APPLIED = "PROVISIONALLY_APPLIED"
    IN_FORCE = "IN_FORCE"
    ACCEDED = "ACCEDED"
    AMENDED = "AMENDED"
    SUSPENDED = "SUSPENDED"
    WITHDREW = "WITHDREW"
    TERMINATED = "TERMINATED"


STATE_AFTER: dict[AgreementStage, AgreementState] = {
    AgreementStage.LAUNCHED: AgreementState.NEGOTIATING,
    AgreementStage.ANNOUNCED: AgreementState.ANNOUNCED,
    AgreementStage.CONCLUDED: AgreementState.ANNOUNCED,
    AgreementStage.SIGNED: AgreementState.SIGNED,
    AgreementStage.PROVISIONALLY_APPLIED: AgreementState.PROVISIONALLY_APPLIED,
    AgreementStage.IN_FORCE: AgreementState.IN_FORCE,
    AgreementStage.ACCEDED: AgreementState.IN_FORCE,
    AgreementStage.SUSPENDED: AgreementState.SUSPENDED,
    AgreementStage.WITHDREW: AgreementState.TERMINATED,
    AgreementStage.TERMINATED: AgreementState.TERMINATED,
}
"""The state that each stage leads to; a ratification or an amendment alone moves none."""


@dataclass(frozen=True, kw_only=True)
class Agreement(Entity):
    """A treaty, deal, framework or joint statement."""

    classes: ClassVar = ("prov:Entity", "schema:CreativeWork")

    kind: Annotated[str | None, Doc('What it is: "free trade agreement", "framework".')] = None
    binding: Annotated[bool | None, Doc("Whether it binds in law; missing where no source says.")] = None
    wto_rta_id: Annotated[int | None, Doc("Its number in the WTO's database of regional trade agreements.")] = None
    negotiation: Annotated[
        str | None,
        End("Negotiation", inverse="agreements"),
        Term("prov:wasGeneratedBy"),
        Doc("The talks from which it came."),
    ] = None


@dataclass(frozen=True, kw_only=True)
class AgreementEvent(Fact):
    """An agreement was signed, ratified, entered into force, … on `valid_from`; without `party`, for all parties."""

    same_about: ClassVar = ("agreement", "stage", "party", "scope")
    states: ClassVar = DATES
    dated: ClassVar = True
    recurring: ClassVar = {"stage": ("AMENDED", "SUSPENDED")}
    title: ClassVar = ("agreement", "stage", "party")

    agreement: Annotated[str, End("Agreement", inverse="events")]
    stage: Annotated[AgreementStage, Doc("What happened.")]
    party: Annotated[str | None, End("Party"), Doc("For whom; missing = for all parties.")] = None
    scope: Annotated[str | None, Doc("Which part of it: GOODS, SERVICES; missing = the whole.")] = None


@dataclass(frozen=True, kw_only=True)
class Commitment(Fact):
    """What a party promises in an agreement, e.g. a rate not above 15 %."""

    same_about: ClassVar = ("agreement", "party", "statement")
    states: ClassVar = ("duty",)
    title: ClassVar = ("agreement", "party", "statement")

    agreement: Annotated[str, End("Agreement", inverse="commitments")]
    party: Annotated[str, End("Party"), Doc("Who promises.")]
    statement: Annotated[str, Term(language="en"), Doc("The promise as a sentence of ours.")]
    duty: Annotated[Duty | None, Doc("The rate promised, where it is one.")] = None


@dataclass(frozen=True, kw_only=True)
class Succession(Fact):
    """A code, agreement, post or state follows another."""

    same_about: ClassVar = ("predecessor", "successor")
    title: ClassVar = ("predecessor", "successor")
    direct: ClassVar = ("successor", "dcterms:replaces", "predecessor")

    predecessor: Annotated[str, End("Entity", inverse="successors"), Doc("What came before.")]
    successor: Annotated[str, End("Entity", inverse="predecessors"), Doc("What follows it.")]
