"""Types of values that people and programs send in: bounded, unambiguous, safe to store.

Each type's JSON schema says exactly what is accepted, and each error is a Chinese sentence. Text
that PostgreSQL cannot store (NUL), integers that SQLite cannot (beyond 64 bits), and money as a
binary floating-point number stop here.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from govproject.names import IDEOGRAPHIC_SELECTORS, IGNORABLE


class Command(BaseModel):
    """What somebody asks for. Unknown members are refused, so a misspelt one is not lost."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class View(BaseModel):
    """What somebody is shown."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="wrap")
    @classmethod
    def _kept(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        with kept():
            return handler(data)


# Control characters, the separators that only look like spaces, and what is not seen at all (and
# makes two equal names differ) or turns around what is seen.
_NEVER = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029" + IGNORABLE
_LINE_BREAKS = r"\t\n\r"
_KEPT: ContextVar[bool] = ContextVar("kept", default=False)


@contextmanager
def kept() -> Iterator[None]:
    """What was taken in before stays readable: no text is refused for what is not seen."""
    token = _KEPT.set(True)
    try:
        yield
    finally:
        _KEPT.reset(token)


def _text(forbidden: str) -> AfterValidator:
    forbidden_characters = re.compile(f"[{forbidden}]")
    selectors = re.compile(f"[{IDEOGRAPHIC_SELECTORS}]")

    def clean(value: str) -> str:
        found = None if _KEPT.get() else forbidden_characters.search(value)
        if found is not None:
            raise PydanticCustomError(
                "text_control_character",
                "不得含有控制字符或看不见的字符（{code}），请删除后重新填写",
                {"code": f"U+{ord(found[0]):04X}"},
            )
        stripped = value.strip()
        if not selectors.sub("", stripped).strip():
            raise PydanticCustomError("text_blank", "不得为空白")
        return stripped

    return AfterValidator(clean)


def _text_pattern(forbidden: str) -> dict[str, Any]:
    seen = rf"[^\s{forbidden}{IDEOGRAPHIC_SELECTORS}]"
    return {"pattern": rf"^[^{forbidden}]*{seen}[^{forbidden}]*$"}


ShortText = Annotated[
    str,
    Field(
        min_length=1,
        max_length=200,
        json_schema_extra=_text_pattern(_NEVER + _LINE_BREAKS),
    ),
    _text(_NEVER + _LINE_BREAKS),
]
"""One line of 1 to 200 characters; spaces around it are dropped."""

LongText = Annotated[
    str,
    Field(min_length=1, max_length=4000, json_schema_extra=_text_pattern(_NEVER)),
    _text(_NEVER),
]
"""Up to 4000 characters, line breaks allowed; spaces around it are dropped."""

Count = Annotated[int, Field(strict=True, ge=0, le=10_000_000)]
"""A whole number of things, not written as text."""

Year = Annotated[int, Field(strict=True, ge=1990, le=2099)]
"""A calendar year within the range of `IsoDate`."""

Flag = Annotated[bool, Field(strict=True)]
"""true or false, and not "yes" or 1."""

_YUAN_DIGITS = 13
_YUAN_BELOW = 10**_YUAN_DIGITS
_FEN_PLACES = 2
_FEN = Decimal("0.01")
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,20})?")


def _yuan(*, zero: bool) -> Callable[[object], Decimal]:
    def parse(value: object) -> Decimal:
        if isinstance(value, float):
            raise PydanticCustomError(
                "money_float",
                '金额不得使用浮点数（二进制浮点数不能精确表示金额），请写成文本，例如 "300000.00"',
            )
        if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
            raise PydanticCustomError("money_type", "金额须为文本或整数，单位为元")
        if isinstance(value, str) and not _PLAIN_NUMBER.fullmatch(value):
            raise PydanticCustomError(
                "money_format", "金额须为不带单位和千分位的十进制数，单位为元"
            )
        amount = Decimal(value)
        if not amount.is_finite() or amount.adjusted() > _YUAN_DIGITS:
            raise PydanticCustomError("money_size", "金额须小于10万亿元")
        if amount != round(amount, _FEN_PLACES):
            raise PydanticCustomError("money_places", "金额最多保留两位小数")
        if amount < 0 or (amount == 0 and not zero):
            raise PydanticCustomError("money_sign", "金额不得为负" if zero else "金额须大于零")
        if amount >= _YUAN_BELOW:
            raise PydanticCustomError("money_size", "金额须小于10万亿元")
        return amount.quantize(_FEN)

    return parse


def _yuan_schema(pattern: str, minimum: int) -> tuple[WithJsonSchema, WithJsonSchema]:
    text = {"type": "string", "pattern": pattern, "examples": ["300000.00"]}
    number = {"type": "integer", "minimum": minimum, "maximum": _YUAN_BELOW - 1}
    return (
        WithJsonSchema({"anyOf": [text, number]}, mode="validation"),
        WithJsonSchema(text, mode="serialization"),
    )


_yuan_in, _yuan_out = _yuan_schema(r"^(0|[1-9][0-9]{0,12})(\.[0-9]{1,2})?$", 0)
MoneyYuan = Annotated[Decimal, BeforeValidator(_yuan(zero=True)), _yuan_in, _yuan_out]
"""Yuan, not negative, to the fen; text or a whole number in JSON, text in answers."""

_positive_in, _positive_out = _yuan_schema(
    r"^([1-9][0-9]{0,12}(\.[0-9]{1,2})?|0\.([1-9][0-9]?|0[1-9]))$", 1
)
PositiveYuan = Annotated[Decimal, BeforeValidator(_yuan(zero=False)), _positive_in, _positive_out]
"""Yuan, more than nothing; otherwise as `MoneyYuan`."""

# Exact to the day, leap years included, so that the published schema and the check agree.
_ISO_DATE = (
    r"^((199[0-9]|20[0-9]{2})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    r"|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
    r"|(199[26]|20([02468][048]|[13579][26]))-02-29)$"
)
_ISO_DATE_TEXT = re.compile(_ISO_DATE.removesuffix("$") + r"\Z")


_MOST_YEARS = 30
_TODAY: ContextVar[date | None] = ContextVar("today", default=None)


@contextmanager
def taken_in(today: date | None) -> Iterator[None]:
    """What is sent in on a day names no day decades away: such a year is mistyped.

    None for what is at hand already.
    """
    token = _TODAY.set(today)
    try:
        yield
    finally:
        _TODAY.reset(token)


def _any_day(value: object) -> date:
    text = value.isoformat() if type(value) is date else value
    if not isinstance(text, str) or not _ISO_DATE_TEXT.match(text):
        raise PydanticCustomError(
            "iso_date", "日期须为1990年至2099年间实际存在的一天，格式如 2026-08-03"
        )
    return date.fromisoformat(text)


def _near_day(value: object) -> date:
    day, today = _any_day(value), _TODAY.get()
    if today is not None and not _KEPT.get() and abs(day.year - today.year) > _MOST_YEARS:
        raise PydanticCustomError(
            "date_far",
            "日期{day}距今超过{years}年，请核对年份",
            {"day": day.isoformat(), "years": _MOST_YEARS},
        )
    return day


_day_in = WithJsonSchema({"type": "string", "pattern": _ISO_DATE, "examples": ["2026-08-03"]})
AnyDay = Annotated[date, BeforeValidator(_any_day), _day_in]
"""A day as YYYY-MM-DD; the years are those in which deadlines can be counted without overflow."""

IsoDate = Annotated[date, BeforeValidator(_near_day), _day_in]
"""The same of what happened or is planned: in a request, within 30 years of the day it is sent.

Whether it may lie ahead is for the handler to say; what was taken in before stays readable.
"""
