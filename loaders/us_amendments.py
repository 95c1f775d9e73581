"""The acts that an act says it changes.

Read are four ways of saying so, and nothing else: that an act "is amended" (modified, revised, revoked, …), that this order or
proclamation "supersedes" or "amends" it, that something "shall replace" a part of it, and that it was found necessary to modify
what it lays down. What may be changed later, what
another act changed ("as amended by …") and what only rests on an act are no amendments by this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loaders.us_act import NAMED, Named, named_by
from loaders.us_sections import Provision

_MARK = re.compile(r"⟦([0-9]+)⟧")
_LIST = r"(?P<acts>(?:⟦[0-9]+⟧(?:[,;]? and|[,;])? ?)+)"
_ALREADY = re.compile(
    r",? as (?:further )?(?:amended|modified)(?: by ⟦[0-9]+⟧(?:(?:,|,? and) ⟦[0-9]+⟧)*)?(?: and ⟦[0-9]+⟧)?(?=[,;. ])"
)
_CHANGED = r"(?:amended|modified|revised|revoked|rescinded|superseded|terminated|replaced)"
_CHANGES = r"(?:amends?|modif(?:y|ies)|revises?|revokes?|rescinds?|supersedes?)"
_FORMS = (
    re.compile(rf"{_LIST},? ?(?:is|are|shall be) (?:hereby |further |also )*(?:{_CHANGED}|ineffective)\b"),
    re.compile(rf"\b(?:this (?:order|proclamation|memorandum)|I) (?:hereby |also )*{_CHANGES} [^.⟦]{{0,100}}{_LIST}"),
    re.compile(
        r"\b(?:determined?|find) that it is necessary (?:and appropriate )?to (?:further )?(?:modify|amend|revise) "
        rf"(?!(?:the )?(?:HTSUS|Harmonized))[^.⟦]{{0,160}}(?<!declared in ){_LIST}"
    ),
    re.compile(rf"\bRegarding (?:the )?{_LIST}[^.⟦]{{0,40}}shall replace\b"),
)


@dataclass(frozen=True)
class Change:
    """An act that is changed, and the provision that changes it."""

    act: Named
    anchor: str


def changes(provisions: Iterable[Provision]) -> Iterator[Change]:
    """What an act says that it changes, in the order of its provisions; quoted text is that of other acts."""
    for provision in provisions:
        text, acts = _marked(re.sub("“[^”]*”", "“…”", provision.text))
        found = {int(mark) for form in _FORMS for hit in form.finditer(text) for mark in _MARK.findall(hit["acts"])}
        for index in sorted(found):
            yield Change(acts[index], provision.anchor)


def _marked(text: str) -> tuple[str, list[Named]]:
    """The text with a mark for every act that it names, without what others have changed in them; and the acts."""
    acts: list[Named] = []

    def mark(found: re.Match[str]) -> str:
        if not (found["number"] or found["day"]):
            return found[0]
        acts.append(named_by(found))
        return f"⟦{len(acts) - 1}⟧"

    return _ALREADY.sub("", NAMED.sub(mark, text)), acts
