import io
import zipfile

import pytest
from docx.parts.document import DocumentPart
from pypdf import PdfWriter

from govproject.documents import lines
from govproject.documents.lines import Line
from govproject.documents.reading import read
from govproject.errors import Invalid
from govproject.files.kinds import FileKind
from govproject_local.pdf_documents import pdf as chinese_pdf


def _read(content, kind=FileKind.DOCX):
    return read(content, kind, "方案")


def test_a_word_document_is_read_in_order_with_places(word):
    text = _read(
        word(
            ("Heading 1", "总论"),
            (None, "　本项目　建设１套系统。"),
            (None, [["名称", "数量"], ["服务器", "２"]]),
            (None, "（二）安全目标"),
        )
    )
    assert text.lines == (
        Line("总论", "第1段", 1),
        Line("本项目 建设1套系统。", "第2段"),
        Line("名称 | 数量", "第3段的表格第1行"),
        Line("服务器 | 2", "第3段的表格第2行"),
        Line("(二)安全目标", "第4段", 4),
    )
    assert text.cut is None


def test_a_table_of_contents_is_no_heading(word):
    text = _read(
        word((None, "一、项目背景……………3"), (None, "二、系统概述\t5"), (None, "一、项目背景"))
    )
    assert [line.place for line in text.lines] == ["第3段"]


def test_each_style_is_looked_up_once(word, monkeypatch):
    content = word(*[("Heading 1", "总论"), (None, "本项目建设。"), ("Heading 2", "目标")] * 5)
    asked = []
    look_up = DocumentPart.get_style

    def counted(part, style_id, style_type):
        asked.append(style_id)
        return look_up(part, style_id, style_type)

    monkeypatch.setattr(DocumentPart, "get_style", counted)
    levels = [line.level for line in _read(content).lines]
    assert levels == [1, None, 2] * 5
    assert sorted(asked, key=str) == ["Heading1", "Heading2", None]


def test_a_pdf_is_read_by_page(pdf):
    text = _read(pdf("1 Background\nText of it.", "2 Design"), FileKind.PDF)
    assert text.lines == (
        Line("1 Background", "第1页", 5),
        Line("Text of it.", "第1页"),
        Line("2 Design", "第2页", 5),
    )


def test_a_pdf_of_chinese_is_read_by_page_and_row():
    pages = (
        ["目录", "一、项目背景……………2"],
        ["一、项目背景", "　本项目由䶮𠮷公司建设１套系统。"],
        [("序号", "名称", "数量"), ("１", "服务器", "２")],
    )
    assert _read(io.BytesIO(chinese_pdf(*pages)), FileKind.PDF).lines == (
        Line("目录", "第1页"),
        Line("一、项目背景", "第2页", 3),
        Line("本项目由䶮𠮷公司建设1套系统。", "第2页"),
        Line("序号 名称 数量", "第3页"),
        Line("1 服务器 2", "第3页", 5),
    )


def test_a_scanned_pdf_says_so(pdf):
    text = _read(pdf("", ""), FileKind.PDF)
    assert (text.lines, text.is_readable) == ((), False)
    assert "扫描件" in text.cut


def test_a_picture_cannot_be_read():
    assert "不能自动读取" in _read(io.BytesIO(b""), FileKind.PNG).cut


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_pdf_that_needs_a_password_is_refused(pdf, algorithm):
    with pytest.raises(Invalid) as refused:
        _read(_locked(pdf("x"), algorithm, user_password="secret"), FileKind.PDF)
    assert refused.value.code == "file_encrypted"
    assert "设有密码" in refused.value.detail


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_pdf_that_everybody_may_read_is_read(pdf, algorithm):
    text = _read(_locked(pdf("1 Background"), algorithm, user_password=""), FileKind.PDF)
    assert [line.text for line in text.lines] == ["1 Background"]


def _locked(content, algorithm, *, user_password):
    writer = PdfWriter(clone_from=content)
    writer.encrypt(user_password, owner_password="owner", algorithm=algorithm)
    locked = io.BytesIO()
    writer.write(locked)
    return locked


@pytest.mark.parametrize("kind", [FileKind.DOCX, FileKind.PDF])
def test_a_broken_document_is_refused_by_name(word, pdf, kind):
    content = bytearray((word((None, "x")) if kind is FileKind.DOCX else pdf("x")).getvalue())
    middle = len(content) // 2
    content[middle - 200 : middle + 200] = b"\0" * 400
    with pytest.raises(Invalid) as caught:
        _read(io.BytesIO(bytes(content)), kind)
    assert (caught.value.code, "方案" in caught.value.detail) == ("document_unreadable", True)


def test_a_very_long_document_is_read_in_part_and_says_so(word, monkeypatch):
    monkeypatch.setattr(lines, "MOST_LINES", 2)
    text = _read(word(*[(None, f"第{n}行") for n in range(5)]))
    assert len(text.lines) == 2
    assert "只检查了前面的部分" in text.cut


LAUGHS = "".join(f'<!ENTITY {name} "{f"&{chr(ord(name) - 1)};" * 10}">' for name in "bcdefghi")
BOMB = f'<!DOCTYPE x [<!ENTITY a "{"ha" * 50}">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/hostname">]>'


def _texts(content, kind):
    try:
        return [line.text for line in _read(content, kind).lines]
    except Invalid as error:
        return error.code


@pytest.mark.parametrize("entities", [BOMB, OUTSIDE], ids=["bomb", "outside"])
@pytest.mark.parametrize("kind", [FileKind.DOCX, FileKind.XLSX])
def test_entities_are_not_expanded(word, workbook, kind, entities):
    if kind is FileKind.DOCX:
        whole, part = word((None, "MARK")), "word/document.xml"
    else:
        whole, part = workbook(a=[["MARK"]]), "xl/worksheets/sheet1.xml"
    content = io.BytesIO()
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(content, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            if name == part:
                head, sign, rest = body.rpartition(b"?>")
                body = head + sign + entities.encode() + rest.replace(b"MARK", b"&i;")
            target.writestr(name, body)
    content.seek(0)
    assert _texts(content, kind) in ([], "document_unreadable")
