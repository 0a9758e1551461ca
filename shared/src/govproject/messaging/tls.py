"""What a service shows to a broker, and asks of it, over TLS.

The files travel in the query of the broker's address: `cafile`, `certfile`, `keyfile`.
"""

import ssl
from pathlib import Path

from yarl import URL


def with_files(url: str, *, ca: Path | None, cert: Path | None, key: Path | None) -> str:
    """The address with the files that are given."""
    files = {"cafile": ca, "certfile": cert, "keyfile": key}
    return str(URL(url).update_query({name: str(at) for name, at in files.items() if at}))


def context(url: str) -> ssl.SSLContext | None:
    """How to speak TLS with the broker at an address; None when it is not `amqps`.

    The certificate of the broker and its host name are verified, always: against the file of
    authorities, or the machine's when there is none.

    Raises:
        OSError: a file is missing, or not what it should be.
    """
    address = URL(url)
    if address.scheme != "amqps":
        return None
    return from_files(*(address.query.get(name) for name in ("cafile", "certfile", "keyfile")))


def from_files(
    ca: str | Path | None, cert: str | Path | None = None, key: str | Path | None = None
) -> ssl.SSLContext:
    """A client's context of PEM files.

    Raises:
        OSError: a file is missing, or not what it should be.
    """
    made = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=ca)
    if cert is not None:
        # An encrypted key would make OpenSSL ask on a terminal that is not there.
        made.load_cert_chain(cert, key, password="")
    return made
