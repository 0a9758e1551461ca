"""Chinese sentences for what pydantic reports about a bad value."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, get_args

from pydantic_core.core_schema import ErrorType

from govproject.terms import Term

_PHRASES = {
    "missing": "必须填写",
    "extra_forbidden": "没有这一项，请核对名称",
    "none_required": "须为空",
    "string_type": "须为文本",
    "string_unicode": "含有无法识别的字符",
    "string_too_short": "至少 {min_length} 个字",
    "string_too_long": "至多 {max_length} 个字",
    "string_not_ascii": "只能含有英文字母、数字和半角符号",
    "string_pattern_mismatch": "格式不符合要求，请核对写法",
    "too_short": "至少 {min_length} 项",
    "too_long": "至多 {max_length} 项",
    "greater_than": "须大于 {gt}",
    "greater_than_equal": "须不小于 {ge}",
    "less_than": "须小于 {lt}",
    "less_than_equal": "须不大于 {le}",
    "multiple_of": "须为 {multiple_of} 的倍数",
    "finite_number": "须为有限的数",
    "int_type": "须为整数",
    "int_parsing": "须为整数",
    "int_parsing_size": "整数过大",
    "int_from_float": "须为整数",
    "float_type": "须为数字",
    "float_parsing": "须为数字",
    "decimal_type": "须为十进制数",
    "decimal_parsing": "须为十进制数",
    "decimal_max_digits": "至多 {max_digits} 位数字",
    "decimal_max_places": "至多 {decimal_places} 位小数",
    "decimal_whole_digits": "整数部分至多 {whole_digits} 位",
    "bool_type": "须为 true 或 false",
    "bool_parsing": "须为 true 或 false",
    "enum": "须为以下之一：{expected}",
    "literal_error": "须为以下之一：{expected}",
    "list_type": "须为列表",
    "tuple_type": "须为列表",
    "set_type": "须为列表",
    "frozen_set_type": "须为列表",
    "iterable_type": "须为列表",
    "dict_type": "须为由各项名称和内容组成的一组（JSON 对象）",
    "mapping_type": "须为由各项名称和内容组成的一组（JSON 对象）",
    "model_type": "须为由各项名称和内容组成的一组（JSON 对象）",
    "model_attributes_type": "须为由各项名称和内容组成的一组（JSON 对象）",
    "invalid_key": "名称须为文本",
    "json_type": "须为 JSON 文本",
    "bytes_type": "须为文本",
    "bytes_too_short": "至少 {min_length} 字节",
    "bytes_too_long": "至多 {max_length} 字节",
    "bytes_invalid_encoding": "编码不符合要求",
    "date_past": "须为今天以前的日期",
    "date_future": "须为今天以后的日期",
    "time_type": "须为时刻，格式如 09:00",
    "time_parsing": "须为时刻，格式如 09:00",
    "datetime_past": "须为现在以前的时间",
    "datetime_future": "须为现在以后的时间",
    "timezone_naive": "时间不得注明时区",
    "timezone_offset": "时间须注明规定的时区",
    "time_delta_type": "须为时长",
    "time_delta_parsing": "须为时长",
    "url_type": "须为网址",
    "url_parsing": "须为网址",
    "url_syntax_violation": "须为网址",
    "url_too_long": "网址至多 {max_length} 个字",
    "url_scheme": "网址须以以下之一开头：{expected_schemes}",
    "date_type": "须为日期，格式如 2026-08-03",
    "date_parsing": "须为日期，格式如 2026-08-03",
    "date_from_datetime_parsing": "须为日期，格式如 2026-08-03",
    "date_from_datetime_inexact": "须为不带时刻的日期",
    "datetime_type": "须为时间，格式如 2026-08-03T09:00:00+08:00",
    "datetime_parsing": "须为时间，格式如 2026-08-03T09:00:00+08:00",
    "datetime_from_date_parsing": "须为时间，格式如 2026-08-03T09:00:00+08:00",
    "datetime_object_invalid": "须为时间，格式如 2026-08-03T09:00:00+08:00",
    "timezone_aware": "时间须注明时区，例如 +08:00",
    "uuid_type": "须为编号（UUID）",
    "uuid_parsing": "须为编号（UUID）",
    "uuid_version": "须为第 {expected_version} 版编号（UUID）",
    "union_tag_invalid": "须为以下之一：{expected_tags}",
    "union_tag_not_found": "缺少用以区分类别的一项",
}
_FALLBACK = "不符合要求"
_KNOWN: Final = frozenset(get_args(ErrorType)) - {"value_error", "assertion_error"}
"""Those that pydantic words itself, in English, with what was sent in: 'found `招` at 1'."""
_OR = re.compile(r" or |, ")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def phrase(kind: str, message: str, context: Mapping[str, Any]) -> str:
    """A Chinese sentence for one error.

    Messages that are Chinese already, as our own field types write them, are kept; what pydantic
    words itself never is, for it quotes what was sent in.

    >>> phrase("greater_than_equal", "Input should be greater than or equal to 1", {"ge": 1})
    '须不小于 1'
    >>> phrase("value_error", "Value error, 结束日期不得早于开始日期", {})
    '结束日期不得早于开始日期'
    >>> phrase("uuid_parsing", "Input should be a valid UUID, invalid character: found `招`", {})
    '须为编号（UUID）'
    >>> phrase("some_future_error", "Something else", {})
    '不符合要求'
    """
    if kind not in _KNOWN and _CHINESE.search(message):
        return message.removeprefix("Value error, ").removeprefix("Assertion failed, ")
    template = _PHRASES.get(kind, _FALLBACK)
    words = {name: _listed(str(value)) for name, value in context.items()}
    try:
        return template.format_map(words)
    except KeyError:  # another release of pydantic may name its context differently
        return _FALLBACK


def _listed(value: str) -> str:
    """What is possible, each with its Chinese name if it is one of a vocabulary.

    >>> _listed("'block' or 'warn'")
    'block、warn'
    >>> _listed("'none', 'exception' or 'bureau_decision'")
    'none（不可豁免）、exception（经批准的例外）、bureau_decision（区数据局决定）'
    """
    words = _OR.sub("、", value).replace("'", "").split("、")
    called = _vocabularies().get(frozenset(words))
    return "、".join(f"{word}（{called[word]}）" if called else word for word in words)


@cache
def _vocabularies() -> dict[frozenset[str], dict[str, str]]:
    """Every closed vocabulary that is loaded, by what stands in it."""
    known: dict[frozenset[str], dict[str, str]] = {}
    found = list(Term.__subclasses__())
    while found:
        term = found.pop()
        found += term.__subclasses__()
        names = {each.value: each.zh for each in term}
        # Two that differ in the names alone cannot be told apart.
        known[frozenset(term)] = names if known.get(frozenset(term), names) == names else {}
    return known
