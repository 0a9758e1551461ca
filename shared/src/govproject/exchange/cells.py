"""What a cell may hold: how each kind of value is read from a workbook, and how it is written.

Whatever `show` writes, `parse` reads back as it was. Nothing is guessed: a value that could mean
two things is none.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from openpyxl.cell.cell import ERROR_CODES
from pydantic import TypeAdapter, ValidationError

from govproject.clock import SHANGHAI
from govproject.documents.amounts import named_units
from govproject.documents.lines import clean
from govproject.fields import MoneyYuan
from govproject.terms import Term

T = TypeVar("T", bound=Term)

WAN = Decimal(10_000)
_PLACES = 8
_EXACT_BELOW = 10**15
_FIRST_YEAR, _LAST_YEAR = 1990, 2099
_DAY = re.compile(r"(\d{4})\s*([-/.年])\s*(\d{1,2})\s*([-/.月])\s*(\d{1,2})\s*(日?)")
_SEPARATORS = {"-": ("-", ""), "/": ("/", ""), ".": (".", ""), "年": ("月", "日")}
_YUAN = re.compile(
    r"¥?\s*(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<unit>亿元|万元|万|元)?"
)
_UNITS = {"元": Decimal(1), "万": WAN, "万元": WAN, "亿元": WAN * WAN}
_NAMES = {Decimal(1): "元", WAN: "万元", WAN * WAN: "亿元"}
_LIST = re.compile(r"[、,;/\s]+")
_MONEY: TypeAdapter[Decimal] = TypeAdapter(MoneyYuan)


class BadValue(ValueError):  # noqa: N818  # named for what it says
    """Why a cell's value cannot be taken: a Chinese sentence without its stop."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What to point out of a value that is taken."""

    message: str
    """A Chinese sentence without its stop."""
    is_settled: bool
    """Whether the cell itself says which of two values it means."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value."""

    parse: Callable[[Any, str], Any]
    """Its value from that of a cell that is not empty, and from the column's heading."""
    show: Callable[[Any], Any]
    """What is put into a cell."""
    number_format: str = "@"
    width: int = 16
    doubt: Callable[[Any, str], Doubt | None] | None = None
    """What to point out of a value that `parse` takes."""


def one_line(value: object, heading: str) -> str:
    """A text of one line; its characters are kept as they are.

    >>> one_line(" 䶮湖𠮷祥系统 ", "项目名称"), one_line(13912345678.0, "登录账号")
    ('䶮湖𠮷祥系统', '13912345678')
    """
    text = _written(value)
    if any(mark in text for mark in "\r\n"):
        raise BadValue("不得含有换行，请删除单元格内的换行")
    return text


def lines(value: object, heading: str) -> list[str]:
    r"""Several texts, one a line.

    >>> lines("甲公司\n\n 乙公司", "利害关系声明")
    ['甲公司', '乙公司']
    """
    return [text for line in _written(value).splitlines() if (text := line.strip())]


def paragraphs(value: object, heading: str) -> str:
    r"""A text that may have several lines.

    >>> paragraphs(" 甲\n\n 乙", "理由")
    '甲\n乙'
    """
    return "\n".join(lines(value, heading))


def day(value: object, heading: str) -> date:
    """A day, from a real date or from one of the ways to write it.

    >>> [str(day(text, "日期")) for text in ("2026-08-03", "2026/8/3", "２０２６年8月3日")]
    ['2026-08-03', '2026-08-03', '2026-08-03']
    """
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        value = _day(value)
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise BadValue(f"日期须在{_FIRST_YEAR}年至{_LAST_YEAR}年之间")
    return value


def yuan(value: object, heading: str) -> Decimal:
    """An amount in yuan; its unit stands behind it or in the heading.

    >>> yuan(120.5, "预算（万元）"), yuan("１,205,000.00", "预算（元）"), yuan("30万元", "预算")
    (Decimal('1205000.00'), Decimal('1205000.00'), Decimal('300000.00'))
    """
    amount, own = _amount(value)
    try:
        # To the fen in full: 1.205 is a number of 万元, and none of yuan.
        return _MONEY.validate_python(amount * _UNITS[own or _unit_of(heading)])
    except ValidationError as error:
        raise BadValue(error.errors()[0]["msg"]) from None


def unit_in_doubt(value: object, heading: str) -> Doubt | None:
    """An amount that looks as if it were in another unit than its heading's.

    A project of a district costs between 1万元 and 1亿元 as a rule, and these bounds are the same
    number: 10000元, 10000万元. What is on the wrong side of it was probably typed in the other
    unit. A cell's own unit counts, and a table that mixes the two is pointed out.

    >>> unit_in_doubt(1205000, "预算（万元）").message
    '按表头的单位为1205000万元，疑以元填写，请核对'
    >>> unit_in_doubt("120.5", "预算（元）").message
    '按表头的单位为120.5元，疑以万元填写，请核对'
    >>> unit_in_doubt("30万元", "预算（元）")
    Doubt(message='单元格写明万元，与表头的元不同，已按30万元计', is_settled=True)
    >>> unit_in_doubt(120.5, "预算（万元）"), unit_in_doubt("30万元", "预算")
    (None, None)
    """
    amount, own = _amount(value)
    if own is not None:
        named = named_units(clean(heading))
        if not named or _UNITS[own] in named:
            return None
        others = "、".join(_NAMES[unit] for unit in named)
        return Doubt(f"单元格写明{own}，与表头的{others}不同，已按{amount:f}{own}计", True)
    unit = _unit_of(heading)
    is_doubtful = amount >= WAN if unit == "万元" else unit == "元" and 0 < amount < WAN
    if not is_doubtful:
        return None
    other = "元" if unit == "万元" else "万元"
    return Doubt(f"按表头的单位为{amount:f}{unit}，疑以{other}填写，请核对", False)


