"""Three RabbitMQ nodes on loopback, which form one cluster at their first start.

A node that finds itself in a minority pauses until it sees the others again.
"""

import asyncio
from dataclasses import replace
from pathlib import Path

from govproject_local import broker as brokers
from govproject_local import ports
from govproject_local.broker import Broker, BrokerPorts
from govproject_local.process import Program
from govproject_local.supervisor import Supervisor

NAMES = ("one", "two", "three")

# What nodes of one cluster share, beside the port mapper.
_SHARED = ("home/.erlang.cookie", "password")


class Cluster:
    """The nodes, by name.

    Args:
        directory: an empty one; each node gets a directory in it.
        supervisor: runs the programs, each under the name of its node.
    """

    def __init__(self, directory: Path, supervisor: Supervisor) -> None:
        self.nodes: dict[str, Broker] = {}
        self.ports: dict[str, int] = {}
        self._supervisor = supervisor
        binaries = brokers.find()
        epmd, *others = ports.pick(1 + 2 * len(NAMES))
        members = ", ".join(f"'{_node(name)}'" for name in NAMES)
        for name, amqp, distribution in zip(NAMES, others[::2], others[1::2], strict=True):
            place = directory / name
            (place / "home").mkdir(parents=True)
            for shared in _SHARED if self.nodes else ():
                (place / shared).touch(mode=0o600)
                (place / shared).write_bytes((directory / NAMES[0] / shared).read_bytes())
            (place / "advanced.config").write_text(
                f"[{{rabbit, [{{cluster_nodes, {{[{members}], disc}}}},"
                " {cluster_partition_handling, pause_minority}]}].\n"
            )
            self.ports[name] = amqp
            at = BrokerPorts(amqp, distribution, epmd)
            self.nodes[name] = Broker(binaries, place, at, _short(name))

    @property
    def any(self) -> Broker:
        """One of the nodes."""
        return self.nodes[NAMES[0]]

    async def start(self) -> None:
        """Start all of them; return once they have found one another."""
        await self._supervisor.start(self.any.epmd())
        await self._supervisor.start(*(self._program(name) for name in NAMES))

    async def start_again(self, name: str) -> None:
        """Start a node that was killed."""
        await self._supervisor.start_again(self._program(name))

    async def running(self, asked: str) -> int:
        """How many nodes this one believes to be running, itself included."""
        return int(await self._evaluate(asked, "length(rabbit_nodes:all_running())."))

    async def leader(self, asked: str, queue: str) -> str | None:
        """The node with the leader of a quorum queue; None while there is none."""
        answer = await self._evaluate(asked, f"{_lookup(queue)} {_LEADER}")
        return next((name for name in NAMES if answer == f"'{_node(name)}'"), None)

    async def online(self, asked: str, queue: str) -> int:
        """How many nodes run a member of a quorum queue."""
        return int(
            await self._evaluate(
                asked,
                f"{_lookup(queue)} length(proplists:get_value(online,"
                " rabbit_quorum_queue:info(Q, [online]))).",
            )
        )

    async def cut_off(self, name: str) -> None:
        """Let a node lose the others, and they it: it no longer has the right cookie for them."""
        await self._evaluate(
            name,
            "[begin erlang:set_cookie(N, wrong), erlang:disconnect_node(N) end"
            f" || N <- {_others(name)}], ok.",
        )

    async def heal(self, name: str) -> None:
        """Give the node back what it needs to find the others."""
        await self._evaluate(
            name, f"[erlang:set_cookie(N, erlang:get_cookie()) || N <- {_others(name)}], ok."
        )

    async def _evaluate(self, name: str, erlang: str) -> str:
        return await asyncio.to_thread(self.nodes[name].evaluate, f"{erlang}\n")

    def _program(self, name: str) -> Program:
        return replace(self.nodes[name].node(), name=name)


_LEADER = "proplists:get_value(leader, rabbit_quorum_queue:info(Q, [leader]))."


def _lookup(queue: str) -> str:
    return f'{{ok, Q}} = rabbit_amqqueue:lookup(rabbit_misc:r(<<"/">>, queue, <<"{queue}">>)),'


def _short(name: str) -> str:
    return f"govproject-{name}"


def _node(name: str) -> str:
    return f"{_short(name)}@localhost"


def _others(name: str) -> str:
    return f"[{', '.join(repr(_node(other)) for other in NAMES if other != name)}]"
