"""A text that holds a word has all the word's tokens, and what is folded is equal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govproject_archive import search_tokens as tokens


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＩ（二期）", "ai(二期)"),
        ("JJ－２０２６－000001", "jj-2026-000001"),
        ("智慧　校园 平台", "智慧校园平台"),
        ("𠮷林䶮", "𠮷林䶮"),
        ("ｶﾞ", "ガ"),
    ],
)
def test_width_case_and_spaces_make_no_difference(text, folded):
    assert tokens.fold(text) == folded


@given(st.text(min_size=1), st.text(), st.text())
def test_a_text_has_the_tokens_of_each_word_in_it(word, before, after):
    folded = tokens.fold(word)
    if folded:
        assert set(tokens.of_word(folded)) <= tokens.of_text(before + folded + after)


def test_neighbours_of_rare_characters_are_told_apart():
    assert list(tokens.of_word("𠮷䶮")) != list(tokens.of_word("䶮𠮷"))
    assert list(tokens.of_word("𠮷")) == [0x20BB7]


def test_the_kinds_of_tokens_do_not_meet():
    last = chr(0x10FFFF)
    pairs = tokens.of_text(last * 2)
    assert max(pairs) < tokens.facet("unit", "亭湖区教育局") < tokens.block(1, 10)
    assert tokens.block(2**40, 22) < 2**63
    assert tokens.block(1023, 10) != tokens.block(1024, 10) != tokens.block(1024, 13)
