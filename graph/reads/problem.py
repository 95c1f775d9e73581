"""What a client can be told about a question that cannot be answered as it stands."""

from __future__ import annotations


class QuestionError(ValueError):
    """The question is at fault, not the service: the message says what to ask instead and may be shown to anybody."""
