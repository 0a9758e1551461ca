import pytest

from govproject_acceptance.people import FinalExpert, external, repeated

INVOLVED = {"亭湖区教育局", "盐城软件公司"}


@pytest.mark.parametrize(
    ("employer", "affiliated", "external"),
    [
        ("某大学", False, True),
        ("某大学", True, False),
        ("盐城软件公司", False, False),
        ("  盐城软件公司 ", False, False),
        ("亭湖区教育局", True, False),
        ("盐城软件公司亭湖分公司", False, False),
        ("盐城软件公司(亭湖分公司)", False, False),
        ("盐城软件公司南京办事处", False, False),
        ("盐城软件技术公司亭湖分公司", False, True),
        ("盐城软件公司研发中心", False, False),
        ("亭湖区教育局信息中心", False, False),
        ("区教育局", False, False),
        ("盐城市亭湖区教育局装备站", False, False),
        ("盐城市教育局", False, True),
    ],
)
def test_an_expert_from_an_organisation_involved_does_not_count(employer, affiliated, external):
    expert = FinalExpert(name="王工", employer=employer, affiliated=affiliated, in_favour=True)
    assert expert.is_external(INVOLVED) is external


def test_a_branch_involves_its_company_and_the_other_branches():
    for employer in ("甲公司", "甲公司亭湖分公司", "甲公司大丰分公司"):
        expert = FinalExpert(name="王工", employer=employer, in_favour=True)
        assert not expert.is_external({"甲公司亭湖分公司"})


@pytest.mark.parametrize(
    ("panel", "counted", "votes"),
    [
        ((("甲", "高校1", True), ("乙", "高校2", True)), 2, 2),
        ((("甲", "高校1", True), ("甲", "高校1分校", True)), 1, 1),
        ((("甲", "高校1", True), (" 甲", "高校2", False)), 1, 0),
        ((("甲", "高校1", True), ("甲", "盐城软件公司", True)), 0, 0),
        ((("甲", "高校1", True), ("甲（教务处）", "高校2", False)), 1, 0),
        ((("甲（高校1）", "高校1", True), ("甲（高校2）", "高校2", True)), 2, 2),
    ],
)
def test_a_person_counts_once(panel, counted, votes):
    experts = [FinalExpert(name=n, employer=e, in_favour=v) for n, e, v in panel]
    found = external(experts, INVOLVED)
    assert (len(found), sum(expert.in_favour for expert in found)) == (counted, votes)
    assert repeated(experts) == (() if counted == 2 else ("甲",))
