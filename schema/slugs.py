"""Slugs: the part of an id after the kind, made of a name the same way by every loader."""

from __future__ import annotations

import re
import unicodedata


def slug(name: str) -> str:
    """Turn "José Müller-Ng" into "jose-muller-ng". A name without Latin letters or digits gives "", which no id may be."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "").lower()))
