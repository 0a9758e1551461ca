"""Who counts among the experts of a final, as what is on record says (Art 19)."""

import pytest

EXPERTS = (("甲", "大学1"), ("乙", "大学2"), ("丙", "大学3"))


def panel(*people: tuple[str, str]):
    return [{"name": n, "employer": e, "in_favour": True, "signed": True} for n, e in people]


@pytest.mark.parametrize(
    "employer",
    [
        "盐城监理公司",
        "盐城软件公司亭湖分公司",
        "盐城软件公司研发中心",
        "亭湖区教育局信息中心",
        "区教育局",
        "单位2",  # who built, of those at the preliminary, under no contract
        " 单位 3 ",  # who supervised there, under no contract
        "江苏某测评有限公司",  # who tested
    ],
)
def test_who_builds_or_supervises_is_not_external(before_final, bodies, employer):
    experts = panel(*EXPERTS[:2], ("丙", employer))
    problem = before_final.refused("final-rounds", bodies.final(experts=experts))
    (finding,) = [f for f in problem["findings"] if f["severity"] == "block"]
    assert (finding["rule"], finding["article"]) == ("final_expert_group", "19")
    assert "现有外部专家2人" in finding["message"]
    assert "分支机构" in finding["remedy"]
    before_final.do("final-rounds", bodies.final(experts=panel(*EXPERTS)))


def test_who_only_advised_at_the_preliminary_is(before_final, bodies):
    experts = panel(*EXPERTS[:2], ("丙", "单位4"))
    assert before_final.do("final-rounds", bodies.final(experts=experts))["external_experts"] == 3


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_who_came_to_the_preliminary_for_a_party_is_not(before_final, bodies, n):
    experts = panel(*EXPERTS[:2], (f" 代表{n}", "大学4"))
    problem = before_final.refused("final-rounds", bodies.final(experts=experts))
    said = [f for f in problem["findings"] if f["rule"] == "final_expert_group"]
    assert [f["severity"] for f in said] == ["block", "warn"]
    assert "现有外部专家2人" in said[0]["message"]
    assert f"代表{n}（" in said[1]["message"]


def test_who_was_an_expert_there_may_be_one_again(before_final, bodies):
    experts = panel(*EXPERTS[:2], ("代表4", "大学4"))
    held = before_final.do("final-rounds", bodies.final(experts=experts))
    assert (held["external_experts"], held["passed"]) == (3, True)


def test_a_person_with_two_employers_counts_once(before_final, bodies):
    experts = panel(*EXPERTS[:2], ("甲", "大学1分校"))
    problem = before_final.refused("final-rounds", bodies.final(experts=experts))
    said = [(f["severity"], f["message"]) for f in problem["findings"]]
    assert ("block", "终验专家组应由3人及以上单数外部专家组成，现有外部专家2人。") in said
    assert ("warn", "专家组中姓名重复，只计一人：甲。") in said
    held = before_final.do(
        "final-rounds", bodies.final(experts=panel(*EXPERTS, ("甲", "大学1分校")))
    )
    assert (held["external_experts"], held["votes_in_favour"], held["passed"]) == (3, 3, True)


def test_one_entry_written_twice_is_refused(before_final, bodies):
    experts = panel(*EXPERTS, ("甲 ", "大学 1"))
    answer = before_final.post(
        f"/projects/{before_final.project}/final-rounds", bodies.final(experts=experts)
    )
    assert answer.status_code == 422
