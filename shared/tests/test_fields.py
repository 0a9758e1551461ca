import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.dialects import sqlite

from govproject.fields import (
    AnyDay,
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
    kept,
    taken_in,
)
from govproject.names import plain
from govproject.persistence.types import Document


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


UNSEEN = [
    0x00AD,
    0x034F,
    0x061C,
    0x115F,
    0x1160,
    0x17B4,
    0x180B,
    0x180E,
    0x200B,
    0x200C,
    0x200D,
    0x200E,
    0x200F,
    0x202A,
    0x202E,
    0x2060,
    0x2061,
    0x2064,
    0x2066,
    0x2069,
    0x206A,
    0x2800,
    0x3164,
    0xFE00,
    0xFE0F,
    0xFEFF,
    0xFFA0,
    0xFFF9,
    0x1D173,
    0xE0001,
    0xE007F,
    0xE0FFF,
]


@pytest.mark.parametrize("kind", [ShortText, LongText])
@pytest.mark.parametrize("code", UNSEEN)
def test_what_is_not_seen_is_refused_by_its_name(kind, code):
    value = f"同{chr(code)}一人"
    with pytest.raises(ValidationError) as caught:
        accepted(kind, value)
    [error] = caught.value.errors()
    assert error["msg"] == (f"不得含有控制字符或看不见的字符（U+{code:04X}），请删除后重新填写")
    assert not re.search(pattern(kind), value)
    assert plain(value) == "同一人"


def test_no_format_character_is_taken_but_those_that_are_seen():
    seen = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
    seen |= {*range(0x13430, 0x13440)}
    for code in range(0x110000):
        if unicodedata.category(chr(code)) == "Cf" and code not in seen:
            assert refused(ShortText, f"a{chr(code)}") == "text_control_character"


@pytest.mark.parametrize("name", ["䶮湖", "𠮷祥", "㛃", "葛\U000e0100城", "Ａ座"])
def test_rare_characters_stay_possible(name):
    assert accepted(ShortText, name) == name
    assert re.search(pattern(ShortText), name)


def test_a_selector_alone_is_nothing_and_makes_no_other_name():
    assert refused(ShortText, "\U000e0100") == "text_blank"
    assert not re.search(pattern(ShortText), "\U000e0100")
    assert plain("葛\U000e0100") == plain("葛")


def test_what_was_taken_in_before_stays_readable():
    class Person(Command):
        name: ShortText

    class Shown(View):
        people: list[Person]

    row = {"people": [{"name": "同\u200c一人"}]}
    assert Shown.model_validate(row).people[0].name == "同\u200c一人"
    stored = Document(list[Person]).process_result_value(row["people"], sqlite.dialect())
    assert stored[0].name == "同\u200c一人"
    assert refused(ShortText, "同\u200c一人") == "text_control_character"


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


@pytest.mark.parametrize("value", ["1996-01-01", "2026-08-03", "2056-12-31"])
def test_a_day_within_decades_of_the_request(value):
    with taken_in(date(2026, 8, 3)):
        assert accepted(IsoDate, value) == date.fromisoformat(value)


@pytest.mark.parametrize("value", ["1990-01-01", "1995-12-31", "2057-01-01", "2099-01-01"])
def test_a_day_decades_away_is_mistyped_but_stays_readable(value):
    day = date.fromisoformat(value)
    with taken_in(date(2026, 8, 3)):
        assert refused(IsoDate, value) == "date_far"
        assert accepted(AnyDay, value) == day
        with kept():
            assert accepted(IsoDate, value) == day
    assert accepted(IsoDate, value) == day


def test_a_command_refuses_what_it_does_not_know():
    class Declare(Command):
        name: ShortText

    with pytest.raises(ValidationError):
        Declare.model_validate({"name": "a", "nmae": "b"})
