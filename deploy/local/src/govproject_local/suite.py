"""The five services on a broker, started together: what `up`, the demo and the flow tests run.

A data directory holds everything of one suite: `broker/`, `identity/`, `plugins/`, `logs/` (of the
last run), and a database a service unless others are named.
"""

import asyncio
import fcntl
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from aio_pika.exceptions import AMQPError, ProbableAuthenticationError
from yarl import URL

from govproject import identity, plugins
from govproject.errors import PrerequisiteError
from govproject.messaging.connection import connect
from govproject.settings import BrokerSettings
from govproject_local import broker as brokers
from govproject_local import ports
from govproject_local.logs import LogFiles
from govproject_local.process import OnLine, Program
from govproject_local.supervisor import ProgramFailedError, Supervisor

PASSWORD = "GOVPROJECT_BROKER_PASSWORD_"  # noqa: S105  # the beginning of variables' names

SERVICES = ("intake", "review", "acceptance", "archive", "cloud-alloc")
PORT_BASE = 8100

# Offsets of a private broker's ports from the port base: AMQP, distribution, epmd.
BROKER_OFFSETS = (11, 12, 13)


def module(service: str) -> str:
    """Return the name of a service's package."""
    return f"govproject_{service.replace('-', '_')}"


def broker_urls(template: str) -> dict[str, str]:
    """Return each service's address of someone else's broker.

    Args:
        template: used as it is; or with `{service}` in it, which becomes the service's name.
            Unless it has a password, that is then `GOVPROJECT_BROKER_PASSWORD_<SERVICE>`.

    Raises:
        PrerequisiteError: a password is missing.
    """
    urls = {service: template.replace("{service}", service) for service in SERVICES}
    if "{service}" not in template or URL(urls[SERVICES[0]]).password is not None:
        return urls
    variables = {each: f"{PASSWORD}{each.replace('-', '_').upper()}" for each in SERVICES}
    if missing := [name for name in variables.values() if not os.environ.get(name)]:
        raise PrerequisiteError(
            f"--broker names a user a service without a password: set {', '.join(missing)}"
        )
    return {
        service: str(URL(url).with_password(os.environ[variables[service]]))
        for service, url in urls.items()
    }


def _ignore(*_: str) -> None:
    """Nobody reads along."""


