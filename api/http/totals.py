"""How large a document is once its fragments stand in their places: counted in one pass, each fragment once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, SelectionNode, SelectionSetNode

from api.http.limits import Limits
from api.http.refused import RefusedError


@dataclass(frozen=True)
class Totals:
    """Of a selection with all below it. `fields` counts spreads of fragments too; `depth` is the longest way down."""

    fields: int = 0
    aliases: int = 0
    directives: int = 0
    depth: int = 0

    def with_(self, other: Totals) -> Totals:
        """Both side by side."""
        return Totals(
            self.fields + other.fields,
            self.aliases + other.aliases,
            self.directives + other.directives,
            max(self.depth, other.depth),
        )


@dataclass
class Counting:
    """Counts the selections of one document."""

    fragments: Mapping[str, FragmentDefinitionNode]
    limits: Limits
    _counted: dict[str, Totals | None] = field(default_factory=dict)

    def of(self, selected: SelectionSetNode | None, above: int = 0) -> Totals:
        """The totals of a selection. Raises RefusedError (400) where they exceed the limits, or a fragment contains itself."""
        found = Totals()
        for node in selected.selections if selected else ():
            found = found.with_(self._node(node, above))
            self._check(found, above)
        return found

    @property
    def counted(self) -> Iterable[str]:
        """The names of fragments that were met."""
        return self._counted.keys()

    def _node(self, node: SelectionNode, above: int) -> Totals:
        directives = len(node.directives or ())
        if isinstance(node, FragmentSpreadNode):
            return self._fragment(node.name.value).with_(Totals(1, directives=directives))
        named = isinstance(node, FieldNode)
        below = self.of(node.selection_set, above + named)  # type: ignore[attr-defined]
        own = Totals(1, int(named and node.alias is not None), directives, below.depth + named)  # type: ignore[attr-defined]
        return below.with_(own)

    def _fragment(self, name: str) -> Totals:
        """A fragment's totals, counted at its first use; an unknown one is told by validation."""
        if name not in self.fragments:
            return Totals()
        if name not in self._counted:
            self._counted[name] = None
            own = Totals(directives=len(self.fragments[name].directives or ()))
            self._counted[name] = self.of(self.fragments[name].selection_set).with_(own)
        if (known := self._counted[name]) is None:
            raise RefusedError(400, f"the fragment {name} contains itself", "BAD_QUESTION")
        return known

    def _check(self, found: Totals, above: int) -> None:
        for name, number in (
            ("depth", found.depth + above),
            ("fields", found.fields),
            ("aliases", found.aliases),
            ("directives", found.directives),
        ):
            if number > getattr(self.limits, name):
                raise too_much(name, number, getattr(self.limits, name))


def too_much(what: str, number: int, most: int) -> RefusedError:
    """More than the limits allow; a number that no one reads is not spelt out."""
    asked = str(number) if number < 10**9 else "far more"
    return RefusedError(
        400, f"{what}: {asked} asked for, at most {most} allowed: ask for less at a time", "TOO_COMPLEX"
    )
