"""Trusted documents: the only ones that are answered, where the settings name them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api.http.asked import Asked
from api.http.refused import RefusedError
from api.settings import SettingsError


def read(path: Path | None) -> dict[str, str] | None:
    """Documents by id, of a JSON object or of a folder of .graphql files, named by their files; None where none are named.

    Each is known by `sha256:` and its hash too. Raises SettingsError.
    """
    if path is None:
        return None
    try:
        named = _named(path)
    except (OSError, ValueError) as error:
        raise SettingsError(f"trusted_documents: {error}") from error
    if not isinstance(named, dict) or not named or not all(isinstance(text, str) for text in named.values()):
        raise SettingsError(
            f"trusted_documents: {path} holds no documents: a JSON object of id and text, or .graphql files"
        )
    return {**named, **{f"sha256:{hashlib.sha256(text.encode()).hexdigest()}": text for text in named.values()}}


def _named(path: Path) -> Any:
    if path.is_dir():
        return {file.stem: file.read_text() for file in sorted(path.glob("*.graphql"))}
    return json.loads(path.read_text())


def text_of(found: Asked, trusted: Mapping[str, str] | None) -> str:
    """The document that is asked. Raises RefusedError (400) for an id that is unknown, (403) for a document that is not trusted."""
    if found.document_id is not None:
        text = (trusted or {}).get(found.document_id)
        if text is None:
            raise RefusedError(400, "no document has this documentId", "PERSISTED_DOCUMENT_NOT_FOUND")
        return text
    assert found.query is not None
    if trusted is not None and found.query not in trusted.values():
        raise RefusedError(403, "only documents that are known are answered here: name one by documentId", "FORBIDDEN")
    return found.query
