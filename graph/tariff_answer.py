"""An assessment by the names of GraphQL, with references where nodes go."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.reads.hydrate import Ref
from graph.tariff_inputs import Case
from schema.assessment import Assessment
from schema.contribution import Charged
from schema.pending import Pending
from schema.stacking import Excluded


def answer_of(case: Case, found: Assessment, day: date, known: date) -> dict[str, Any]:
    """The `TariffAnswer` of one day."""
    return {
        "importer": Ref(case.importer),
        "origin": Ref(case.origin),
        "product": Ref(case.product),
        "at": day,
        "asKnownOn": known,
        "coverage": found.coverage,
        "gaps": found.gaps,
        "adValorem": found.ad_valorem,
        "duty": found.duty,
        "components": [_component(each) for each in found.charged],
        "excluded": [_excluded(each) for each in found.excluded],
        "pending": [_pending(each) for each in found.pending],
        "annulled": [Ref(each) for each in found.annulled],
        "disagreements": [Ref(each) for each in found.disagreements],
    }


def _component(each: Charged) -> dict[str, Any]:
    return {"measure": Ref(each.measure.id), "duty": each.duty, "rules": [Ref(rule) for rule in each.rules]}


def _excluded(each: Excluded) -> dict[str, Any]:
    return {
        "measure": Ref(each.measure.id),
        "reason": each.reason,
        "rule": Ref(each.rule) if each.rule else None,
        "suspension": Ref(each.suspension) if each.suspension else None,
        "by": [Ref(by) for by in each.by],
    }


def _pending(each: Pending) -> dict[str, Any]:
    return {
        "measure": Ref(each.measure),
        "conditions": [Ref(condition) for condition in each.conditions],
        "adValoremThen": each.ad_valorem_then,
    }
