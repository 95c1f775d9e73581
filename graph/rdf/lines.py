"""N-Quads and N-Triples: a statement a line, made of the text of terms."""

from __future__ import annotations

from graph.rdf.mapper import Graph
from graph.rdf.values import Node

MOST = 8_000
"""Texts that are kept: a term that comes again costs a look and not its making."""


class Lines:
    """Writes graphs as lines. To make quads only to have them written takes twice the time."""

    def __init__(self, named: bool) -> None:
        self._named = named
        self._texts: dict[Node, str] = {}

    def of(self, graph: Graph) -> bytes:
        """All statements of a graph, with its name where the format has names."""
        texts = self._texts
        if len(texts) > MOST:
            texts.clear()
        end = f" {graph[0]} .\n" if self._named else " .\n"
        lines = []
        last, subject = None, ""
        for thing, predicate, value in graph[1]:
            if thing is not last:
                last = thing
                subject = texts.get(thing) or texts.setdefault(thing, str(thing))
            verb = texts.get(predicate) or texts.setdefault(predicate, str(predicate))
            what = texts.get(value) or texts.setdefault(value, str(value))
            lines.append(f"{subject} {verb} {what}{end}")
        return "".join(lines).encode()
