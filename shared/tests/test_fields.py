import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from govproject.fields import (
    Command,
    Count,
    Flag,
    IsoDate,
    LongText,
    MoneyYuan,
    PositiveYuan,
    ShortText,
    View,
    Year,
)


def accepted(kind: Any, value: object) -> Any:
    return TypeAdapter(kind).validate_python(value)


def refused(kind: Any, value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    return caught.value.errors()[0]["type"]


def pattern(kind: Any, mode: Any = "validation") -> str:
    schema = TypeAdapter(kind).json_schema(mode=mode)
    return schema.get("pattern") or schema["anyOf"][0]["pattern"]


@pytest.mark.parametrize(
    ("value", "kept"), [("  雪亮工程 \u3000", "雪亮工程"), ("a", "a"), ("字" * 200, "字" * 200)]
)
def test_short_text(value, kept):
    assert accepted(ShortText, value) == kept
    assert re.search(pattern(ShortText), value)


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ("", "string_too_short"),
        (" ", "text_blank"),
        ("\u3000", "text_blank"),
        ("a\0", "text_control_character"),
        ("a\nb", "text_control_character"),
        ("a\tb", "text_control_character"),
        ("a\u0085", "text_control_character"),
        ("a\u2028", "text_control_character"),
        ("a\u200bb", "text_control_character"),
        ("a\u202eb", "text_control_character"),
        ("a\u2060b", "text_control_character"),
        ("a\u2066b", "text_control_character"),
        ("\ufeffa", "text_control_character"),
        ("字" * 201, "string_too_long"),
        ("\ud800", "string_unicode"),
        (5, "string_type"),
        (None, "string_type"),
    ],
)
def test_not_short_text(value, error):
    assert refused(ShortText, value) == error
    if error.startswith("text_"):
        assert not re.search(pattern(ShortText), value)


def test_long_text_has_lines():
    assert accepted(LongText, "一\r\n二\t三\n") == "一\r\n二\t三"
    assert re.search(pattern(LongText), "一\r\n二\t三")
    assert refused(LongText, "a\0") == "text_control_character"
    assert refused(LongText, "字" * 4001) == "string_too_long"


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("300000", "300000.00"),
        ("300000.5", "300000.50"),
        ("0", "0.00"),
        ("0.01", "0.01"),
        ("9999999999999.99", "9999999999999.99"),
        (300000, "300000.00"),
        (Decimal("1.25"), "1.25"),
        (Decimal("3E+5"), "300000.00"),
    ],
)
def test_money(value, kept):
    assert str(accepted(MoneyYuan, value)) == kept
    if isinstance(value, str):
        assert re.search(pattern(MoneyYuan), value)


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (0.1, "money_float"),
        (300000.0, "money_float"),
        (float("nan"), "money_float"),
        (True, "money_type"),
        (None, "money_type"),
        ([], "money_type"),
        ("", "money_format"),
        ("12,000", "money_format"),
        ("１２", "money_format"),
        (" 5", "money_format"),
        ("5\n", "money_format"),
        ("1e5", "money_format"),
        ("NaN", "money_format"),
        ("30万", "money_format"),
        ("007", "money_format"),
        (Decimal("NaN"), "money_size"),
        (10**40, "money_size"),
        ("1.234", "money_places"),
        ("-1", "money_sign"),
        (-1, "money_sign"),
        ("10000000000000", "money_size"),
        (10**13, "money_size"),
    ],
)
def test_not_money(value, error):
    assert refused(MoneyYuan, value) == error
    assert refused(PositiveYuan, value) == error
    if isinstance(value, str):
        assert not re.search(pattern(MoneyYuan).replace("$", r"\Z"), value)


def test_a_huge_exponent_is_refused_without_writing_its_digits_out():
    assert refused(MoneyYuan, Decimal("1E+999999999")) == "money_size"


@pytest.mark.parametrize("value", ["0", "0.0", "0.00", 0])
def test_positive_money_is_more_than_nothing(value):
    assert refused(PositiveYuan, value) == "money_sign"
    assert not re.search(pattern(PositiveYuan), str(value))


@pytest.mark.parametrize("value", ["0.01", "0.1", "0.10", "1", "10.5", "9999999999999.99"])
def test_positive_money(value):
    assert accepted(PositiveYuan, value) == Decimal(value)
    assert re.search(pattern(PositiveYuan), value)


def test_money_leaves_as_text():
    class Budget(View):
        budget_yuan: MoneyYuan

    view = Budget.model_validate({"budget_yuan": 300000})
    assert view.model_dump_json() == '{"budget_yuan":"300000.00"}'
    schema = Budget.model_json_schema(mode="serialization")
    assert schema["properties"]["budget_yuan"]["type"] == "string"
    assert re.search(pattern(MoneyYuan, "serialization"), "300000.00")


def test_counts_and_years_are_bounded_whole_numbers():
    assert accepted(Count, 0) == 0
    assert accepted(Year, 2026) == 2026
    for value in (-1, 10_000_001, 2**64, "5", 5.0, True, None):
        refused(Count, value)
    for value in (1989, 2100, "2026"):
        refused(Year, value)


def test_a_flag_is_true_or_false():
    assert accepted(Flag, value=True) is True
    for value in ("true", 1, 0, "yes", None):
        assert refused(Flag, value) == "bool_type"


def test_a_date_is_one_that_exists_and_schema_and_check_agree_on_every_day():
    published = re.compile(pattern(IsoDate))
    day, last = date(1990, 1, 1), date(2099, 12, 31)
    while day <= last:
        assert published.search(day.isoformat())
        day += timedelta(days=1)
    assert accepted(IsoDate, "2026-08-03") == date(2026, 8, 3)
    assert accepted(IsoDate, date(2024, 2, 29)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    "value",
    [
        "2026-02-29",
        "2100-02-28",
        "1989-12-31",
        "2026-13-01",
        "2026-04-31",
        "2026-8-3",
        "20260803",
        "2026-08-03T00:00:00",
        "2026-08-03\n",
        "２０２６-08-03",
        1785686400,
        None,
        date(2100, 1, 1),
    ],
)
def test_not_a_date(value):
    assert refused(IsoDate, value) == "iso_date"
    if isinstance(value, str):
        assert not re.search(pattern(IsoDate).replace("$", r"\Z"), value)


def test_a_command_refuses_what_it_does_not_know():
    class Declare(Command):
        name: ShortText

    with pytest.raises(ValidationError):
        Declare.model_validate({"name": "a", "nmae": "b"})
