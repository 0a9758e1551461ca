"""What each kind of cell takes, and what it refuses."""

import re
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govproject.exchange import cells
from govproject.exchange.cells import BadValue
from govproject.terms import ProjectKind

KIND = cells.term(ProjectKind)
KINDS = cells.terms(ProjectKind)
DAY = date(2026, 8, 3)


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        (cells.TEXT, " 智慧校园 ", "智慧校园"),
        (cells.TEXT, "䶮湖𠮷祥 㙍", "䶮湖𠮷祥 㙍"),
        (cells.TEXT, "（一期）", "（一期）"),
        (cells.TEXT, 13912345678, "13912345678"),
        (cells.TEXT, 13912345678.0, "13912345678"),
        (cells.TEXT, 0.1 + 0.2, "0.3"),
        (cells.LINES, "甲\r\n\n乙 ", ["甲", "乙"]),
        (cells.DAY, DAY, DAY),
        (cells.DAY, datetime(2026, 8, 3, 9, 30), DAY),  # noqa: DTZ001  # as a cell holds it
        (cells.DAY, "2026-08-03", DAY),
        (cells.DAY, "2026/8/3", DAY),
        (cells.DAY, "2026年8月3日", DAY),
        (cells.DAY, " ２０２６年８月３日 ", DAY),
        (cells.DAY, "2026.8.3", DAY),
        (cells.YES_NO, "是", True),
        (cells.YES_NO, " 否", False),
        (cells.YES_NO, True, True),
        (cells.NUMBER, 2027.0, 2027),
        (cells.NUMBER, "２０２７", 2027),
        (KIND, "升级改造", ProjectKind.UPGRADE),
        (KINDS, "新建、 续建，新建", [ProjectKind.NEW, ProjectKind.RENEWAL]),
        (cells.IDENTIFIER, str(UUID(int=7)), UUID(int=7)),
    ],
)
def test_a_value_is_taken(kind, given, value):
    assert kind.parse(given, "表头") == value


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        (cells.TEXT, "智慧\n校园", "换行"),
        (cells.TEXT, "#REF!", "公式出错"),
        (cells.TEXT, 1234567890123456, "超过15位"),
        (cells.TEXT, 3.2090220260001e17, "超过15位"),
        (cells.TEXT, True, "须为文本"),
        (cells.TEXT, DAY, "须为文本"),
        (cells.DAY, "2026-02-30", "没有这一天"),
        (cells.DAY, "2026-08/03", "须为日期"),
        (cells.DAY, "2026年8-3", "须为日期"),
        (cells.DAY, "2026-8-3日", "须为日期"),
        (cells.DAY, "2026年8月3", "须为日期"),
        (cells.DAY, "8月3日", "须为日期"),
        (cells.DAY, "20260803", "须为日期"),
        (cells.DAY, 46237, "须为日期"),
        (cells.DAY, date(1900, 1, 1), "1990年"),
        (cells.YES_NO, "对", "“是”或“否”"),
        (cells.YES_NO, 1, "“是”或“否”"),
        (cells.NUMBER, 2027.5, "整数"),
        (cells.NUMBER, "今年", "整数"),
        (cells.NUMBER, True, "整数"),
        (cells.NUMBER, "1" * 10, "整数"),
        (KIND, "拆除", "新建、续建"),
        (KINDS, "新建、拆除", "新建、续建"),
        (cells.IDENTIFIER, "七", "编号"),
    ],
)
def test_a_value_is_refused_with_what_is_expected(kind, given, says):
    with pytest.raises(BadValue, match=re.escape(says)):
        kind.parse(given, "表头")


@pytest.mark.parametrize(
    ("given", "heading", "yuan"),
    [
        (120.5, "预算（万元）", "1205000.00"),
        (120, "预算(万元)", "1200000.00"),
        ("１２０．５", "金额/万元", "1205000.00"),
        ("1,205,000.00", "预算（元）", "1205000.00"),
        ("1，205，000", "预算（元）", "1205000.00"),
        ("¥30000", "预算（元）", "30000.00"),
        ("30万元", "预算（元）", "300000.00"),
        ("30 万", "预算", "300000.00"),
        ("1.2亿元", "预算", "120000000.00"),
        (0.1 + 0.2, "预算（元）", "0.30"),
        (0, "预算（万元）", "0.00"),
    ],
)
def test_an_amount_has_its_unit(given, heading, yuan):
    assert cells.yuan(given, heading) == Decimal(yuan)


@pytest.mark.parametrize(
    ("given", "heading", "says"),
    [
        (120, "预算", "没有单位"),
        (120, "预算（万元）/元", "没有单位"),
        ("1,20", "预算（元）", "须为"),
        ("约30万", "预算（元）", "须为"),
        ("30万/年", "预算（元）", "须为"),
        (-1, "预算（元）", "须为"),
        ("1e5", "预算（元）", "须为"),
        (True, "预算（元）", "须为金额"),
        (DAY, "预算（元）", "须为文本"),
        (1.001, "预算（元）", "两位小数"),
        (10**13, "预算（元）", "小于10万亿"),
    ],
)
def test_an_amount_that_could_mean_something_else(given, heading, says):
    with pytest.raises(BadValue, match=says):
        cells.yuan(given, heading)


@pytest.mark.parametrize(
    ("given", "heading", "says"),
    [
        (9999.99, "预算（万元）", None),
        (10000, "预算（万元）", "按表头的单位为10000万元，疑以元填写，请核对"),
        ("１,205,000", "投资额/万元", "按表头的单位为1205000万元，疑以元填写，请核对"),
        ("9,999.99", "预算（元）", "按表头的单位为9999.99元，疑以万元填写，请核对"),
        (10000, "预算（元）", None),
        (0, "预算（元）", None),
        (0, "预算（万元）", None),
        (12000, "预算（亿元）", None),
        ("1205000元", "预算（万元）", "单元格写明元，与表头的万元不同，已按1205000元计"),
        ("120.5万", "预算（元）", "单元格写明万，与表头的元不同，已按120.5万计"),
        ("120.5万", "预算（万元）", None),
        ("1205000元", "预算", None),
    ],
)
def test_an_amount_in_another_unit_than_its_heading(given, heading, says):
    cells.yuan(given, heading)
    doubt = cells.unit_in_doubt(given, heading)
    assert (doubt and doubt.message) == says
    assert doubt is None or doubt.is_settled == says.startswith("单元格写明")


words = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="�"), min_size=1
).filter(lambda text: text not in cells.ERROR_CODES)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (cells.TEXT, words),
        (cells.LINES, st.lists(words)),
        (cells.DAY, st.dates(date(1990, 1, 1), date(2099, 12, 31))),
        (cells.YES_NO, st.booleans()),
        (cells.NUMBER, st.integers(0, 10**9 - 1)),
        (KIND, st.sampled_from(ProjectKind)),
        (KINDS, st.lists(st.sampled_from(ProjectKind), unique=True)),
        (cells.IDENTIFIER, st.uuids()),
    ],
)
def test_whatever_is_shown_reads_back(kind, values):
    @given(values)
    def holds(value):
        assert kind.parse(kind.show(value), "表头") == value

    holds()


@given(st.decimals(0, 10**11, places=2))
def test_an_amount_in_wan_reads_back_from_a_spreadsheets_number(amount):
    assert cells.yuan(float(cells.WAN_YUAN.show(amount)), "预算（万元）") == amount
