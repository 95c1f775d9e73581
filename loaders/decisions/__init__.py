"""Reviewed decisions that ids of several sources are one thing, or are not."""

from loaders.decisions.files import SHIPPED, load

__all__ = ["SHIPPED", "load"]
