"""The two things of which everything is made: entities, whose identity lasts, and facts, which sources state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from schema.dates import PartialDate
from schema.marks import Doc, End, Indexed, Open, Term


class Modality(StrEnum):
    """In which sense a source states something.

    ASSERTED: it is so. PLANNED: it is to be. POSSIBLE: it may be ("may join"). CONDITIONAL: it is so if its conditions turn
    out that way ("barring a deal"). DEMANDED: a party asks for it. DENIED: it is not so.
    """

    ASSERTED = "ASSERTED"
    PLANNED = "PLANNED"
    POSSIBLE = "POSSIBLE"
    CONDITIONAL = "CONDITIONAL"
    DEMANDED = "DEMANDED"
    DENIED = "DENIED"


class Certainty(StrEnum):
    """POSSIBLE where a partial date leaves open whether a fact holds on the day asked for."""

    CERTAIN = "CERTAIN"
    POSSIBLE = "POSSIBLE"


class Redistribution(StrEnum):
    """What of a source its terms let out.

    ALL: everything. FACTS: what it states, in our words, but no quotes. NONE: exports never contain it.
    """

    ALL = "ALL"
    FACTS = "FACTS"
    NONE = "NONE"


class SourceKind(StrEnum):
    """What a source is. The order is the order of preference where sources disagree: acts before datasets before press.

    ACT: a legal act or judgment. OFFICIAL: an office's own page, notice or statement. DATASET: a release of structured data.
    PRESS: anything that reports.
    """

    ACT = "ACT"
    OFFICIAL = "OFFICIAL"
    DATASET = "DATASET"
    PRESS = "PRESS"


@dataclass(frozen=True, kw_only=True)
class Entity:
    """Something whose identity lasts.

    `id` is the path of its URI, "person/ryosei-akazawa": the kind in kebab case, then a slug. `classes`: what it is in the
    vocabularies of others, in RDF.
    """

    classes: ClassVar[tuple[str, ...]] = ()

    id: Annotated[str, Doc("The path of its URI, the same in GraphQL, in RDF and in the page's address.")]
    name: Annotated[str, Indexed(), Term("skos:prefLabel"), Doc("The name by which it is shown.")]
    alternative_names: Annotated[tuple[str, ...], Term("skos:altLabel"), Doc("Other names that sources give it.")] = ()


@dataclass(frozen=True, kw_only=True)
class Organisation(Entity):
    """A ministry, agency, court, publisher or other body."""

    classes: ClassVar = ("org:Organization",)

    party: Annotated[str | None, End("Party"), Doc("The party whose body it is.")] = None


@dataclass(frozen=True, kw_only=True)
class Source(Entity):
    """A document or a dataset release: what stands behind every fact."""

    classes: ClassVar = ("prov:Entity", "schema:CreativeWork")

    kind: Annotated[SourceKind, Open(), Term("dcterms:type"), Doc("What it is; decides which source is preferred.")]
    redistribution: Annotated[Redistribution, Doc("What of it its terms let out.")]
    publisher: Annotated[str | None, End("Organisation"), Term("dcterms:publisher"), Doc("Who published it.")] = None
    published: Annotated[date | None, Term("dcterms:issued"), Doc("The day on which it was published.")] = None
    retrieved: Annotated[
        date | None,
        Doc("The day on which it was fetched; what it states counts as known from then if it has no day of its own."),
    ] = None
    url: Annotated[str | None, Term("schema:url"), Doc("Where it can be read.")] = None
    licence: Annotated[str | None, Doc("Its licence, as it names it.")] = None
    version: Annotated[str | None, Term("dcat:version"), Doc("Which release or revision it is.")] = None
    dataset: Annotated[str | None, Indexed(), Doc("The register of which it is one release.")] = None
    gap: Annotated[
        str | None,
        Doc("What a reader would expect of it and will not find; repeated in every answer that rests on it."),
    ] = None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Where a statement stands."""

    source: Annotated[str, End("Source"), Term("prov:wasDerivedFrom"), Doc("The document or release that we read.")]
    chain: Annotated[
        tuple[str, ...],
        End("Source"),
        Doc("What `source` cites, what that cites in turn, and so on; the origin is last."),
    ] = ()
    claimed_by: Annotated[
        str | None, End("Entity"), Term("prov:wasAttributedTo"), Doc('Who says it there: "Akazawa told reporters".')
    ] = None
    locator: Annotated[str | None, Doc("The place in the source: a paragraph, a page, a row.")] = None
    quote: Annotated[str | None, Doc("The source's own words; shown only where its terms are ALL.")] = None
    published: Annotated[
        date | None,
        Term("dcterms:issued"),
        Doc(
            "The day on which this was public; overrides the source's own, as for a row of a register older than its release."
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What must happen (or must not) for a fact to hold, and who says so."""

    description: Annotated[str, Term("dcterms:description", "en"), Doc("What may happen, as a sentence.")]
    happens: Annotated[bool, Doc("True: the fact holds if it happens. False: if it does not.")]
    evidence: Annotated[tuple[Evidence, ...], Doc("Where the condition stands, which need not be where the fact does.")]
    deadline: Annotated[date | None, Doc("The last day on which it counts.")] = None
    about: Annotated[str | None, End("Entity"), Doc("What it is about, such as the agreement to be made.")] = None


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One statement that a source makes, with the envelope that every statement has.

    A kind declares `same_about`, the fields that say what it is about, and `states`, those that say what of it. `dated`:
    dates are the value, so that two facts are compared even where they do not overlap, unless there may be `several`
    (separate terms). `recurring`: values of a field of which each date is one of its own, as an agreement is amended again and
    again. `title`: the fields that make its label. In RDF it is one of `classes`; `during` is the property of its
    period, and `direct` what it comes to between two things where qualifications do not matter: subject, property, object,
    as fields, "self" being the fact.
    """

    classes: ClassVar[tuple[str, ...]] = ()
    during: ClassVar[str | None] = None
    direct: ClassVar[tuple[str, str, str] | None] = None

    same_about: ClassVar[tuple[str, ...]] = ()
    states: ClassVar[tuple[str, ...]] = ()
    several: ClassVar[bool] = False
    dated: ClassVar[bool] = False
    recurring: ClassVar[dict[str, tuple[str, ...]]] = {}
    title: ClassVar[tuple[str, ...]] = ()

    key: Annotated[str | None, Doc("The handle by which later facts name it in their `supersedes`.")] = None
    valid_from: Annotated[PartialDate | None, Doc("The first day on which it holds in the world; missing = open.")] = (
        None
    )
    valid_to: Annotated[PartialDate | None, Doc("The first day on which it no longer holds; missing = open.")] = None
    modality: Annotated[Modality, Doc("In which sense the source states it.")] = Modality.ASSERTED
    conditions: Annotated[tuple[Condition, ...], Doc("What must happen, or must not, for it to hold.")] = ()
    supersedes: Annotated[
        tuple[str, ...], Doc("The facts that it replaces, by their keys; they may be loaded later.")
    ] = ()
    rest_void: Annotated[
        bool, Doc("What of a superseded period no superseding fact of the same act covers is void.")
    ] = False
    row: Annotated[
        str | None, Doc('The row of a register that states it, "dataset#key", by which releases are compared.')
    ] = None
    evidence: Annotated[tuple[Evidence, ...], Doc("Where it stands; every fact needs at least one.")] = ()


@dataclass(frozen=True, kw_only=True)
class Attribute(Fact):
    """Any other property that a source states of an entity and may be wrong about; the entity shows the preferred."""

    same_about: ClassVar = ("about", "name")
    states: ClassVar = ("value",)
    title: ClassVar = ("about", "name", "value")

    about: Annotated[str, End("Entity"), Doc("Whose property it is.")]
    name: Annotated[
        str, Indexed(), Doc("The property's name in the ontology, such as \"iso2\", or one of the source's own.")
    ]
    value: Annotated[str, Doc("What the source says it is.")]


DATES = ("valid_from", "valid_to")
"""What a kind `states` for which the dates are what a source states."""

DERIVED = {
    "id": "The path of its URI: the kind, then a hash of what it says.",
    "uri": "The full address of its id.",
    "label": "A line that says what it is, for lists and pictures.",
    "known_from": "The day since when it was known: the earliest publication among its evidence.",
    "known_to": "The day on which a fact that supersedes it became known; missing while none is.",
    "recorded_at": "When it was written here, or last changed.",
    "retracted_at": "When it was withdrawn because a row had been misread here.",
    "certainty": "Whether it holds on the day asked for however its partial dates are read.",
    "superseded_by": "The facts that replace it, known on the day of knowledge.",
    "preferred": "Whether it is the one shown as the answer: acts before datasets before press, later before earlier.",
    "contradicted_by": "Facts of other sources about the same that state another value.",
}
"""What every fact answers beside its fields: computed where facts are stored or asked for, never stated."""
