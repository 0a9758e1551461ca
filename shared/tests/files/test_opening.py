import io
from contextlib import suppress

import pytest

from govproject.documents.reading import read
from govproject.errors import Unavailable
from govproject.files.kinds import FileKind
from govproject.files.opening import opened

BODY = b"x" * 100_000


class Failing(io.BytesIO):
    """Gives away so many bytes, and then no more."""

    def __init__(self, content, left) -> None:
        super().__init__(content)
        self.left = left

    def read(self, size=-1):
        self.left -= size
        if self.left < 0:
            raise ConnectionResetError("the store went away")
        return super().read(size)


class Store:
    name = "test"

    def __init__(self, content) -> None:
        self.content = content

    def open(self, digest):
        if digest != "known":
            raise FileNotFoundError(digest)
        return self.content


def test_a_content_is_read_as_a_file_is():
    content = io.BytesIO(BODY + b"end")
    with opened(Store(content), "known") as found:
        assert found.read() == BODY + b"end"
        assert found.seek(-3, io.SEEK_END) == len(BODY)
        assert (found.tell(), found.read(2), found.read()) == (len(BODY), b"en", b"d")
    assert content.closed


def test_one_that_is_not_there_is_unavailable():
    with pytest.raises(Unavailable) as caught, opened(Store(None), "unknown"):
        pass
    assert caught.value.code == "file_unavailable"


@pytest.mark.parametrize("kind", [FileKind.DOCX, FileKind.PDF, FileKind.XLSX])
@pytest.mark.parametrize("left", [0, 20_000])
def test_a_store_that_fails_is_no_broken_document(kind, left):
    """Which would have a sound document handed in again."""
    content = Failing(BODY, left)
    with pytest.raises(Unavailable), opened(Store(content), "known") as found:
        read(found, kind, "方案")
    assert content.closed


def test_one_that_fails_unseen_by_the_reader_is_unavailable():
    content = Failing(BODY, 20_000)
    lenient = suppress(OSError)
    with pytest.raises(Unavailable), opened(Store(content), "known") as found, lenient:
        found.read()


def test_an_error_of_the_reader_stays_its_own():
    content = io.BytesIO(BODY)
    with pytest.raises(ZeroDivisionError), opened(Store(content), "known"):
        raise ZeroDivisionError
    assert content.closed
