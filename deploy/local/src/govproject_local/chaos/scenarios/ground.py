"""What a scenario stands on: a broker, databases, workers with traffic between them, and the books.

Whatever was started here has ended when the ground is left.
"""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, Self
from uuid import UUID, uuid4

from sqlalchemy.exc import SQLAlchemyError

from govproject.messaging.connection import open_channel
from govproject.messaging.topology import Topology, dead_letter_queue, queue
from govproject.persistence.database import Database, is_unavailable
from govproject_local import broker as brokers
from govproject_local import hosted, ports, postgres
from govproject_local.broker import Broker, BrokerPorts
from govproject_local.chaos.scenarios.books import Books, Number, Reader
from govproject_local.chaos.scenarios.hand import Hand, end_all
from govproject_local.chaos.scenarios.orders import CONSUMER, PRODUCER, Orders, Role
from govproject_local.chaos.scenarios.small_disk import SmallDisk
from govproject_local.chaos.scenarios.waiting import WITHIN_SECONDS, NeverError, until
from govproject_local.postgres import Postgres
from govproject_local.supervisor import Supervisor

QUEUE = queue(CONSUMER, 0)
_BETWEEN_READS = 0.25
_REASONS = 5


class Ground:
    """One scenario's own part of the world.

    Args:
        place: an empty directory, for everything that is written.
        seed: decides on what is chosen at random.
        broker: a running private node to make a virtual host on; None: start one.
    """

    def __init__(self, place: Path, seed: int, broker: Broker | None = None) -> None:
        self.place = place.resolve()
        self.seed = seed
        self.chance = Random(seed)  # noqa: S311  # has to be repeatable, not secret
        self.books: Books | None = None
        """What was on record at the end."""
        self._expected: frozenset[str] = frozenset()
        self._broker = broker
        self._own_broker = False
        self._vhost = "/"
        self._reader = Reader()
        self._hands: list[Hand] = []

    async def __aenter__(self) -> Self:
        self.place.mkdir(parents=True, exist_ok=True)
        self._log = (self.place / "log").open("a", encoding="utf-8")
        self.supervisor = Supervisor(self.log)
        self._disks = AsyncExitStack()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await end_all(self._hands)
        self._reader.close()
        if self._broker is not None and not self._own_broker and self._vhost != "/":
            await asyncio.to_thread(self._broker.delete_vhost, self._vhost)
        await self.supervisor.close()
        await self._disks.aclose()
        self._log.close()

    def log(self, name: str, line: str) -> None:
        """Write down what a program says."""
        self._log.write(f"{time.strftime('%H:%M:%S')} {name}: {line}\n")
        self._log.flush()

    async def own_broker(self) -> str:
        """Start a node of its own, the supervisor's `broker`; its address."""
        self._broker = Broker(
            brokers.find(), self.place / "broker", BrokerPorts(*ports.pick(3)), "govproject-chaos"
        )
        self._own_broker = True
        await self.supervisor.start(self._broker.epmd())
        await self.supervisor.start(self._broker.node())
        return self._broker.url()

    async def broker_url(self) -> str:
        """The address of a virtual host that the scenario has for itself."""
        if self._broker is None:
            return await self.own_broker()
        self._vhost = f"chaos-{uuid4().hex}"
        return await asyncio.to_thread(self._broker.add_vhost, self._vhost)

    def stand_on(self, broker: Broker) -> None:
        """Ask this node, of a cluster, what is in the queues."""
        self._broker, self._own_broker = broker, True

    @property
    def broker(self) -> Broker:
        """The node in use."""
        if self._broker is None:
            raise NeverError("no broker was asked for")
        return self._broker

    def sqlite(self, name: str) -> str:
        """The address of a database file."""
        return f"sqlite:///{self.place}/{name}.db"

    async def postgres(self) -> Postgres:
        """Start a PostgreSQL of its own, the supervisor's `postgresql`.

        Raises:
            PrerequisiteError: there is none.
        """
        binaries = postgres.find(may_fetch=hosted.ALL in os.environ)
        server = Postgres(binaries, self.place / "postgresql", *ports.pick(1))
        await self.supervisor.start(await asyncio.to_thread(server.server))
        # It answers clients a moment before it takes queries.
        db = Database(server.url())
        try:
            await until(lambda: asyncio.to_thread(_answers, db), "PostgreSQL takes queries")
        finally:
            db.dispose()
        return server

    async def small_disk(self, name: str, kibibytes: int) -> SmallDisk:
        """Mount a small file system.

        Raises:
            PrerequisiteError: not allowed here.
        """
        return await self._disks.enter_async_context(SmallDisk(self.place / name, kibibytes))

    def database(self, url: str) -> Database:
        """One of the databases, to look into or to act as an operator does."""
        return self._reader.database(url)

    @property
    def consumer_url(self) -> str:
        """The address of the consumer's database."""
        return self._reader.consumer

    async def producer(
        self, amqp_url: str, database: str, name: str = "producer", **options: Any
    ) -> Hand:
        """Start a producer; return once it works."""
        self._reader.producers.add(database)
        return await self._start("producer", name, amqp_url, database, options)

    async def consumer(
        self, amqp_url: str, database: str, name: str = "consumer", **options: Any
    ) -> Hand:
        """Start a consumer, which needs no producer for it; return once it works."""
        self._reader.consumer = database
        async with open_channel(amqp_url, "chaos", wake=asyncio.Event()) as channel:
            await Topology(PRODUCER, (), 1).declare_exchanges(channel)
        return await self._start("consumer", name, amqp_url, database, options)

    async def _start(
        self, role: Role, name: str, amqp_url: str, database: str, options: dict[str, Any]
    ) -> Hand:
        orders = Orders(role, name, str(self.place), database, amqp_url, seed=self.seed, **options)
        hand = Hand(orders, self.log)
        self._hands.append(hand)
        await hand.start()
        await until(lambda: hand.ready or hand.exit_code is not None, f"{name} is ready")
        return hand

    async def read(self) -> Books:
        """Read the books now.

        Raises:
            NeverError: a database is away and does not come back.
        """
        deadline = time.monotonic() + WITHIN_SECONDS
        while True:
            try:
                return await asyncio.to_thread(self._reader.read, self._told())
            except Exception as error:
                if not is_unavailable(error):
                    raise
                if time.monotonic() > deadline:
                    raise NeverError(f"a database stays away: {error}") from error
            await asyncio.sleep(_BETWEEN_READS)

    async def flow(self, more: int) -> None:
        """Wait until so many further events have taken effect."""
        goal = len((await self.read()).applied) + more
        await self.until_books(
            lambda books: len(books.applied) >= goal, f"{more} more events take effect"
        )

    async def until_books(
        self, condition: Callable[[Books], bool], what: str, within: float = WITHIN_SECONDS
    ) -> Books:
        """Wait until the books say something; returns them.

        Raises:
            NeverError: they do not.
        """
        deadline = time.monotonic() + within
        while not condition(books := await self.read()):
            if time.monotonic() > deadline:
                raise NeverError(
                    f"not within {within:g} s: {what}; committed {len(books.committed)},"
                    f" unpublished {books.unpublished}, applied {len(books.applied)},"
                    f" kept {len(books.kept)}: {Counter(books.kept.values()).most_common(_REASONS)}"
                )
            await asyncio.sleep(_BETWEEN_READS)
        return books

    async def finish_producing(self) -> None:
        """Let no more events be appended, have all published, and stop the producers in order."""
        (self.place / "enough").touch()
        await self.until_books(lambda books: books.unpublished == 0, "all events are published")
        producers = [each for each in self._hands if each.orders.role == "producer"]
        await asyncio.gather(*(each.stop() for each in producers if each.exit_code is None))

    async def settle(self, *, expected: frozenset[str] = frozenset()) -> Books:
        """Let everything come to its end, stop in order, and close the books.

        Args:
            expected: ids of the events that stay kept.
        """
        self._expected = expected
        await self.finish_producing()
        # Nothing is sent any more. What is in no queue has been acknowledged.
        await until(self._queues_empty, "the queues are empty")
        self.books = await self.until_books(
            lambda books: books.kept.keys() == expected, "nothing is kept that should not be"
        )
        consumers = [each for each in self._hands if each.orders.role == "consumer"]
        await asyncio.gather(*(each.stop() for each in consumers if each.exit_code is None))
        return self.books

    async def last_look(self) -> Books | None:
        """Read the books of a scenario that failed, if that is still possible."""
        try:
            self.books = await asyncio.to_thread(self._reader.read, self._told())
        except SQLAlchemyError:
            return None
        return self.books

    @property
    def unexpected(self) -> set[str]:
        """Ids of events that were kept at the end and should not have been."""
        return set() if self.books is None else self.books.kept.keys() - self._expected

    async def _queues_empty(self) -> bool:
        for name in (QUEUE, dead_letter_queue(CONSUMER)):
            if await self.messages(name):
                return False
        return True

    async def messages(self, name: str) -> int:
        """How many messages are in a queue, delivered and unacknowledged ones included."""
        answer = await asyncio.to_thread(
            self.broker.evaluate,
            f'{{ok, Q}} = rabbit_amqqueue:lookup(rabbit_misc:r(<<"{self._vhost}">>, queue,'
            f' <<"{name}">>)), {{ok, {{_, N}}, _}} = ra:leader_query(amqqueue:get_pid(Q),'
            " fun rabbit_fifo:query_messages_total/1), N.\n",
        )
        return int(answer)

    def _told(self) -> set[Number]:
        return {
            (UUID(project), int(number))
            for path in self.place.glob("*.told")
            for project, number in map(str.split, path.read_text(encoding="ascii").splitlines())
        }


def _answers(db: Database) -> bool:
    try:
        db.ping()
    except SQLAlchemyError:
        return False
    return True
