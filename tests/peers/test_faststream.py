"""A foreign program, made of the published document alone, follows a real service."""

import asyncio
import json
import re
import signal
import sqlite3
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

import aio_pika
import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import text
from yarl import URL

from govproject.contracts.event import known
from govproject.messaging import Messaging, outbox
from govproject.messaging.topology import Topology
from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject_local import examples
from govproject_local.definitions import password_hash
from govproject_local.paths import ROOT

DOCUMENT = ROOT / "docs/asyncapi.json"
LISTEN = ROOT / "docs/examples/listen.py"
PROJECTS = [UUID(int=number) for number in (7, 8, 9)]
CONTRACTS = [each for each in known().values() if each.source == "intake"]
WITHIN_SECONDS = 60


@dataclass
class Listener:
    """The foreign program, in a process of its own, and what it has said."""

    process: asyncio.subprocess.Process
    said: list[dict] = field(default_factory=list)

    async def until(self, condition) -> None:
        """Read on until what was said is enough."""
        async with asyncio.timeout(WITHIN_SECONDS):
            while not condition(self.said):
                line = await self.process.stdout.readline()
                assert line, "the program ended"
                self.said.append(json.loads(line))

    def count(self, outcome: str) -> int:
        return sum(each["outcome"] == outcome for each in self.said)


@pytest.fixture
def store(tmp_path):
    return tmp_path / "events.db"


@pytest.fixture
async def foreign_url(broker, amqp_url):
    """The broker for a user of another system, with the rights that the operators' page names."""
    page = (ROOT / "deploy/rabbitmq/README.md").read_text(encoding="utf-8")
    own, again, read = re.search(r"my-system '(.+?)' '(.+?)' \\\s+'(.+?)'", page).groups()
    assert own == again
    vhost = URL(amqp_url).path.removeprefix("/")
    hashed = {"hashing_algorithm": "rabbit_password_hashing_sha256", "tags": []}
    rights = {"configure": own, "write": own, "read": read}
    broker.import_definitions(
        {
            "users": [{"name": "my-system", "password_hash": password_hash("secret")} | hashed],
            "permissions": [{"user": "my-system", "vhost": vhost} | rights],
        }
    )
    # It has been there before: exchanges are made by their producers alone.
    async with await aio_pika.connect(amqp_url) as connection:
        channel = await (await connection.channel()).get_underlay_channel()
        await Topology("intake", (), 1).declare_exchanges(channel)
    return str(URL(amqp_url).with_user("my-system").with_password("secret"))


@pytest.fixture
def listening(foreign_url, store):
    @asynccontextmanager
    async def listening():
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, LISTEN, DOCUMENT, foreign_url, store, "my-system", "intake"),
            stdout=asyncio.subprocess.PIPE,
        )
        listener = Listener(process)
        try:
            await listener.until(lambda said: said)
            assert listener.said.pop() == {"outcome": "ready"}
            yield listener
        finally:
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(WITHIN_SECONDS):
                await process.communicate()

    return listening


@pytest.fixture
def effects(store):
    """What took effect in the foreign program, in that order."""

    def effects():
        with sqlite3.connect(store) as db:
            return [
                (stream, number, kind, json.loads(payload))
                for stream, number, kind, payload in db.execute(
                    "SELECT stream, number, type, payload FROM effect ORDER BY place"
                )
            ]

    return effects


@pytest.fixture
def db(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/intake.db")
    migrate.upgrade(database)
    yield database
    database.dispose()


@pytest.fixture
def intake(db, amqp_url):
    @asynccontextmanager
    async def intake():
        messaging = Messaging(
            "intake",
            amqp_url,
            db,
            {},
            (),
            registry=CollectorRegistry(),
            clock=lambda: examples.MOMENT,
        )
        await messaging.start()
        yield
        await messaging.stop()

    return intake


@pytest.fixture
def report(db):
    """Append one event of every contract of intake for each project, a transaction each."""

    def report() -> list:
        reported = [
            examples.event(contract).model_copy(update={"project_id": project})
            for contract in CONTRACTS
            for project in PROJECTS
        ]
        for event in reported:
            with db.write() as session:
                outbox.append(session, event, now=examples.MOMENT)
        return reported

    return report


def streams(reported):
    """By stream, the types and bodies in the order in which they were reported."""
    expected: dict[str, list] = {}
    for event in reported:
        stream = expected.setdefault(f"govproject/intake {event.aggregate_id}", [])
        kind = f"govproject.intake.{event.name}.v{event.version}"
        stream.append((len(stream) + 1, kind, json.loads(event.model_dump_json())))
    return expected


def by_stream(effects):
    found: dict[str, list] = {}
    for stream, *rest in effects:
        found.setdefault(stream, []).append(tuple(rest))
    return found


async def test_it_sees_every_event_once_in_order_and_as_the_document_says(
    listening, intake, report, effects, db
):
    async with listening() as listener, intake():
        reported = report()
        await listener.until(lambda _: listener.count("taken") == len(reported))
        # As if the service had been killed between the broker's word and its own mark.
        with db.write() as session:
            session.execute(
                text("UPDATE outbox SET published_at = NULL WHERE aggregate_seq IN (1, 2, 5)")
            )
        await listener.until(lambda _: listener.count("duplicate") == 3 * len(PROJECTS))
        await listener.until(lambda _: listener.count("heartbeat"))

    assert listener.count("refused") == 0
    assert by_stream(effects()) == streams(reported)


async def test_it_goes_on_where_it_was_after_a_restart(listening, intake, report, effects):
    async with intake():
        async with listening() as listener:
            first = report()
            await listener.until(lambda _: listener.count("taken") == len(first))
        second = report()
        async with listening() as listener:
            await listener.until(lambda _: listener.count("taken") == len(second))

    assert by_stream(effects()) == streams([*first, *second])


@pytest.mark.parametrize(
    ("headers", "payload", "key", "fault"),
    [
        ({}, {"plan_year": "this year"}, "project.declared.v1.35", '"this year"'),
        ({}, {"declared_at": "yesterday"}, "project.declared.v1.35", '"yesterday"'),
        ({"ce-source": "govproject/review"}, {}, "project.declared.v1.35", '"govproject/intake"'),
        ({"ce-sequence": "0"}, {}, "project.declared.v1.35", '"0"'),
        ({}, {}, "project.declared.v1", "routing key project.declared.v1"),
    ],
)
async def test_it_refuses_what_is_not_as_the_document_says(
    listening, amqp_url, effects, headers, payload, key, fault
):
    example = examples.envelope(known()["intake", "project.declared", 1])
    body = json.dumps(json.loads(example.body) | payload).encode()
    async with listening() as listener:
        async with await aio_pika.connect(amqp_url) as connection, connection.channel() as channel:
            exchange = await channel.get_exchange("govproject.intake")
            message = aio_pika.Message(body, headers=example.headers() | headers)
            await exchange.publish(message, routing_key=key)
        await listener.until(lambda said: said)

    [said] = listener.said
    assert said["outcome"] == "refused"
    assert any(fault in each for each in said["faults"]), said
    assert effects() == []
