"""Approvals of before the system was in service (Arts 6, 11, 44)."""

from datetime import date, timedelta
from textwrap import dedent
from uuid import UUID, uuid4

import pytest

from govproject.terms import DeploymentTarget, LinkState
from govproject_review.handlers import earlier_approvals
from govproject_review.rules.article_07_pre_review import POINTS

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
OTHER = UUID(int=8)


@pytest.fixture
def earlier(empty, events):
    """What the bureau records of a project that was approved in 2024."""
    empty.tell(events.declared(plan_year=2024), events.registered())
    return {
        "approval_number": "亭数批〔2024〕31号",
        "project_code": "2408-320902-04-01-123456",
        "approved_yuan": "1150000.00",
        "approved_on": "2024-08-01",
        "file_id": empty.handed_in("立项批复.pdf", PDF),
    }


def record(review, body):
    return review.post(f"/projects/{review.project}/earlier-approval", body, "bureau")


def test_what_was_approved_before_is_approved_from_now_on(empty, earlier):
    view = record(empty, earlier).json()
    assert (view["state"], view["approved_on"]) == ("approved", "2024-08-01")
    assert (view["decision"]["outcome"], view["decision"]["findings"]) == ("allowed", [])
    assert (view["documents"], view["earlier_file_id"]) == (["立项批复.pdf"], earlier["file_id"])
    (event,) = empty.published()
    assert (event.name, event.approved_on) == ("project.approved", date(2024, 8, 1))
    assert (event.approval_number, str(event.approved_yuan)) == ("亭数批〔2024〕31号", "1150000.00")
    assert empty.page()["stage"] == "approved"


def test_the_filing_form_is_owed_only_while_its_period_runs(empty, earlier):
    assert record(empty, earlier).json()["filing_form_due_on"] is None
    assert empty.published("obligation.opened") == []


def test_what_was_tendered_on_it_rests_on_papers_that_are_elsewhere(empty, earlier):
    assert record(empty, earlier).is_success
    body = {"documents": [empty.handed_in("招标文件.pdf", PDF)]}
    view = empty.done(f"/projects/{empty.project}/tender-documents", body)
    assert [(f["rule"], f["severity"]) for f in view["findings"]] == [
        ("tender_documents_basis", "warn")
    ]


@pytest.mark.parametrize("day", ["2025-01-01", "2026-08-03", "2027-01-01"])
def test_what_is_approved_while_the_system_is_in_service_is_approved_here(
    empty, earlier, problem, day
):
    answer = problem(record(empty, earlier | {"approved_on": day}), 422, "approved_in_service")
    assert "第6、11条" in answer["detail"]
    assert empty.published() == []


def test_nothing_was_approved_on_a_day_to_come(empty, earlier, problem, monkeypatch):
    later = earlier_approvals.pack("tinghu-2025").model_copy(
        update={"in_service_from": date(2027, 1, 1)}
    )
    monkeypatch.setattr(earlier_approvals, "pack", lambda _: later)
    problem(record(empty, earlier | {"approved_on": "2026-08-04"}), 422, "date_in_future")
    assert record(empty, earlier | {"approved_on": "2026-08-03"}).is_success


def test_who_has_applied_here_is_approved_here(empty, earlier, problem):
    assert empty.apply().is_success
    problem(record(empty, earlier), 409, "applied_here")


def test_it_is_recorded_once_and_its_number_is_its_own(empty, earlier, events, problem):
    assert record(empty, earlier).is_success
    problem(record(empty, earlier), 409, "already_approved")
    empty.tell(events.declared(OTHER, plan_year=2024), events.registered(OTHER))
    path = f"/projects/{OTHER}/earlier-approval"
    problem(empty.post(path, earlier, "bureau"), 409, "project_code_taken")
    body = earlier | {"project_code": "2408-320902-04-01-654321"}
    for number in ("亭数批〔2024〕31号", "亭数批[2024]31号", "亭数批〔２０２４〕 031号"):
        answer = empty.post(path, body | {"approval_number": number}, "bureau")
        problem(answer, 409, "approval_number_taken")
    body |= {"approval_number": "亭数批〔2024〕32号"}
    answer = problem(empty.post(path, body, "bureau"), 409, "approval_file_taken")
    assert "立项批复.pdf" in answer["detail"]
    body |= {"file_id": empty.handed_in("批复二.pdf", PDF + b"%2\n")}
    assert empty.post(path, body, "bureau").is_success


def test_what_is_reviewed_here_is_approved_here(empty, earlier, events, problem):
    empty.tell(events.plan_adopted())
    empty.pre_reviewed()
    for department in ("party-office", "cyberspace", "finance"):
        assert empty.opinion(department, "fail").is_success
    answer = problem(record(empty, earlier), 409, "reviewed_here")
    assert "项目已在本系统办理预审、部门会审，不能补登以前的批复" in answer["detail"]
    assert empty.published("project.approved") == []


