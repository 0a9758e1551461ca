"""The finance bureau evaluates what is accepted or a year in service (Arts 23, 24)."""

from datetime import date
from uuid import UUID

import pytest

from govproject.contracts import intake
from govproject.contracts.acceptance import EvaluationCompleted
from govproject.terms import EvaluationDimension, EvaluationGrade
from govproject_local import documents


def evaluate_itself(acceptance, bodies, *, rectified=True, **changes: object):
    body = bodies.self_evaluation(acceptance.handed_in(), **changes)
    view = acceptance.do("self-evaluations", body)
    if rectified:
        body = {"rectified_on": "2026-08-03", "rectification": "无需整改"}
        acceptance.do(f"/self-evaluations/{view['id']}/rectification", body)


def decommission(acceptance, clock):
    acceptance.tell(
        intake.ProjectDecommissioned(
            project_id=acceptance.project, reason="职能划转", reported_at=clock()
        )
    )


def in_service(acceptance, since):
    acceptance.do("operation", {"outsourced": False, "in_service_since": since}, method="PUT")


def eligible(acceptance, as_="finance", **kwargs: object):
    page = acceptance.get("/evaluations/eligible-projects", as_, **kwargs).json()
    return [UUID(item["id"]) for item in page["items"]]


class TestConcluded:
    @pytest.mark.parametrize("grade", EvaluationGrade)
    def test_the_bureau_gets_its_copy(self, accepted, bodies, grade):
        evaluate_itself(accepted, bodies)
        view = accepted.do("evaluations", bodies.evaluation(grade=grade), "finance")
        assert (view["grade"], view["decision"]["findings"]) == (grade, [])
        assert accepted.published("evaluation.completed") == [
            EvaluationCompleted(
                project_id=accepted.project, grade=grade, evaluated_on=date(2026, 8, 3)
            )
        ]
        assert accepted.view()["evaluations"] == [view]

    def test_its_report_is_a_file_that_the_bureau_can_open(self, accepted, bodies):
        evaluate_itself(accepted, bodies)
        content = documents.word([(1, "绩效评价报告")])
        given = {"params": {"name": "绩效评价报告.docx"}, "content": content}
        file_id = accepted.call("POST", "/files", "finance", **given).json()["id"]
        body = bodies.evaluation(file_id=file_id)
        view = accepted.do("evaluations", body, "finance")
        paper = view["paper"]
        assert (paper["file_id"], paper["name"]) == (file_id, "绩效评价报告.docx")
        assert accepted.view()["evaluations"][0]["paper"] == paper
        assert accepted.get(f"/files/{file_id}/content", "bureau").content == content

    def test_without_it_that_is_pointed_out(self, accepted, bodies):
        evaluate_itself(accepted, bodies)
        view = accepted.do("evaluations", bodies.evaluation(file_id=None), "finance")
        assert view["paper"] is None
        (finding,) = view["decision"]["findings"]
        assert (finding["rule"], finding["severity"]) == ("evaluation_report_on_file", "warn")

    def test_nor_is_it_one_that_nobody_handed_in(self, accepted, bodies):
        evaluate_itself(accepted, bodies)
        body = bodies.evaluation(file_id=str(UUID(int=5)))
        accepted.refused("evaluations", body, "file_unknown", "finance")

    def test_not_before_the_unit_evaluated_itself(self, accepted, bodies):
        problem = accepted.refused("evaluations", bodies.evaluation(), as_="finance")
        assert accepted.rules(problem) == ["evaluation_two_parts"]

    def test_nor_before_it_mended_what_it_found(self, accepted, bodies):
        evaluate_itself(accepted, bodies, rectified=False)
        problem = accepted.refused("evaluations", bodies.evaluation(), as_="finance")
        assert accepted.rules(problem) == ["finance_evaluation_group"]

    @pytest.mark.parametrize("changes", [{"experts": []}, {"agencies": []}])
    def test_by_experts_and_an_agency(self, accepted, bodies, changes):
        evaluate_itself(accepted, bodies)
        problem = accepted.refused("evaluations", bodies.evaluation(**changes), as_="finance")
        assert accepted.rules(problem) == ["finance_evaluation_group"]

    @pytest.mark.parametrize(
        "changes",
        [
            {"experts": [{"name": "张三", "employer": "亭湖区教育局信息中心"}]},
            {"agencies": ["亭湖区教育局"]},
            {"agencies": ["盐城软件公司亭湖分公司"]},
            {"agencies": ["盐城监理公司"]},
            {"agencies": ["单位2"]},  # who built, of those at the preliminary, under no contract
        ],
    )
    def test_by_a_group_apart_from_the_project(self, accepted, bodies, changes):
        evaluate_itself(accepted, bodies)
        problem = accepted.refused("evaluations", bodies.evaluation(**changes), as_="finance")
        assert accepted.rules(problem) == ["finance_evaluation_group"]
        assert "不计入" in problem["findings"][0]["message"]

    @pytest.mark.parametrize(
        ("name", "employer", "said"),
        [
            ("张三", "盐城软件公司", "张三（承建单位）"),
            ("张三", "盐城监理公司", "张三（监理单位）"),
            ("张三", "江苏某测评有限公司", "张三（测评机构）"),
            ("张三", "江苏某评价咨询公司", "张三（本工作组第三方机构人员）"),
            ("专家1（教授）", "大学9", "专家1（教授）（终验专家）"),
            ("代表1", "大学9", "代表1（初验时的系统使用者代表）"),
        ],
    )
    def test_who_is_close_to_it_is_pointed_out(self, accepted, bodies, name, employer, said):
        evaluate_itself(accepted, bodies)
        experts = [{"name": name, "employer": employer}]
        view = accepted.do("evaluations", bodies.evaluation(experts=experts), "finance")
        (finding,) = view["decision"]["findings"]
        assert (finding["rule"], finding["severity"]) == ("evaluation_group_apart", "warn")
        assert finding["message"] == f"工作组成员参与过本项目或者有双重身份：{said}。"

    def test_nobody_counts_twice(self, accepted, bodies):
        evaluate_itself(accepted, bodies)
        twice = [{"name": "张三", "employer": each} for each in ("大学8", "大学9")]
        agencies = ["江苏某评价咨询公司", "盐城软件公司"]
        body = bodies.evaluation(experts=twice, agencies=agencies)
        view = accepted.do("evaluations", body, "finance")
        assert [f["fact"] for f in view["decision"]["findings"]] == [
            {"repeated_members": ["张三"]},
            {"members_not_counted": ["盐城软件公司（承建单位）"]},
        ]

    @pytest.mark.parametrize("dimension", EvaluationDimension)
    def test_on_seven_dimensions(self, accepted, bodies, dimension):
        evaluate_itself(accepted, bodies)
        body = bodies.evaluation()
        del body["dimensions"][dimension.value]
        problem = accepted.refused("evaluations", body, as_="finance")
        assert accepted.rules(problem) == ["evaluation_dimensions"]

    def test_the_last_self_evaluation_counts(self, accepted, bodies):
        evaluate_itself(accepted, bodies)
        evaluate_itself(accepted, bodies, rectified=False)
        problem = accepted.refused("evaluations", bodies.evaluation(), as_="finance")
        assert accepted.rules(problem) == ["finance_evaluation_group"]

    def test_one_of_before_the_final_says_nothing_of_what_passed_it(self, before_final, bodies):
        evaluate_itself(before_final, bodies, evaluated_on="2026-08-02")
        before_final.do("final-rounds", bodies.final())
        problem = before_final.refused("evaluations", bodies.evaluation(), as_="finance")
        assert before_final.rules(problem) == ["evaluation_two_parts"]
        evaluate_itself(before_final, bodies, evaluated_on="2026-08-03")
        before_final.do("evaluations", bodies.evaluation(), "finance")

    def test_the_day_must_make_sense(self, accepted, bodies, clock):
        evaluate_itself(accepted, bodies)
        tomorrow = bodies.evaluation(evaluated_on="2026-08-04")
        accepted.refused("evaluations", tomorrow, "date_in_future", "finance")
        clock.set(2026, 8, 5)
        accepted.do("evaluations", bodies.evaluation(evaluated_on="2026-08-05"), "finance")
        earlier = bodies.evaluation(evaluated_on="2026-08-04")
        accepted.refused("evaluations", earlier, "before_last_evaluation", "finance")

    def test_the_gate_may_be_asked_in_advance(self, accepted, bodies):
        asked = {"project_id": str(accepted.project)}
        answer = accepted.post("/checks/evaluation", asked, "finance").json()
        assert accepted.rules(answer) == ["evaluation_two_parts"]
        evaluate_itself(accepted, bodies)
        answer = accepted.post("/checks/evaluation", asked, "finance").json()
        assert answer["outcome"] == "allowed"


