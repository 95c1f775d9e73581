"""A page for people: the same triples as tables, a thing a table, every name a link."""

from __future__ import annotations

from html import escape

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from graph.rdf.definitions import vocabulary
from graph.rdf.jsonld import Lines
from graph.rdf.mapper import Graph
from schema.vocabulary import Names

_HEAD = '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n{links}</head><body><h1>{title}</h1>\n'


def page(title: str, graphs: list[Graph], more: bool, links: list[tuple[str, str]], names: Names) -> bytes:
    """The whole page; `links`: address and media type of the same in other formats."""
    lines = Lines(names)
    alternates = "".join(f'<link rel="alternate" type="{media}" href="{escape(url)}">\n' for url, media in links)
    parts = [_HEAD.format(title=escape(title), links=alternates)]
    for name, triples in graphs:
        parts.append(f"<h2>{_link(name.value, name.value, names)}</h2>\n<table>\n")
        for subject, predicate, value in triples:
            iris = (subject.value, predicate.value)
            shown = "".join(f"<td>{_link(iri, lines.short(iri), names)}</td>" for iri in iris)
            parts.append(f"<tr>{shown}<td>{_value(value, lines, names)}</td></tr>\n")
        parts.append("</table>\n")
    parts.append("<p>More facts name it than are shown here.</p>\n" if more else "")
    parts.append(
        "<p>As data: "
        + ", ".join(f'<a href="{escape(url)}">{media}</a>' for url, media in links)
        + "</p></body></html>\n"
    )
    return "".join(parts).encode()


def words(names: Names) -> bytes:
    """Our vocabulary: every term with what it means."""
    said: dict[str, str] = {}
    for triple in parse(vocabulary(names), RdfFormat.TURTLE):
        if triple.predicate.value == names.iri("rdfs:comment"):
            said[triple.subject.value.partition("#")[2]] = triple.object.value
    rows = "".join(
        f'<dt id="{escape(name)}">{escape(name)}</dt><dd>{escape(text)}</dd>\n' for name, text in said.items()
    )
    link = '<link rel="alternate" type="text/turtle" href="/def.ttl">\n'
    return f"{_HEAD.format(title='Vocabulary', links=link)}<dl>\n{rows}</dl></body></html>\n".encode()


def _value(value: NamedNode | Literal, lines: Lines, names: Names) -> str:
    return _link(value.value, lines.short(value.value), names) if isinstance(value, NamedNode) else escape(value.value)


def _link(iri: str, text: str, names: Names) -> str:
    """A link, to this server where the thing is ours; only to addresses of the web."""
    local = iri.removeprefix(names.base) if iri.startswith(f"{names.base}/") else iri
    if not local.startswith(("/", "http://", "https://")) or local.startswith("/graph/"):
        return escape(text)
    return f'<a href="{escape(local)}">{escape(text)}</a>'
