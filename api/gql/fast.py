"""The fast way: graphql-core resolves the root fields, and a plan completes what they give (`api/gql/completer.py`).

Where the plan is not exact graphql-core completes the same value, so that errors, and where they put null, are its own.
"""

from __future__ import annotations

import logging
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from graphql import DocumentNode, GraphQLError, GraphQLOutputType, GraphQLResolveInfo
from graphql.execution.collect_fields import FieldDetailsList
from graphql.execution.values import VariableValues, get_argument_values
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from api.gql.completer import InexactError, Part, Planner

LOG = logging.getLogger("tradegraph.fast")
PLANS = 64
"""So many plans of one document are kept: one for each root field and choice of what is skipped."""
Plan = tuple[Planner, Part]


@dataclass
class Kept:
    """A document with what was found out of it: the errors of its validation once it was validated, and its plans."""

    document: DocumentNode
    errors: list[GraphQLError] | None = None
    plans: dict[Hashable, Plan] = field(default_factory=dict)


class FastExecutor(StrawberryGraphQLCoreExecutionContext):
    """Plans are kept with the document, where one is in the context."""

    def complete_value(
        self,
        return_type: GraphQLOutputType,
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,
        position_context: Any,
    ) -> Any:
        """Complete a root field by its plan, or as graphql-core does; that goes through here for what is below too."""
        if path.prev is None and return_type is info.return_type and not info.field_name.startswith("__"):
            try:
                return self._completed(return_type, field_details_list, path.key, result)
            except InexactError as error:
                LOG.debug("left to graphql-core: %s, for %r", path.key, error.__cause__)
        return super().complete_value(return_type, field_details_list, info, path, result, position_context)

    def _completed(self, type_: GraphQLOutputType, details: FieldDetailsList, key: str | int, value: Any) -> Any:
        try:
            planner, part = self._plan(type_, details, key)
            found = value if value.__class__ in part.final else part.complete(value)
            for known, node in planner.arguments.values():
                get_argument_values(known, node, self.variable_values)
        except (GraphQLError, KeyError, TypeError) as error:
            raise InexactError from error
        return found

    def _plan(self, type_: GraphQLOutputType, details: FieldDetailsList, key: str | int) -> Plan:
        kept: Kept | None = self.context_value.get("kept")
        plans = kept.plans if kept else {}
        values, sources = self.variable_values.coerced, self.variable_values.sources
        chosen = {name: value for name, value in values.items() if isinstance(value, bool)}
        known: Hashable = (self.operation.name and self.operation.name.value, key, frozenset(chosen.items()))
        if known not in plans:
            if len(plans) >= PLANS:
                plans.clear()
            choice = VariableValues(
                {name: sources[name] for name in chosen}, chosen
            )  # no other value stays with the plan
            planner = Planner(self.schema, self.operation, self.fragments, choice)
            plans[known] = planner, planner.of(type_, details)
        return plans[known]
