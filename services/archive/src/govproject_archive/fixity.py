"""Whether a stored content is what it has to be: read through in steps. Knows no project."""

from collections.abc import Callable
from typing import BinaryIO, NamedTuple

from cryptography.hazmat.primitives import hashes

from govproject.terms import Fixity

_CHUNK = 1024 * 1024
_CHUNKS_A_STEP = 16


class Expected(NamedTuple):
    """The digests that a content must have, in hexadecimal."""

    sha256: str | None
    """As it is in the catalogue; a catalogue that has lost it vouches for nothing."""
    sm3: str | None
    """As it was when the file was handed in; None when there is no record of that."""


class Found(NamedTuple):
    """How a content was found."""

    fixity: Fixity
    sha256: str | None = None
    """Of what is there; None when nothing could be read to its end."""
    error: str | None = None


class Reading:
    """A content on its way through the digests.

    Args:
        open_: opens the content; FileNotFoundError when there is none.
        expected: what its digests must be.
    """

    def __init__(self, open_: Callable[[], BinaryIO], expected: Expected) -> None:
        self._open = open_
        self._expected = expected
        self._content: BinaryIO | None = None
        self._sha256 = hashes.Hash(hashes.SHA256())
        self._sm3 = hashes.Hash(hashes.SM3())

    def step(self) -> Found | None:
        """Read on by 16 MiB; None as long as there is more."""
        try:
            if self._content is None:
                self._content = self._open()
            for _ in range(_CHUNKS_A_STEP):
                chunk = self._content.read(_CHUNK)
                if not chunk:
                    return self._compared()
                self._sha256.update(chunk)
                self._sm3.update(chunk)
        except FileNotFoundError as error:
            return Found(Fixity.MISSING, error=str(error))
        except Exception as error:  # noqa: BLE001  # whatever a site's store raises, it was not read
            return Found(Fixity.UNREADABLE, error=f"{type(error).__name__}: {error}")
        return None

    def close(self) -> None:
        """Let go of the content."""
        if self._content is not None:
            self._content.close()

    def _compared(self) -> Found:
        sha256, sm3 = self._sha256.finalize().hex(), self._sm3.finalize().hex()
        intact = sha256 == self._expected.sha256 and self._expected.sm3 in (None, sm3)
        return Found(Fixity.INTACT if intact else Fixity.CHANGED, sha256)
