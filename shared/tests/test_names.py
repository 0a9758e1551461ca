import pytest

from govproject.names import person


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
