"""Documents written by the libraries that offices' own programs are compatible with."""

import io
from typing import Any

import docx
import openpyxl
import pytest


@pytest.fixture
def word():
    """A Word file from pairs of style and text; None for body text; a list is a table's rows."""

    def make(*blocks: Any):
        document = docx.Document()
        for style, content in blocks:
            if isinstance(content, list):
                table = document.add_table(rows=0, cols=len(content[0]))
                for row in content:
                    for cell, text in zip(table.add_row().cells, row, strict=True):
                        cell.text = text
            else:
                document.add_paragraph(content, style=style)
        content = io.BytesIO()
        document.save(content)
        content.seek(0)
        return content

    return make


@pytest.fixture
def workbook():
    """An Excel file from sheets of rows."""

    def make(**sheets: Any):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        content = io.BytesIO()
        book.save(content)
        content.seek(0)
        return content

    return make


@pytest.fixture
def pdf():
    """A PDF with these lines on each page, in a standard font; "" makes an empty page."""

    def make(*pages: str):
        objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
        kids = []
        for text in pages:
            kids.append(f"{len(objects) + 1} 0 R")
            shown = "".join(f"({line}) Tj T* " for line in text.splitlines())
            stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown}ET"
            objects.append(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
                f"/Contents {len(objects) + 2} 0 R "
                "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 "
                "/BaseFont /Helvetica >> >> >> >>"
            )
            objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
        body = b"%PDF-1.4\n"
        offsets = []
        for number, each in enumerate(objects, start=1):
            offsets.append(len(body))
            body += f"{number} 0 obj\n{each}\nendobj\n".encode()
        table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
        body += (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
            f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
        ).encode()
        return io.BytesIO(body)

    return make
