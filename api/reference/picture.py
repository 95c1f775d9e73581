"""docs/model.svg: a column for everything that ends point at, a row for every kind that has ends."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from api.reference.grid import Row, columns, covered, rows
from schema.base import Entity

LEFT, COLUMN, TOP, ROW = 200, 98, 64, 46
STYLE = """\
text { font: 12px system-ui, sans-serif; fill: #1f2328 }
.small { font-size: 10px; fill: #59636e }
.end { font-size: 10px; paint-order: stroke; stroke: #ffffff; stroke-width: 3px }
.maybe { font-style: italic }
.page { fill: #ffffff }
.fact { fill: #fff4e0; stroke: #b26a00 }
.entity { fill: #e3effd; stroke: #0a5cad }
.life { stroke: #0a5cad; stroke-opacity: .3; stroke-dasharray: 2 4 }
.link { stroke: #b26a00 }
.dot { fill: #b26a00; stroke: #b26a00; stroke-width: 1.5px }
.ring { fill: #ffffff }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc }
  .small { fill: #a5b1bd }
  .end { stroke: #0d1117 }
  .page, .ring { fill: #0d1117 }
  .fact { fill: #3d2a0a; stroke: #e0a44a }
  .entity { fill: #0f2a4a; stroke: #6cb0ff }
  .life { stroke: #6cb0ff }
  .link, .dot { stroke: #e0a44a }
  .dot:not(.ring) { fill: #e0a44a }
}"""
LEGEND = "full dot: required · ring or slanted name: may be missing · below a fact's name: what two of a kind can contradict in"


def picture() -> str:
    """The whole SVG."""
    listed, kinds = list(rows()), columns()
    width, height = LEFT + COLUMN * len(kinds), TOP + ROW * len(listed) + 78
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" aria-label="Kinds of facts and the entities that they join">'
    )
    drawn = [
        *_columns(kinds, TOP + ROW * len(listed)),
        *(line for place, row in enumerate(listed) for line in _row(row, place, kinds)),
    ]
    foot = f'<text class="small" x="10" y="{height - 16}">{LEGEND}</text>'
    page = f'<rect class="page" width="{width}" height="{height}"/>'
    return "\n".join([head, f"<style>{STYLE}</style>", page, *drawn, foot, "</svg>\n"])


def _columns(kinds: list[type], bottom: int) -> Iterator[str]:
    """The boxes of the entities above and below, with a line between."""
    for place, kind in enumerate(kinds):
        x = LEFT + COLUMN * place
        middle = x + COLUMN // 2
        yield f'<line class="life" x1="{middle}" y1="{TOP - 8}" x2="{middle}" y2="{bottom + 8}"/>'
        for y in (12, bottom + 8):
            yield from _box(_style(kind), x + 4, y, COLUMN - 8, kind.__name__, covered(kind))


def _row(row: Row, place: int, kinds: list[type]) -> Iterator[str]:
    """The box of a kind, and a line from it to each of its ends."""
    y = TOP + ROW * place
    base = y + ROW // 2
    places = {name: LEFT + COLUMN * index + COLUMN // 2 for index, name in enumerate(kind.__name__ for kind in kinds)}
    if row.ends:
        furthest = max(places[name] for name in row.ends)
        yield f'<line class="link" x1="{LEFT - 10}" y1="{base}" x2="{furthest}" y2="{base}"/>'
    yield from _box(_style(row.kind), 10, y + 6, LEFT - 20, row.kind.__name__, row.note)
    for name, ends in row.ends.items():
        yield from _ends(places[name], base, ends)


def _ends(x: int, y: int, ends: list[tuple[str, bool]]) -> Iterator[str]:
    """One dot where a kind points, the names of its ends above and below."""
    ring = "" if any(required for _, required in ends) else " ring"
    yield f'<circle class="dot{ring}" cx="{x}" cy="{y}" r="4"/>'
    for (name, required), shift in zip(ends, (-8, 16, 28), strict=False):
        slanted = "" if required else " maybe"
        yield f'<text class="end{slanted}" x="{x}" y="{y + shift}" text-anchor="middle">{escape(name)}</text>'


def _style(kind: type) -> str:
    return "entity" if issubclass(kind, Entity) else "fact"


def _box(style: str, x: int, y: int, width: int, title: str, note: str) -> Iterator[str]:
    """A box with its name and, smaller, a note below it."""
    height = 34
    yield f'<rect class="{style}" x="{x}" y="{y}" width="{width}" height="{height}" rx="{4 if style == "fact" else 12}"/>'
    middle = x + width // 2
    yield f'<text x="{middle}" y="{y + (15 if note else 21)}" text-anchor="middle">{escape(title)}</text>'
    if note:
        yield f'<text class="small" x="{middle}" y="{y + 28}" text-anchor="middle">{escape(note)}</text>'
