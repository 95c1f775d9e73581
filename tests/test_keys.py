"""Who may ask for how much: keys, budgets, trusted documents."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from typer.testing import CliRunner

from api.cli.main import app
from api.http.budget import Budgets, Caller
from api.http.keys import Ring
from api.http.policy import Policy, policy_of
from api.http.refused import RefusedError
from api.settings import SettingsError, read_settings
from tests.http import refused

ASKED = {"query": "{ __typename }"}
RUNNER = CliRunner()


def _keys(home: Path, *words: str) -> str:
    done = RUNNER.invoke(app, ["keys", *words, "--home", str(home)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output.strip()


def _asked(home: Path, key: str | None = None, **policy: Any) -> Any:
    headers = {} if key is None else {"authorization": f"Bearer {key}"}
    given = {"keys": home / "keys.json"} | policy
    return refused("POST", json=ASKED, headers=headers, policy=Policy(**given))


def test_a_key_is_made_listed_and_revoked(tmp_path: Path) -> None:
    key = _keys(tmp_path, "add", "partner", "--budget", "50")
    file = tmp_path / "keys.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert key.rpartition("_")[2] not in file.read_text()
    [listed] = json.loads(_keys(tmp_path, "list", "--json"))
    assert (listed["name"], listed["budget"]) == ("partner", 50)
    assert key.rpartition("_")[2] not in str(listed)
    known = _asked(tmp_path, key)
    assert (known.status_code, known.headers["x-ratelimit-limit"]) == (200, "50")
    _keys(tmp_path, "revoke", "partner")
    assert _asked(tmp_path, key).status_code == 401
    assert _keys(tmp_path, "list") == "there are no keys"


@pytest.mark.parametrize("text", ["", "{", "[1]", '[{"name": "partner"}]'])
def test_a_file_that_holds_no_keys_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "keys.json").write_text(text)
    for words in (["list"], ["add", "partner"], ["revoke", "partner"]):
        done = RUNNER.invoke(app, ["keys", *words, "--home", str(tmp_path)], catch_exceptions=False)
        assert (done.exit_code, "holds no keys of ours" in " ".join(done.output.split())) == (2, True), done.output
    answer = _asked(tmp_path, "tg_1_x")
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (503, "UNAVAILABLE")
    assert "keys.json" not in answer.text
    assert _asked(tmp_path).status_code == 200


def test_names_of_keys_are_unique_and_known(tmp_path: Path) -> None:
    _keys(tmp_path, "add", "partner")
    for words in (["add", "partner"], ["revoke", "nobody"]):
        assert RUNNER.invoke(app, ["keys", *words, "--home", str(tmp_path)]).exit_code == 2


@pytest.mark.parametrize(
    "shown", ["", "tg", "tg_00_x", "other_{id}_{secret}", "tg_{id}_{secret}x", "tg_{id}_", "tg_{id}_\u20ac"]
)
def test_what_is_no_key_is_refused(tmp_path: Path, shown: str) -> None:
    _, id_, secret = _keys(tmp_path, "add", "partner").split("_", 2)
    given = shown.format(id=id_, secret=secret).encode()
    for scheme in (b"Bearer ", b"Basic "):
        headers = {"authorization": scheme + given}
        answer = refused("POST", json=ASKED, headers=headers, policy=Policy(keys=tmp_path / "keys.json"))
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Bearer realm="tradegraph"')


def test_without_a_key_nobody_is_answered_where_the_budget_is_nought(tmp_path: Path) -> None:
    key = _keys(tmp_path, "add", "partner")
    assert _asked(tmp_path, anonymous=0).status_code == 401
    assert _asked(tmp_path, key, anonymous=0).status_code == 200
    assert "x-ratelimit-limit" not in _asked(tmp_path).headers


def test_what_is_more_than_the_budget_waits(tmp_path: Path) -> None:
    document = {"query": "{ tariffTimeline(importer: 1) { from } }"}
    answer = refused("POST", json=document, policy=Policy(keys=tmp_path / "none", anonymous=500))
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 61
    assert answer.headers["x-ratelimit-remaining"] == "499"
    assert answer.json()["errors"][0]["extensions"] == {"code": "RATE_LIMITED"}


def test_a_budget_is_whole_again_in_the_next_minute_and_is_each_callers_own(tmp_path: Path) -> None:
    moment = 120.0
    budgets = Budgets(Ring(tmp_path / "none"), share=0.5, now=lambda: moment)
    first, second = Caller("a", 100), Caller("b", 100)
    assert budgets.spend(first, 60)["x-ratelimit-remaining"] == "40"
    with pytest.raises(RefusedError) as refusal:
        budgets.spend(first, 41)
    assert (refusal.value.status, refusal.value.headers["retry-after"]) == (429, "61")
    assert budgets.spend(second, 100)["x-ratelimit-remaining"] == "0"
    assert budgets.spend(first, 40) == {
        "x-ratelimit-limit": "100",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-used": "100",
        "x-ratelimit-reset": "180",
    }
    moment = 180.0
    assert budgets.spend(first, 100)["x-ratelimit-reset"] == "240"


def test_a_worker_of_several_grants_its_share(tmp_path: Path) -> None:
    request = Request({"type": "http", "headers": [], "client": ("192.0.2.1", 1)})
    assert Budgets(Ring(tmp_path / "none"), 100, share=0.25).caller(request) == Caller("192.0.2.1", 25)


def test_only_trusted_documents_are_answered_where_they_are_named(tmp_path: Path) -> None:
    (tmp_path / "name.graphql").write_text(ASKED["query"])
    settings = {"TRADEGRAPH_HOME": str(tmp_path), "TRADEGRAPH_TRUSTED_DOCUMENTS": str(tmp_path)}
    policy = policy_of(read_settings(settings))
    [hashed] = {id_ for id_ in policy.documents or () if id_.startswith("sha256:")}
    for asked, status in (
        ({"documentId": "name"}, 200),
        ({"documentId": hashed}, 200),
        (ASKED, 200),
        ({"query": "{ a: __typename }"}, 403),
        ({"documentId": "other"}, 400),
    ):
        assert refused("POST", json=asked, policy=policy).status_code == status
        assert refused("GET", params=asked, policy=policy).status_code == status
    assert refused("POST", json={"documentId": "name"}).status_code == 400


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"a": 1}'])
def test_a_file_without_documents_is_refused_at_the_start(text: str, tmp_path: Path) -> None:
    file = tmp_path / "documents.json"
    file.write_text(text)
    with pytest.raises(SettingsError, match="trusted_documents"):
        policy_of(read_settings({"TRADEGRAPH_HOME": str(tmp_path), "TRADEGRAPH_TRUSTED_DOCUMENTS": str(file)}))
