"""Curated files: every error says file and line, and nothing of a faulty file is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import curated
from schema.identity import about_key
from schema.people import Tenure
from schema.tariffs import Suspension, TariffMeasure

GOOD = """\
source: source/test/act
Source:
  - id: source/test/act
    name: A test act
    kind: ACT
    published: 2025-01-01
    redistribution: ALL
Person:
  - {id: person/a, name: A}
Post:
  - {id: post/p, name: P}
Tenure:
  - person: person/a
    post: post/p
    valid_from: 2024
    evidence:
      - locator: page 1
"""


def _write(folder: Path, text: str) -> Path:
    file = folder / "case.yaml"
    file.write_text(text)
    return file


def _problems(file: Path) -> list[str]:
    with pytest.raises(curated.CuratedError) as refused:
        list(curated.load([file], known=[]))
    return [f"{problem.line}: {problem.message}" for problem in refused.value.problems]


def test_a_good_file_gives_entities_before_facts(tmp_path: Path) -> None:
    records = list(curated.load([_write(tmp_path, GOOD)], known=[]))
    assert [type(record).__name__ for record in records] == ["Source", "Person", "Post", "Tenure"]
    tenure = records[-1]
    assert isinstance(tenure, Tenure)
    assert tenure.evidence[0].source == "source/test/act"
    assert str(tenure.valid_from) == "2024"


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        ("person: person/a\n", "person: person/b\n", "13: person: there is no Person person/b"),
        ("valid_from: 2024\n", "valid_from: 2024-02-30\n", "13: '2024-02-30' is not a date"),
        ("valid_from: 2024\n", "valid_form: 2024\n", "13: Additional properties are not allowed ('valid_form'"),
        ("    evidence:\n      - locator: page 1\n", "", "13: 'evidence' is a required property"),
        ("kind: ACT\n", "kind: LAW\n", "5: 'LAW' is not one of"),
        ("source: source/test/act\n", "", "12: evidence without a source"),
        ("post: post/p\n    valid", "post: person/a\n    valid", "13: post: there is no Post person/a"),
        ("Person:\n", "Persons:\n", "1: Additional properties are not allowed ('Persons'"),
        ("name: A}", "name: A", "10: not YAML"),
        ("{id: person/a, name: A}", "{id: person/a, id: person/b}", "9: 'id' is written twice"),
        ("id: post/p", "id: person/p", "11: 'person/p' does not match"),
    ],
)
def test_an_error_says_where_and_what(tmp_path: Path, wrong: str, right: str, expected: str) -> None:
    assert wrong in GOOD
    problems = _problems(_write(tmp_path, GOOD.replace(wrong, right)))
    assert any(problem.startswith(expected) for problem in problems), problems


def test_all_errors_are_named_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("kind: ACT", "kind: LAW").replace("valid_from: 2024", "valid_from: soon")
    assert len(_problems(_write(tmp_path, text))) == 2


def test_a_misspelt_reference_is_guessed(tmp_path: Path) -> None:
    text = GOOD.replace("id: person/a,", "id: person/ryosei-akazawa,").replace(
        "person: person/a", "person: person/ryosei-akasawa"
    )
    assert "did you mean person/ryosei-akazawa?" in _problems(_write(tmp_path, text))[0]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_bytes(b"Person:\n  - {id: person/a, name: \xff}\n")
    assert _problems(file) == ["1: not UTF-8 at byte 33: save it as UTF-8"]


def test_each_makes_one_fact_for_every_row(tmp_path: Path) -> None:
    text = GOOD.replace(
        "  - person: person/a\n    post: post/p\n    valid_from: 2024",
        '  - each:\n      - {since: "2024", until: 2025}\n      - {since: 2025-03}\n'
        '    person: person/a\n    post: post/p\n    valid_from: "{since}"',
    )
    tenures = [each for each in curated.load([_write(tmp_path, text)], known=[]) if isinstance(each, Tenure)]
    assert [str(tenure.valid_from) for tenure in tenures] == ["2024", "2025-03"]


def test_a_row_that_lacks_a_value_is_named(tmp_path: Path) -> None:
    text = GOOD.replace("valid_from: 2024", 'each: [{until: 2025}]\n    valid_from: "{since}"')
    assert "no 'since'" in _problems(_write(tmp_path, text))[0]


def test_suspensions_address_all_versions_of_a_measure() -> None:
    """design.md, section 2: suspensions address a measure's `same_about`, hence its later versions too."""
    records = list(curated.load([curated.SHIPPED]))
    abouts = {about_key(record) for record in records if isinstance(record, TariffMeasure)}
    suspensions = [record for record in records if isinstance(record, Suspension)]
    assert suspensions
    assert {suspension.measure for suspension in suspensions} <= abouts


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_a_place(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("any") / "case.yaml"
    file.write_text(text, encoding="utf-8", errors="surrogatepass")
    try:
        records = list(curated.load([file], known=[]))
    except curated.CuratedError as refused:
        assert all(problem.line >= 1 and problem.message for problem in refused.problems)
    else:
        assert records == []


STEEL = """\
Source:
  - {id: source/test/one, name: One, kind: ACT, published: 2025-02-10, redistribution: ALL}
  - {id: source/test/two, name: Two, kind: ACT, published: 2025-06-03, redistribution: ALL}
Country:
  - {id: country/xa, name: Exland, code: XA}
TariffMeasure:
  - key: one
    importer: country/xa
    authority: S232
    product_scope: steel
    duty: 25%
    valid_from: 2025-03-12
    evidence: [{source: source/test/one, locator: clause 1}]
  - key: two/before
    importer: country/xa
    authority: S232
    product_scope: steel
    duty: 25%
    valid_from: 2025-03-12
    valid_to: 2025-06-04
    supersedes: [one]
    evidence: [{source: source/test/two, locator: clause 1}]
  - key: two/after
    importer: country/xa
    authority: S232
    product_scope: steel
    duty: 50%
    valid_from: 2025-06-04
    supersedes: [one]
    evidence: [{source: source/test/two, locator: clause 1}]
"""


def test_an_act_that_supersedes_covers_the_whole_period(tmp_path: Path) -> None:
    """design.md, section 2: else it is refused, or declares the rest void."""
    assert len(list(curated.load([_write(tmp_path, STEEL)], known=[]))) == 6
    for wrong, right in (
        ("valid_to: 2025-06-04", "valid_to: 2025-06-01"),
        ("valid_from: 2025-06-04", "valid_from: 2025-06-05"),
    ):
        assert "rest_void: true" in _problems(_write(tmp_path, STEEL.replace(wrong, right)))[0]
    void = STEEL.replace("valid_to: 2025-06-04", "valid_to: 2025-06-01\n    rest_void: true")
    assert len(list(curated.load([_write(tmp_path, void)], known=[]))) == 6


ORDINAL = (
    GOOD
    + """\
Meeting:
  - {id: meeting/m, name: M}
MeetingRecord:
  - meeting: meeting/m
    kind: ROUND
    status: HELD
    ordinal: 6
    evidence: [{locator: page 2}]
"""
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ORDINAL.replace("6", '!!int "zz"'), "24: 'zz' is not of type 'integer'"),
        (ORDINAL.replace("6", "1:30"), "24: '1:30' is not of type 'integer'"),
        (ORDINAL.replace("6", "9" * 5000), f"24: '{'9' * 5000}' is not of type 'integer'"),
        (ORDINAL.replace("6", "9999999999"), "24: 9999999999 is greater than the maximum of 2147483647"),
        (GOOD.replace("- locator", "- &a [*a]\n      - locator"), "17: not YAML: *a stands within what it names"),
        (GOOD.replace("page 1", "&a {b: {c: *a}}"), "17: not YAML: *a stands within what it names"),
        (GOOD.replace("page 1", "[" * 9000), "17: not YAML: nested more than 50 deep"),
        (GOOD.replace("page 1", "{a: " * 60 + "1" + "}" * 60), "17: not YAML: nested more than 50 deep"),
        (GOOD.replace("page 1", "page {x.y}\n    each: [{x: 1}]"), "13: 'page {x.y}': write {name} for a value of the row"),
        (GOOD.replace("page 1", '"{x[0]}"\n    each: [{x: 1}]'), "13: '{x[0]}': write {name}"),
        (GOOD.replace("page 1", '"{x:>999999999}"\n    each: [{x: 1}]'), "13: '{x:>999999999}': write {name}"),
    ],
    ids=range(11),
)  # fmt: skip
def test_what_would_break_a_reader_is_an_error_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    [problem] = _problems(_write(tmp_path, text))
    assert problem.startswith(expected), problem


