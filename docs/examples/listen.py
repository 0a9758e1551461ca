"""Listens to the events of the suite, knowing nothing of it but `asyncapi.json`.

    python listen.py docs/asyncapi.json amqp://user:password@broker/vhost events.db my-system intake

Every event takes effect once and in the order of its project: here, the effect is a row in a SQLite
file. Needs `faststream[rabbit]` and `jsonschema-rs`. Prints a JSON line for each message.
"""

import asyncio
import json
import logging
import re
import sqlite3
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs
from faststream import AckPolicy, FastStream
from faststream.rabbit import (
    Channel,
    ExchangeType,
    QueueType,
    RabbitBroker,
    RabbitExchange,
    RabbitMessage,
    RabbitQueue,
)

TABLES = """
CREATE TABLE IF NOT EXISTS last (stream TEXT PRIMARY KEY, number INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS waiting (
    stream TEXT, number INTEGER, type TEXT, payload TEXT, PRIMARY KEY (stream, number)
);
CREATE TABLE IF NOT EXISTS effect (
    place INTEGER PRIMARY KEY, stream TEXT, number INTEGER, type TEXT, payload TEXT
);
"""


class Document:
    """What the document says of messages, exchanges and queues."""

    def __init__(self, path: Path) -> None:
        self._document = json.loads(path.read_text(encoding="utf-8"))
        self._messages = {
            name: (channel, self._document["components"]["messages"][name])
            for channel in self._document["channels"].values()
            for name in channel["messages"]
        }

    def exchange(self, producer: str) -> RabbitExchange:
        """The exchange that a producer sends to."""
        declared = next(
            channel["bindings"]["amqp"]["exchange"]
            for channel in self._document["channels"].values()
            if channel["x-producer"] == producer
        )
        return RabbitExchange(
            declared["name"],
            type=ExchangeType(declared["type"]),
            durable=declared["durable"],
            auto_delete=declared["autoDelete"],
            declare=False,  # it is the producer's, and there once that has started
        )

    def queue(self, name: str) -> RabbitQueue:
        """A queue of our own that gets everything."""
        arguments = dict(self._document["x-queues"]["own"]["arguments"])
        kind = QueueType(arguments.pop("x-queue-type"))
        everything = self._document["x-queues"]["everything"]
        return RabbitQueue(name, kind, durable=True, arguments=arguments, routing_key=everything)

    def prefetch(self) -> int:
        """How many messages to have at hand at most."""
        return int(self._document["x-queues"]["own"]["prefetch"])

    def stream(self, headers: dict[str, Any]) -> str:
        """What the message has its place in."""
        return " ".join(headers[name] for name in self._document["x-delivery"]["stream"])

    def number(self, headers: dict[str, Any]) -> int | None:
        """The message's place; None for a heartbeat, which has none."""
        text = headers.get(self._document["x-delivery"]["sequence"])
        return None if text is None else int(text)

    def faults(self, routing_key: str, headers: dict[str, Any], payload: Any) -> list[str]:
        """Where a message is not as the document says; of a type not in it, anything is right."""
        if headers["ce-type"] not in self._messages:
            return []
        channel, message = self._messages[headers["ce-type"]]
        pattern = re.sub(r"\\{\w+\\}", "[^.]+", re.escape(channel["address"]))
        strange = [] if re.fullmatch(pattern, routing_key) else [f"routing key {routing_key}"]
        return [
            *strange,
            *(fault.message for fault in self._validator(message["headers"]).iter_errors(headers)),
            *(fault.message for fault in self._validator(message["payload"]).iter_errors(payload)),
        ]

    def _validator(self, schema: dict[str, Any]) -> jsonschema_rs.Draft7Validator:
        whole = {"allOf": [schema], "components": self._document["components"]}
        return jsonschema_rs.Draft7Validator(whole, validate_formats=True)


class Effects:
    """Takes each event once and in order; whatever it does is one transaction."""

    def __init__(self, path: str) -> None:
        self._db = sqlite3.connect(path)
        self._db.executescript(TABLES)

    def take(self, stream: str, number: int, kind: str, payload: str) -> str:
        """Apply an event, and those that waited for it; say what became of it."""
        with self._db:
            found = self._db.execute("SELECT number FROM last WHERE stream = ?", [stream])
            # The first that we ever see of a stream begins it.
            last = next(found, (number - 1,))[0]
            if number <= last:
                return "duplicate"
            self._db.execute(
                "INSERT OR IGNORE INTO waiting VALUES (?, ?, ?, ?)", [stream, number, kind, payload]
            )
            while turn := self._next(stream, last + 1):
                self._db.execute(
                    "INSERT INTO effect (stream, number, type, payload) VALUES (?, ?, ?, ?)", turn
                )
                last += 1
            self._db.execute("INSERT OR REPLACE INTO last VALUES (?, ?)", [stream, last])
            return "taken" if number <= last else "waiting"

    def _next(self, stream: str, number: int) -> tuple[Any, ...] | None:
        found = self._db.execute(
            "DELETE FROM waiting WHERE stream = ? AND number = ? RETURNING *", [stream, number]
        )
        return next(found, None)


def app(
    document: Document, effects: Effects, url: str, system: str, producers: list[str]
) -> FastStream:
    """A program that listens to these producers until it is told to stop."""
    broker = RabbitBroker(url, logger=logging.getLogger(__name__))

    async def on_message(message: RabbitMessage) -> None:
        headers, payload = message.headers, json.loads(message.body)
        said: dict[str, Any] = {"type": headers["ce-type"]}
        number = document.number(headers)
        if faults := document.faults(message.raw_message.routing_key or "", headers, payload):
            said |= {"outcome": "refused", "faults": faults}
        elif number is None:
            said |= {"outcome": "heartbeat", "as_of": payload["as_of"]}
        else:
            stream = document.stream(headers)
            outcome = effects.take(stream, number, headers["ce-type"], message.body.decode())
            said |= {"outcome": outcome, "stream": stream, "number": number}
        print(json.dumps(said), flush=True)

    for producer in producers:
        broker.subscriber(
            document.queue(f"{system}.{producer}"),
            document.exchange(producer),
            channel=Channel(prefetch_count=document.prefetch()),
            ack_policy=AckPolicy.NACK_ON_ERROR,  # what failed comes again
        )(on_message)

    async def on_startup() -> None:
        print(json.dumps({"outcome": "ready"}), flush=True)

    return FastStream(broker, after_startup=[on_startup])


if __name__ == "__main__":
    _, _path, _url, _store, _system, *_producers = sys.argv
    asyncio.run(app(Document(Path(_path)), Effects(_store), _url, _system, _producers).run())
