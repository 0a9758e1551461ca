"""Money as documents write it: with its own unit, or under a heading that names one.

Nothing is guessed. A number without a unit or with one that is none of these (百万元, 千万元), one
whose commas stand in wrong places, a negative one and one with parts of a fen are no amount.
"""

import re
from decimal import Decimal
from typing import NamedTuple

_UNITS = {
    "元": Decimal(1),
    "万元": Decimal(10_000),
    "万": Decimal(10_000),
    "亿元": Decimal(100_000_000),
    "亿": Decimal(100_000_000),
}
_FEN_PLACES = 2
_YUAN_BELOW = Decimal(10) ** 13
# Of a heading or a remark: 金额(万元)　单位:元　金额/万元; not the 元 of 单元.
_NAMED = re.compile(
    r"(?:[(/:,]|单位|人民币|金额|费用|投资|造价)\s*(?:人民币)?\s*(亿元|万元|元)(?![一-鿿0-9])"
)
_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:[-/.]\d{1,2}[-/.]\d{1,2}|年(?:\d{1,2}月(?:\d{1,2}日)?)?)"
)
_NUMBER = re.compile(
    r"(?P<sign>[-−]?)(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>%|‰|[十百千万亿]+元?|元)?"
)
_WELL_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


class Amount(NamedTuple):
    """A number that stands for money, or seems to."""

    yuan: Decimal | None
    """None when it cannot be told."""
    has_unit: bool
    """Whether its unit stands right behind it."""


def named_units(text: str) -> set[Decimal]:
    """The units that a heading names, each as its number of yuan.

    >>> named_units("金额(万元)"), named_units("单位:元"), named_units("单元测试费")
    ({Decimal('10000')}, {Decimal('1')}, set())
    """
    return {_UNITS[unit] for unit in _NAMED.findall(text)}


def amounts(text: str, unit: Decimal | None) -> list[Amount]:
    """The amounts in a text, in order; dates and percentages are none.

    Args:
        text: cleaned, see `govproject.documents.lines.clean`.
        unit: of the numbers that have none of their own.

    >>> amounts("2026年8月3日核定1,200,000.00元,占60%", None)
    [Amount(yuan=Decimal('1200000.00'), has_unit=True)]
    >>> amounts("120.5", Decimal(10000)), amounts("1,20", Decimal(1)), amounts("120", None)
    ([Amount(yuan=Decimal('1205000.00'), has_unit=False)], [Amount(yuan=None, has_unit=False)], \
[Amount(yuan=None, has_unit=False)])
    """
    return [
        Amount(_yuan(found, unit if own is None else _UNITS.get(own)), own is not None)
        for found in _NUMBER.finditer(_DATE.sub(" ", text))
        if (own := found["unit"]) not in ("%", "‰")
    ]


def _yuan(found: re.Match[str], unit: Decimal | None) -> Decimal | None:
    if unit is None or found["sign"] or not _WELL_GROUPED.fullmatch(found["digits"]):
        return None
    yuan = Decimal(found["digits"].replace(",", "")) * unit
    if yuan >= _YUAN_BELOW or yuan != round(yuan, _FEN_PLACES):
        return None
    return round(yuan, _FEN_PLACES)
