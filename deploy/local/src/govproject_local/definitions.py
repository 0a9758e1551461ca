"""The broker's side of the suite: exchanges, queues, bindings, a user a service and its rights.

Made of who follows whom (`govproject.contracts.FOLLOWERS`) and of what a service declares itself
(`govproject.messaging.topology`). In RabbitMQ's format of definitions, which every node imports.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

from govproject.contracts import FOLLOWERS
from govproject.messaging.topology import Topology

VHOST = "govproject"

Definitions = dict[str, Any]


def topologies(partitions: int = 1) -> tuple[Topology, ...]:
    """Every service's part."""
    return tuple(
        Topology(
            service, tuple(each for each in FOLLOWERS if service in FOLLOWERS[each]), partitions
        )
        for service in FOLLOWERS
    )


def access(vhost: str, hashes: Mapping[str, str]) -> Definitions:
    """A virtual host, the services' users, and what each may do there.

    Args:
        vhost: its name.
        hashes: password hashes by service; one that is missing cannot log in.
    """
    services = topologies()
    return {
        "vhosts": [{"name": vhost}],
        "users": [
            {
                "name": each.service,
                # RabbitMQ lets nobody in on an empty hash, whatever the password.
                "password_hash": hashes.get(each.service, ""),
                "hashing_algorithm": "rabbit_password_hashing_sha256",
                "tags": [],
            }
            for each in services
        ],
        "permissions": [
            {
                "user": each.service,
                "vhost": vhost,
                "configure": each.permissions.configure,
                "write": each.permissions.write,
                "read": each.permissions.read,
            }
            for each in services
        ],
    }


def everything(vhost: str, hashes: Mapping[str, str]) -> Definitions:
    """The same, with all that the services would declare themselves."""
    services = topologies()
    always = {"vhost": vhost, "durable": True, "auto_delete": False}
    return access(vhost, hashes) | {
        "exchanges": [
            always | {"name": name, "type": kind, "internal": False, "arguments": {}}
            for each in services
            for name, kind in each.exchanges.items()
        ],
        "queues": [
            always | {"name": queue.name, "type": "quorum", "arguments": dict(queue.arguments)}
            for each in services
            for queue in each.queues
        ],
        "bindings": [
            {
                "vhost": vhost,
                "source": binding.exchange,
                "destination": binding.queue,
                "destination_type": "queue",
                "routing_key": binding.key,
                "arguments": {},
            }
            for each in services
            for binding in each.bindings
        ],
    }


def page() -> str:
    """What `deploy/rabbitmq/definitions.json` should say: one object a line."""
    sections = (
        f" {json.dumps(name)}: [\n" + ",\n".join(f"  {json.dumps(each)}" for each in rows) + "\n ]"
        for name, rows in everything(VHOST, {}).items()
    )
    return "{\n" + ",\n".join(sections) + "\n}\n"


def password_hash(password: str) -> str:
    """A salted SHA-256, as RabbitMQ stores it."""
    salt = secrets.token_bytes(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()
