"""A content is intact only when all of it was read and both digests fit."""

import hashlib
from io import BytesIO

import pytest
from cryptography.hazmat.primitives import hashes

from govproject.terms import Fixity
from govproject_archive import fixity
from govproject_archive.fixity import Expected, Found, Reading

CONTENT = b"x" * (40 * 1024 * 1024 + 1)


def sm3(content):
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize().hex()


def read(open_, expected):
    reading = Reading(open_, expected)
    steps = 1
    while (found := reading.step()) is None:
        steps += 1
    reading.close()
    return found, steps


def test_a_large_file_takes_several_steps():
    digest = hashlib.sha256(CONTENT).hexdigest()
    content = BytesIO(CONTENT)
    found, steps = read(lambda: content, Expected(digest, sm3(CONTENT)))
    assert (found, steps) == (Found(Fixity.INTACT, digest), 3)
    assert content.closed


@pytest.mark.parametrize(
    ("sha256", "sm3_", "fixity_"),
    [
        (hashlib.sha256(b"a").hexdigest(), None, Fixity.INTACT),
        (hashlib.sha256(b"a").hexdigest(), sm3(b"a"), Fixity.INTACT),
        (hashlib.sha256(b"a").hexdigest(), sm3(b"b"), Fixity.CHANGED),
        (hashlib.sha256(b"b").hexdigest(), sm3(b"a"), Fixity.CHANGED),
        (None, sm3(b"a"), Fixity.CHANGED),
    ],
)
def test_both_digests_count(sha256, sm3_, fixity_):
    found, _ = read(lambda: BytesIO(b"a"), Expected(sha256, sm3_))
    assert found == Found(fixity_, hashlib.sha256(b"a").hexdigest())


class Failing(BytesIO):
    def read(self, size=-1, /):
        if self.tell() > fixity._CHUNK:
            raise OSError(5, "Input/output error")
        return super().read(size)


def missing():
    raise FileNotFoundError("gone")


@pytest.mark.parametrize(
    ("open_", "fixity_"),
    [
        (missing, Fixity.MISSING),
        (lambda: Failing(CONTENT), Fixity.UNREADABLE),
        (lambda: 1 / 0, Fixity.UNREADABLE),
    ],
)
def test_what_could_not_be_read(open_, fixity_):
    found, _ = read(open_, Expected("a" * 64, None))
    assert (found.fixity, found.sha256) == (fixity_, None)
    assert found.error
