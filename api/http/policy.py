"""What the service allows, as the settings say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from api.http import trusted
from api.http.limits import Limits
from api.settings import Settings


@dataclass(frozen=True)
class Policy:
    """`origins` are those of other sites whose pages may ask; `documents` the only ones that are answered, None for all.

    `keys` is the file of keys, by default in the folder of the state; `anonymous` the points a minute of an address without a key, None for
    no limit; `share` the part of every budget that one of several workers grants.
    """

    limits: Limits = field(default_factory=Limits)
    origins: tuple[str, ...] = ()
    documents: Mapping[str, str] | None = None
    keys: Path | None = None
    anonymous: int | None = None
    share: float = 1.0
    counts: Path | None = None


def policy_of(settings: Settings) -> Policy:
    """As the settings say. Raises SettingsError where trusted documents cannot be read."""
    return Policy(
        origins=settings.cors_origins,
        documents=trusted.read(settings.trusted_documents),
        keys=settings.keys_file,
        anonymous=settings.anonymous_budget,
        share=1 / settings.workers,
        counts=settings.home / "metrics" if settings.workers > 1 else None,
    )
