"""A private RabbitMQ node: own ports, data, cookie and epmd, and no other broker is touched.

It runs without plugins, so that it stops within a second.
"""

import json
import os
import secrets
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from govproject.contracts import PRODUCERS
from govproject.errors import PrerequisiteError
from govproject_local import debian, definitions, ports
from govproject_local.process import Program

USER = "govproject"

# The server's own start script, not the one on PATH that changes the user.
SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")


_CALLS = 5
_NO_HANDSHAKE = "failed to connect"


@dataclass(frozen=True)
class Binaries:
    """A RabbitMQ and the Erlang that runs it."""

    server: Path
    erlang: Path

    def erlang_tool(self, name: str) -> str:
        """Return the path of erl, epmd or erl_call."""
        return str(self.erlang / name)


@dataclass(frozen=True)
class BrokerPorts:
    """Ports of a private node."""

    amqp: int
    distribution: int
    epmd: int


def installed() -> Binaries | None:
    """Find an installed RabbitMQ's own start script (not the wrapper that changes user)."""
    places = [SERVER]
    if found := shutil.which("rabbitmq-server"):
        places.append(Path(found).resolve())
    erl = shutil.which("erl")
    for server in places:
        if server.exists() and server.with_name("rabbitmq-env").exists() and erl:
            erlang = Path(erl).parent
            if all((erlang / tool).exists() for tool in ("epmd", "erl_call")):
                return Binaries(server, erlang)
    return None


def find() -> Binaries:
    """Return the installed RabbitMQ, or fetch Debian's without installing it.

    Raises:
        PrerequisiteError: neither is possible.
    """
    if binaries := installed():
        return binaries
    way_round = "install rabbitmq-server, or name a running broker with --broker amqp://…"
    if " " in str(debian.RABBITMQ.place):
        raise PrerequisiteError(
            f"RabbitMQ does not run from a folder with a space in its path ({debian.STORE}):"
            f" move the project, or {way_round}"
        )
    tree = debian.fetch(debian.RABBITMQ, way_round)
    return Binaries(tree / "usr/lib/rabbitmq/bin/rabbitmq-server", tree / "usr/lib/erlang/bin")


