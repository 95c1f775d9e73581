"""From a selection of GraphQL fields to one Cypher statement, and from its lists back to what clients see.

A field with everything below it becomes one expression; objects come back as lists in the order of their fields, never as
nodes or maps, which the driver hands over several times slower. No text of a client becomes part of a statement: values
are parameters, names come from the table of reads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from graph.reads.pages import UNPAGED, Page, cursor_of, offset_of, page_size
from graph.reads.read import ANY_PARTY, KIND_OF_ARGUMENT, Read
from graph.reads.selection import Fields, Selection
from graph.reads.table import READS
from graph.reads.values import Shape, same, selecting
from schema.identity import plain
from schema.ontology import ABSTRACT, BY_NAME, KINDS, concrete

ANYTHING = "Node"
NOT_PARAMETERS = frozenset({"filter", "first", "after", "at", "asKnownOn"})


@dataclass(frozen=True)
class Given:
    """The arguments of a field: as the client gave them, and as parameters of the statement."""

    values: dict[str, Any]
    parameters: dict[str, str]


@dataclass
class Compiler:
    """Compiles within one statement: collects its parameters and hands out its variables."""

    selection: Selection
    parameters: dict[str, Any] = field(default_factory=dict)
    codes: list[tuple[str, str]] = field(default_factory=list)
    variables: int = 0

    def related(self, read: Read, parent_type: str, node: str, fields: Fields) -> tuple[str, Shape]:
        """The expression of a field that leads to other nodes, and the shape of its value."""
        given = self._given(read, parent_type, fields)
        child = self._variable()
        assert read.match is not None
        match = read.match(node, child, given.parameters)
        if read.paged:
            return self._connection(read, match, child, given, fields)
        text, shape = self.projection(read.target, child, fields, read.within)
        rows = self._rows(read, match, child, f"LIMIT {UNPAGED if read.many else 1}", text)
        if read.many:
            return rows, lambda found: [shape(each) for each in found]
        return f"head({rows})", lambda found: None if found is None else shape(found)

    def projection(self, type_name: str, node: str, fields: Fields, within: str | None = None) -> tuple[str, Shape]:
        """A node as a list of what is selected; for an interface, the type's name and one such list.

        `within` says that nodes of an interface can be of one kind only. Kinds of which the same common fields are selected
        share one branch: statements would else grow by the number of kinds at every level.
        """
        kinds = (within,) if within else _concrete(type_name)
        if kinds == (type_name,):
            return self._object(type_name, node, fields)
        cases: list[str] = []
        shapes: dict[str, Shape] = {}
        for group in self._alike(type_name, kinds, fields):
            text, shape = self._object(group[0], node, fields)
            cases.append(f"WHEN {node}:{'|'.join(group)} THEN [{_label(node, group)}, {text}]")
            shapes |= dict.fromkeys(group, shape)

        def of_kind(found: Any) -> Any:
            return None if found is None else {**shapes[found[0]](found[1]), "__typename": found[0]}

        return f"CASE {' '.join(cases)} END", of_kind

    def _alike(self, type_name: str, kinds: tuple[str, ...], fields: Fields) -> list[list[str]]:
        """The kinds in groups for which one branch serves."""
        common = common_fields(type_name)
        groups: dict[object, list[str]] = {}
        for kind in kinds:
            selected = self.selection.below(kind, fields)
            shared = all(nodes[0].name.value in common for nodes in selected.values())
            same = tuple((key, *map(id, nodes)) for key, nodes in selected.items())
            groups.setdefault(same if shared else kind, []).append(kind)
        return list(groups.values())

    def parameter(self, value: Any) -> str:
        """A new parameter of the statement with this value."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = plain(value)
        return f"${name}"

    def _object(self, type_name: str, node: str, fields: Fields) -> tuple[str, Shape]:
        selected = self.selection.below(type_name, fields)
        return _row({key: self._field(type_name, node, nodes) for key, nodes in selected.items()})

    def _field(self, type_name: str, node: str, fields: Fields) -> tuple[str, Shape]:
        name = fields[0].name.value
        if name == "__typename":
            return f"'{type_name}'", same
        read = READS[type_name][name]
        if read.value is None:
            return self.related(read, type_name, node, fields)
        text = read.value(node, self._given(read, type_name, fields).parameters)
        select = selecting(self.selection, read.of, fields)
        if (shape := read.shape) is None:
            return text, select
        # What is computed of a stored value is computed once: most of a thousand duties are alike.
        return text, cache(lambda found: None if found is None else select(shape(found)))

    def _connection(self, read: Read, match: str, child: str, given: Given, fields: Fields) -> tuple[str, Shape]:
        size, offset = page_size(read.target, given.values["first"]), offset_of(given.values.get("after"))
        below = self.selection.below(read.of, fields)
        item, shape_item = _row({key: self._item(read, child, nodes) for key, nodes in below.items()})
        window = f"SKIP {self.parameter(offset)} LIMIT {self.parameter(size + 1)}"
        total = f"COUNT {{ {match} RETURN DISTINCT {child} }}" if _asks(below, "totalCount") else "null"
        parts = [(key, self._of_page(read, key, nodes)) for key, nodes in below.items()]

        def shape(found: Any) -> Any:
            rows, count = found
            page = Page(offset, [shape_item(row) for row in rows[:size]], len(rows) > size, count)
            return {key: part(page) for key, part in parts}

        return f"[{self._rows(read, match, child, window, item)}, {total}]", shape

    def _item(self, read: Read, child: str, fields: Fields) -> tuple[str, Shape]:
        """What one item of a page must bring for a field of the connection."""
        name = fields[0].name.value
        if name == "nodes":
            return self.projection(read.target, child, fields, read.within)
        if name != "edges":
            return "null", same
        below = self.selection.below(read.edge, fields)
        wanted: dict[str, tuple[str, Shape]] = {}
        for key, nodes in below.items():
            part = nodes[0].name.value
            if part == "node":
                wanted[key] = self.projection(read.target, child, nodes, read.within)
            elif part in read.on_edge:
                wanted[key] = (f"{child}_{part}", same)
        return _row(wanted)

    def _of_page(self, read: Read, key: str, fields: Fields) -> Callable[[Page], Any]:
        """How one field of the connection follows from a page."""
        name = fields[0].name.value
        if name == "nodes":
            return lambda page: [item[key] for item in page.items]
        if name == "edges":
            scalars = self.selection.below(read.edge, fields)
            return lambda page: [
                {**item[key], **_edge(scalars, read.edge, page.offset + place)}
                for place, item in enumerate(page.items, start=1)
            ]
        if name == "pageInfo":
            select = selecting(self.selection, "PageInfo", fields)
            return lambda page: select(page.info)
        return lambda page: read.of if name == "__typename" else page.total

    def _rows(self, read: Read, match: str, child: str, window: str, text: str) -> str:
        distinct = "DISTINCT " if read.distinct else ""
        carried = ", ".join([child, *(f"{child}_{name}" for name in read.on_edge)])
        return f"COLLECT {{ {match} WITH {distinct}{carried} ORDER BY {read.order(child)} {window} RETURN {text} }}"

    def _given(self, read: Read, type_name: str, fields: Fields) -> Given:
        """Arguments of a field; those within `filter` count as its own; time and paging are no parameters."""
        values = self.selection.arguments(type_name, fields[0])
        flat = {**values, **values.get("filter", {})}
        for name in flat.keys() & read.party_arguments:
            codes = flat[name] if isinstance(flat[name], list) else [flat[name]]
            self.codes += [(code, KIND_OF_ARGUMENT.get(name, ANY_PARTY)) for code in codes]
        taken = {name: each for name, each in flat.items() if name not in NOT_PARAMETERS}
        prepared = {name: read.prepare.get(name, same)(each) for name, each in taken.items()}
        return Given(values, {name: self.parameter(each) for name, each in prepared.items()})

    def _variable(self) -> str:
        self.variables += 1
        return f"v{self.variables}"