class Suite:
    """A running suite, as an async context manager.

    Args:
        directory: the data directory; made if absent, and used by one suite at a time.
        port_base: services listen on base+1 … base+5, a private broker on base+11 … base+13.
        broker_url: use this broker instead of a private one: its address as `broker_urls` takes
            it, or each service's address.
        database: address of the services' databases, in which `{service}` becomes a service's name
            with underscores. SQLite files in the data directory by default.
        on_line: gets every line that a program writes; the log files get it all the same.
        progress: gets a sentence at each step that takes seconds.

    Raises:
        PrerequisiteError: on entering: a port is taken, the directory is in use or cannot be
            written, or there is no broker. Nothing was started.
        ProgramFailedError: on entering: a program ended or did not become ready. All were stopped.
    """

    def __init__(
        self,
        directory: Path,
        port_base: int = PORT_BASE,
        *,
        broker_url: str | Mapping[str, str] | None = None,
        database: str | None = None,
        on_line: OnLine = _ignore,
        progress: Callable[[str], None] = _ignore,
    ) -> None:
        self.directory = directory.resolve()
        self._port_base = port_base
        self._service_ports = {name: port_base + at for at, name in enumerate(SERVICES, start=1)}
        self._broker_ports = brokers.BrokerPorts(*(port_base + each for each in BROKER_OFFSETS))
        self._broker_url = broker_url
        self._database = database or f"sqlite:///{self.directory}/{{service}}.db"
        self._on_line = on_line
        self._progress = progress

    async def __aenter__(self) -> Self:
        await self.require_startable()
        try:
            async with AsyncExitStack() as stack:
                stack.enter_context(locked(self.directory, self._port_base))
                prepare_identity(self.directory)
                log = stack.enter_context(LogFiles(self.directory / "logs", self._on_line))
                self._supervisor = await stack.enter_async_context(Supervisor(log))
                await self._start()
                self._resources = stack.pop_all()
        except OSError as error:
            raise PrerequisiteError(
                f"cannot work in {self.directory} ({error}): free or repair it,"
                " or choose another directory with --data"
            ) from error
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._resources.aclose()

    async def require_startable(self) -> None:
        """Check what can be checked before anything is touched.

        Raises:
            PrerequisiteError: a port is taken, the broker does not answer, a plugin is faulty.
        """
        if "{service}" not in self._database:
            raise PrerequisiteError(
                "--database names one database for all: put {service} where their names differ"
            )
        self._require_ports()
        if self._broker_url is not None:
            for url in set(self._external_urls().values()):
                await _require_broker(url)
        departments = self.directory / "plugins"
        if departments.is_dir():
            try:
                plugins.load((), folder=departments)
            except plugins.PluginError as error:
                raise PrerequisiteError(f"{error} (in {departments})") from error

    def amqp_url(self, service: str) -> str:
        """Return the address of the broker for a service, with its user and password."""
        return self._amqp_urls[service]

    @property
    def broker_hint(self) -> str | None:
        """Return how to reach the private broker by hand; None when it is somebody else's."""
        if self._broker_url is not None:
            return None
        password = self.directory / "broker" / "password"
        address = f"{brokers.USER}:PASSWORD@{ports.LOOPBACK}:{self._broker_ports.amqp}/%2F"
        return f"amqp://{address} (the password is in {password})"

    def port(self, service: str) -> int:
        """Return the port that a service listens on."""
        return self._service_ports[service]

    def url(self, service: str) -> str:
        """Return the address of a service."""
        return f"http://{ports.LOOPBACK}:{self.port(service)}"

    def database_url(self, service: str) -> str:
        """Return the address of a service's database."""
        return self._database.replace("{service}", service.replace("-", "_"))

    def token(self, name: str, unit: str | None = None, ttl: timedelta | None = None) -> str:
        """Return a bearer token of a local account."""
        return identity.mint(
            self.directory / "identity", name, unit, ttl or identity.TOKEN_LIFETIME
        )

    async def stop(self, service: str) -> None:
        """Stop one service in an orderly way."""
        await self._supervisor.stop(service)

    async def kill(self, service: str) -> None:
        """Kill one service with -9."""
        await self._supervisor.kill(service)

    async def start(self, service: str) -> None:
        """Start a service that was stopped or killed; return once it is ready."""
        await self._supervisor.start_again(self._program(service))

    async def first_failure(self) -> ProgramFailedError:
        """Wait until a program ends that nobody stopped."""
        return await self._supervisor.first_failure()

    async def first_lasting_failure(self) -> ProgramFailedError:
        """Wait until a program ends that starting it again does not help: see `Supervisor`."""
        return await self._supervisor.first_lasting_failure(SERVICES, self._progress)

    def _require_ports(self) -> None:
        needed = dict(self._service_ports)
        if self._broker_url is None:
            at = self._broker_ports
            needed |= {"broker": at.amqp, "broker cluster": at.distribution, "epmd": at.epmd}
        ports.require_free(needed)

    async def _start(self) -> None:
        if self._broker_url is None:
            await self._start_broker()
        else:
            self._amqp_urls = self._external_urls()
        self._progress("starting the five services …")
        await self._supervisor.start(*(self._program(service) for service in SERVICES))

    async def _start_broker(self) -> None:
        binaries = await asyncio.to_thread(brokers.find)
        broker = brokers.Broker(binaries, self.directory / "broker", self._broker_ports)
        self._progress("starting the broker (the first start takes up to 20 s) …")
        await self._supervisor.start(broker.epmd())
        await self._supervisor.start(broker.node())
        await asyncio.to_thread(broker.prepare)
        self._amqp_urls = {service: broker.url(user=service) for service in SERVICES}

    def _external_urls(self) -> Mapping[str, str]:
        given = self._broker_url
        return broker_urls(given) if isinstance(given, str) else given or {}

    def _program(self, service: str) -> Program:
        return service_program(
            service,
            directory=self.directory,
            port=self.port(service),
            database_url=self.database_url(service),
            amqp_url=self.amqp_url(service),
            urls={each: self.url(each) for each in SERVICES},
        )


