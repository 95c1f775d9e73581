"""Facts that people state and review in YAML files; the project's own lie in `data/`."""

from loaders.curated.files import SHIPPED, SUFFIXES, load
from loaders.curated.problem import CuratedError, Problem

__all__ = ["SHIPPED", "SUFFIXES", "CuratedError", "Problem", "load"]
