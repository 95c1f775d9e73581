"""The ontology says what its fields mean, once, and the reference and the picture are what it gives."""

from __future__ import annotations

import pytest

from graph.reads.table import READS
from schema.ontology import KINDS, VALUES, fields_of, kebab


@pytest.mark.parametrize("kind", (*KINDS, *VALUES), ids=lambda kind: kind.__name__)
def test_every_field_says_what_it_means(kind: type) -> None:
    unsaid = [
        spec.name
        for spec in fields_of(kind)
        if not spec.doc and not (spec.end and spec.name == kebab(spec.end.target).replace("-", "_"))
    ]
    assert not unsaid, f"{kind.__name__}: add Doc(…) to {', '.join(unsaid)}"


def test_the_words_of_the_ontology_are_those_of_the_api() -> None:
    assert READS["Source"]["gap"].description.startswith("What a reader would expect of it")
    assert READS["Tenure"]["validTo"].description == "The first day on which it no longer holds; missing = open."
    assert READS["Meeting"]["duration"].description == "How long people sat together."
    assert READS["Person"]["tenures"].description.startswith("Each Tenure of which this is the `person`: the preferred")
