"""The answers on a duty: fetched, assessed by the engine in `schema/`, and filled with the nodes that they name."""

from __future__ import annotations

from datetime import date
from typing import Any

from graphql import GraphQLResolveInfo

from graph.reads.compiler import Compiler
from graph.reads.hydrate import Hydration
from graph.reads.problem import QuestionError
from graph.reads.selection import Selection
from graph.reads.statement import Database, Moment, finish, moment, read, today
from graph.tariff_answer import answer_of
from graph.tariff_goods import goods_of
from graph.tariff_inputs import fetch
from schema.assessment import assess
from schema.stacking_inputs import Inputs
from schema.timeline import TooLongError, timeline

Info = GraphQLResolveInfo[Any]


async def answer_tariff(database: Database, info: Info) -> Any:
    """Answer the root field `tariff`: one statement for what the engine needs, one for what the client selected.

    Raises QuestionError for unknown parties, products and conditions, and for a day of knowledge to come.
    """
    given = _given(info)
    when = moment(given.get("at"), given.get("asKnownOn"))
    day = when.at or today()
    goods = goods_of(given.get("goods"), day)
    case = await fetch(database, when, given["importer"], given["origin"], given["product"])
    assumed = _assumed(given.get("assume", []), case.inputs)
    answer = answer_of(case, assess(day, when.known, case.inputs, assumed, goods), day, when.known)
    return await filled(database, info, when, "TariffAnswer", answer)


async def answer_timeline(database: Database, info: Info) -> Any:
    """Answer the root field `tariffTimeline`, in as many statements.

    Raises QuestionError as `tariff` does, for an empty span, and for one in which the answer changes too often.
    """
    given = _given(info)
    when = moment(None, given.get("asKnownOn"))
    start, end = _span(given)
    goods = goods_of(given.get("goods"), start)
    case = await fetch(database, when, given["importer"], given["origin"], given["product"])
    try:
        stretches = timeline(start, end, when.known, case.inputs, goods)
    except TooLongError as error:
        raise QuestionError(f"{error}: ask for a shorter span with `from` and `to`") from error
    periods = [
        {"from": each.start, "to": each.end, "answer": answer_of(case, each.answer, each.day, when.known)}
        for each in stretches
    ]
    return await filled(database, info, when, "TariffPeriod", periods)


async def filled(database: Database, info: Info, when: Moment, type_name: str, answer: Any) -> Any:
    """The answer as it is selected, with the nodes that it names, in one statement."""
    hydration = Hydration(Compiler(Selection(info)))
    text = hydration.expression(answer, type_name, info.field_nodes)
    nodes = await read(database, finish(hydration.compiler, text, when, lambda found: found))
    return hydration.filled(answer, type_name, info.field_nodes, nodes)


def _given(info: Info) -> dict[str, Any]:
    return Selection(info).arguments("Query", info.field_nodes[0])


def _span(given: dict[str, Any]) -> tuple[date | None, date | None]:
    """The days asked for; goods are not entered before they are loaded."""
    start, end = given.get("from"), given.get("to")
    start = start or given.get("goods", {}).get("loadedOn")
    if start and end and start >= end:
        raise QuestionError(f"to: {end} is not after {start}; it is the first day that is not asked for")
    return start, end


def _assumed(assumptions: list[dict[str, Any]], inputs: Inputs) -> dict[str, bool]:
    """Conditions by id with how they are taken to turn out; `about` names all conditions of a measure, rule or suspension, or
    all that are about a deal, act or talks.
    """
    taken: dict[str, bool] = {}
    for each in assumptions:
        clauses = [
            clause.id
            for stated in inputs.conditional
            for clause in stated.conditions
            if clause.id == each.get("condition") or each.get("about") in (stated.id, clause.about or stated.id)
        ]
        if not clauses:
            raise QuestionError(
                "assume: name by `condition` or `about` a condition that bears on this product and origin"
            )
        taken |= dict.fromkeys(clauses, each["happens"])
    return taken
