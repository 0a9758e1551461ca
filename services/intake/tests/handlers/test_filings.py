"""Filing, and finding it regular or not (Arts 10, 26, 27)."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from govproject.contracts.review import FiscalEvaluationRecorded
from govproject.terms import FilingCondition
from govproject_intake.tables import Filing
from govproject_local import documents

ALL = [condition.value for condition in FilingCondition]


def evaluated(intake, project, report="亭财评〔2026〕7号"):
    intake.tell(
        FiscalEvaluationRecorded(
            project_id=project,
            report_number=report,
            evaluated_yuan="500000",
            recorded_at=intake.clock(),
        )
    )


def rules(body):
    return [(finding["rule"], finding["article"]) for finding in body["findings"]]


def excepted(intake, project, rule, **changes: object):
    body = {
        "rule": rule,
        "reason": "确需实施。",
        "document": "区数据局会议纪要〔2026〕8号",
        "expires_on": "2026-12-31",
    }
    return intake.done(f"/projects/{project}/exceptions", body | changes, "bureau")


def changed(intake, project, budget_yuan):
    body = {"aspects": ["amount"], "description": "调整。", "new_budget_yuan": budget_yuan}
    change = intake.done(f"/projects/{project}/changes", body)["id"]
    intake.done(f"/changes/{change}/filing")


def test_what_is_built_elsewhere_is_not_filed_as_regular(intake, problem):
    project = intake.registered(deployment_target="elsewhere")
    filing = intake.filed(project)
    body = problem(intake.post(f"/filings/{filing}/acceptance", as_="bureau"), 409, "refused")
    assert rules(body) == [
        ("new_system_on_district_cloud", "2"),
        ("filing_no_shared_resources", "26"),
    ]


def test_building_apart_takes_the_document_and_a_plan_to_share(intake, problem):
    project = intake.registered(
        deployment_target="national_standalone", standalone_basis="国办发〔2022〕14号"
    )
    filing = intake.filed(project)
    accept = f"/filings/{filing}/acceptance"
    body = problem(intake.post(accept, as_="bureau"), 409, "refused")
    assert rules(body) == [("national_standalone_exemption", "2")]
    intake.done(f"/filings/{filing}/irregularity", {"reasons": ["缺少依据"]}, "bureau")
    files = {
        "standalone_basis_file_id": intake.handed_in("依据.docx", documents.application_form()),
        "data_sharing_plan_file_id": intake.handed_in("方案.docx", documents.application_form()),
    }
    unknown = intake.filing(standalone_basis_file_id=str(uuid4()))
    problem(intake.post(f"/filings/{filing}/correction", unknown), 422, "file_unknown")
    intake.done(f"/filings/{filing}/correction", intake.filing(**files))
    intake.done(accept, as_="bureau")


@pytest.mark.parametrize("mobile", [None, "own_client"])
def test_an_own_client_is_declared_and_refused_unless_excepted(intake, problem, mobile):
    project = intake.registered()
    filing = intake.filed(project, mobile=mobile)
    accept = f"/filings/{filing}/acceptance"
    body = problem(intake.post(accept, as_="bureau"), 409, "refused")
    assert rules(body) == [("no_separate_mobile_app", "2")]
    excepted(intake, project, "no_separate_mobile_app")
    intake.done(accept, as_="bureau")


def test_a_regular_filing_is_accepted(intake):
    project = intake.registered()
    filing = intake.filed(project)
    submitted = intake.get(f"/filings/{filing}").json()
    assert submitted == {
        "id": filing,
        "project_id": project,
        "status": "submitted",
        "revision": 1,
        "internal_review_on": "2026-06-20",
        "first_internal_review_on": "2026-06-20",
        "internal_review_record_file_id": submitted["internal_review_record_file_id"],
        "conditions": [],
        "irregular_reasons": [],
        "mobile": "none",
        "standalone_basis_file_id": None,
        "data_sharing_plan_file_id": None,
        "cloud_plan": {
            "vcpus": 64,
            "memory_gib": 256,
            "storage_gib": 0,
            "public_ips": 0,
            "bandwidth_mbps": 0,
        },
        "submitted_at": "2026-08-03T09:30:00+08:00",
        "decided_at": None,
        "decided_revision": None,
        "decision": None,
    }
    intake.clock.turn(hours=1)
    accepted = intake.done(f"/filings/{filing}/acceptance", as_="bureau")
    decision = accepted["decision"]
    assert (decision["gate"], decision["outcome"], decision["findings"]) == (
        "filing",
        "allowed",
        [],
    )
    assert accepted == submitted | {
        "status": "accepted",
        "decided_at": "2026-08-03T10:30:00+08:00",
        "decided_revision": 1,
        "decision": decision,
    }
    assert intake.get(f"/projects/{project}").json()["filing_status"] == "accepted"
    names = [event.name for event in intake.published()][2:]
    assert names == ["filing.submitted", "filing.accepted"]


def test_a_project_that_was_never_declared_cannot_be_filed(intake, problem):
    answer = intake.post(f"/projects/{uuid4()}/filings", intake.filing())
    problem(answer, 404, "not_found")
    assert (intake.count(Filing), intake.published()) == (0, [])


def test_a_filing_before_registration_waits_and_is_not_accepted(intake, problem):
    project = intake.declared()
    filing = intake.filed(project)
    answer = intake.post(f"/filings/{filing}/acceptance", as_="bureau")
    assert rules(problem(answer, 409, "refused")) == [("file_before_acceptance", "27")]
    assert intake.get(f"/filings/{filing}").json()["status"] == "submitted"
    assert intake.published("filing.accepted") == []
    body = {"city_system_ref": "320902-2026-0001"}
    intake.done(f"/projects/{project}/registration", body, "bureau")
    accepted = intake.done(f"/filings/{filing}/acceptance", as_="bureau")
    assert accepted["status"] == "accepted"


def test_a_full_process_project_has_no_filing(intake, problem):
    project = intake.registered(budget_yuan="1000000")
    problem(
        intake.post(f"/projects/{project}/filings", intake.filing()), 409, "not_on_filing_track"
    )


def test_a_change_to_the_full_process_track_ends_a_filing(intake, problem):
    project = intake.registered()
    filing = intake.filed(project)
    changed(intake, project, "1000000")
    answer = intake.post(f"/filings/{filing}/acceptance", as_="bureau")
    problem(answer, 409, "not_on_filing_track")
    assert intake.get(f"/filings/{filing}").json()["status"] == "submitted"


def test_a_project_is_filed_once(intake, problem):
    project = intake.registered()
    intake.filed(project)
    problem(intake.post(f"/projects/{project}/filings", intake.filing()), 409, "already_filed")
    assert intake.count(Filing) == 1


def test_a_decommissioned_project_is_not_filed(intake, problem):
    project = intake.registered()
    intake.done(f"/projects/{project}/decommission-report", {"reason": "停用。"})
    problem(intake.post(f"/projects/{project}/filings", intake.filing()), 409, "decommissioned")


@pytest.mark.parametrize(("budget", "needed"), [("499999.99", False), ("500000", True)])
def test_from_500000_on_the_fiscal_evaluation_report_is_needed(intake, problem, budget, needed):
    project = intake.registered(budget_yuan=budget)
    path = f"/filings/{intake.filed(project)}/acceptance"
    if needed:
        body = problem(intake.post(path, as_="bureau"), 409, "refused")
        assert rules(body) == [("fiscal_evaluation_ge_50", "10")]
        evaluated(intake, project)
    assert intake.done(path, as_="bureau")["status"] == "accepted"


def test_an_internal_review_in_the_future_is_none(intake, problem):
    project = intake.registered()
    early = intake.filing(internal_review_on="2026-08-04")
    path = f"/projects/{project}/filings"
    assert "2026-08-04" in problem(intake.post(path, early), 422, "date_in_future")["detail"]
    filing = intake.filed(project, internal_review_on="2026-08-03")
    path = f"/filings/{filing}/correction"
    problem(intake.post(path, early), 422, "date_in_future")
    intake.clock.turn(days=1)
    intake.done(path, early)


def test_one_of_before_that_was_asked_waits_for_its_day(intake, problem):
    project = intake.registered()
    filing = intake.filed(project)
    with intake.runtime.db.write() as session:
        session.get_one(Filing, UUID(filing)).internal_review_on = date(2026, 8, 4)
    path = f"/filings/{filing}/acceptance"
    body = problem(intake.post(path, as_="bureau"), 409, "refused")
    assert rules(body) == [("filing_internal_review", "26")]
    assert "2026-08-04尚未到来" in body["findings"][0]["message"]
    intake.clock.turn(days=1)
    assert intake.done(path, as_="bureau")["status"] == "accepted"


def test_a_filing_without_the_record_of_its_review_is_not_regular(intake, problem):
    project = intake.registered()
    unknown = intake.filing(internal_review_record_file_id=str(uuid4()))
    problem(intake.post(f"/projects/{project}/filings", unknown), 422, "file_unknown")
    filing = intake.filed(project, internal_review_record_file_id=None)
    path = f"/filings/{filing}/acceptance"
    body = problem(intake.post(path, as_="bureau"), 409, "refused")
    assert rules(body) == [("filing_internal_review", "26")]
    assert "论证记录" in body["findings"][0]["remedy"]
    corrected = intake.done(f"/filings/{filing}/correction", intake.filing())
    assert corrected["internal_review_record_file_id"] is not None
    assert intake.done(path, as_="bureau")["decision"]["findings"] == []


def test_what_was_regular_before_records_were_asked_for_needs_one_once_corrected(intake, problem):
    project = intake.registered()
    filing = intake.filed(project)
    path = f"/filings/{filing}/acceptance"
    intake.done(path, as_="bureau")
    with intake.runtime.db.write() as session:
        kept = session.get_one(Filing, UUID(filing))
        kept.internal_review_record_file_id, kept.review_record_excused = None, True
    changed(intake, project, "280000")
    (warned,) = intake.done(path, as_="bureau")["decision"]["findings"]
    assert (warned["rule"], warned["severity"]) == ("filing_internal_review", "warn")
    intake.done(f"/filings/{filing}/irregularity", {"reasons": ["缺件"]}, "bureau")
    without = intake.filing(internal_review_record_file_id=None)
    intake.done(f"/filings/{filing}/correction", without)
    body = problem(intake.post(path, as_="bureau"), 409, "refused")
    assert rules(body) == [("filing_internal_review", "26")]


def test_every_declared_condition_refuses_and_all_are_told(intake, problem):
    project = intake.registered()
    filing = intake.filed(project, conditions=dict.fromkeys(ALL, True))
    body = problem(intake.post(f"/filings/{filing}/acceptance", as_="bureau"), 409, "refused")
    assert {finding["fact"]["condition"] for finding in body["findings"]} == set(ALL)
    assert {finding["article"] for finding in body["findings"]} == {"26"}
    (event,) = intake.published("filing.submitted")
    assert [condition.value for condition in event.conditions] == ALL


def test_an_exception_lifts_one_condition_for_this_project_until_its_day(intake, problem):
    project = intake.registered()
    conditions = dict.fromkeys(ALL, False) | {"duplicate": True, "security": True}
    path = f"/filings/{intake.filed(project, conditions=conditions)}/acceptance"
    excepted(intake, project, "filing_duplicate")
    body = problem(intake.post(path, as_="bureau"), 409, "refused")
    lifted = {finding["rule"]: finding["lifted_by"] for finding in body["findings"]}
    assert lifted["filing_security"] is None
    assert lifted["filing_duplicate"]["document"] == "区数据局会议纪要〔2026〕8号"
    assert body["detail"].count("项目声明存在") == 1
    excepted(intake, project, "filing_security", expires_on="2026-08-03")
    intake.clock.turn(days=1)
    problem(intake.post(path, as_="bureau"), 409, "refused")
    excepted(intake, project, "filing_security", expires_on="2026-08-04")
    assert intake.done(path, as_="bureau")["status"] == "accepted"


def test_an_exception_does_not_lift_what_must_be(intake, problem):
    project = intake.declared()
    path = f"/filings/{intake.filed(project)}/acceptance"
    exception = {
        "rule": "file_before_acceptance",
        "reason": "急用",
        "document": "会议纪要",
        "expires_on": "2026-12-31",
    }
    answer = intake.post(f"/projects/{project}/exceptions", exception, as_="bureau")
    problem(answer, 422, "not_liftable")
    problem(intake.post(path, as_="bureau"), 409, "refused")


def test_the_filed_plan_is_the_projects_plan_from_then_on(intake):
    project = intake.registered()
    filing = intake.filed(project, cloud_plan={"vcpus": 8})
    assert intake.published("filing.submitted")[0].cloud_plan.vcpus == 8
    change = intake.done(
        f"/projects/{project}/changes", {"aspects": ["content"], "description": "增加模块。"}
    )
    intake.done(f"/changes/{change['id']}/filing")
    assert intake.published("change.filed")[0].cloud_plan.vcpus == 8
    intake.done(f"/filings/{filing}/irregularity", {"reasons": ["缺件"]}, "bureau")
    corrected = intake.done(f"/filings/{filing}/correction", intake.filing())
    assert corrected["cloud_plan"]["vcpus"] == 8
    assert intake.published("filing.corrected")[0].cloud_plan.vcpus == 8


def test_another_unit_may_neither_file_nor_correct_nor_look(intake, problem):
    project = intake.registered()
    other = "亭湖区卫健委"
    answer = intake.post(f"/projects/{project}/filings", intake.filing(), unit=other)
    problem(answer, 403, "not_your_unit")
    filing = intake.filed(project)
    intake.done(f"/filings/{filing}/irregularity", {"reasons": ["缺件"]}, "bureau")
    answer = intake.post(f"/filings/{filing}/correction", intake.filing(), unit=other)
    problem(answer, 403, "not_your_unit")
    problem(intake.get(f"/filings/{filing}", "unit", unit=other), 403, "not_your_unit")
    assert intake.get(f"/filings/{filing}").json()["status"] == "irregular"


def test_the_gate_can_be_asked_in_advance(intake, problem):
    project = intake.declared(budget_yuan="500000")
    asked = intake.done("/checks/filing", {"project_id": project})
    assert asked["outcome"] == "refused"
    assert [finding["rule"] for finding in asked["findings"]] == [
        "no_separate_mobile_app",
        "fiscal_evaluation_ge_50",
        "filing_internal_review",
        "filing_internal_review",
        "file_before_acceptance",
    ]
    assert intake.count(Filing) == 0
    other = intake.post("/checks/filing", {"project_id": project}, unit="亭湖区卫健委")
    problem(other, 403, "not_your_unit")
    problem(intake.post("/checks/filing", {"project_id": str(uuid4())}), 404, "not_found")
