"""What is written opens as it is meant, and reads back."""

import zipfile
from datetime import date
from decimal import Decimal
from uuid import UUID

import openpyxl
import pytest

from govproject.exchange.reading import read
from govproject.exchange.writing import Sheet, write
from govproject.terms import ProjectKind

ROWS = [
    {
        "name": "䶮湖𠮷祥（一期）",
        "kind": ProjectKind.NEW,
        "kinds": [ProjectKind.OPS, ProjectKind.NEW],
        "budget_yuan": Decimal("1205000.01"),
        "declared_on": date(2026, 8, 3),
        "included": True,
        "year": 2027,
        "remarks": ["甲公司；乙", "丙"],
        "id": UUID(int=7),
    },
    {
        "name": "320902202600010001",
        "kind": None,
        "kinds": None,
        "budget_yuan": Decimal("8888888888888.88"),
        "declared_on": None,
        "included": False,
        "year": None,
        "remarks": None,
        "id": None,
    },
]


@pytest.fixture
def written(columns):
    def make(rows):
        return write(Sheet("项目", "项目清单", columns, rows, ("数据截至2026年8月3日",)))

    return make


def test_what_is_written_reads_back(written, columns):
    with written(ROWS) as content:
        table = read(content, "项目.xlsx", columns)
    assert [row.values for row in table.rows] == ROWS
    assert (table.bad, table.ignored_columns, table.skipped_sheets) == ([], [], [])


def test_cells_have_types_and_the_headings_stay_in_view(written):
    with written(ROWS[:1]) as content:
        sheet = openpyxl.load_workbook(content).active
    assert (sheet["A1"].value, sheet["A2"].value) == ("项目清单", "数据截至2026年8月3日")
    assert [cell.value for cell in sheet[3]][:2] == ["项目名称", "类型"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$3:$3")
    assert sheet["E4"].is_date
    assert (sheet["D4"].value, sheet["D4"].data_type) == (120.500001, "n")
    assert [sheet["A5"].value, sheet["D5"].value] == ["合计", 120.500001]
    assert sheet.column_dimensions["A"].width > 20


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1"])
def test_no_text_becomes_a_formula(written, columns, text):
    with written([{**ROWS[0], "name": text}]) as content:
        cell = openpyxl.load_workbook(content).active["A4"]
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
        with zipfile.ZipFile(content) as package:
            assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_what_xml_cannot_hold_is_left_out(written, columns):
    with written([{**ROWS[0], "name": "甲\x00\x1b\ufffe<乙>&"}]) as content:
        assert read(content, "项目.xlsx", columns).rows[0].values["name"] == "甲<乙>&"


def test_a_table_without_rows_has_its_headings(written):
    with written([]) as content:
        sheet = openpyxl.load_workbook(content).active
    assert sheet["A3"].value == "项目名称"
