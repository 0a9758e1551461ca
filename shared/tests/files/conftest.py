"""Small files of every kind, made here."""

import io
import zipfile

import pytest

MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "ofd": "OFD.xml"}


@pytest.fixture
def package():
    """Makes an archive with the main part of a kind and what else is given."""

    def make(kind="docx", *, compression=zipfile.ZIP_DEFLATED, **others: bytes):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", compression) as archive:
            if kind is not None:
                archive.writestr(MAIN[kind], "<x/>")
            for name, body in others.items():
                archive.writestr(name.replace("__", "/").replace("_dot_", "."), body)
        return content.getvalue()

    return make


@pytest.fixture
def sample(package):
    """A sound file of a kind."""

    def make(kind):
        return {
            "pdf": b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n",
            "png": b"\x89PNG\r\n\x1a\n" + b"\0" * 20 + b"IEND\xaeB`\x82",
            "jpeg": b"\xff\xd8\xff\xe0" + b"\0" * 20 + b"\xff\xd9",
        }.get(kind) or package(kind)

    return make