def test_aliases_of_aliases_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.curated.document.LARGEST", 1000)
    lines = ["a: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"b{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert _problems(_write(tmp_path, "\n".join(lines))) == ["1: more than 1000 values: write several files"]


def test_an_alias_stands_for_what_it_names(tmp_path: Path) -> None:
    text = GOOD.replace("id: person/a, name: A", "id: &a person/a, name: A").replace("person: person/a", "person: *a")
    assert len(list(curated.load([_write(tmp_path, text)], known=[]))) == 4


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        ("ordinal: 6", 'duration: "P{d}D"\n    each: [{d: 99999999999}]', "'P99999999999D' is no duration"),
        ("ordinal: 6", 'duration: "P{d}D"\n    each: [{d: x}]', "'PxD' is no duration"),
        (
            "Meeting:\n",
            'Quota:\n  - {measure: m, volume: "{v}", evidence: [{locator: x}], each: [{v: much}]}\nMeeting:\n',
            "'much' is no number: write 2.5",
        ),
    ],
)
def test_what_a_row_makes_of_a_text_is_checked_too(tmp_path: Path, wrong: str, right: str, expected: str) -> None:
    assert any(expected in problem for problem in _problems(_write(tmp_path, ORDINAL.replace(wrong, right))))


def test_two_braces_stand_for_one(tmp_path: Path) -> None:
    text = GOOD.replace("page 1", '"{{{x}}}"\n    each: [{x: 1}]')
    [tenure] = [each for each in curated.load([_write(tmp_path, text)], known=[]) if isinstance(each, Tenure)]
    assert tenure.evidence[0].locator == "{1}"


@pytest.mark.parametrize("name", ["case.yaml", "case.yml", "below/case.yml"])
def test_a_folder_is_read_whatever_its_files_end_in(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(GOOD)
    assert len(list(curated.load([tmp_path], known=[]))) == 4


def test_a_folder_without_such_files_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "case.json").write_text("{}")
    with pytest.raises(curated.CuratedError, match=f"{tmp_path}.*no file .yaml or .yml in this folder"):
        list(curated.load([tmp_path], known=[]))
