"""An audit that looked up nothing is no audit."""

from __future__ import annotations

from benchmarks.audit import Verdict, of_npm, of_python


def test_what_was_not_looked_up_is_not_audited() -> None:
    skipped = {"name": "a", "skip_reason": "could not be audited"}
    sound = {"name": "b", "version": "1", "vulns": []}
    weak = {"name": "c", "version": "2", "vulns": [{"id": "PYSEC-1"}]}
    assert of_python({"dependencies": [skipped, sound, weak]}) == Verdict(2, ("a",), ("c 2: PYSEC-1",))
    assert not of_python({"dependencies": [skipped]}).whole
    assert not of_python({"dependencies": []}).whole
    assert of_python({"dependencies": [sound]}).whole


def test_npm_is_asked_too() -> None:
    told = {"metadata": {"dependencies": {"total": 5}}, "vulnerabilities": {"x": {"severity": "high"}}}
    assert of_npm(told) == Verdict(5, (), ("x: high",))
    assert not of_npm({"message": "405 Method Not Allowed"}).whole