class Broker:
    """One private node; its programs are run by a supervisor: `epmd` first, then `node`.

    Args:
        binaries: what `find` returned.
        directory: holds configuration, cookie, password and messages; those of an earlier run
            stay valid.
        at: the node's ports.
        name: tells the nodes of one epmd apart.
    """

    def __init__(
        self, binaries: Binaries, directory: Path, at: BrokerPorts, name: str = "govproject"
    ) -> None:
        self._binaries = binaries
        self._directory = directory.resolve()
        self._at = at
        self._node = f"{name}@localhost"
        for part in ("home", "log", "mnesia"):
            (self._directory / part).mkdir(parents=True, exist_ok=True)
        _secret(self._directory / "home" / ".erlang.cookie")
        (self._directory / "users").mkdir(mode=0o700, exist_ok=True)
        self._passwords = {USER: _secret(self._directory / "password")} | {
            service: _secret(self._directory / "users" / service) for service in PRODUCERS
        }

    def url(self, vhost: str = "/", user: str = USER) -> str:
        """Return the AMQP address of a virtual host, for the launcher or for a service's user."""
        path = quote(vhost, safe="")
        return f"amqp://{user}:{self._passwords[user]}@{ports.LOOPBACK}:{self._at.amqp}/{path}"

    def epmd(self) -> Program:
        """Return the port mapper that the node registers with."""

        async def ready() -> bool:
            names_request, own_port = b"\0\1n", self._at.epmd.to_bytes(4, "big")
            return await ports.answers(self._at.epmd, names_request, own_port)

        return Program(
            name="epmd",
            argv=(
                self._binaries.erlang_tool("epmd"),
                *("-port", str(self._at.epmd), "-address", ports.LOOPBACK),
            ),
            env=self._environment(),
            cwd=self._directory,
            ready=ready,
            start_within=60,
            stop_within=3,
        )

    def node(self) -> Program:
        """Return the broker itself; ready once it answers an AMQP client (first boot: 8–17 s)."""
        self._configure()

        async def ready() -> bool:
            return await ports.answers(self._at.amqp, b"AMQP\0\0\x09\x01", b"\x01")

        return Program(
            name="broker",
            argv=(str(self._binaries.server),),
            env=self._environment(),
            cwd=self._directory,
            ready=ready,
            start_within=120,
            stop_within=15,
        )

    def add_vhost(self, name: str) -> str:
        """Make a virtual host that the node's user may use, and return its address."""
        host, user, everything = f'<<"{name}">>', f'<<"{USER}">>', '<<".*">>'
        self.evaluate(
            f"ok = rabbit_vhost:add({host}, {user}), ok = rabbit_auth_backend_internal:"
            f"set_permissions({user}, {host}, {everything}, {everything}, {everything}, {user}).\n"
        )
        return self.url(name)

    def give_access(self, vhost: str) -> None:
        """Let each service's user into a virtual host, with no more rights than it needs."""
        self.import_definitions(definitions.access(vhost, self._hashes()))

    def prepare(self, vhost: str = "/") -> None:
        """Give access, and declare all that the services would declare themselves."""
        self.import_definitions(definitions.everything(vhost, self._hashes()))

    def _hashes(self) -> dict[str, str]:
        return {
            user: definitions.password_hash(word)
            for user, word in self._passwords.items()
            if user != USER
        }

    def import_definitions(self, wanted: definitions.Definitions) -> None:
        """Add definitions to what the node has; one after the other, whoever else does so.

        Two imports at once find a user missing, and the second cannot add it any more.
        """
        with tempfile.NamedTemporaryFile("w", dir=self._directory, suffix=".json") as file:
            json.dump(wanted, file)
            file.flush()
            self.evaluate(
                f'{{ok, Wanted}} = file:read_file("{file.name}"),'
                " ok = global:trans({definitions, self()},"
                " fun() -> rabbit_definitions:import_raw(Wanted) end, [node()]).\n"
            )

    def delete_vhost(self, name: str) -> None:
        """Delete a virtual host and everything in it."""
        self.evaluate(f'rabbit_vhost:delete(<<"{name}">>, <<"{USER}">>).\n')

    def evaluate(self, erlang: str) -> str:
        """Evaluate an expression in the node: 30 ms, where rabbitmqctl takes a second.

        Returns:
            Its value, as Erlang prints it.
        """
        for attempt in range(_CALLS):
            call = subprocess.run(
                [
                    self._binaries.erlang_tool("erl_call"),
                    # A name of its own for each caller: two of one name push each other out.
                    *("-h", f"call{secrets.token_hex(8)}"),
                    *("-sname", self._node, "-timeout", "30", "-e"),
                ],
                env=self._environment(),
                input=erlang,
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            # On a busy machine a handshake may time out; nothing has been evaluated then.
            if call.returncode == 0 or _NO_HANDSHAKE not in call.stderr:
                break
            time.sleep(attempt)
        if call.returncode != 0 or not call.stdout.startswith("{ok,"):
            raise RuntimeError(f"{erlang.strip()} in {self._node}: {call.stdout}{call.stderr}")
        return call.stdout.removeprefix("{ok,").removesuffix("}").strip()

    def _configure(self) -> None:
        (self._directory / "rabbitmq-env.conf").write_text("")
        (self._directory / "enabled_plugins").write_text("[].\n")
        configuration = self._directory / "rabbitmq.conf"
        configuration.touch(mode=0o600)
        configuration.write_text(
            f"listeners.tcp.1 = {ports.LOOPBACK}:{self._at.amqp}\n"
            f"default_user = {USER}\n"
            f"default_pass = {self._passwords[USER]}\n"
            "log.console = true\n"
            "log.console.level = error\n"
            "log.console.use_colors = off\n"
            "log.file.level = info\n"
            "vm_memory_high_watermark.absolute = 512MiB\n"
        )

    def _environment(self) -> dict[str, str]:
        """Return the caller's environment without what steers another RabbitMQ or Erlang."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("RABBITMQ_", "ERL_")) and name != "NOTIFY_SOCKET"
        }
        here = self._directory
        return inherited | {
            "PATH": f"{self._binaries.erlang}:{os.environ.get('PATH', os.defpath)}",
            "HOME": str(here / "home"),
            "LC_ALL": "C.UTF-8",
            "ERL_EPMD_PORT": str(self._at.epmd),
            "ERL_EPMD_ADDRESS": ports.LOOPBACK,
            "ERL_CRASH_DUMP_SECONDS": "0",
            "RABBITMQ_NODENAME": self._node,
            "RABBITMQ_NODE_PORT": str(self._at.amqp),
            "RABBITMQ_NODE_IP_ADDRESS": ports.LOOPBACK,
            "RABBITMQ_DIST_PORT": str(self._at.distribution),
            "RABBITMQ_MNESIA_BASE": str(here / "mnesia"),
            "RABBITMQ_LOG_BASE": str(here / "log"),
            "RABBITMQ_PID_FILE": str(here / "pid"),
            "RABBITMQ_CONFIG_FILE": str(here / "rabbitmq.conf"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(here / "advanced.config"),
            "RABBITMQ_CONF_ENV_FILE": str(here / "rabbitmq-env.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(here / "enabled_plugins"),
            "RABBITMQ_SCHEMA_DIR": str(here / "schema"),
            "RABBITMQ_GENERATED_CONFIG_DIR": str(here / "config"),
            # No busy waiting, and the distribution on loopback only.
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
                "+sbwt none +sbwtdcpu none +sbwtdio none"
                " -kernel inet_dist_use_interface {127,0,0,1}"
            ),
            # The start script then becomes the node instead of waiting for it: one process to
            # signal, and one that dies with the launcher.
            "RUNNING_UNDER_SYSTEMD": "true",
        }


def _secret(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(16))
    return path.read_text()
