"""Pages of the graph as lists, in the order of ids: what of facts, scopes and entities an export needs.

A page is one record, asked for by the id after which it begins: nothing is sorted, skipped or kept.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

from neo4j import READ_ACCESS, AsyncDriver

from graph.rdf.selection import DAY, SAID, Selection, free
from graph.rows import base_label, is_property
from graph.stored import properties
from schema.base import Condition, Evidence, Fact, Source
from schema.ontology import VALUES, fields_of, kebab

PAGE = 500
Row = list[Any]

_QUOTE = "CASE WHEN s.redistribution = 'ALL' THEN e.quote END"
_OF_EVIDENCE = f"""[e.id, s.id, {DAY}, e.published, e.locator, {_QUOTE},
    COLLECT {{ MATCH (e)-[:CLAIMED_BY]->(by) RETURN by.id }},
    COLLECT {{ MATCH (e)-[link:CHAIN]->(cited) RETURN [cited.id, {free("cited")}] ORDER BY link.position }}]"""
_EVIDENCE = "COLLECT {{ MATCH {said} WHERE {free} AND {day} <= $known RETURN {fields} ORDER BY e.id }}"


def _evidence(of: str) -> str:
    return _EVIDENCE.format(said=SAID.format(of), free=free("s"), day=DAY, fields=_OF_EVIDENCE)


def columns(kind: type) -> list[str]:
    """The properties of a kind as a page lists them, field after field."""
    return [name for spec in fields_of(kind) if is_listed(kind, spec) for name in properties(spec)]


def is_listed(kind: type, spec: Any) -> bool:
    """The field is stored as properties and not as relations."""
    return bool(is_property(kind, spec) and not spec.end)


def linked(kind: type) -> list[Any]:
    """The fields of a kind that are relations to entities and scopes."""
    return [
        spec for spec in fields_of(kind) if spec.end or (spec.type in VALUES and spec.type not in (Condition, Evidence))
    ]


def _conditions() -> str:
    about = "COLLECT { MATCH (c)-[:ABOUT]->(a) RETURN a.id }"
    fields = f"[c.id, [{', '.join(f'c.{name}' for name in columns(Condition))}], {_evidence('c')}, {about}]"
    return f"COLLECT {{ MATCH (f)-[:CONDITIONS]->(c:Condition) RETURN {fields} ORDER BY c.id }}"


_FIELDS = "[name IN $columns | f[name]]"
_LINKS = """COLLECT { MATCH (f)-[r]->(m) WHERE type(r) IN $links
    RETURN [type(r), m.id] ORDER BY type(r), r.position, m.id }"""
_FACT = """[f.id, f.about, {fields}, {links},
  COLLECT {{ MATCH (f)-[:KEY]->(k) RETURN k.id ORDER BY k.id }},
  COLLECT {{ MATCH (f)-[:SUPERSEDES]->(k) RETURN k.id ORDER BY k.id }},
  COLLECT {{ MATCH (f)-[:SUPERSEDES]->()<-[:KEY]-(old) WHERE old.id <> f.id AND old.retracted_at IS NULL
    AND EXISTS {{ MATCH {said_old} WHERE {free} }} RETURN DISTINCT old.id ORDER BY old.id }},
  COLLECT {{ MATCH (f)-[:ROW]->(row) RETURN row.id ORDER BY row.id }},
  COLLECT {{ MATCH (f)-[:RESTATES]->(row) RETURN row.id ORDER BY row.id }},
  COLLECT {{ MATCH (f)-[:KEY]->()<-[:SUPERSEDES]-(new) WHERE new.id <> f.id AND new.retracted_at IS NULL
    MATCH {said_new} WHERE {free} AND {day} <= $known RETURN {day} }},
  {evidence}, {conditions}]"""


FACT = _FACT.format(
    fields=_FIELDS,
    links=_LINKS,
    said_old=SAID.format("old"),
    said_new=SAID.format("new"),
    free=free("s"),
    day=DAY,
    evidence=_evidence("f"),
    conditions=_conditions(),
)
"""All of one fact that an export needs, as one list. One text for all kinds: it is planned once."""
NODE = f"[f.id, {_FIELDS}, {_LINKS}]"
"""All of one entity or scope, as one list."""


def parameters(kind: type) -> dict[str, list[str]]:
    """Which properties and relations of a kind the lists hold."""
    return {"columns": columns(kind), "links": [spec.relation for spec in linked(kind)]}


def grouped(kind: type, links: list[list[str]]) -> list[list[str]]:
    """Links as they are read, field by field."""
    return [[id_ for type_, id_ in links if type_ == spec.relation] for spec in linked(kind)]


class Reader:
    """Reads pages in sessions of its own."""

    def __init__(self, driver: AsyncDriver, database: str, selection: Selection) -> None:
        self._driver = driver
        self._database = database
        self.selection = selection
        self.looked_at = 0
        """Nodes that were looked at so far, whether they leave or not."""

    async def facts(self, kind: type) -> AsyncIterator[list[Row]]:
        """All facts of a kind that leave."""
        async for page in self._pages(kind, self.selection.leaves("f"), FACT):
            yield page

    async def scopes(self, kind: type) -> AsyncIterator[list[Row]]:
        """The scopes of facts that leave."""
        async for page in self._pages(kind, self.open(kind), NODE):
            yield page

    async def entities(self, kind: type) -> AsyncIterator[list[Row]]:
        """The declared entities of a kind that may leave."""
        async for page in self._pages(kind, self.open(kind), NODE):
            yield page

    def open(self, kind: type) -> str:
        """An entity leaves unless all facts that name it must stay; a source if its terms let it; a scope with its facts."""
        if kind in VALUES:
            return f"EXISTS {{ MATCH (f)<-[:{_relations(kind)}]-(x:Fact) WHERE {self.selection.leaves('x')} }}"
        if kind is Source:
            return f"f.name IS NOT NULL AND {free('f')}"
        facts = f"EXISTS {{ MATCH (f)<--(x:Fact) WHERE {self.selection.leaves('x')} }}"
        return f"f.name IS NOT NULL AND ({facts} OR NOT EXISTS {{ (f)<--(:Fact) }})"

    async def these(self, kind: type, ids: Sequence[str], row: str, where: str) -> list[Row]:
        """Those among the ids that `where` lets through, in the order of ids."""
        text = (
            f"UNWIND $ids AS id MATCH (f:{base_label(kind)} {{id: id}}) WHERE {where} "
            f"WITH f ORDER BY f.id RETURN collect({row}) AS page"
        )
        self.looked_at += len(ids)
        return _grouped(kind, await self._read(text, ids=sorted(ids), **parameters(kind)))

    async def total(self, kinds: Iterable[type]) -> int:
        """How many nodes there are of these kinds: the database keeps count."""
        counts = " + ".join(f"COUNT {{ (:{kind.__name__}) }}" for kind in kinds)
        return int(await self._read(f"RETURN {counts or 0} AS page"))

    async def _pages(self, kind: type, where: str, row: str) -> AsyncIterator[list[Row]]:
        prefix = kebab(kind.__name__)
        text = (
            f"MATCH (f:{base_label(kind)}) WHERE f.id > $after AND f.id < $until "
            f"WITH f ORDER BY f.id LIMIT $page "
            f"WITH collect(f) AS read, max(f.id) AS last WHERE last IS NOT NULL "
            f"RETURN [last, size(read), COLLECT {{ UNWIND read AS f WITH f WHERE {where} RETURN {row} }}] AS page"
        )
        after: str | None = f"{prefix}/"
        while after is not None:
            found = await self._read(text, after=after, until=f"{prefix}0", page=PAGE, **parameters(kind))
            after, looked, rows = found or (None, 0, [])
            self.looked_at += looked
            if rows:
                yield _grouped(kind, rows)

    async def _read(self, text: str, **parameters: Any) -> Any:
        async with self._driver.session(database=self._database, default_access_mode=READ_ACCESS) as session:
            found = await (await session.run(text, {**self.selection.parameters, **parameters})).single()
            return found["page"] if found else []


def _grouped(kind: type, rows: list[Row]) -> list[Row]:
    place = 3 if issubclass(kind, Fact) else 2
    for row in rows:
        row[place] = grouped(kind, row[place])
    return rows


def _relations(kind: type) -> str:
    return {"OriginScope": "ORIGINS", "ProductScope": "PRODUCTS"}[kind.__name__]


def chunks(ids: Iterable[str], size: int = PAGE) -> Iterable[list[str]]:
    """The ids in sorted pieces."""
    ordered = sorted(ids)
    return (ordered[index : index + size] for index in range(0, len(ordered), size))
