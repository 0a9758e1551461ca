import pytest

from govproject.names import numbered, person, plain, reference


@pytest.mark.parametrize(
    "name",
    [
        "张三（办公室）",
        "张三(办公室)",
        "张三［办公室］",
        "张三【财务科】",
        "张三（办公室",
        "张 三（主任）（局办）",
    ],
)
def test_an_office_in_brackets_makes_no_other_person(name):
    assert person(name) == person("张三")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("李四（大）", "李四（小）"),
        ("李四（大）", "李四"),
        ("李四（2）", "李四（3）"),
        ("李四（ａ组）", "李四（ｂ组）"),
        ("李四（大）（办公室）", "李四（小）（办公室）"),
        ("张三（办公室）", "张三丰（办公室）"),
        ("𠮷祥（办公室）", "吉祥（办公室）"),
    ],
)
def test_what_tells_people_apart_stays(one, other):
    assert person(one) != person(other)


@pytest.mark.parametrize("name", ["𠮷祥", "䶮湖", "葛城"])
def test_rare_characters_stay(name):
    assert person(f"{name}（信息中心）") == name


def test_offices_within_brackets_within_brackets():
    assert person("张三（盐城软件（亭湖）公司）") == "张三"


def test_a_name_of_brackets_alone_stays_a_name():
    assert person("（办公室）") != person("（财务科）")


@pytest.mark.parametrize("dash", "-－﹣‐‑‒–—―−﹘︱")
def test_a_dash_is_typed_in_many_ways(dash):
    assert reference(f"320902{dash}2026{dash}0001") == "320902-2026-0001"
    assert numbered(f"HT{dash}7") == numbered("HT-7")


@pytest.mark.parametrize("letter", ["ー", "ｰ", "一", "_", "~", "·"])
def test_what_only_looks_like_a_dash_is_none(letter):
    assert reference(f"320902{letter}0001") != "320902-0001"
    assert numbered(f"HT{letter}7") != numbered("HT-7")


def test_a_dash_tells_names_apart():
    assert plain("智慧校园–二期") != plain("智慧校园-二期")
