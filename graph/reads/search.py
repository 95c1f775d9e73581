"""Entities found by what they are called, in any spelling and script.

Neo4j's full-text indexes hold names as words, without case and accents, and Chinese characters and hiragana one by one. A
question becomes a query of their language (Lucene's) here: made of letters and digits alone, so that nothing a client
writes can be part of its syntax. All words must occur, in any order; each may be cut off at its end or, if it is long
enough to be told apart, misspelt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from graph.reads.derived import page
from graph.reads.problem import QuestionError
from graph.reads.read import Arguments, Read
from graph.reads.time import holds
from schema.ontology import ENTITIES

NAMES = "entity_names"
STATED_NAMES = "stated_names"
INDEXES = {
    NAMES: ("Entity", ("name", "alternative_names", "code")),
    STATED_NAMES: ("Attribute", ("value",)),
}
"""The full-text indexes: names as declared, codes of parties and products among them, and names that facts state."""
ANALYZER = "standard-folding"
KINDS = {kind.__name__.upper(): kind.__name__ for kind in ENTITIES}
"""EntityKind of the API and the label that it stands for."""

LONGEST, WORDS = 200, 16
WHOLE = 4
"""How much more a name counts that is the whole of what was asked for."""
MISSPELT = 0.2
"""How much less a misspelt word counts: its score grows with how rare the word is, that of a word cut off does not."""
ONE_FAULT, TWO_FAULTS = 4, 8
"""From how many letters on a word may have one fault, and two."""
_BY_CHARACTER = r"\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BY_CHARACTER_ALONE = re.compile(f"[{_BY_CHARACTER}]")
_DOTS_OF_CODE = re.compile(r"(?<=\d\d)\.(?=\d\d)")
_MARKS = "".join(letter for letter in map(chr, range(0x300, 0xFFFF)) if unicodedata.category(letter).startswith("M"))
"""Signs that stand on a letter, such as the vowels of Devanagari: they are part of the word."""
_LETTERS = rf"(?:[^\W_{_BY_CHARACTER}][{_MARKS}]*)+"
_WORD = re.compile(rf"[{_BY_CHARACTER}]+|{_LETTERS}(?:['’]{_LETTERS})*")


def query_of(text: str) -> list[tuple[str, str]]:
    """The queries for a text, each with the name that would be the whole of it: none where it has no letter and no digit.

    Two words may be one in the name: "Le Blanc" finds LeBlanc.

    Raises QuestionError for a text too long.
    """
    plain = " ".join(_DOTS_OF_CODE.sub("", unicodedata.normalize("NFKC", text)).lower().split())
    words = _WORD.findall(plain)
    if len(text) > LONGEST or len(words) > WORDS:
        raise QuestionError(f"text: too long: ask for at most {LONGEST} characters and {WORDS} words")
    together = ["".join(words)] if len(words) == 2 and not any(map(_BY_CHARACTER_ALONE.match, words)) else []
    return [
        (" ".join(f"{_must(word)}({' '.join(_ways(word))})" for word in each), plain)
        for each in (words, together)
        if each
    ]


def _must(word: str) -> str:
    """Initials come and go in names: single letters need not occur, unless the text is of nothing else."""
    return "+" if len(word) > 1 or _BY_CHARACTER_ALONE.match(word) else ""


def _ways(word: str) -> Iterator[str]:
    """How a name may have the word, the closest way first."""
    if _BY_CHARACTER_ALONE.match(word):
        yield f'"{word}"^4'
        return
    yield f'"{word}"^4'
    bare = "".join(map(_without_accent, word)).replace("’", "'").replace("'", "\\'")
    if len(bare) > 1:
        yield f"{bare}*^2"
    if len(bare) >= ONE_FAULT:
        yield f"{bare}~{2 if len(bare) >= TWO_FAULTS else 1}^{MISSPELT}"


def _without_accent(letter: str) -> str:
    """As the index has it: only Latin letters lose their accents, Cyrillic й stays."""
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else letter


def _search(_: str, m: str, a: Arguments) -> str:
    query, hit, found = f"{m}_q", f"{m}_h", f"{m}_s"
    called = "[node.name, node.code, node.value] + coalesce(node.alternative_names, [])"
    names = f"CALL db.index.fulltext.queryNodes('{NAMES}', {query}[0]) YIELD node, score RETURN node AS {hit}, score, {called} AS names"
    stated = (
        f"CALL db.index.fulltext.queryNodes('{STATED_NAMES}', {query}[0]) YIELD node, score MATCH (node)-[:ABOUT]->({hit}:Entity) "
        f"WHERE node.name IN ['name', 'alternative_name'] AND {holds('node')} RETURN {hit}, score, {called} AS names"
    )
    kinds = f"WHERE any(kind IN {a['kinds']} WHERE kind IN labels({hit})) " if "kinds" in a else ""
    best = f"score * CASE WHEN any(x IN names WHERE toLower(x) = {query}[1]) THEN {WHOLE} ELSE 1 END AS {found}"
    return (
        f"UNWIND {a['text']} AS {query} CALL ({query}) {{ {names} UNION ALL {stated} }} "
        f"WITH {hit}, {best} {kinds}WITH {hit} AS {m}, round(max({found}), 3) AS {m}_score"
    )


SEARCH = Read(
    "EntityConnection!",
    f"text: String!, kinds: [EntityKind!], {page()}",
    "Entities by their names, best first: in any spelling and script, words in any order, cut off or misspelt.",
    match=_search,
    order=lambda m: f"{m}_score DESC, {m}.name, {m}.id",
    party_arguments=frozenset(),
    prepare={"text": query_of, "kinds": lambda kinds: [KINDS[kind] for kind in kinds]},
    on_edge={"score": "Float"},
)
