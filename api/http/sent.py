"""What went out of an answer, for those who count or tell it."""

from __future__ import annotations

from starlette.types import Message, Send


class Sent:
    """Sends, and keeps the status; 500 where the answer never began."""

    def __init__(self, send: Send) -> None:
        self.status = 500
        self._send = send

    async def __call__(self, message: Message) -> None:
        """Pass a message on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
        await self._send(message)
