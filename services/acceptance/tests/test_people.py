import pytest

from govproject_acceptance.people import FinalExpert, Member, Parties, external, group, repeated

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


PARTIES = Parties(
    unit="亭湖区教育局",
    builders={"承建单位": {"盐城软件公司"}, "监理单位": {"盐城监理公司"}},
    others={"测评机构": {"江苏测评公司"}},
    sat={"丙": "终验专家"},
)


def evaluating(*people: tuple[str, str], agencies=("评价公司",)):
    return group([Member(name=n, employer=e) for n, e in people], agencies, PARTIES)


@pytest.mark.parametrize(
    ("people", "counted", "repeated", "left_out", "involved"),
    [
        ((("甲", "大学1"), ("乙", "大学2")), 2, (), (), ()),
        ((("甲", "大学1"), ("甲（教务处）", "大学2")), 1, ("甲",), (), ()),
        ((("甲（大）", "大学1"), ("甲（小）", "大学1")), 2, (), (), ()),
        ((("甲", "区教育局信息中心"),), 0, (), ("甲（项目单位人员）",), ()),
        # Somebody who is of the unit in one entry is of it in both.
        ((("甲", "大学1"), ("甲", "区教育局")), 0, ("甲",), ("甲（项目单位人员）",), ()),
        ((("甲", "盐城软件公司亭湖分公司"),), 1, (), (), ("甲（承建单位）",)),
        ((("甲", "盐城监理公司"),), 1, (), (), ("甲（监理单位）",)),
        ((("甲", "江苏测评公司"),), 1, (), (), ("甲（测评机构）",)),
        ((("甲", "评价公司"),), 1, (), (), ("甲（本工作组第三方机构人员）",)),
        (((" 丙（处长）", "大学3"),), 1, (), (), ("丙（处长）（终验专家）",)),
    ],
)
def test_an_expert_of_the_evaluation(people, counted, repeated, left_out, involved):
    found = evaluating(*people)
    assert (found.experts, found.agencies) == (counted, 1)
    assert (found.repeated_members, found.members_not_counted) == (repeated, left_out)
    assert found.members_involved == involved


@pytest.mark.parametrize(
    ("agencies", "counted", "repeated", "left_out", "involved"),
    [
        (("评价公司", "咨询公司"), 2, (), (), ()),
        (("评价公司", "评价 公司"), 1, ("评价公司",), (), ()),
        (("盐城软件公司",), 0, (), ("盐城软件公司（承建单位）",), ()),
        (("盐城监理公司南京分公司",), 0, (), ("盐城监理公司南京分公司（监理单位）",), ()),
        (("区教育局信息中心",), 0, (), ("区教育局信息中心（项目单位）",), ()),
        # Who tested is a third party to both, and has judged the project before.
        (("江苏测评公司",), 1, (), (), ("江苏测评公司（测评机构）",)),
    ],
)
def test_an_agency_of_the_evaluation(agencies, counted, repeated, left_out, involved):
    found = evaluating(("甲", "大学1"), agencies=agencies)
    assert (found.experts, found.agencies) == (1, counted)
    assert (found.repeated_members, found.members_not_counted) == (repeated, left_out)
    assert found.members_involved == involved
