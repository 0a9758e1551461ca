import pytest

from govproject.files.folder import FolderStore

DIGEST = "ab" * 32


@pytest.fixture
def handed_in(tmp_path):
    path = tmp_path / "incoming"
    path.write_bytes(b"content")
    return path


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "files"


def _contents(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def test_what_is_kept_can_be_read_again(folder, handed_in):
    store = FolderStore(folder)
    store.keep(DIGEST, handed_in)

    with store.open(DIGEST) as content:
        assert content.read() == b"content"
    assert handed_in.exists()
    assert _contents(folder) == [f"ab/ab/{DIGEST}"]


def test_the_same_again_is_kept_once(folder, handed_in):
    store = FolderStore(folder)
    store.keep(DIGEST, handed_in)
    store.keep(DIGEST, handed_in)

    assert _contents(folder) == [f"ab/ab/{DIGEST}"]


def test_half_a_copy_is_not_there(folder, tmp_path):
    store = FolderStore(folder)
    with pytest.raises(OSError, match="directory"):
        store.keep(DIGEST, tmp_path)  # cannot be read

    assert _contents(folder) == []
    with pytest.raises(FileNotFoundError):
        store.open(DIGEST)
