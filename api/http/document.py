"""A document: judged before it is validated, so that no document costs more to refuse than to answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLNamedType,
    GraphQLSchema,
    IntValueNode,
    OperationDefinitionNode,
    OperationType,
    parse,
)

from api.gql.fast import Kept
from api.http.asked import Asked
from api.http.cost import Place, Pricing
from api.http.limits import Limits
from api.http.refused import RefusedError
from api.http.totals import Counting, too_much

KEPT = 128
SHORT = 4096
"""Documents of at most so many characters are kept, so that what is asked again is not read again."""
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\"""|\\|"(?!""))*(?:""")?|"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|#[^\n\r]*|\w+|\.\.\.|[^\s\w,]', re.ASCII
)
_LINE = 16
"""A text counts as one token for so many characters."""

Numbers = frozenset[tuple[str, int]]
Definition = OperationDefinitionNode | FragmentDefinitionNode


@dataclass(frozen=True)
class Judged:
    """A document that may be asked: parsed, what it costs, and whether it asks about the schema alone."""

    kept: Kept
    cost: int
    operation: OperationType
    introspects: bool


def judged(text: str, asked: Asked, schema: GraphQLSchema, limits: Limits) -> Judged:
    """The document with its cost under the variables.

    Raises RefusedError (400) beyond the limits, GraphQLError for bad syntax, or several operations of which none is named.
    """
    numbers = frozenset((name, value) for name, value in asked.variables.items() if isinstance(value, int))
    if len(text) > SHORT:
        return _judged(Kept(parsed(text, limits)), asked.operation, numbers, schema, limits)
    return _known(text, asked.operation, numbers, schema, limits)


def _judged(kept: Kept, operation: str | None, numbers: Numbers, schema: GraphQLSchema, limits: Limits) -> Judged:
    document = kept.document
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    judging: list[Definition] = [*operations, *_unused(operations, fragments, limits)]
    if operation is None and len(operations) > 1:
        raise GraphQLError("the document has several operations: say which by `operationName`")
    asked = _chosen(operations, operation)
    cost, repeats, unknowns = 0, 0, 0
    for each in judging:
        place = Place()
        pricing = Pricing(schema, fragments, _defaults(each) | dict(numbers))
        price = pricing.of(_root(each, schema), each.selection_set, place)
        repeats += place.repeats()
        unknowns += place.unknowns()
        cost = price if each is asked else cost
    _check(repeats, unknowns, cost, limits)
    if asked is None:
        return Judged(kept, cost, OperationType.QUERY, False)
    roots = Pricing(schema, fragments, {}).roots(asked.selection_set)
    return Judged(kept, cost, asked.operation, all(name.startswith("__") for name in roots))


@lru_cache(maxsize=KEPT)
def _kept(text: str, limits: Limits) -> Kept:
    return Kept(parsed(text, limits))


@lru_cache(maxsize=KEPT)
def _known(text: str, operation: str | None, numbers: Numbers, schema: GraphQLSchema, limits: Limits) -> Judged:
    """The cost depends on variables, the document does not."""
    return _judged(_kept(text, limits), operation, numbers, schema, limits)


def parsed(text: str, limits: Limits) -> DocumentNode:
    """The document. Raises RefusedError (400) where it is too long, GraphQLError for bad syntax."""
    size = 0
    for token in _TOKEN.finditer(text):
        size += 1 + (token.end() - token.start()) // _LINE
        if size > limits.tokens:
            raise RefusedError(
                400, f"a document has at most {limits.tokens} words and marks: ask for less at a time", "TOO_COMPLEX"
            )
    document = parse(text, max_tokens=limits.tokens + 1)
    kinds = [type(node) for node in document.definitions]
    variables = sum(len(getattr(node, "variable_definitions", None) or ()) for node in document.definitions)
    for name, number, most in (
        ("fragments", kinds.count(FragmentDefinitionNode), limits.fragments),
        ("operations", kinds.count(OperationDefinitionNode), limits.operations),
        ("variables", variables, limits.variables),
    ):
        if number > most:
            raise too_much(name, number, most)
    return document


def _unused(
    operations: list[OperationDefinitionNode], fragments: dict[str, FragmentDefinitionNode], limits: Limits
) -> list[FragmentDefinitionNode]:
    """The fragments that no operation holds; validation reads them all the same. Raises RefusedError for what is too large."""
    counting = Counting(fragments, limits)
    for node in operations:
        counting.of(node.selection_set)
    unused = [node for name, node in fragments.items() if name not in set(counting.counted)]
    for fragment in unused:
        counting.of(fragment.selection_set)
    return unused


def _root(node: Definition, schema: GraphQLSchema) -> GraphQLNamedType | None:
    if isinstance(node, FragmentDefinitionNode):
        return schema.get_type(node.type_condition.name.value)
    return schema.query_type


def _check(repeats: int, unknowns: int, cost: int, limits: Limits) -> None:
    for name, number, most in (
        ("fields asked for again in the same place", repeats, limits.repeats),
        ("fields that nobody knows", unknowns, limits.unknowns),
        ("values", cost, limits.cost),
    ):
        if number > most:
            raise too_much(name, number, most)


def _chosen(operations: list[OperationDefinitionNode], name: str | None) -> OperationDefinitionNode | None:
    found = [node for node in operations if name is None or (node.name is not None and node.name.value == name)]
    return found[0] if len(found) == 1 else None


def _defaults(node: Definition) -> dict[str, int]:
    """Variables that are whole numbers without being given."""
    return {
        each.variable.name.value: int(each.default_value.value[:12])
        for each in node.variable_definitions or ()
        if isinstance(each.default_value, IntValueNode)
    }
