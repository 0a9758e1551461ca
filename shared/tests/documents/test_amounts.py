from decimal import Decimal

import pytest

from govproject.documents.amounts import amounts, named_units
from govproject.documents.lines import clean

WAN = Decimal(10_000)


def _yuan(text, unit=None):
    return [None if a.yuan is None else str(a.yuan) for a in amounts(clean(text), unit)]


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [
        ("120万元", None, ["1200000.00"]),
        ("１，２００，０００．００元", None, ["1200000.00"]),
        ("12百万元", WAN, [None]),
        ("1.2千万元", WAN, [None]),
        ("3千元", None, [None]),
        ("1万亿元", WAN, [None]),
        ("5百万", Decimal(1), [None]),
        ("1.2亿元", None, ["120000000.00"]),
        ("120", WAN, ["1200000.00"]),
        ("120.123456", WAN, ["1201234.56"]),
        ("1200000元", WAN, ["1200000.00"]),
        ("0", WAN, ["0.00"]),
        ("80万元至100万元", None, ["800000.00", "1000000.00"]),
        ("占60.5%", WAN, []),
        ("2026-08-03", WAN, []),
        ("2026/8/3", WAN, []),
        ("2026年8月3日", WAN, []),
        ("2026年", WAN, []),
        ("壹佰贰拾万元整", WAN, []),
        ("120", None, [None]),
        ("1,20,000", WAN, [None]),
        ("-120", WAN, [None]),
        ("120.1234567", WAN, [None]),
        ("0.001元", None, [None]),
        ("99999999999999元", None, [None]),
    ],
)
def test_an_amount_is_read_exactly_or_not_at_all(text, unit, yuan):
    assert _yuan(text, unit) == yuan


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("金额（万元）", {WAN}),
        ("单位：人民币元", {Decimal(1)}),
        ("单位 万元", {WAN}),
        ("送审金额（元） | 审定金额（万元）", {Decimal(1), WAN}),
        ("单元", set()),
        ("多元化投资", set()),
        ("合计", set()),
    ],
)
def test_a_heading_names_its_unit(text, units):
    assert named_units(clean(text)) == units
