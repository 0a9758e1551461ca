import re
from typing import get_args

import pytest
from pydantic_core.core_schema import ErrorType

from govproject.web import phrases


@pytest.mark.parametrize("kind", get_args(ErrorType))
def test_every_error_has_a_chinese_sentence(kind):
    for message in ("Input should be fine", "Input should be fine, found `招` at 1"):
        said = phrases.phrase(kind, message, {})
        assert re.search("[\u4e00-\u9fff]", said)
        if kind not in ("value_error", "assertion_error"):
            assert "Input" not in said


def test_only_errors_that_exist_have_a_sentence():
    assert set(phrases._PHRASES) <= set(get_args(ErrorType))


@pytest.mark.parametrize(
    ("kind", "context", "expected"),
    [
        ("string_too_long", {"max_length": 200}, "至多 200 个字"),
        (
            "enum",
            {"expected": "'new', 'ops' or 'service'"},
            "须为以下之一：new、ops、service",
        ),
        (
            "enum",
            {"expected": "'new', 'renewal', 'upgrade', 'ops' or 'service'"},
            "须为以下之一：new（新建）、renewal（续建）、upgrade（升级改造）、ops（运维）、service（服务类）",
        ),
        ("literal_error", {"expected": "'a' or 'b'"}, "须为以下之一：a、b"),
        ("less_than_equal", {"le": 5}, "须不大于 5"),
        ("less_than_equal", {"renamed": 5}, "不符合要求"),
        ("brand_new", {}, "不符合要求"),
    ],
)
def test_the_numbers_of_the_constraint_are_named(kind, context, expected):
    assert phrases.phrase(kind, "Input should be …", context) == expected
