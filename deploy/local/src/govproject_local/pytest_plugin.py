"""Fixtures that give tests real programs to talk to.

One broker and one PostgreSQL serve a whole test session, however many processes run it; every test
has a virtual host or database of its own. A running suite is started a module.
"""

import os
import signal
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal

from govproject.errors import PrerequisiteError
from govproject_local import asyncapi_parser, ports, prometheus
from govproject_local import broker as brokers
from govproject_local import browser as browsers
from govproject_local.browser import Browser
from govproject_local.hosted import ALL, Facts, Lease
from govproject_local.leftovers import new_lease
from govproject_local.postgres import Postgres
from govproject_local.suite import BROKER_OFFSETS, SERVICES, Suite

LEASE = pytest.StashKey[Lease]()


def pytest_configure(config: pytest.Config) -> None:
    """Take a share in the session's peers before any worker starts."""
    workerinput: dict[str, str] | None = getattr(config, "workerinput", None)
    if workerinput:
        config.stash[LEASE] = Lease(Path(workerinput["govproject_peers"]))
        return
    config.stash[LEASE] = new_lease()
    for each in (signal.SIGTERM, signal.SIGHUP):
        # Under nohup, a hang-up stays ignored.
        if signal.getsignal(each) is signal.SIG_DFL:
            signal.signal(each, _interrupt)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell an xdist worker where the session's peers are."""
    node.workerinput["govproject_peers"] = str(node.config.stash[LEASE].directory)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Give up the share; the main process waits until the peers have stopped."""
    lease = config.stash[LEASE]
    if hasattr(config, "workerinput"):
        lease.release()
        return
    # Cleaning up is what they ask for.
    before = {
        each: signal.signal(each, signal.SIG_IGN)
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    lease.release()
    lease.wait_until_stopped()
    for each, handler in before.items():
        signal.signal(each, handler)


def _interrupt(signum: int, _: FrameType | None) -> None:
    # As Ctrl-C does: fixtures are left, and the peers stopped.
    raise KeyboardInterrupt(signal.Signals(signum).name)


@pytest.fixture(scope="session")
def broker(request: pytest.FixtureRequest) -> brokers.Broker:
    """The session's private RabbitMQ node."""
    facts = _peer(request, "broker")
    return brokers.Broker(
        brokers.find(), Path(facts["directory"]), brokers.BrokerPorts(**facts["ports"])
    )


@pytest.fixture
def amqp_url(broker: brokers.Broker) -> Iterator[str]:
    """The address of a virtual host that this test has for itself."""
    name = _unique("test")
    yield broker.add_vhost(name)
    broker.delete_vhost(name)


@pytest.fixture
def service_urls(broker: brokers.Broker) -> Iterator[dict[str, str]]:
    """Each service's address of an empty virtual host, with no more rights than it has in use."""
    name = _unique("test")
    broker.add_vhost(name)
    broker.give_access(name)
    yield {service: broker.url(name, service) for service in SERVICES}
    broker.delete_vhost(name)


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Postgres:
    """The session's private PostgreSQL."""
    facts = _peer(request, "postgresql")
    return Postgres(Path(facts["binaries"]), Path(facts["directory"]), facts["port"])


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The SQLAlchemy address of an empty database that this test has for itself."""
    name = _unique("test")
    yield postgres.create_database(name)
    postgres.drop_database(name)


@dataclass(frozen=True)
class RunningSuite:
    """Five running services; its methods may be called from any thread and from async tests."""

    suite: Suite
    _portal: BlockingPortal

    def url(self, service: str) -> str:
        """Return the address of a service."""
        return self.suite.url(service)

    def token(self, name: str, unit: str | None = None) -> str:
        """Return a bearer token of a local account."""
        return self.suite.token(name, unit)

    def stop(self, service: str) -> None:
        """Stop one service in an orderly way."""
        self._portal.call(self.suite.stop, service)

    def kill(self, service: str) -> None:
        """Kill one service with -9."""
        self._portal.call(self.suite.kill, service)

    def start(self, service: str) -> None:
        """Start a service that was stopped or killed; return once it is ready."""
        self._portal.call(self.suite.start, service)


@pytest.fixture(scope="module")
def suite(
    broker: brokers.Broker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningSuite]:
    """The five services on the session's broker, each as its own user, for one module's tests."""
    vhost = _unique("suite")
    broker.add_vhost(vhost)
    broker.give_access(vhost)
    running = Suite(
        tmp_path_factory.mktemp("suite"),
        ports.pick_base(max(BROKER_OFFSETS)),
        broker_url={service: broker.url(vhost, service) for service in SERVICES},
    )
    # A thread of its own, so that the services' output is read whatever the test does.
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(running) as suite:
        yield RunningSuite(suite, portal)
    broker.delete_vhost(vhost)


@pytest.fixture(scope="session")
def prometheus_binaries() -> Path:
    """The directory of `prometheus` and `promtool`."""
    try:
        return prometheus.find(may_fetch=ALL in os.environ)
    except PrerequisiteError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for one module's tests."""
    try:
        program = browsers.find(may_fetch=ALL in os.environ)
    except PrerequisiteError as error:
        pytest.skip(str(error))
    with Browser(program) as running:
        yield running


@pytest.fixture(scope="session")
def asyncapi_parser_place() -> Path:
    """Where the official AsyncAPI parser is installed."""
    try:
        return asyncapi_parser.find(may_fetch=ALL in os.environ)
    except PrerequisiteError as error:
        pytest.skip(str(error))


def _peer(request: pytest.FixtureRequest, kind: str) -> Facts:
    try:
        return request.config.stash[LEASE].peer(kind)
    except PrerequisiteError as error:
        pytest.skip(str(error))


def _unique(prefix: str) -> str:
    return f"{prefix}-{uuid.uuid4().hex}"
