import pytest

from govproject.organisations import within, within_any

DISTRICT = (
    "区教育局",
    "亭湖区教育局",
    "亭湖教育局",
    "盐城市亭湖区教育局",
    "江苏省盐城市亭湖区教育局",
)


@pytest.mark.parametrize("name", DISTRICT)
@pytest.mark.parametrize("other", DISTRICT)
def test_the_district_is_written_in_several_ways(name, other):
    assert within(name, other)
    assert within(f"{name}（信息中心）", other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("盐城市教育局", "亭湖区教育局"),
        ("江苏省教育厅", "亭湖区教育局"),
        ("亭湖区卫健委", "亭湖区教育局"),
        ("亭湖区教育局", "亭湖区教育局信息中心"),  # the whole is not within its part
        ("盐城软件技术公司", "盐城软件公司"),
        ("某大学", "盐城软件公司"),
        ("亭湖区教育局", "亭湖区"),
    ],
)
def test_another_organisation_is_another(name, other):
    assert not within(name, other)


@pytest.mark.parametrize(
    "name", ["甲公司", "甲公司大丰分公司", "甲公司（南京）研究院", "甲 公司工会"]
)
@pytest.mark.parametrize("other", ["甲公司", "甲公司亭湖分公司"])
def test_a_company_and_its_branches_are_one(name, other):
    assert within(name, other)


def test_any_of_several():
    assert within_any("甲公司研发中心", ("乙公司", "甲公司"))
    assert not within_any("甲公司研发中心", ())
