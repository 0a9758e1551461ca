import io
import struct
import zipfile

import pytest

from govproject.errors import Invalid
from govproject.files import kinds
from govproject.files.kinds import FileKind, examine


def _refused(content, name):
    with pytest.raises(Invalid) as caught:
        examine(io.BytesIO(content), name)
    assert name in caught.value.detail
    return caught.value.code


@pytest.mark.parametrize("kind", list(FileKind))
def test_a_sound_file_is_what_it_says(sample, kind):
    content = io.BytesIO(sample(kind.value))
    assert examine(content, f"材料.{kind.value.upper()}") is kind
    assert content.tell() == 0


def test_jpg_is_jpeg(sample):
    assert examine(io.BytesIO(sample("jpeg")), "现场.jpg") is FileKind.JPEG


@pytest.mark.parametrize("kind", list(FileKind))
def test_a_renamed_program_is_refused(kind):
    program = b"MZ\x90\x00" + b"\0" * 5000
    assert _refused(program, f"方案.{kind.value}") == "file_mismatch"


@pytest.mark.parametrize(
    ("kind", "name"), [("docx", "方案.xlsx"), ("xlsx", "方案.docx"), ("pdf", "方案.png")]
)
def test_another_kind_under_this_name_is_refused(sample, kind, name):
    assert _refused(sample(kind), name) == "file_mismatch"


@pytest.mark.parametrize("kind", ["pdf", "png", "jpeg", "docx", "xlsx", "ofd"])
def test_half_a_file_is_refused(sample, kind):
    content = sample(kind)
    assert _refused(content[: len(content) // 2], f"方案.{kind}") == "file_truncated"


def test_an_empty_file_is_refused():
    assert _refused(b"", "方案.pdf") == "file_empty"


@pytest.mark.parametrize(
    "name", ["方案", "方案.exe", "方案.pdf.exe", "方案.docm", "方案.zip", ".pdf"]
)
def test_other_endings_are_refused(name):
    assert _refused(b"%PDF-1.7 %%EOF", name) == "file_kind"


@pytest.mark.parametrize("name", ["方案.doc", "清单.XLS", "汇报.ppt", "方案.wps", "清单.et"])
def test_old_office_files_are_to_be_saved_anew(name):
    assert _refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", name) == "file_old_office"


def test_a_protected_document_is_refused(package):
    assert (
        _refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900, "方案.docx") == "file_encrypted"
    )
    content = bytearray(package())
    for at in (content.index(b"PK\x01\x02") + 8, 6):  # both places that hold an entry's flags
        content[at] |= 1
    assert _refused(bytes(content), "方案.docx") == "file_encrypted"


def test_macros_are_refused(package):
    assert _refused(package(word__vbaProject_dot_bin=b"x"), "方案.docx") == "file_macros"


def test_what_expands_too_far_is_refused(package, monkeypatch):
    bomb = package(word__media_dot_xml=b"\0" * (70 * 1024 * 1024))
    assert len(bomb) < 100_000
    assert _refused(bomb, "方案.docx") == "file_expands"

    monkeypatch.setattr(kinds, "MOST_ENTRIES", 3)
    many = package(a=b"1", b=b"2", c=b"3")
    assert _refused(many, "方案.docx") == "file_expands"


def test_a_large_file_that_is_really_large_is_accepted(package):
    content = package(
        compression=zipfile.ZIP_STORED, word__media_dot_png=b"\0" * (70 * 1024 * 1024)
    )
    assert examine(io.BytesIO(content), "方案.docx") is FileKind.DOCX


def test_entries_that_share_their_bytes_are_refused(package):
    content = bytearray(package(compression=zipfile.ZIP_STORED, a=b"x" * 5000))
    # As a bomb does it: its table of contents says that each entry has all the bytes.
    at = content.index(b"PK\x01\x02")
    content[at + 20 : at + 24] = struct.pack("<I", len(content))
    assert _refused(bytes(content), "方案.docx") == "file_expands"
