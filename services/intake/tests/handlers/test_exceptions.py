"""Exceptions from 原则上 rules: who grants them, how they end, and where they show (Arts 6, 26)."""

from datetime import datetime
from textwrap import dedent
from uuid import UUID, uuid4

import pytest

from govproject.clock import SHANGHAI
from govproject.persistence.tables import RecordedRelief
from govproject_intake.tables import Filing, Project

EXCEPTION = {
    "rule": "filing_duplicate",
    "reason": "与省平台对接所需。",
    "document": "区数据局会议纪要〔2026〕8号",
    "expires_on": "2026-12-31",
}
WITHDRAWAL = {"reason": "省平台已上线，不再需要。"}
NAMED = "经批准的例外：区数据局会议纪要〔2026〕8号，bureau批准，有效期至2026-12-31"


def granted(intake, project, **changes: object):
    return intake.done(f"/projects/{project}/exceptions", EXCEPTION | changes, "bureau")


def duplicate(intake):
    """The address at which a filing of a duplicate project is found regular, and the project."""
    project = intake.registered()
    conditions = intake.filing()["conditions"] | {"duplicate": True}
    return f"/filings/{intake.filed(project, conditions=conditions)}/acceptance", project


def listed(intake, project, **kwargs: object):
    return intake.get(f"/projects/{project}/exceptions", **kwargs).json()["items"]


def test_an_exception_is_granted_and_published(intake):
    project = intake.registered()
    view = granted(intake, project, applied_by="li.si")
    assert (view["approver"], view["applied_by"], view["status"]) == ("bureau", "li.si", "in_force")
    (event,) = intake.published("exception.granted")
    assert event.model_dump(mode="json", exclude={"project_id", "exception_id", "granted_at"}) == (
        EXCEPTION | {"kind": "exception", "approver": "bureau", "applied_by": "li.si"}
    )
    assert str(event.exception_id) == view["id"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"expires_on": "2026-08-02"}, "expires_in_past"),
        ({"rule": "第26条"}, "not_liftable"),
        ({"rule": "file_before_acceptance"}, "not_liftable"),
        ({"rule": "expert_count_min_5_odd_ge_100"}, "not_liftable"),
        ({"rule": "no_build_before_approval"}, "not_liftable"),
        ({"rule": "unfiled_may_refuse_resource"}, "not_liftable"),
        ({"rule": ""}, "invalid_request"),
        ({"reason": ""}, "invalid_request"),
        ({"document": "\u0000"}, "invalid_request"),
        ({"kind": "bureau_decision"}, "invalid_request"),
    ],
)
def test_an_exception_that_makes_no_sense(intake, problem, changes, code):
    project = intake.registered()
    answer = intake.post(f"/projects/{project}/exceptions", EXCEPTION | changes, "bureau")
    problem(answer, 422, code)
    assert intake.count(RecordedRelief) == 0
    assert intake.published("exception.granted") == []


@pytest.mark.parametrize("name", ["bureau", "Bureau", "ｂｕｒｅａｕ", "bureau\U000e0100"])
def test_nobody_approves_what_they_applied_for(intake, problem, name):
    path = f"/projects/{intake.registered()}/exceptions"
    body = EXCEPTION | {"applied_by": name}
    answer = problem(intake.post(path, body, "bureau"), 403, "approver_is_applicant")
    assert "批准人不得是申请人" in answer["detail"]
    problem(intake.post(path, EXCEPTION, "unit"), 403, "role_not_allowed")
    assert intake.count(RecordedRelief) == 0


def test_an_applicant_with_what_is_not_seen_is_refused_by_it(intake, problem):
    path = f"/projects/{intake.registered()}/exceptions"
    body = EXCEPTION | {"applied_by": "bureau\u200e"}
    answer = problem(intake.post(path, body, "bureau"), 422, "invalid_request")
    assert "看不见的字符（U+200E）" in answer["detail"]