def _row(fields: dict[str, tuple[str, Shape]]) -> tuple[str, Shape]:
    """Expressions by response key as one list, and the shape that puts the keys back; most values are shown as they are."""
    keys = list(fields)
    shapes = [(key, shape) for key, (_, shape) in fields.items() if shape is not same]

    def row(values: Any) -> dict[str, Any]:
        found = dict(zip(keys, values, strict=True))
        for key, shape in shapes:
            found[key] = shape(found[key])
        return found

    return f"[{', '.join(text for text, _ in fields.values())}]", row


def _edge(fields: dict[str, Fields], type_name: str, position: int) -> dict[str, Any]:
    names = {"cursor": cursor_of(position), "__typename": type_name}
    return {key: names[nodes[0].name.value] for key, nodes in fields.items() if nodes[0].name.value in names}


def _asks(fields: dict[str, Fields], name: str) -> bool:
    return any(nodes[0].name.value == name for nodes in fields.values())


@cache
def common_fields(type_name: str) -> frozenset[str]:
    """The fields of an interface that are read the same way whatever kind a node is of; those with arguments are left out."""
    kinds = _concrete(type_name)
    first = READS[kinds[0]]
    return frozenset(
        name
        for name in first
        if not first[name].arguments
        and len({_as_text(READS[kind][name]) for kind in kinds if name in READS[kind]}) == 1
        and all(name in READS[kind] for kind in kinds)
    )


def _as_text(read: Read) -> str:
    if read.value is not None:
        return f"{read.type} {read.value('n', {})} {read.shape}"
    assert read.match is not None
    return f"{read.type} {read.match('n', 'm', {})} {read.order('m')} {read.within}"


def _label(node: str, kinds: list[str]) -> str:
    if len(kinds) == 1:
        return f"'{kinds[0]}'"
    return f"head([x IN labels({node}) WHERE x IN {kinds}])"


def _concrete(type_name: str) -> tuple[str, ...]:
    if type_name == ANYTHING:
        return tuple(kind.__name__ for kind in KINDS)
    kind = BY_NAME.get(type_name)
    return tuple(each.__name__ for each in concrete(kind)) if kind and kind in ABSTRACT else (type_name,)
