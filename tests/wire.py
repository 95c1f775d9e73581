"""A wire to the database that can be cut."""

from __future__ import annotations

import asyncio
import threading


class Wire:
    """Carries connections to the database, and can be cut."""

    def __init__(self, host: str, port: int) -> None:
        self.to = (host, port)
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()

    def join(self) -> None:
        """Carry from now on."""
        asyncio.run_coroutine_threadsafe(self._join(), self._loop).result(10)

    def cut(self) -> None:
        """Carry nothing any more."""
        asyncio.run_coroutine_threadsafe(self._cut(), self._loop).result(10)

    async def _join(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _cut(self) -> None:
        assert self._server is not None
        self._server.close()
        for each in self._ends:
            each.transport.abort()
        self._ends.clear()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection(*self.to)
        self._ends |= {writer, there_writer}

        async def pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
            try:
                while data := await source.read(65536):
                    target.write(data)
                    await target.drain()
            except OSError:
                pass
            finally:
                target.close()

        await asyncio.gather(pump(reader, there_writer), pump(there_reader, writer))
