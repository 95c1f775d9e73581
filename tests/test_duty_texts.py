"""Every duty text of the US schedule: read, or unread for a reason; and read twice, from its words and from its numbers."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.hts_special import Part, split_special
from loaders.streams import text_of
from schema.duty_classes import DutyText, classify
from schema.duty_grammar import read_duty
from tests.conftest import SHARED
from tests.second_reading import Compared, compared
from tests.shared_files import DATABASE

EXPORT = SHARED / "data" / "usitc_hts_json" / "htsdata_sample.json"


@pytest.mark.parametrize(
    ("text", "class_"),
    [
        ("", DutyText.BLANK),
        (" ", DutyText.BLANK),
        ("8.8 cents/kg", DutyText.READ),
        ("Free, under bond", DutyText.READ),
        ("See 9822.04.45", DutyText.REFERENCE),
        ("The rate applicable to the natural juice in heading 2009", DutyText.REFERENCE),
        ("No change", DutyText.REFERENCE),
        ("The duty provided in the applicable subheading", DutyText.REFERENCE),
        ("The duty provided in the applicable subheading + 10%", DutyText.CHANGED),
        ("The duty rate provided in such subheading minus 0.5%", DutyText.CHANGED),
        ("No additional duty", DutyText.NO_DUTY),
        ("suspended", DutyText.NO_DUTY),
        ("5% on the lid", DutyText.UNREAD),
        ("anything", DutyText.UNREAD),
    ],
)
def test_a_text_has_its_class(text: str, class_: DutyText) -> None:
    assert classify(text) is class_


@pytest.mark.parametrize(
    ("cell", "parts", "rest"),
    [
        ("", (), ""),
        ("Free (A+,AU, IL)", (Part("Free", ("A+", "AU", "IL")),), ""),
        ("Free (MX)25% (KR)", (Part("Free", ("MX",)), Part("25%", ("KR",))), ""),
        ("Free (MA,.OM,PA)", (Part("Free", ("MA", "OM", "PA")),), ""),
        ("Free (B,C,)", (Part("Free", ("B", "C")),), ""),
        ("Free (JO) See 9822.04.45 (AU", (Part("Free", ("JO",)), Part("See 9822.04.45", ("AU",))), ""),
        ("A duty (see U.S. note 3) (B,C)", (Part("A duty (see U.S. note 3)", ("B", "C")),), ""),
        ("Free (See U.S. note 4 of this subchapter)", (), "Free (See U.S. note 4 of this subchapter)"),
        ("Free", (), "Free"),
    ],
)
def test_a_cell_of_special_rates_is_split(cell: str, parts: tuple[Part, ...], rest: str) -> None:
    assert split_special(cell) == (parts, rest)


CODES = st.lists(st.sampled_from(["A", "A+", "A*", "AU", "KR", "S", "S+", "P"]), min_size=1, max_size=4).map(tuple)
DUTIES = st.sampled_from(["Free", "2.5%", "8.1 cents/kg + 3%", "See 9822.04.45", "A duty (see U.S. note 3)"])


@given(st.lists(st.builds(Part, DUTIES, CODES), max_size=4), st.sampled_from(["", " "]), st.sampled_from([",", ", "]))
def test_parts_that_are_written_are_split_again(parts: list[Part], between: str, comma: str) -> None:
    cell = between.join(f"{part.duty} ({comma.join(part.codes)})" for part in parts)
    assert split_special(cell) == (tuple(parts), "")


@given(st.text(alphabet="(),.+* \tABkr0%9"))
def test_splitting_never_fails_and_loses_no_digit(cell: str) -> None:
    parts, rest = split_special(cell)
    assert "".join(each for each in cell if each.isdigit()) == "".join(
        each for text in (*(part.duty for part in parts), rest) for each in text if each.isdigit()
    )


def _rows() -> Iterator[dict[str, str]]:
    with text_of(DATABASE) as text:
        yield from csv.DictReader(text)


def _special(cell: str) -> list[str]:
    parts, rest = split_special(cell)
    return [part.duty for part in parts] + ([rest] if rest else [])


def _texts() -> Counter[str]:
    """Every duty text of the database with how often it stands there."""
    found: Counter[str] = Counter()
    for row in _rows():
        texts = [row["mfn_text_rate"], row["col2_text_rate"], *_special(row["col1_special_text"])]
        found.update(" ".join(text.split()) for text in texts)
    return found


@pytest.mark.shared
def test_nearly_all_texts_that_state_a_duty_are_read() -> None:
    texts = _texts()
    classes = Counter(classify(text) for text in texts)
    assert classes == {
        DutyText.READ: 1772,
        DutyText.BLANK: 1,
        DutyText.REFERENCE: 96,
        DutyText.CHANGED: 56,
        DutyText.NO_DUTY: 4,
        DutyText.UNREAD: 8,
    }
    assert classes[DutyText.READ] / (classes[DutyText.READ] + classes[DutyText.UNREAD]) > 0.995
    occurring = {class_: sum(count for text, count in texts.items() if classify(text) is class_) for class_ in classes}
    assert occurring == {
        DutyText.READ: 31928,
        DutyText.BLANK: 1090,
        DutyText.REFERENCE: 1055,
        DutyText.CHANGED: 196,
        DutyText.NO_DUTY: 241,
        DutyText.UNREAD: 30,
    }


@pytest.mark.shared
def test_what_is_unread_states_a_formula_or_a_condition() -> None:
    unread = [text for text in _texts() if classify(text) is DutyText.UNREAD]
    assert Counter(
        "degrees" if "for each degree under 100" in text else "limit" if "shall not exceed" in text else text[:4]
        for text in unread
    ) == {"degrees": 4, "limit": 3, "Free": 1}


@pytest.mark.shared
def test_every_text_of_the_export_is_read() -> None:
    with text_of(EXPORT) as text:
        cells = [row for row in json.load(text) if row["htsno"]]
    texts = {duty for row in cells for cell in (row["general"], row["other"]) for duty in [cell] if duty}
    texts |= {duty for row in cells for duty in _special(row["special"])}
    assert len(texts) == 8
    assert all(read_duty(text).readable for text in texts)


@pytest.fixture(scope="module")
def twice() -> list[Compared]:
    return [each for row in _rows() for each in compared(row)]


def _column(each: Compared) -> str:
    return each.column if each.column in ("mfn", "col2") else "special"


@pytest.mark.shared
def test_words_and_numbers_agree_but_for_what_is_listed(twice: list[Compared]) -> None:
    assert Counter((_column(each), each.outcome) for each in twice) == {
        ("mfn", "agree"): 12022,
        ("mfn", "differ"): 7,
        ("mfn", "only words"): 99,
        ("mfn", "only numbers"): 21,
        ("mfn", "neither"): 758,
        ("col2", "agree"): 11759,
        ("col2", "differ"): 93,
        ("col2", "only words"): 95,
        ("col2", "only numbers"): 7,
        ("col2", "neither"): 953,
        ("special", "agree"): 93429,
        ("special", "differ"): 34,
        ("special", "only words"): 4124,
        ("special", "only numbers"): 4,
        ("special", "neither"): 626,
    }


def _cut(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_DOWN)


def _why(each: Compared) -> str:
    """The class of a disagreement, as docs/duty-texts.md explains them."""
    assert each.text is not None and each.numbers is not None
    (value, money), (other, amounts) = each.text, each.numbers
    if "/1000" in each.words:
        return "for a thousand, as numbers for one" if tuple(each / 1000 for each in money) == amounts else "?"
    if each.column == "col2" and each.words == "33.33%":
        return "rounded to three places"
    if (_cut(value), *map(_cut, money)) == (other, *amounts):
        return "cut to the cent or per cent"
    return "another rate"


@pytest.mark.shared
def test_each_disagreement_has_its_class(twice: list[Compared]) -> None:
    differing = [each for each in twice if each.outcome == "differ"]
    assert Counter((_column(each), _why(each)) for each in differing) == {
        ("mfn", "for a thousand, as numbers for one"): 7,
        ("col2", "for a thousand, as numbers for one"): 7,
        ("col2", "rounded to three places"): 84,
        ("col2", "another rate"): 2,
        ("special", "cut to the cent or per cent"): 26,
        ("special", "another rate"): 8,
    }
    assert {(each.code, each.column) for each in differing if _why(each) == "another rate"} == {
        ("22029928", "col2"),
        ("76161090", "col2"),
        ("04022150", "korea"),
        ("04022150", "colombia"),
        ("04022150", "panama"),
        ("18069028", "colombia"),
        ("99180478", "colombia"),
        ("99180479", "colombia"),
        ("99180480", "colombia"),
        ("04041015", "panama"),
    }
