"""A PDF as lines."""

from typing import BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from govproject.documents.lines import Collector, Text, unreadable
from govproject.errors import Invalid

_MOST_PAGES = 2000


def read(content: BinaryIO, name: str) -> Text:
    """The lines of its pages; none when the pages are pictures.

    Raises:
        Invalid: `file_encrypted`, nobody can open it without a password; `document_unreadable`.
    """
    try:
        reader = PdfReader(content)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Invalid("file_encrypted", f"“{name}”设有密码。", file=name)
        return _lines(reader)
    # Broken files make the library stumble over anything, RecursionError included.
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        AssertionError,
        OSError,
        ArithmeticError,
        NotImplementedError,
    ) as error:
        raise unreadable(name) from error


def _lines(reader: PdfReader) -> Text:
    collected = Collector()
    cut = None
    for number, page in enumerate(reader.pages, start=1):
        if number > _MOST_PAGES:
            cut = f"只检查了前{_MOST_PAGES}页"
            break
        if not all(
            collected.add(line, f"第{number}页") for line in page.extract_text().splitlines()
        ):
            break
    text = collected.text(cut=cut)
    if not text.is_readable:
        return Text((), cut="文件中没有文字，可能是扫描件，不能自动读取")
    return text
