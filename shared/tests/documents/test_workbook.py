import pytest

from govproject.documents import workbook as module
from govproject.documents.workbook import tables
from govproject.errors import Invalid

HEADINGS = ("资产名称", "数量")


def _tables(content):
    return tables(content, "清单.xlsx", HEADINGS)


def test_a_table_is_found_below_its_headings(workbook):
    [table] = _tables(
        workbook(
            说明=[["填表说明"]],
            清单=[
                ["数字资产清单"],
                ["序号", " 资产名称 ", "数量"],
                [1, "人口库", 3],
                [None, None, None],
                [2, "䶮𠮷系统", "１２"],
            ],
        )
    )
    assert (table.sheet, table.headings) == ("清单", ("序号", "资产名称", "数量"))
    assert [row.number for row in table.rows] == [3, 5]
    assert table.rows[0].cells["数量"] == (3, "工作表“清单”C3")
    assert [row.cells["资产名称"].text for row in table.rows] == ["人口库", "䶮𠮷系统"]
    assert table.rows[1].cells["数量"].text == "12"


def test_a_sheet_without_the_headings_has_no_table(workbook):
    assert _tables(workbook(清单=[["资产名称"], ["人口库"]])) == []


def test_a_formula_that_was_never_computed_is_refused_at_its_cell(workbook):
    with pytest.raises(Invalid) as caught:
        _tables(workbook(清单=[["资产名称", "数量"], ["人口库", "=1+2"]]))
    assert caught.value.code == "formula_without_value"
    assert "工作表“清单”B2" in caught.value.detail


def test_too_many_rows_are_refused(workbook, monkeypatch):
    monkeypatch.setattr(module, "MOST_ROWS", 2)
    with pytest.raises(Invalid) as caught:
        _tables(workbook(清单=[["资产名称", "数量"], *[["x", 1]] * 3]))
    assert caught.value.code == "too_many_rows"


def test_a_broken_workbook_is_refused_by_name(workbook):
    content = workbook(清单=[["资产名称", "数量"]])
    data = bytearray(content.getvalue())
    data[300:900] = b"\0" * 600
    content.seek(0)
    content.write(data)
    with pytest.raises(Invalid) as caught:
        _tables(content)
    assert caught.value.code == "document_unreadable"