def service_program(
    service: str,
    *,
    directory: Path,
    port: int,
    database_url: str,
    amqp_url: str,
    urls: Mapping[str, str],
) -> Program:
    """Return a service as a program that is ready once it says so itself.

    Args:
        service: its name.
        directory: the data directory of its suite, with the identity in it.
        port: where it listens on loopback.
        database_url: of its own database.
        amqp_url: of the broker, for the service's user.
        urls: of all services, by name: where its pages lead to.
    """

    async def ready() -> bool:
        return await ports.answers(
            port, b"GET /readyz HTTP/1.1\r\nHost: local\r\n\r\n", b"HTTP/1.1 200"
        )

    departments = directory / "plugins"
    departments.mkdir(exist_ok=True)
    return Program(
        name=service,
        argv=(sys.executable, "-m", module(service)),
        # A service is not to know the passwords of the others.
        env={name: value for name, value in os.environ.items() if not name.startswith(PASSWORD)}
        | {
            "PYTHONUNBUFFERED": "1",
            "GOVPROJECT_SERVICE_HOST": ports.LOOPBACK,
            "GOVPROJECT_PORT": str(port),
            "GOVPROJECT_DATABASE_URL": database_url,
            "GOVPROJECT_AMQP_URL": amqp_url,
            "GOVPROJECT_IDENTITY_DIR": str(directory / "identity"),
            "GOVPROJECT_PLUGINS_DIR": str(departments),
            "GOVPROJECT_SERVICE_URLS": ",".join(f"{name}={url}" for name, url in urls.items()),
            "GOVPROJECT_FILES_DIR": str(directory / "files" / service),
        },
        cwd=directory,
        ready=ready,
        start_within=120,
        # Longer than a service's own bound, which lets running requests end.
        stop_within=20,
    )


def prepare_identity(directory: Path) -> None:
    """Make the local accounts of a data directory, unless it has them."""
    identities = directory / "identity"
    if not identities.exists():
        passwords = directory / "passwords.txt"
        accounts = identity.create(identities)
        passwords.touch(mode=0o600)
        passwords.write_text("".join(f"{name} {word}\n" for name, word in accounts.items()))


@contextmanager
def locked(directory: Path, port_base: int | None = None) -> Iterator[None]:
    """Make the data directory and keep it for this process; `runs_on` tells the ports meanwhile."""
    # The databases in it are for their owner only.
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (directory / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PrerequisiteError(
                f"another suite runs in {directory}: stop it,"
                " or choose another directory with --data"
            ) from None
        lock.truncate(0)
        lock.write("" if port_base is None else str(port_base))
        lock.flush()
        yield


def runs_on(directory: Path) -> int | None:
    """Return the port base of the suite that runs in a data directory; None if none does."""
    try:
        with (directory / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        text = (directory / "lock").read_text()
        return int(text) if text.isdecimal() else None
    except OSError:
        pass  # no directory, or none of a suite
    return None


async def _require_broker(url: str) -> None:
    address = BrokerSettings.from_environment(amqp_url=url).broker_url
    try:
        async with asyncio.timeout(10):
            connection = await connect(address, "launcher")
            await connection.close()
    except ProbableAuthenticationError as error:
        raise PrerequisiteError(
            f"the broker at {_without_password(url)} refuses this user, password or virtual host:"
            " correct --broker"
        ) from error
    except (OSError, TimeoutError, ValueError, AMQPError) as error:
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        raise PrerequisiteError(
            f"no broker at {_without_password(url)} ({reason}): start it, correct --broker,"
            " or leave it out to run a private one"
        ) from error


def _without_password(url: str) -> str:
    address = URL(url)
    return str(address.with_password("***") if address.password else address)
