"""TLS to a real broker that also wants to know who its clients are."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from prometheus_client import CollectorRegistry
from yarl import URL

from govproject.messaging import Messaging
from govproject.messaging.connection import open_channel
from govproject.messaging.tls import with_files
from govproject_local import broker as brokers
from govproject_local import ports
from govproject_local.supervisor import Supervisor


class Authority:
    """Issues certificates into a directory."""

    def __init__(self, directory, name) -> None:
        self._directory = directory
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.file = directory / f"{name}.pem"
        certificate = self._certify(self._name, self._key, None)
        self.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def issue(self, name, address=None):
        """A certificate and its key, as files."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        certificate = self._certify(subject, key, address or name)
        cert_file, key_file = (self._directory / f"{name}.{part}.pem" for part in ("cert", "key"))
        cert_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        key_file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return cert_file, key_file

    def _certify(self, subject, key, host):
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(datetime.now(UTC) - timedelta(days=1))
            .not_valid_after(datetime.now(UTC) + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=host is None, path_length=None), critical=True)
        )
        if host is not None:
            try:
                entry = x509.IPAddress(ip_address(host))
            except ValueError:
                entry = x509.DNSName(host)
            builder = builder.add_extension(x509.SubjectAlternativeName([entry]), critical=False)
        return builder.sign(self._key, hashes.SHA256())


@pytest.mark.usefixtures("broker")  # what can run one node can run two
async def test_both_sides_prove_who_they_are_or_there_is_no_connection(tmp_path, intake_db, events):
    ours, theirs = Authority(tmp_path, "ours"), Authority(tmp_path, "theirs")
    server, server_key = ours.issue("broker", ports.LOOPBACK)
    client, client_key = ours.issue("intake")
    at, (tls_port,) = brokers.BrokerPorts(*ports.pick(3)), ports.pick(1)
    node = brokers.Broker(brokers.find(), tmp_path / "node", at)
    program = node.node()
    with (tmp_path / "node" / "rabbitmq.conf").open("a") as configuration:
        configuration.write(
            f"listeners.ssl.1 = {ports.LOOPBACK}:{tls_port}\n"
            f"ssl_options.cacertfile = {ours.file}\n"
            f"ssl_options.certfile = {server}\n"
            f"ssl_options.keyfile = {server_key}\n"
            "ssl_options.verify = verify_peer\n"
            "ssl_options.fail_if_no_peer_cert = true\n"
        )
    plain = URL(node.url()).with_port(tls_port)
    secure = str(plain.with_scheme("amqps"))
    mine = {"cert": client, "key": client_key}
    stranger = dict(zip(("cert", "key"), theirs.issue("stranger"), strict=True))
    right = with_files(secure, ca=ours.file, **mine)
    wrong = {
        "no TLS": str(plain),
        "another authority": with_files(secure, ca=theirs.file, **mine),
        "the machine's authorities": with_files(secure, ca=None, **mine),
        "another host name": right.replace(ports.LOOPBACK, "localhost", 1),
        "no certificate": with_files(secure, ca=ours.file, cert=None, key=None),
        "a stranger's certificate": with_files(secure, ca=ours.file, **stranger),
        "verification switched off": with_files(
            f"{secure}?no_verify_ssl=1", ca=theirs.file, **mine
        ),
    }

    async with Supervisor(lambda *_: None) as supervisor, AsyncExitStack() as stack:
        await supervisor.start(node.epmd())
        await supervisor.start(program)
        async with open_channel(right, "test", wake=asyncio.Event()) as channel:
            await channel.queue_declare("there")

        reasons = {}
        for name, url in wrong.items():
            messaging = Messaging(
                *("intake", url, intake_db, {}, ()),
                registry=CollectorRegistry(),
                clock=lambda: events.NOW,
            )
            await messaging.start()
            stack.push_async_callback(messaging.stop)
            async with asyncio.timeout(60):
                while (reason := messaging.health()["publisher"]) == "starting":  # noqa: ASYNC110  # what others do
                    await asyncio.sleep(0.02)
            assert reason, name
            assert "\n" not in reason
            reasons[name] = reason

    for name in ("another authority", "the machine's authorities", "verification switched off"):
        assert "CERTIFICATE_VERIFY_FAILED" in reasons[name], reasons
    assert "not valid for 'localhost'" in reasons["another host name"], reasons