def test_nobody_approves_for_their_own_unit(intake, problem):
    project = intake.declared("盐城市亭湖区数据局")
    answer = intake.post(f"/projects/{project}/exceptions", EXCEPTION, "bureau")
    problem(answer, 403, "approver_is_applicant")
    assert intake.count(RecordedRelief) == 0


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        ((2026, 12, 30, 12, 0, 0), "in_force"),
        ((2026, 12, 31, 0, 0, 0), "in_force"),
        # The host may count in UTC, where these two lie on one day.
        ((2026, 12, 31, 23, 59, 59), "in_force"),
        ((2027, 1, 1, 0, 0, 0), "expired"),
        ((2027, 1, 1, 12, 0, 0), "expired"),
    ],
)
def test_an_exception_holds_until_the_end_of_its_last_day_in_shanghai(
    intake, problem, moment, status
):
    accept, project = duplicate(intake)
    granted(intake, project)
    intake.clock.now = datetime(*moment, tzinfo=SHANGHAI)
    assert [each["status"] for each in listed(intake, project)] == [status]
    answer = intake.post(accept, as_="bureau")
    if status == "in_force":
        assert answer.json()["status"] == "accepted"
    else:
        (finding,) = problem(answer, 409, "refused")["findings"]
        assert (finding["rule"], finding["lifted_by"]) == ("filing_duplicate", None)


def test_a_decision_names_the_exception_that_carried_it_and_its_last_day(intake):
    accept, project = duplicate(intake)
    granted(intake, project)
    view = intake.done(accept, as_="bureau")
    (finding,) = view["decision"]["findings"]
    assert finding["lifted_by"]["expires_on"] == "2026-12-31"
    assert finding["message"].endswith(f"（{NAMED}）")
    assert intake.get(f"/filings/{view['id']}").json()["decision"] == view["decision"]
    body = {"project_id": project}
    asked = intake.done("/checks/filing", body, "audit")
    assert NAMED in asked["findings"][0]["message"]


def test_a_refusal_names_the_exception_that_carried_part_of_it(intake, problem):
    project = intake.registered()
    conditions = intake.filing()["conditions"] | {"duplicate": True, "security": True}
    path = f"/filings/{intake.filed(project, conditions=conditions)}/acceptance"
    granted(intake, project)
    answer = problem(intake.post(path, as_="bureau"), 409, "refused")
    assert answer["detail"].endswith(f"（第26条已有{NAMED}。）")


def test_a_withdrawn_exception_lifts_nothing_and_what_was_decided_stays(intake, problem):
    accept, project = duplicate(intake)
    view = granted(intake, project)
    accepted = intake.done(accept, as_="bureau")
    path = f"/exceptions/{view['id']}/withdrawal"
    withdrawn = intake.done(path, WITHDRAWAL, "bureau")
    assert (withdrawn["status"], withdrawn["withdrawn_by"]) == ("withdrawn", "bureau")
    assert withdrawn["withdrawal_reason"] == WITHDRAWAL["reason"]
    (event,) = intake.published("exception.withdrawn")
    assert (str(event.exception_id), event.rule) == (view["id"], "filing_duplicate")
    assert (event.reason, event.withdrawn_by) == (WITHDRAWAL["reason"], "bureau")
    problem(intake.post(path, WITHDRAWAL, "bureau"), 409, "already_withdrawn")

    address = accept.removesuffix("/acceptance")
    assert intake.get(address).json() == accepted
    intake.done(f"{address}/irregularity", {"reasons": ["附件缺失"]}, "bureau")
    conditions = intake.filing()["conditions"] | {"duplicate": True}
    intake.done(f"{address}/correction", intake.filing(conditions=conditions))
    (finding,) = problem(intake.post(accept, as_="bureau"), 409, "refused")["findings"]
    assert finding["lifted_by"] is None


