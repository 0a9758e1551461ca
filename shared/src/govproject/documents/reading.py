"""From a file to its lines, whatever kind of document it is."""

from typing import BinaryIO

from govproject.documents import page, word, workbook
from govproject.documents.lines import Text
from govproject.files.kinds import FileKind


def read(content: BinaryIO, kind: FileKind, name: str) -> Text:
    """Read a document.

    Args:
        content: a file that `govproject.files.kinds.examine` has passed.
        kind: Word, PDF or Excel; a picture has no lines.
        name: for the error.

    Raises:
        Invalid: `document_unreadable`, it is broken inside; of a PDF also `file_encrypted`; of a
            workbook also `workbook_too_large`, `too_many_rows`, `formula_without_value`.
    """
    match kind:
        case FileKind.DOCX:
            return word.read(content, name)
        case FileKind.PDF:
            return page.read(content, name)
        case FileKind.XLSX:
            return workbook.read(content, name)
        case _:
            return Text((), cut=f"{kind.zh}中的文字不能自动读取")
