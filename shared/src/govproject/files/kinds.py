"""What a file is by its content, whatever its name says. Nothing here trusts the file.

A name and a content that disagree are refused: a program that calls itself a document must not be
passed on to people who will open it.
"""

import os
import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import BinaryIO

from govproject.errors import Invalid
from govproject.terms import Term

_MIB = 1024 * 1024
MOST_ENTRIES = 10_000
MOST_EXPANDED_BYTES = 1024 * _MIB
_LARGE_BYTES = 64 * _MIB
_MOST_RATIO = 200
_HEAD_BYTES = 1024
_TAIL_BYTES = 4096
_ENCRYPTED = 0x1
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_OFFICE = {".doc": "docx", ".xls": "xlsx", ".ppt": "pdf", ".wps": "docx", ".et": "xlsx"}


class FileKind(Term):
    """The kinds of file that may be handed in."""

    PDF = "pdf", "PDF 文件"
    OFD = "ofd", "OFD 版式文件"
    DOCX = "docx", "Word 文档（.docx）"
    XLSX = "xlsx", "Excel 工作簿（.xlsx）"
    PNG = "png", "PNG 图片"
    JPEG = "jpeg", "JPEG 图片"


MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.OFD: "application/ofd",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
}

_BY_SUFFIX = {f".{kind.value}": kind for kind in FileKind} | {".jpg": FileKind.JPEG}
_MAIN_PART = {
    FileKind.OFD: "OFD.xml",
    FileKind.DOCX: "word/document.xml",
    FileKind.XLSX: "xl/workbook.xml",
}


PACKAGES = frozenset(_MAIN_PART)
"""The kinds that are zip archives of parts."""


def examine(content: BinaryIO, name: str) -> FileKind:
    """What the file is, if it is whole and what its name says.

    Args:
        content: the file, readable and seekable.
        name: as the unit calls it, with its ending.

    Raises:
        Invalid: `file_empty`, `file_kind`, `file_old_office`, `file_mismatch`, `file_truncated`,
            `file_encrypted`, `file_macros`, `file_expands`.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in _OLD_OFFICE:
        raise Invalid(
            "file_old_office",
            f"“{name}”是旧版格式，请另存为 .{_OLD_OFFICE[suffix]} 后重新上传。",
            file=name,
        )
    kind = _BY_SUFFIX.get(suffix)
    if kind is None:
        accepted = "、".join(_BY_SUFFIX)
        raise Invalid("file_kind", f"“{name}”的类型不能受理，可上传 {accepted}。", file=name)
    size = content.seek(0, os.SEEK_END)
    if not size:
        raise Invalid("file_empty", f"“{name}”是空文件。", file=name)
    content.seek(0)
    head = content.read(_HEAD_BYTES)
    content.seek(max(0, size - _TAIL_BYTES))
    tail = content.read()
    content.seek(0)
    if kind in _MAIN_PART:
        _examine_package(content, kind, name, head, size)
    else:
        starts, ends = _SIGNS[kind]
        if not starts(head):
            raise _mismatch(kind, name)
        if not ends(tail):
            raise Invalid("file_truncated", f"“{name}”不完整，可能没有传完。", file=name)
    content.seek(0)
    return kind


_SIGNS: dict[FileKind, tuple[Callable[[bytes], bool], Callable[[bytes], bool]]] = {
    # Some writers put a few bytes in front of the header; readers look for it in the first KiB.
    FileKind.PDF: (lambda head: b"%PDF-" in head, lambda tail: b"%%EOF" in tail),
    FileKind.PNG: (
        lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
        lambda tail: b"IEND" in tail,
    ),
    FileKind.JPEG: (
        lambda head: head.startswith(b"\xff\xd8\xff"),
        lambda tail: b"\xff\xd9" in tail,
    ),
}


def _mismatch(kind: FileKind, name: str) -> Invalid:
    return Invalid(
        "file_mismatch",
        f"“{name}”的内容不是{kind.zh}，请核对文件，不要只改后缀名。",
        file=name,
    )


def _examine_package(content: BinaryIO, kind: FileKind, name: str, head: bytes, size: int) -> None:
    """Office documents and OFD are zip archives: look at the table of contents, unpack nothing."""
    if head.startswith(_COMPOUND):
        # A document protected by a password, or an old one under a new name.
        raise Invalid("file_encrypted", f"“{name}”设有密码或为旧版格式。", file=name)
    try:
        with zipfile.ZipFile(content) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        if head.startswith(b"PK"):
            raise Invalid("file_truncated", f"“{name}”不完整，可能没有传完。", file=name) from None
        raise _mismatch(kind, name) from None
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Invalid("file_encrypted", f"“{name}”设有密码。", file=name)
    if _expands_too_far(entries, size):
        raise Invalid("file_expands", f"“{name}”展开后过大，不能受理，请核对文件内容。", file=name)
    names = {entry.filename for entry in entries}
    if _MAIN_PART[kind] not in names:
        raise _mismatch(kind, name)
    if any(PurePath(each).name.lower() == "vbaproject.bin" for each in names):
        raise Invalid("file_macros", f"“{name}”含有宏。", file=name)


def _expands_too_far(entries: list[zipfile.ZipInfo], size: int) -> bool:
    expanded = sum(entry.file_size for entry in entries)
    return (
        len(entries) > MOST_ENTRIES
        or expanded > MOST_EXPANDED_BYTES
        or (expanded > _LARGE_BYTES and expanded > _MOST_RATIO * size)
        # Entries that share their bytes expand to more than they seem to.
        or sum(entry.compress_size for entry in entries) > size
    )
