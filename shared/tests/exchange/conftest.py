"""Workbooks, and a table with a column of every kind."""

import io
from typing import Any

import openpyxl
import pytest

from govproject.exchange import cells
from govproject.exchange.columns import Column
from govproject.terms import ProjectKind


@pytest.fixture
def workbook():
    """An Excel file from sheets of rows; `prepare` gets the book before it is saved."""

    def make(prepare=None, /, **sheets: Any):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        if prepare is not None:
            prepare(book)
        content = io.BytesIO()
        book.save(content)
        content.seek(0)
        return content

    return make


@pytest.fixture
def columns():
    return (
        Column("项目名称", "name", cells.TEXT, required=True),
        Column("类型", "kind", cells.term(ProjectKind)),
        Column("可选类型", "kinds", cells.terms(ProjectKind)),
        Column("预算（万元）", "budget_yuan", cells.WAN_YUAN, also=("投资额",), total=True),
        Column("申报日期", "declared_on", cells.DAY),
        Column("列入", "included", cells.YES_NO),
        Column("年度", "year", cells.NUMBER),
        Column("说明", "remarks", cells.LINES),
        Column("编号", "id", cells.IDENTIFIER),
    )
