"""Lists of parties as registers write them, and the declaration of each party once a file."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.party_names import by_name
from schema.parties import Party


class UnknownPartyError(ValueError):
    """Nobody is sure to be meant by a name; the message says by which."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"no party is known as {name!r}: add it to loaders/party_exceptions.py if it is certain whom it means"
        )


class Parties:
    """The parties of a file, each declared once."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def declared(self, *parties: Party) -> Iterator[Party]:
        """Those that have not been declared yet."""
        for party in parties:
            if party.id not in self._seen:
                self._seen.add(party.id)
                yield party


def named(name: str) -> Party:
    """The party of a name. Raises UnknownPartyError."""
    party = by_name(name)
    if party is None:
        raise UnknownPartyError(name)
    return party


def separated(text: str | None, by: str = ";") -> tuple[Party, ...]:
    """The parties of a list whose separator is in no name. Raises UnknownPartyError."""
    return tuple(named(name.strip()) for name in (text or "").split(by) if name.strip())


def with_commas(text: str) -> tuple[Party, ...]:
    """The parties of a list separated by commas where names hold commas too: "China, Hong Kong, China" is two.

    At each place the longest name counts. Raises UnknownPartyError.
    """
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    found: list[Party] = []
    while pieces:
        for size in range(len(pieces), 0, -1):
            if party := by_name(", ".join(pieces[:size])):
                found.append(party)
                pieces = pieces[size:]
                break
        else:
            raise UnknownPartyError(pieces[0])
    return tuple(found)
