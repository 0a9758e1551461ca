import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from govproject.documents import workbook as module
from govproject.documents.lines import Line
from govproject.documents.workbook import read, sheets
from govproject.errors import Invalid


def _read(content):
    return read(content, "清单.xlsx")


def _refusal(content):
    with pytest.raises(Invalid) as caught:
        _read(content)
    return caught.value


def test_rows_are_read_in_order_with_their_places(workbook):
    text = _read(
        workbook(
            说明=[["填表说明"]],
            清单=[
                ["序号", " 资产名称 ", "数量"],
                [1, "人口库", 3.0],
                [None, None, None],
                [2, "䶮𠮷系统", "１２"],
                [3, None, 0.1 + 0.2],
            ],
        )
    )
    assert text.lines == (
        Line("填表说明", "工作表“说明”第1行"),
        Line("序号 | 资产名称 | 数量", "工作表“清单”第1行"),
        Line("1 | 人口库 | 3", "工作表“清单”第2行"),
        Line("2 | 䶮𠮷系统 | 12", "工作表“清单”第4行"),
        Line("3 | | 0.3", "工作表“清单”第5行"),
    )
    assert text.cut is None
    assert text.lines[4].cells == ("3", "", "0.3")
    assert [line.table for line in text.lines[:2]] == [None, "工作表“清单”"]


def test_a_day_reads_the_same_as_a_date_and_a_moment(workbook):
    days = [date(2026, 8, 3), datetime(2026, 8, 3, 9, 30), "2026年8月3日"]  # noqa: DTZ001  # as cells hold it
    [line] = _read(workbook(清单=[days])).lines
    assert line.cells == ("2026-08-03", "2026-08-03", "2026年8月3日")


def test_a_bar_in_a_cell_makes_no_column(workbook):
    [line] = _read(workbook(清单=[["甲|乙｜丙", "丁"]])).lines
    assert line.cells == ("甲/乙/丙", "丁")


def test_a_formula_that_was_never_computed_is_refused_at_its_cell(workbook):
    refusal = _refusal(workbook(清单=[["资产名称", "数量"], ["人口库", "=1+2"]]))
    assert refusal.code == "formula_without_value"
    assert "工作表“清单”B2" in refusal.detail


def test_too_many_rows_are_refused(workbook, monkeypatch):
    monkeypatch.setattr(module, "MOST_ROWS", 2)
    refusal = _refusal(workbook(清单=[["资产名称", "数量"], *[["x", 1]] * 3]))
    assert (refusal.code, "超过2行" in refusal.detail) == ("too_many_rows", True)


def test_one_cell_at_the_very_end_is_refused_before_the_empty_rows_are_read(workbook):
    lone = Workbook()
    lone.active.title = "清单"
    lone.active["A1"] = "资产名称"
    lone.active["XFD1048576"] = "x"
    content = io.BytesIO()
    lone.save(content)
    for take in (read, sheets):
        content.seek(0)
        with pytest.raises(Invalid) as caught:
            take(content, "清单.xlsx")
        assert caught.value.code == "too_many_rows"
        assert "工作表“清单”在第50001行以下仍有内容或格式" in caught.value.detail


def test_empty_rows_between_are_passed_over(workbook, monkeypatch):
    rows = [["资产名称", "数量"], *[[None]] * 5, ["人口库", 1]]
    monkeypatch.setattr(module, "MOST_WITH_EMPTY_ROWS", 7)
    assert [line.place for line in _read(workbook(清单=rows)).lines][-1] == "工作表“清单”第7行"
    monkeypatch.setattr(module, "MOST_WITH_EMPTY_ROWS", 6)
    assert _refusal(workbook(清单=rows)).code == "too_many_rows"


def test_a_million_rows_are_refused_before_they_are_read(workbook):
    whole = workbook(清单=[["资产名称", "数量"]])
    content = io.BytesIO()
    with (
        zipfile.ZipFile(whole) as source,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            body = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                row = b'<row><c t="inlineStr"><is><t>x</t></is></c></row>'
                body = body.replace(b"</sheetData>", row * 1_000_000 + b"</sheetData>")
            target.writestr(name, body)
    content.seek(0)
    assert _refusal(content).code == "workbook_too_large"


def test_what_stands_to_the_right_of_all_columns_is_refused_and_named(workbook):
    wide = [None] * 200
    assert len(_read(workbook(清单=[["甲", "乙"], [*wide[:199], "丙"]])).lines) == 2
    for take in (read, sheets):
        with pytest.raises(Invalid) as caught:
            take(workbook(清单=[["甲", "乙"], [*wide, None, "丙"]]), "清单.xlsx")
        assert caught.value.code == "too_many_columns"
        assert "工作表“清单”GT2在第200列（GR列）以右" in caught.value.detail


def test_rows_that_are_formatted_to_the_far_right_are_not_read_forever(workbook, monkeypatch):
    book = Workbook()
    for row in range(1, 4):
        book.active.append(["甲", "乙"])
        book.active.cell(row, 400).number_format = "0.00"
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    assert len(_read(content).lines) == 3
    monkeypatch.setattr(module, "_MOST_CELLS", 1000)
    content.seek(0)
    assert _refusal(content).code == "too_many_columns"


def test_a_broken_workbook_is_refused_by_name(workbook):
    content = workbook(清单=[["资产名称", "数量"]])
    data = bytearray(content.getvalue())
    data[300:900] = b"\0" * 600
    refusal = _refusal(io.BytesIO(bytes(data)))
    assert (refusal.code, "清单.xlsx" in refusal.detail) == ("document_unreadable", True)


def test_more_sheets_than_are_read_are_said_so(workbook, monkeypatch):
    monkeypatch.setattr(module, "_MOST_SHEETS", 1)
    text = _read(workbook(甲=[["一"]], 乙=[["二"]]))
    assert ([line.text for line in text.lines], text.cut) == (["一"], "只检查了前1个工作表")
