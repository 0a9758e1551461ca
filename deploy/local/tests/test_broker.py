import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import aio_pika
import pytest

from govproject.errors import PrerequisiteError
from govproject_local import broker as brokers
from govproject_local import debian, ports
from govproject_local.supervisor import Supervisor

QUORUM = {"x-queue-type": "quorum"}


async def declare(url: str, queue: str, **options: Any) -> int:
    async with await aio_pika.connect(url) as connection:
        channel = await connection.channel()
        declared = await channel.declare_queue(queue, durable=True, **options)
        return declared.declaration_result.message_count or 0


async def publish(url: str, queue: str) -> None:
    async with await aio_pika.connect(url) as connection:
        channel = await connection.channel()
        await channel.default_exchange.publish(
            aio_pika.Message(b"1", delivery_mode=aio_pika.DeliveryMode.PERSISTENT), queue
        )


async def test_every_test_has_a_virtual_host_of_its_own(amqp_url, broker):
    other = broker.add_vhost("other")
    await declare(amqp_url, "q")
    await publish(amqp_url, "q")
    assert await declare(other, "q") == 0
    assert await declare(amqp_url, "q") == 1
    broker.delete_vhost("other")


def test_definitions_are_given_from_several_sides_at_once(broker):
    """Each worker of a test run brings the same users; none may find another's half done."""
    sides = 6
    together = Barrier(sides)

    def give(users):
        together.wait(timeout=60)
        broker.import_definitions({"users": users})

    with ThreadPoolExecutor(sides) as pool:
        for turn in range(12):  # they meet in about every third
            names = [f"new-{turn}-{each}" for each in range(5)]
            users = [{"name": name, "password_hash": "", "tags": []} for name in names]
            list(pool.map(give, [users] * sides))


@pytest.mark.usefixtures("broker")  # what can run one node can run two
async def test_a_node_keeps_its_messages_and_password_and_runs_beside_another(tmp_path, on_line):
    at = brokers.BrokerPorts(*ports.pick(3))
    urls = []
    for waiting in (0, 1):
        node = brokers.Broker(brokers.find(), tmp_path, at)
        async with Supervisor(on_line) as supervisor:
            await supervisor.start(node.epmd())
            await supervisor.start(node.node())
            # A queue that is still choosing its leader answers that it is empty.
            async with asyncio.timeout(60):
                while await declare(node.url(), "q", arguments=QUORUM) != waiting:  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
            await publish(node.url(), "q")
            urls.append(node.url())
        # Stopped in order: nothing listens any more.
        assert [ports.is_free(port) for port in (at.amqp, at.distribution, at.epmd)] == [True] * 3
    assert urls[0] == urls[1]


def test_secrets_are_for_their_owner_only(tmp_path):
    brokers.Broker(brokers.find(), tmp_path, brokers.BrokerPorts(1, 2, 3)).node()
    for name in ("password", "rabbitmq.conf", "home/.erlang.cookie"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0, name


def test_settings_for_another_broker_do_not_reach_ours(tmp_path, monkeypatch):
    for name in ("RABBITMQ_NODENAME", "ERL_EPMD_PORT", "RABBITMQ_LOGS", "ERL_AFLAGS"):
        monkeypatch.setenv(name, "theirs")
    broker = brokers.Broker(brokers.find(), tmp_path, brokers.BrokerPorts(1, 2, 3))
    assert "theirs" not in broker.node().env.values()


def test_an_installed_start_script_that_changes_the_user_is_not_taken(tmp_path, monkeypatch):
    wrapper = tmp_path / "rabbitmq-server"
    wrapper.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(brokers, "SERVER", tmp_path / "absent")
    assert brokers.installed() is None


def test_a_folder_that_rabbitmq_cannot_run_from_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(brokers, "installed", lambda: None)
    monkeypatch.setattr(debian, "STORE", tmp_path / "a b")
    with pytest.raises(PrerequisiteError, match="space in its path"):
        brokers.find()
    assert not (tmp_path / "a b").exists()


def test_without_any_broker_the_message_names_the_ways_out(tmp_path, monkeypatch):
    monkeypatch.setattr(brokers, "installed", lambda: None)
    monkeypatch.setattr(debian, "STORE", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrerequisiteError, match=r"install rabbitmq-server, or .*--broker"):
        brokers.find()
