"""The way to the broker, as an operator's load balancer has it: it can be cut, frozen and moved."""

import asyncio
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from yarl import URL

from govproject_local import ports

_CHUNK = 65536


class Line:
    """Forwards connections to the first port, of those it is given, that takes them.

    Args:
        targets: loopback ports of brokers that know the same users and virtual hosts.
    """

    def __init__(self, targets: Sequence[int]) -> None:
        self._targets = list(targets)
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self._passing: set[asyncio.Task[None]] = set()
        self._thawed = _set()
        self._frozen: list[asyncio.Event] = []
        self.port = 0

    async def __aenter__(self) -> Self:
        await self.mend()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.cut()
        for event in (self._thawed, *self._frozen):
            event.set()
        if self._passing:
            await asyncio.wait(self._passing)

    def url(self, broker_url: str, *, heartbeat: int | None = None) -> str:
        """The address of the broker by way of this line.

        Args:
            broker_url: its own address.
            heartbeat: seconds; None: what the product says.
        """
        url = URL(broker_url).with_port(self.port)
        return str(url if heartbeat is None else url.update_query(heartbeat=heartbeat))

    async def mend(self) -> None:
        """Take connections, on the same port as before."""
        if self._server is None:
            self._server = await asyncio.start_server(self._accept, ports.LOOPBACK, self.port)
            self.port = self._server.sockets[0].getsockname()[1]

    def cut(self) -> None:
        """End all connections without a word, and refuse new ones."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for end in list(self._ends):
            end.transport.abort()

    def freeze(self) -> None:
        """Keep all connections open, take new ones, and let not a byte through."""
        self._thawed.clear()

    async def thaw(self) -> None:
        """Let new connections through; what was frozen stays open and silent for ever."""
        self._frozen.append(self._thawed)
        self._thawed = _set()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # asyncio runs callbacks of servers in tasks
        self._passing.add(task)
        ends = {writer}
        self._ends |= ends
        try:
            there = await self._reach()
            if there is None:
                return
            ends.add(there[1])
            self._ends |= ends
            thawed = self._thawed
            await asyncio.gather(
                self._pass(reader, there[1], thawed), self._pass(there[0], writer, thawed)
            )
        finally:
            for end in ends:
                end.transport.abort()
            self._ends -= ends
            self._passing.discard(task)

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for port in tuple(self._targets):
            try:
                return await asyncio.open_connection(ports.LOOPBACK, port)
            except OSError:
                continue
        return None

    @staticmethod
    async def _pass(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter, thawed: asyncio.Event
    ) -> None:
        try:
            while data := await reader.read(_CHUNK):
                await thawed.wait()
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()


def _set() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    return event