def yes_or_no(value: object, heading: str) -> bool:
    """是 or 否.

    >>> yes_or_no("是", "列入计划"), yes_or_no(False, "列入计划")
    (True, False)
    """
    if isinstance(value, bool):
        return value
    known = {"是": True, "否": False}
    text = clean(_written(value))
    if text not in known:
        raise BadValue("须填写“是”或“否”")
    return known[text]


def number(value: object, heading: str) -> int:
    """A whole number, such as a year.

    >>> number(2027.0, "计划年度"), number("２０２７", "计划年度")
    (2027, 2027)
    """
    text = "" if isinstance(value, bool) else clean(_written(value))
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise BadValue("须为整数")
    return int(text)


def identifier(value: object, heading: str) -> UUID:
    """An id of this suite, as its own tables have it."""
    try:
        return UUID(clean(_written(value)))
    except ValueError:
        raise BadValue("不是本系统导出的编号，请勿修改，不清楚时可留空") from None


def identifiers(value: object, heading: str) -> list[UUID]:
    """Several ids, one a line or with a mark between them."""
    words = filter(None, _LIST.split(clean(_written(value))))
    return list(dict.fromkeys(identifier(word, heading) for word in words))


def term(vocabulary: type[T]) -> Kind:
    """One of a vocabulary's words, in Chinese."""

    def parse(value: object, heading: str) -> T:
        return _member(vocabulary, clean(_written(value)))

    return Kind(parse, lambda member: member.zh, width=14)


def terms(vocabulary: type[T]) -> Kind:
    """Several of a vocabulary's words, in Chinese."""

    def parse(value: object, heading: str) -> list[T]:
        words = filter(None, _LIST.split(clean(_written(value))))
        return list(dict.fromkeys(_member(vocabulary, word) for word in words))

    return Kind(parse, lambda members: "、".join(member.zh for member in members), width=24)


def on_day(moment: date | datetime) -> date:
    """The legal day of a moment."""
    return moment.astimezone(SHANGHAI).date() if isinstance(moment, datetime) else moment


TEXT = Kind(one_line, str, width=24)
PARAGRAPHS = Kind(paragraphs, str, width=36)
LINES = Kind(lines, "\n".join, width=32)
DAY = Kind(day, on_day, "yyyy-mm-dd", 13)
WAN_YUAN = Kind(yuan, lambda amount: amount / WAN, "#,##0.00####", 14, unit_in_doubt)
YES_NO = Kind(yes_or_no, lambda flag: "是" if flag else "否", width=10)
NUMBER = Kind(number, int, "0", 10)
IDENTIFIER = Kind(identifier, str, width=38)
IDENTIFIERS = Kind(identifiers, lambda ids: "\n".join(map(str, ids)), width=38)


def _member(vocabulary: type[T], word: str) -> T:
    for member in vocabulary:
        if clean(member.zh) == word:
            return member
    raise BadValue(f"须为以下之一：{'、'.join(member.zh for member in vocabulary)}")


def _written(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadValue("须为文本，请将单元格设为文本格式后重新填写")
    if isinstance(value, str):
        if value in ERROR_CODES:
            raise BadValue(f"公式出错（{value}）")
        return value.strip()
    if abs(value) >= _EXACT_BELOW:
        raise BadValue("数字超过15位，表格软件已不能准确保存，请将单元格设为文本格式后重新填写")
    return _plain(value)


def _plain(value: float) -> str:
    """A number without an exponent and without binary noise."""
    return f"{Decimal(repr(round(value, _PLACES))).normalize():f}"


def _day(value: object) -> date:
    written = isinstance(value, str) and _DAY.fullmatch(clean(value))
    if written:
        year, first, month, *rest, on, last = written.groups()
        if _SEPARATORS[first] == (*rest, last):
            try:
                return date(int(year), int(month), int(on))
            except ValueError:
                raise BadValue("没有这一天") from None
    raise BadValue("须为日期，例如 2026-08-03、2026/8/3 或 2026年8月3日")


def _amount(value: object) -> tuple[Decimal, str | None]:
    """The number of an amount, and the unit that stands behind it."""
    if isinstance(value, bool):
        raise BadValue("须为金额")
    text = _plain(value) if isinstance(value, int | float) else clean(_written(value))
    found = _YUAN.fullmatch(text)
    if found is None:
        raise BadValue("须为不小于零的金额，例如 120.5 或 1,205,000")
    return Decimal(found["digits"].replace(",", "")), found["unit"]


def _unit_of(heading: str) -> str:
    """The one unit that a heading names."""
    units = named_units(clean(heading))
    if len(units) != 1:
        raise BadValue("金额没有单位，请在表头注明（元）或（万元）")
    return _NAMES[units.pop()]
