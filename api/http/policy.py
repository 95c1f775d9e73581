"""What the service allows, as the settings say."""

from __future__ import annotations

from dataclasses import dataclass, field

from api.http.limits import Limits
from api.settings import Settings


@dataclass(frozen=True)
class Policy:
    """`origins` are those of other sites whose pages may ask."""

    limits: Limits = field(default_factory=Limits)
    origins: tuple[str, ...] = ()


def policy_of(settings: Settings) -> Policy:
    """As the settings say."""
    return Policy(origins=settings.cors_origins)
