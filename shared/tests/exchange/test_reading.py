"""What is found in a workbook, and what is said of what is wrong there."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from govproject.errors import Invalid
from govproject.exchange.reading import read

TOP = ["项目名称", "预算（万元）", "列入"]


@pytest.fixture
def taken(workbook, columns):
    def take(prepare=None, /, **sheets: Any):
        return read(workbook(prepare, **sheets), "计划.xlsx", columns)

    return take


@pytest.fixture
def refusal(taken):
    def refused(*args: Any, **sheets: Any):
        with pytest.raises(Invalid) as caught:
            taken(*args, **sheets)
        return caught.value.code, caught.value.detail

    return refused


def values(table):
    return [row.values for row in table.rows]


def test_a_table_as_offices_write_it(taken):
    table = taken(
        说明=[["请如实填写", "不得漏填"]],
        计划=[
            ["2027年度计划"],
            [None, None, "单位：万元"],
            ["序号", "* 项目 名称（全称）", "投资额（元）", "列入"],
            [1, "䶮湖𠮷祥", "1,200,000", "是"],
            [None, " ", None, ""],
            [2, "乙", 300000, "否"],
            ["合 计", None, 1500000],
            ["填表人：张三", None, None, "审核：李四", None, "2026年8月3日"],
            ["注：单位为元。"],
        ],
    )
    assert values(table) == [
        {"name": "䶮湖𠮷祥", "budget_yuan": Decimal(1200000), "included": True},
        {"name": "乙", "budget_yuan": Decimal(300000), "included": False},
    ]
    assert [(row.sheet, row.number) for row in table.rows] == [("计划", 4), ("计划", 6)]
    assert (table.bad, table.ignored_columns) == ([], ["序号"])
    assert table.skipped_sheets == ["说明"]


def test_a_column_of_another_table_is_passed_over_and_named(workbook, columns):
    rows = [["项目名称", "备注", "类型", "列入"], ["甲", "加急", None, "是"]]
    table = read(workbook(计划=rows), "计划.xlsx", columns[:2], columns)
    assert (values(table), table.ignored_columns) == (
        [{"name": "甲", "kind": None}],
        ["备注", "列入"],
    )


def test_every_bad_cell_is_named(taken):
    table = taken(计划=[TOP, ["甲", "很多", "是"], [None, 1, "对"], ["丙", 2, "是"]])
    assert [each.model_dump(exclude={"remedy"}) for each in table.bad] == [
        {
            "sheet": "计划",
            "row": row,
            "column": column,
            "place": place,
            "message": message,
        }
        for row, column, place, message in [
            (2, "预算(万元)", "B2", "须为不小于零的金额，例如 120.5 或 1,205,000"),
            (3, "项目名称", "A3", "必须填写"),
            (3, "列入", "C3", "须填写“是”或“否”"),
        ]
    ]
    assert [row.number for row in table.rows] == [4]


def test_all_visible_sheets_with_the_headings_are_read_and_hidden_ones_named(taken):
    def hide(book):
        book["暂缓"].sheet_state = "hidden"
        book["草稿"].sheet_state = "veryHidden"

    sheet = [TOP, ["甲", 1, "是"]]
    table = taken(hide, 一=sheet, 暂缓=sheet, 二=sheet, 草稿=sheet)
    assert [row.sheet for row in table.rows] == ["一", "二"]
    assert table.skipped_sheets == ["暂缓", "草稿"]


def test_a_row_that_nobody_sees_is_refused(taken):
    def hide(book):
        for number in (1, 3, 5):
            book["计划"].row_dimensions[number].hidden = True

    rows = [["2027年度计划"], TOP, ["甲", "很多", "是"], ["乙", 2, "是"], ["合计", 2]]
    table = taken(hide, 计划=rows)
    assert [row.number for row in table.rows] == [4]
    assert [(each.row, each.place, each.column) for each in table.bad] == [(3, "第3行", None)]
    assert "已隐藏或被筛选掉" in table.bad[0].message


def test_rows_beyond_what_a_file_says_of_its_size_are_read(workbook, columns):
    whole = workbook(计划=[TOP, *[["甲", 1, "是"]] * 9])
    content = io.BytesIO()
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(content, "w") as target:
        for name in source.namelist():
            body = source.read(name).replace(b'<dimension ref="A1:C10"', b'<dimension ref="A1:B2"')
            target.writestr(name, body)
    content.seek(0)
    assert len(read(content, "计划.xlsx", columns).rows) == 9


@pytest.mark.parametrize(
    ("rows", "code", "says"),
    [
        ([["预算（万元）", "列入"], [1, "是"]], "headings_wrong", "缺少“项目名称”列"),
        ([[*TOP, "项目名称（简称）"], ["甲"]], "headings_wrong", "“项目名称”列重复"),
        ([["甲", "乙"], ["丙", "丁"]], "headings_wrong", "没有找到表头"),
        ([], "headings_wrong", "没有找到表头"),
        ([[*TOP, None], ["甲", 1, "是", "秘密"]], "headings_wrong", "D2有内容，而该列没有表头"),
        (
            [[*TOP, "申报日起"], ["甲"]],
            "headings_wrong",
            "D1的“申报日起”不是这类表格的列，请改为最接近的“申报日期”",
        ),
        ([[*TOP, "经办人"], ["甲"]], "headings_wrong", "“经办人”不是这类表格的列，请改名为“备注”"),
        ([TOP], "table_empty", "没有内容"),
        ([TOP, ["合计", 0]], "table_empty", "没有内容"),
        ([TOP, ["甲", "=1+2", "是"]], "formula_without_value", "B2"),
    ],
)
def test_a_table_that_is_none(refusal, rows, code, says):
    found = refusal(计划=rows)
    assert (found[0], says in found[1]) == (code, True), found


def test_all_columns_that_are_lacking_are_named_at_once(workbook, columns):
    name, kind, _, budget, *others = columns
    needed = (name, replace(kind, present=True), replace(budget, required=True), *others)
    with pytest.raises(Invalid) as caught:
        read(workbook(计划=[["项目名称", "列入"], ["甲", "是"]]), "计划.xlsx", needed)
    assert "缺少“类型”、“预算（万元）”列" in caught.value.detail


def test_merged_headings_are_refused_when_they_hide_a_column(refusal, taken):
    def across(book):
        book["计划"].merge_cells("A1:B1")

    def down(book):
        book["计划"].merge_cells("A1:A2")

    code, detail = refusal(across, 计划=[["项目名称", None, "列入"], ["甲", "乙", "是"]])
    assert (code, "合并单元格" in detail) == ("headings_wrong", True)
    assert len(taken(down, 计划=[TOP, [None] * 3, ["甲", 1, "是"]]).rows) == 1


def test_a_sum_that_has_what_a_row_needs_is_a_row(workbook, columns):
    name, kind, *_ = columns
    both = (name, replace(kind, required=True))
    content = workbook(计划=[["项目名称", "类型"], ["合计", "新建"], ["合计", None]])
    table = read(content, "计划.xlsx", both)
    assert ([row.number for row in table.rows], table.bad) == ([2], [])


def test_a_row_far_away_is_refused_at_once(workbook, columns):
    """A file of little XML may still claim a last row far away, and a million between."""
    whole = workbook(计划=[TOP, ["甲", 1, "是"]])
    content = io.BytesIO()
    far = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(content, "w") as target:
        for name in source.namelist():
            body = source.read(name).replace(b"</sheetData>", far + b"</sheetData>")
            target.writestr(name, body)
    content.seek(0)
    with pytest.raises(Invalid) as caught:
        read(content, "计划.xlsx", columns)
    assert caught.value.code == "too_many_rows"


def test_a_sheet_under_another_name_expands_no_further(workbook, columns):
    content = workbook(计划=[TOP, ["甲", 1, "是"]])
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.dat", b"0" * 40 * 1024 * 1024)
    content.seek(0)
    with pytest.raises(Invalid) as caught:
        read(content, "计划.xlsx", columns)
    assert caught.value.code == "workbook_too_large"
