"""Three questions with their answers and sources, as `tradegraph up` prints them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rich.console import Group
from rich.text import Text

from api.execute import execute
from api.questions import questions
from graph.reads.statement import Database

Lines = Iterator[str]


async def answers(database: Database) -> Group:
    """The three questions, asked of the graph as it now is."""
    shown = [question for question in questions() if question.number in SHOWN]
    parts: list[Text] = []
    for question in shown:
        response = await execute(database, question.document)
        parts.append(Text(f"\n{question.words}", style="bold"))
        parts += [Text(f"  {line}") for line in _lines(question.number, response)]
    return Group(*parts, Text(""))


def _lines(number: int, response: dict[str, Any]) -> Lines:
    if response.get("errors"):
        yield f"no answer: {response['errors'][0]['message']}"
        return
    yield from SHOWN[number](response["data"])


def _car_duty(data: dict[str, Any]) -> Lines:
    answer = data["tariff"]
    yield f"{answer['adValorem']} % in all"
    for part in answer["components"]:
        measure = part["measure"]
        act = measure["instrument"]["name"] if measure["instrument"] else measure["evidence"][0]["source"]["name"]
        yield f"{part['duty']['text']}  {measure['authority']}, {act}, {measure['evidence'][0]['locator']}"
    for left_out in answer["excluded"]:
        rule = left_out["rule"]
        source = f" ({rule['paragraph']} of {rule['instrument']['id']})" if rule and rule["instrument"] else ""
        yield f"not {left_out['measure']['programme']}: {left_out['reason']}{source}"


def _believed(data: dict[str, Any]) -> Lines:
    for answer in data.values():
        added = [part for part in answer["components"] if part["measure"]["authority"] != "MFN"]
        listed = ", ".join(
            f"{part['duty']['text']} of {part['measure']['instrument']['id']} ({part['measure']['evidence'][0]['locator']})"
            for part in added
        )
        yield f"as known on {answer['asKnownOn']}: {listed}"
        for pending in answer["pending"]:
            said = pending["conditions"][0]
            source = said["evidence"][0]["source"]["id"] if said["evidence"] else "no source"
            yield f"  otherwise {pending['adValoremThen']} %: {said['description']} ({source})"


def _two_people(data: dict[str, Any]) -> Lines:
    for meeting in data["meetings"]["nodes"]:
        evidence = meeting["records"][0]["evidence"][0]
        topics = ", ".join(topic["name"] for topic in meeting["topics"])
        minutes = f", {meeting['duration']}" if meeting["duration"] else ""
        yield f"{meeting['start']}, {meeting['place']}{minutes}: {meeting['name']}. {topics}"
        yield f"  source: {evidence['source']['name']}, {evidence['locator']}"


SHOWN: dict[int, Callable[[dict[str, Any]], Lines]] = {1: _car_duty, 3: _believed, 16: _two_people}