def test_a_returned_pre_review_has_begun_the_review(empty, earlier, problem):
    body = {"points": dict.fromkeys(POINTS, True), "reasons": ["材料不全"]}
    empty.done(f"/pre-reviews/{empty.submitted()}/verdict", body, "bureau")
    problem(record(empty, earlier), 409, "reviewed_here")


def test_what_is_planned_for_a_later_year_was_not_approved_before(empty, earlier, events, problem):
    empty.tell(events.plan_adopted())
    answer = problem(record(empty, earlier), 422, "planned_in_service")
    assert "项目按2027年度计划申报，不可能在2024-08-01已经立项" in answer["detail"]
    problem(record(empty, earlier | {"approved_on": "2001-01-01"}), 422, "planned_in_service")


def test_what_article_25_holds_back_is_held_back(empty, earlier, events, refusal):
    empty.tell(events.linked(OTHER, LinkState.NAMED, poor="2023-06-30"))
    answer = record(empty, earlier)
    assert refusal(answer) == ["poor_no_related_approval"]
    assert "2023年度评估结果为差，2024年度不予立项" in answer.json()["detail"]
    assert empty.published("project.approved") == []


def test_articles_2_and_3_are_asked_as_at_an_approval(empty, events, refusal, earlier):
    elsewhere = events.declared(OTHER, plan_year=2024, deployment_target=DeploymentTarget.ELSEWHERE)
    empty.tell(elsewhere)
    answer = empty.post(f"/projects/{OTHER}/earlier-approval", earlier, "bureau")
    assert refusal(answer) == ["approved_system_on_district_cloud", "register_in_city_system"]
    assert "未纳入市级政务信息化项目管理系统" in answer.json()["detail"]


def test_no_more_was_approved_than_is_declared(empty, earlier, refusal):
    answer = record(empty, earlier | {"approved_yuan": "999999999.00"})
    assert refusal(answer) == ["approval_within_budget"]
    assert "999999999.00元超过项目申报或变更报备的金额1200000.00元" in answer.json()["detail"]
    assert "由项目单位先办理变更报备" in answer.json()["findings"][0]["remedy"]


def test_what_is_known_of_the_project_is_not_old(empty, earlier, refusal):
    empty.hears, empty.clock.now = False, empty.clock.now + timedelta(hours=25)
    assert refusal(record(empty, earlier)) == ["approval_on_current_knowledge"]


def test_bad_records(empty, earlier, problem):
    problem(record(empty, earlier | {"file_id": str(uuid4())}), 422, "file_unknown")
    for wrong in ({"approved_on": "2024-02-30"}, {"approved_yuan": "0"}, {"project_code": "12"}):
        problem(record(empty, earlier | wrong), 422, "invalid_request")
    assert empty.published() == []


def test_a_filed_project_is_approved_by_nobody(small, problem):
    body = {
        "approval_number": "亭数批〔2024〕31号",
        "project_code": "2408-320902-04-01-123456",
        "approved_yuan": "300000.00",
        "approved_on": "2024-08-01",
        "file_id": small.handed_in("立项批复.pdf", PDF),
    }
    problem(record(small, body), 409, "not_on_full_track")


class TestADepartmentsRule:
    """At the gate of the approval, deployed as a file."""

    @pytest.fixture
    def plugins_dir(self, plugins_dir):
        (plugins_dir / "finance_rules.py").write_text(
            dedent("""
                from govproject import ApprovalFacts, Findings, block, rule

                @rule("approval", source="区财政局〔2026〕9号", article="4", quote="应当核对")
                def dear_ones_are_looked_at(facts: ApprovalFacts) -> Findings:
                    if facts.amount_yuan > 1100000:
                        yield block("金额超过110万元。", remedy="请先报区财政局核对。")

                @rule("approval", source="区财政局〔2026〕9号", article="5", quote="应当7人")
                def seven_attend(facts: ApprovalFacts) -> Findings:
                    if facts.panel_attended < 7 and not facts.approved_before_service:
                        yield block("到会专家不足7人。", remedy="请补足专家。")
            """),
            encoding="utf-8",
        )
        return plugins_dir

    def test_it_is_heard_of_an_approval_of_before(self, empty, earlier, refusal):
        answer = record(empty, earlier)
        assert refusal(answer) == ["dear_ones_are_looked_at"]
        assert "金额超过110万元。" in answer.json()["detail"]
        assert empty.published("project.approved") == []
        assert record(empty, earlier | {"approved_yuan": "1100000.00"}).is_success


class TestADepartmentsRuleThatBreaks:
    """No answer is no allowance, here either."""

    @pytest.fixture
    def plugins_dir(self, plugins_dir):
        (plugins_dir / "broken.py").write_text(
            dedent("""
                from govproject import ApprovalFacts, Findings, rule

                @rule("approval", source="示例〔2026〕1号", article="1", quote="应当")
                def breaks(facts: ApprovalFacts) -> Findings:
                    yield from facts.nothing_of_the_kind
            """),
            encoding="utf-8",
        )
        return plugins_dir

    def test_it_refuses(self, empty, earlier, refusal):
        assert refusal(record(empty, earlier)) == ["no_answer.broken.breaks"]
