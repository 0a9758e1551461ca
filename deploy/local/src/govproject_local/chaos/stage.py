"""Everything that a run kills: the services with their witnesses, a broker, a database server."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from govproject import identity
from govproject_local import broker as brokers
from govproject_local import ports, postgres
from govproject_local.chaos.keeper import Keeper
from govproject_local.chaos.service import MUTANT, ORDER
from govproject_local.logs import LogFiles
from govproject_local.postgres import Postgres
from govproject_local.process import Program
from govproject_local.suite import SERVICES, locked, prepare_identity, service_program

_MODULE = "govproject_local.chaos.service"


@dataclass(frozen=True, slots=True)
class Stage:
    """A running suite, each of whose parts is started again when it ends."""

    directory: Path
    orders: Path
    """Where the services look for their orders to die: a file of each one's name."""
    amqp_url: str
    """Of the broker, for a user who may do everything."""
    databases: dict[str, str]
    """The address of each service's database."""
    keepers: dict[str, Keeper]
    """Of the five services, the broker and, if there is one, the database server."""
    ports: dict[str, int]

    def url(self, service: str) -> str:
        """Return the address of a service."""
        return f"http://{ports.LOOPBACK}:{self.ports[service]}"

    def token(self, name: str, unit: str | None) -> str:
        """Return a bearer token of a local account."""
        return identity.mint(self.directory / "identity", name, unit, identity.TOKEN_LIFETIME)


@asynccontextmanager
async def set_up(
    directory: Path, *, postgresql: bool, mutant: str | None, progress: Callable[[str], None]
) -> AsyncIterator[Stage]:
    """Start everything and, on leaving, stop it.

    Args:
        directory: for all data; made if absent.
        postgresql: whether the databases are on a PostgreSQL server instead of SQLite files.
        mutant: a mistake to plant in every service.
        progress: gets a sentence at each step that takes seconds.

    Raises:
        PrerequisiteError: RabbitMQ or PostgreSQL cannot be had.
        NotUpError: something did not start.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(locked(directory))
        prepare_identity(directory)
        orders = directory / "orders"
        orders.mkdir(exist_ok=True)
        log = stack.enter_context(LogFiles(directory / "logs", lambda *_: None))
        amqp, distribution, epmd, server, *numbers = ports.pick(4 + len(SERVICES))
        keepers: dict[str, Keeper] = {}

        async def keep(*programs: Program) -> None:
            started = [await stack.enter_async_context(Keeper(each, log)) for each in programs]
            await asyncio.gather(*(keeper.until_up() for keeper in started))
            keepers.update((keeper.name, keeper) for keeper in started)

        databases = {name: f"sqlite:///{directory}/{_database(name)}.db" for name in SERVICES}
        if postgresql:
            progress("starting PostgreSQL …")
            own = Postgres(postgres.find(may_fetch=False), directory / "postgresql", server)
            await keep(own.server())
            databases = {name: own.create_database(_database(name)) for name in SERVICES}
        broker = brokers.Broker(
            brokers.find(), directory / "broker", brokers.BrokerPorts(amqp, distribution, epmd)
        )
        progress("starting the broker and the five services (up to half a minute) …")
        await keep(broker.epmd())
        del keepers["epmd"]  # a name service, which takes no part in any promise
        at = dict(zip(SERVICES, numbers, strict=True))
        programs = [
            _with_witness(
                service_program(
                    name,
                    directory=directory,
                    port=at[name],
                    database_url=databases[name],
                    amqp_url=broker.url(user=name),
                    urls={each: f"http://{ports.LOOPBACK}:{at[each]}" for each in SERVICES},
                ),
                orders / name,
                mutant,
            )
            for name in SERVICES
        ]
        await keep(broker.node())
        await asyncio.to_thread(broker.prepare)
        await keep(*programs)
        yield Stage(directory, orders, broker.url(), databases, keepers, at)


def _with_witness(program: Program, order: Path, mutant: str | None) -> Program:
    python, *_ = program.argv
    return replace(
        program,
        argv=(python, "-m", _MODULE, program.name),
        env={**program.env, ORDER: str(order), MUTANT: mutant or ""},
    )


def _database(service: str) -> str:
    return service.replace("-", "_")