class TestEligible:
    def test_what_is_accepted(self, before_final, bodies, clock):
        assert eligible(before_final) == []
        before_final.do("final-rounds", bodies.final())
        assert eligible(before_final) == [before_final.project]
        decommission(before_final, clock)
        assert eligible(before_final) == [before_final.project]

    @pytest.mark.parametrize(
        ("since", "is_eligible"), [("2025-08-03", True), ("2025-08-04", False)]
    )
    def test_or_a_full_year_in_service(self, service_project, bodies, since, is_eligible):
        in_service(service_project, since)
        evaluate_itself(service_project, bodies)
        assert eligible(service_project) == [service_project.project] * is_eligible
        if is_eligible:
            service_project.do("evaluations", bodies.evaluation(), "finance")
        else:
            problem = service_project.refused("evaluations", bodies.evaluation(), as_="finance")
            assert service_project.rules(problem) == ["evaluation_eligibility"]

    def test_not_what_stopped_before_it_was_accepted(self, service_project, bodies, clock):
        in_service(service_project, "2025-01-01")
        evaluate_itself(service_project, bodies)
        decommission(service_project, clock)
        assert eligible(service_project) == []
        problem = service_project.refused("evaluations", bodies.evaluation(), as_="finance")
        assert service_project.rules(problem) == ["evaluation_eligibility"]

    def test_a_unit_sees_its_own(self, accepted):
        assert eligible(accepted, "unit") == [accepted.project]
        assert eligible(accepted, "unit", unit="亭湖区民政局") == []
