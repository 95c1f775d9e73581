"""The answer on a duty: fetched, assessed by the engine in `schema/`, and filled with the nodes that it names."""

from __future__ import annotations

from typing import Any

from graphql import GraphQLResolveInfo

from graph.reads.compiler import Compiler
from graph.reads.hydrate import Hydration, Ref
from graph.reads.problem import QuestionError
from graph.reads.selection import Selection
from graph.reads.statement import Database, finish, moment, read, today
from graph.tariff_inputs import Case, fetch
from schema.assessment import Assessment, assess
from schema.stacking_inputs import Inputs

ANSWER = "TariffAnswer"


async def answer_tariff(database: Database, info: GraphQLResolveInfo[Any]) -> Any:
    """Answer the root field `tariff`: one statement for what the engine needs, one for what the client selected.

    Raises QuestionError for unknown parties, products and conditions, and for a day of knowledge to come.
    """
    selection = Selection(info)
    given = selection.arguments("Query", info.field_nodes[0])
    when = moment(given.get("at"), given.get("asKnownOn"))
    case = await fetch(database, when, given["importer"], given["origin"], given["product"])
    day = when.at or today()
    assumed = _assumed(given.get("assume", []), case.inputs)
    answer = _answer(case, assess(day, when.known, case.inputs, assumed))
    answer |= {"at": day, "asKnownOn": when.known}
    hydration = Hydration(Compiler(selection))
    text = hydration.expression(answer, ANSWER, info.field_nodes)
    nodes = await read(database, finish(hydration.compiler, text, when, lambda found: found))
    return hydration.filled(answer, ANSWER, info.field_nodes, nodes)


def _assumed(assumptions: list[dict[str, Any]], inputs: Inputs) -> dict[str, bool]:
    """Conditions by id with how they are taken to turn out; `about` names all conditions of a measure."""
    taken: dict[str, bool] = {}
    for each in assumptions:
        clauses = [
            clause.id
            for measure in inputs.measures
            for clause in measure.conditions
            if clause.id == each.get("condition") or measure.id == each.get("about")
        ]
        if not clauses:
            raise QuestionError(
                "assume: name by `condition` or `about` a condition that bears on this product and origin"
            )
        taken |= dict.fromkeys(clauses, each["happens"])
    return taken


def _answer(case: Case, found: Assessment) -> dict[str, Any]:
    return {
        "importer": Ref(case.importer),
        "origin": Ref(case.origin),
        "product": Ref(case.product),
        "coverage": found.coverage,
        "gaps": found.gaps,
        "adValorem": found.ad_valorem,
        "duty": found.duty,
        "components": [
            {"measure": Ref(each.measure.id), "duty": each.duty, "rules": [Ref(rule) for rule in each.rules]}
            for each in found.charged
        ],
        "excluded": [
            {
                "measure": Ref(each.measure.id),
                "reason": each.reason,
                "rule": Ref(each.rule) if each.rule else None,
                "suspension": Ref(each.suspension) if each.suspension else None,
                "by": [Ref(by) for by in each.by],
            }
            for each in found.excluded
        ],
        "pending": [
            {
                "measure": Ref(each.measure),
                "conditions": [Ref(condition) for condition in each.conditions],
                "adValoremThen": each.ad_valorem_then,
            }
            for each in found.pending
        ],
        "annulled": [Ref(each) for each in found.annulled],
        "disagreements": [Ref(each) for each in found.disagreements],
    }