def test_a_rule_is_excepted_once_at_a_time(intake, problem):
    project = intake.registered()
    path = f"/projects/{project}/exceptions"
    first = granted(intake, project)
    again = intake.post(path, EXCEPTION | {"document": "2号"}, "bureau")
    body = problem(again, 409, "exception_in_force")
    assert body["id"] == first["id"]
    assert first["id"] in body["detail"]
    assert "有效期至2026-12-31" in body["detail"]
    assert len(intake.published("exception.granted")) == 1
    # Another rule, and another project, are no obstacle; neither is what holds no more.
    granted(intake, project, rule="filing_security")
    granted(intake, intake.declared("亭湖区卫健委"))
    intake.done(f"/exceptions/{first['id']}/withdrawal", WITHDRAWAL, "bureau")
    granted(intake, project, expires_on="2026-08-03")
    problem(intake.post(path, EXCEPTION, "bureau"), 409, "exception_in_force")
    intake.clock.turn(days=1)
    granted(intake, project)


def test_one_withdrawn_exception_leaves_the_other(intake):
    accept, project = duplicate(intake)
    first = granted(intake, project)
    second = {"document": "会议纪要2号"}
    with intake.runtime.db.write() as session:  # as an older build took in
        record = session.get_one(RecordedRelief, UUID(first["id"]))
        session.add(RecordedRelief(**record.model_dump() | second | {"id": uuid4()}))
    intake.done(f"/exceptions/{first['id']}/withdrawal", WITHDRAWAL, "bureau")
    (finding,) = intake.done(accept, as_="bureau")["decision"]["findings"]
    assert finding["lifted_by"]["document"] == second["document"]


def test_all_of_a_projects_exceptions_are_listed_whatever_became_of_them(intake, problem):
    project = intake.registered()
    granted(intake, project, expires_on="2026-08-03")
    intake.clock.turn(days=1)
    gone = granted(intake, project)
    granted(intake, project, rule="filing_security")
    granted(intake, intake.declared())
    intake.done(f"/exceptions/{gone['id']}/withdrawal", WITHDRAWAL, "bureau")
    for account in ("audit", "finance", "unit"):
        found = listed(intake, project, as_=account)
        assert [(each["rule"], each["status"]) for each in found] == [
            ("filing_duplicate", "expired"),
            ("filing_duplicate", "withdrawn"),
            ("filing_security", "in_force"),
        ]
    page = intake.get(f"/projects/{project}/exceptions?limit=2").json()
    assert (len(page["items"]), page["next_cursor"] is None) == (2, False)
    answer = intake.get(f"/projects/{project}/exceptions", "unit", unit="亭湖区卫健委")
    problem(answer, 403, "not_your_unit")


