"""A Word document (.docx) as lines."""

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

import docx
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from govproject.documents.lines import Collector, Text, unreadable

_MOST_XML_BYTES = 64 * 1024 * 1024
_HEADING = re.compile(r"(?i)(?:heading|标题) ?([1-9])")
_CONTENTS = re.compile(r"(?i)^(toc|目录)")


def read(content: BinaryIO, name: str) -> Text:
    """The paragraphs and the rows of the tables, in order. Raises Invalid."""
    with zipfile.ZipFile(content) as package:
        if any(part.file_size > _MOST_XML_BYTES for part in package.infolist() if _is_xml(part)):
            return Text((), cut="文件内容过大，不能自动读取")
    content.seek(0)
    try:
        document = docx.Document(content)
        return _lines(document)
    # The library lets whatever it stumbles over through: KeyError, XMLSyntaxError, ValueError …
    except Exception as error:
        raise unreadable(name) from error


def _is_xml(part: zipfile.ZipInfo) -> bool:
    return part.filename.endswith((".xml", ".rels"))


def _lines(document: Document) -> Text:
    collected = Collector()
    styles: dict[str | None, str] = {}
    for number, block in enumerate(document.iter_inner_content(), start=1):
        if isinstance(block, Paragraph):
            # The library goes through all styles for each paragraph that names none, and says which
            # one is named nowhere else.
            named = block._p.style  # noqa: SLF001
            if named not in styles:
                found = block.style
                styles[named] = (found.name if found else None) or ""
            style = styles[named]
            if _CONTENTS.match(style):
                continue
            added = collected.add(block.text, f"第{number}段", level=_level(block, style))
        else:
            added = all(
                collected.add_row(row, f"第{number}段的表格第{at}行")
                for at, row in enumerate(_rows(block), start=1)
            )
        if not added:
            break
    return collected.text()


def _level(paragraph: Paragraph, style: str) -> int | None:
    if named := _HEADING.match(style):
        return int(named[1])
    # The library has no name for a paragraph's own outline level. 9 means body text.
    for level in paragraph._p.xpath("./w:pPr/w:outlineLvl/@w:val"):  # noqa: SLF001
        return int(level) + 1 if level in "012345678" else None
    return None


def _rows(table: Table) -> Iterator[list[str]]:
    for row in table.rows:
        # A merged cell comes once for each column it covers; the columns stay where they are. Only
        # its element tells: each time it comes as another object.
        cells = row.cells
        yield [
            "" if at and cell._tc is cells[at - 1]._tc else cell.text  # noqa: SLF001
            for at, cell in enumerate(cells)
        ]