class TestDepartment:
    """A department's own 原则上 rule is lifted in the same way, at whatever gate it asks."""

    RULE = """
        from govproject import AnnualPlanFacts, ConstructionFacts, Findings, block, rule
        from govproject.terms import ReliefKind


        @rule(
            "annual_plan",
            source="亭财〔2026〕3号",
            article="1",
            quote="原则上不超过一项",
            relief=ReliefKind.EXCEPTION,
        )
        def one_a_year(facts: AnnualPlanFacts) -> Findings:
            if facts.project_name == "第二项":
                yield block("本年度已有一项。", remedy="请申请例外。")


        @rule(
            "construction",
            source="亭财〔2026〕3号",
            article="2",
            quote="原则上须有节点预算",
            relief=ReliefKind.EXCEPTION,
        )
        def milestones_have_budgets(facts: ConstructionFacts) -> Findings:
            yield block("节点没有预算。", remedy="请申请例外。")
    """

    @pytest.fixture
    def plugins_dir(self, tmp_path):
        folder = tmp_path / "plugins"
        folder.mkdir()
        (folder / "finance.py").write_text(dedent(self.RULE), encoding="utf-8")
        return folder

    def test_the_plan_names_what_carried_a_project_into_it(self, intake, problem):
        project = intake.declared()
        with intake.runtime.db.write() as session:
            session.get_one(Project, UUID(project)).project_name = "第二项"
        body = {"project_ids": [project]}
        problem(intake.post("/annual-plans/2027/projects", body, "bureau"), 409, "refused")
        granted(intake, project, rule="one_a_year")
        intake.done("/annual-plans/2027/projects", body, "bureau")
        (entry,) = intake.get("/annual-plans/2027").json()["projects"]
        (finding,) = entry["findings"]
        assert (finding["source"], finding["lifted_by"]["expires_on"]) == (
            "亭财〔2026〕3号",
            "2026-12-31",
        )

    def test_what_has_expired_since_the_draft_carries_no_publication(self, intake, problem):
        project = intake.declared()
        with intake.runtime.db.write() as session:
            session.get_one(Project, UUID(project)).project_name = "第二项"
        granted(intake, project, rule="one_a_year", expires_on="2026-08-05")
        intake.done("/annual-plans/2027/drafts", {"add": [project]}, "bureau")
        intake.clock.turn(days=2)
        intake.done("/annual-plans/2027/consolidation", as_="bureau")
        asked = {"project_id": project}
        (finding,) = intake.done("/checks/annual_plan", asked, "bureau")["findings"]
        assert finding["lifted_by"]["expires_on"] == "2026-08-05"
        intake.clock.turn(days=1)
        (finding,) = intake.done("/checks/annual_plan", asked, "bureau")["findings"]
        assert finding["lifted_by"] is None
        path = "/annual-plans/2027/publication"
        (finding,) = problem(intake.post(path, {}, "bureau"), 409, "refused")["findings"]
        assert (finding["rule"], finding["lifted_by"]) == ("one_a_year", None)
        granted(intake, project, rule="one_a_year")
        assert intake.done(path, {}, "bureau")["adopted"] == [project]

    def test_a_schedule_is_answered_with_what_carried_it(self, intake, problem):
        project = intake.buildable()
        contract = intake.contracted(project)
        path = f"/contracts/{contract}/schedules"
        body = {
            "contract_ends_on": "2026-12-31",
            "milestones": [{"title": "上线", "due_on": "2026-12-01"}],
        }
        problem(intake.post(path, body), 409, "refused")
        granted(intake, project, rule="milestones_have_budgets")
        (finding,) = intake.done(path, body)["warnings"]
        assert finding["message"] == f"节点没有预算。（{NAMED}）"


def test_what_does_not_exist_is_neither_granted_nor_withdrawn(intake, problem):
    answer = intake.post(f"/projects/{uuid4()}/exceptions", EXCEPTION, "bureau")
    problem(answer, 404, "not_found")
    answer = intake.post(f"/exceptions/{uuid4()}/withdrawal", WITHDRAWAL, "bureau")
    problem(answer, 404, "not_found")
    assert intake.count(RecordedRelief, Filing) == 0
    assert intake.published() == []


def test_whoever_supervises_sees_all_exceptions_and_how_often_a_unit_was_excepted(intake, problem):
    first = intake.registered()
    health = "亭湖区卫健委"
    second = intake.declared(health)
    soon = granted(intake, first, expires_on="2026-08-10")
    later = granted(intake, first, rule="filing_security")
    other = granted(intake, second)
    intake.done(f"/exceptions/{later['id']}/withdrawal", WITHDRAWAL, "bureau")

    def ids(query: str = ""):
        return [each["id"] for each in intake.get(f"/exceptions{query}", "audit").json()["items"]]

    assert ids() == [soon["id"], later["id"], other["id"]]
    assert ids("?open=true") == [soon["id"], other["id"]]
    assert ids("?open=false") == [later["id"]]
    assert ids(f"?unit={health}") == [other["id"]]
    assert intake.get("/exceptions").json()["items"][2]["unit"] == health
    counted = {"unit": "亭湖区教育局", "granted": 2, "in_force": 1, "next_expiry": "2026-08-10"}
    units = intake.get("/exceptions/counts", "audit").json()["units"]
    assert units == [
        counted,
        {"unit": health, "granted": 1, "in_force": 1, "next_expiry": "2026-12-31"},
    ]
    intake.clock.turn(days=8)
    assert ids("?open=false") == [soon["id"], later["id"]]
    units = intake.get("/exceptions/counts", "audit").json()["units"]
    assert units[0] == counted | {"in_force": 0, "next_expiry": None}
    for path in ("/exceptions", "/exceptions/counts"):
        problem(intake.get(path, "unit"), 403, "role_not_allowed")
