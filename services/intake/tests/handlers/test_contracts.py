"""Contracts: recorded once they settle what they have to (Arts 13, 31, 33)."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from govproject.contracts.acceptance import FinalPassed
from govproject.contracts.review import ProjectApproved
from govproject_intake.tables import Contract
from govproject_local import documents


def test_a_contract_is_recorded_and_shown(intake):
    project = intake.buildable()
    file = intake.handed_in(*_document())
    notice = intake.handed_in("中标通知书.docx", documents.word([(0, "贵单位中标。")]))
    body = intake.contract(supervisor="监理公司", file_id=file, award_notice_file_id=notice)
    view = intake.done(f"/projects/{project}/contracts", body)
    assert view == body | {
        "id": view["id"],
        "project_id": project,
        "subject": "construction",
        "contract_number": None,
        "service_note": None,
        "procurement_method": None,
        "procurement_reason": None,
        "amount_yuan": "280000.00",
        "outsourced": None,
        "security_clause": None,
        "terminated_on": None,
        "settled_yuan": None,
        "recorded_by_mistake": None,
        "termination_reason": None,
        "termination_file_id": None,
        "warnings": [],
    }
    (event,) = intake.published("contract.recorded")
    assert event.model_dump(exclude={"project_id", "contract_id", "recorded_at"}, mode="json") == {
        "contractor": "盐城软件公司",
        "supervisor": "监理公司",
        "amount_yuan": "280000.00",
        "award_notice_on": "2026-07-01",
        "contract_filed_on": "2026-07-20",
        "free_ops_months": 24,
        "subject": "construction",
        "ends_on": "2026-12-31",
        "contract_number": None,
    }
    assert (str(event.contract_id), event.recorded_at) == (view["id"], intake.clock())
    second = intake.contracted(project, amount_yuan="20000")
    assert intake.published("contract.recorded")[1].supervisor is None
    shown = intake.get(f"/projects/{project}/contracts", "unit").json()["contracts"]
    assert [contract["id"] for contract in shown] == [view["id"], second]
    assert shown[0] == view


def test_what_callers_of_before_send_is_refused_in_sentences(intake, problem):
    project = intake.buildable()
    body = {
        "contractor": "盐城软件公司",
        "amount_yuan": "280000",
        "award_notice_on": "2026-07-01",
        "contract_filed_on": "2026-07-20",
        "free_ops_months": 12,
    }
    answer = problem(intake.post(f"/projects/{project}/contracts", body), 409, "refused")
    assert [(f["rule"], f["article"]) for f in answer["findings"]] == [
        ("contract_mandatory_clauses", "13"),
        ("nda_with_contractor", "13"),
        ("contract_term_known", "15"),
        ("contract_personnel_known", "17"),
        ("free_ops_in_contract", "31"),
        ("free_ops_min_2_years", "31"),
    ]
    assert all(finding["remedy"] for finding in answer["findings"])
    assert (intake.count(Contract), intake.published("contract.recorded")) == (0, [])


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"clauses": {"ip_ownership": "第3页"}}, "contract_mandatory_clauses"),
        ({"nda_signed_on": None}, "nda_with_contractor"),
        ({"confidentiality_need": None, "nda_signed_on": None}, "nda_with_contractor"),
        ({"maintenance": {}}, "free_ops_in_contract"),
        ({"free_ops_months": 23}, "free_ops_min_2_years"),
        ({"outsourced": True}, "outsourcing_contract_clause"),
    ],
)
def test_a_contract_that_settles_too_little_is_refused(intake, problem, changes, rule):
    project = intake.buildable()
    body = intake.contract(**changes)
    answer = problem(intake.post(f"/projects/{project}/contracts", body), 409, "refused")
    assert [finding["rule"] for finding in answer["findings"]] == [rule]
    assert intake.count(Contract) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"confidentiality_need": "none", "nda_signed_on": None},
        {"outsourced": True, "security_clause": "第7页"},
        {"free_ops_months": 240},
    ],
)
def test_a_contract_that_settles_enough(intake, changes):
    intake.contracted(intake.buildable(), **changes)


def test_a_contract_for_services_says_whether_they_are_outsourced(intake, problem):
    project = intake.buildable()
    path = f"/projects/{project}/contracts"
    silent = intake.contract(subject="service", amount_yuan="20000")
    (finding,) = problem(intake.post(path, silent), 409, "refused")["findings"]
    assert (finding["rule"], finding["article"]) == ("outsourcing_contract_clause", "33")
    assert "未说明是否属于技术服务外包" in finding["message"]
    assert (intake.count(Contract), intake.published("contract.recorded")) == (0, [])
    for number, said in enumerate(({"outsourced": False}, {"security_clause": "第7页"})):
        view = intake.done(path, silent | said | {"contract_number": f"HT-{number}"})
        assert view["outsourced"] == said.get("outsourced")


@pytest.mark.parametrize("subject", ["supervision", "test", "goods", "service"])
def test_only_who_builds_maintains_for_nothing(intake, problem, subject):
    project = intake.buildable()
    bare = {"maintenance": {}, "free_ops_months": 0, "outsourced": False}
    body = intake.contract(**bare)
    answer = problem(intake.post(f"/projects/{project}/contracts", body), 409, "refused")
    assert [finding["rule"] for finding in answer["findings"]] == [
        "free_ops_in_contract",
        "free_ops_min_2_years",
    ]
    note = "设备托管，不开发软件。" if subject == "service" else None
    intake.contracted(project, subject=subject, service_note=note, **bare)
    assert intake.published("contract.recorded")[0].subject == subject


def test_a_contract_of_operation_needs_no_free_maintenance_but_security(intake, problem):
    project = intake.buildable(kind="ops", builds_system=False, deployment_target="none")
    body = intake.contract(maintenance={}, free_ops_months=0)
    answer = problem(intake.post(f"/projects/{project}/contracts", body), 409, "refused")
    assert [finding["rule"] for finding in answer["findings"]] == ["outsourcing_contract_clause"]
    intake.contracted(project, maintenance={}, free_ops_months=0, security_clause="第7页")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"award_notice_on": "2026-07-21"}, "contract_before_award"),
        ({"contract_filed_on": "2026-08-04"}, "date_in_future"),
        ({"nda_signed_on": "2026-08-04"}, "date_in_future"),
        ({"file_id": str(uuid4())}, "file_unknown"),
        ({"amount_yuan": "0"}, "invalid_request"),
        ({"amount_yuan": 280000.0}, "invalid_request"),
        ({"free_ops_months": 241}, "invalid_request"),
        ({"free_ops_months": -1}, "invalid_request"),
        ({"award_notice_on": "2026-02-30"}, "invalid_request"),
        ({"contractor": ""}, "invalid_request"),
        ({"clauses": {"colour": "第3页"}}, "invalid_request"),
        ({"clauses": {"ip_ownership": " "}}, "invalid_request"),
        ({"maintenance": {"scope": None}}, "invalid_request"),
    ],
)
def test_a_contract_that_makes_no_sense(intake, problem, changes, code):
    project = intake.buildable()
    body = intake.contract(**changes)
    problem(intake.post(f"/projects/{project}/contracts", body), 422, code)
    assert (intake.count(Contract), intake.published("contract.recorded")) == (0, [])


def test_a_contract_that_nobody_can_keep_to_is_pointed_out(intake):
    body = intake.contract(ends_on=None, personnel=[])
    view = intake.done(f"/projects/{intake.buildable()}/contracts", body)
    assert [(f["rule"], f["article"], f["severity"]) for f in view["warnings"]] == [
        ("contract_term_known", "15", "warn"),
        ("contract_personnel_known", "17", "warn"),
    ]


@pytest.mark.parametrize("filed_on", ["2026-07-01", "2026-08-03"])
def test_a_contract_filed_on_the_day_of_the_award_or_today(intake, filed_on):
    intake.contracted(intake.buildable(), contract_filed_on=filed_on)
    assert intake.published("contract.recorded")[0].amount_yuan == Decimal(280000)


def test_another_units_file_is_no_contract(intake, problem):
    project = intake.buildable()
    body = intake.contract(file_id=intake.handed_in(*_document(), "亭湖区卫健委"))
    problem(intake.post(f"/projects/{project}/contracts", body), 403, "not_your_unit")
    assert intake.count(Contract) == 0


@pytest.mark.parametrize(
    ("plan_year", "warned"), [(2027, True), (2028, True), (2029, False), (2030, False)]
)
def test_operation_in_free_maintenance_is_declared_with_a_warning(intake, plan_year, warned):
    system = intake.buildable()
    intake.contracted(system, free_ops_months=24)
    intake.tell(FinalPassed(project_id=UUID(system), passed_on=date(2026, 8, 1), round=1))
    declaration = intake.declaration(
        kind="ops",
        builds_system=False,
        deployment_target="none",
        plan_year=plan_year,
        related_project_ids=[system, system],
    )
    view = intake.done("/projects", declaration)
    found = [f["fact"] for f in view["warnings"] if f["rule"] == "ops_during_free_maintenance"]
    assert found == [{"project_name": "智慧校园", "free_until": "2028-08-01"}] * warned


def test_text_and_notice_are_asked_for_on_the_full_track(intake, problem):
    project = intake.registered(budget_yuan="1200000.00")
    approved = ProjectApproved(
        project_id=UUID(project),
        approval_number="亭数批〔2026〕12号",
        project_code="2607-320902-04-01-123456",
        approved_yuan=Decimal(1200000),
        approved_on=date(2026, 6, 30),
        cloud_plan=None,
        filing_form_due_on=date(2026, 7, 14),
        filing_form_due_provisional=False,
    )
    intake.tell(approved)
    path = f"/projects/{project}/contracts"
    bare = intake.contract(file_id=None, award_notice_file_id=None)
    answer = problem(intake.post(path, bare), 409, "refused")
    (finding,) = [f for f in answer["findings"] if f["rule"] == "contract_text_on_file"]
    assert (finding["article"], finding["severity"]) == ("13", "block")
    assert finding["message"] == "未附：合同文本、中标（成交）通知书。"
    assert "上传" in finding["remedy"]
    said = intake.post(path, intake.contract()).json()
    found = said.get("findings", []) + said.get("warnings", [])
    assert "contract_text_on_file" not in {f["rule"] for f in found}


def test_text_and_notice_are_pointed_out_on_the_filing_track(intake):
    path = f"/projects/{intake.buildable()}/contracts"
    view = intake.done(path, intake.contract(file_id=None))
    assert [f["rule"] for f in view["warnings"]] == ["contract_text_on_file"]


def test_before_its_acceptance_no_system_is_in_free_maintenance(intake):
    system = intake.buildable()
    intake.contracted(system)
    declaration = intake.declaration(
        kind="ops", builds_system=False, deployment_target="none", related_project_ids=[system]
    )
    assert intake.done("/projects", declaration)["warnings"] == []


def test_a_related_project_exists_and_is_the_units_own(intake, problem):
    declaration = intake.declaration(related_project_ids=[str(uuid4())])
    problem(intake.post("/projects", declaration), 422, "related_unknown")
    other = intake.declared("亭湖区卫健委")
    declaration = intake.declaration(related_project_ids=[other])
    problem(intake.post("/projects", declaration), 403, "not_your_unit")


def test_a_full_process_project_has_no_contract_before_its_approval(intake, problem):
    project = intake.registered(budget_yuan="1200000")
    answer = problem(
        intake.post(f"/projects/{project}/contracts", intake.contract()), 409, "refused"
    )
    assert [(f["rule"], f["article"]) for f in answer["findings"]] == [
        ("no_build_before_approval", "6")
    ]
    assert intake.count(Contract) == 0


def test_the_study_that_an_approval_rests_on_is_recorded_before_it(intake, problem):
    project = intake.registered(budget_yuan="1200000")
    path = f"/projects/{project}/contracts"
    study = intake.contract(amount_yuan="50000", maintenance={}, free_ops_months=0)
    problem(intake.post(path, study | {"subject": "goods"}), 409, "refused")
    view = intake.done(path, study | {"subject": "service", "outsourced": False})
    assert [(f["rule"], f["severity"]) for f in view["warnings"]] == [
        ("no_build_before_approval", "warn")
    ]
    stages = intake.get(f"/projects/{project}/lifecycle").json()["stages"]
    assert {s["reached_on"] for s in stages if s["stage"] == "contracted"} == {None}
    problem(intake.post(path, intake.contract()), 409, "refused")


def test_what_is_called_a_service_takes_no_budget_before_the_approval(intake, problem):
    project = intake.registered(budget_yuan="1500000")
    path = f"/projects/{project}/contracts"
    bare = {"subject": "service", "outsourced": False, "maintenance": {}, "free_ops_months": 0}
    for amount in ("1500000", "300000.01"):
        body = intake.contract(amount_yuan=amount, **bare)
        (finding,) = problem(intake.post(path, body), 409, "refused")["findings"]
        assert (finding["rule"], finding["article"]) == ("no_build_before_approval", "6")
        assert "20%（300000.00元）" in finding["message"]
        assert "取得批复" in finding["remedy"]
    # One after the other they take no more.
    intake.contracted(project, amount_yuan="200000", **bare)
    last = intake.contract(amount_yuan="100000.01", **bare)
    problem(intake.post(path, last), 409, "refused")
    intake.done(path, last | {"amount_yuan": "100000", "subject": "test"})
    intake.tell(
        ProjectApproved(
            project_id=UUID(project),
            approval_number="亭数批〔2026〕12号",
            project_code="2608-320902-04-01-123456",
            approved_yuan=Decimal(1500000),
            approved_on=date(2026, 7, 15),
            cloud_plan=None,
            filing_form_due_on=date(2026, 7, 29),
            filing_form_due_provisional=False,
        )
    )
    # Awarded before the approval it is no better for being recorded after it.
    problem(intake.post(path, last | {"award_notice_on": "2026-07-14"}), 409, "refused")
    awarded = {"award_notice_on": "2026-07-15", "amount_yuan": "100000"}
    intake.done(path, last | awarded)


def test_after_the_final_nothing_more_is_built(intake, problem):
    """Accepted at less than was filed: the rest is the treasury's, however it is asked for."""
    project = intake.buildable()
    intake.contracted(project, amount_yuan="150000")
    told = {"aspects": ["amount"], "description": "追加。", "new_budget_yuan": "490000"}
    early = intake.done(f"/projects/{project}/changes", told)["id"]
    intake.tell(FinalPassed(project_id=UUID(project), passed_on=date(2026, 8, 1), round=1))
    path = f"/projects/{project}/changes"
    for where, body in ((path, told), (f"/changes/{early}/filing", None)):
        answer = problem(intake.post(where, body), 409, "refused")
        assert [(f["rule"], f["article"]) for f in answer["findings"]] == [
            ("no_change_after_final", "28")
        ]
    rest = intake.contract(amount_yuan="140000")
    for subject in ("construction", "goods"):
        answer = intake.post(f"/projects/{project}/contracts", rest | {"subject": subject})
        findings = problem(answer, 409, "refused")["findings"]
        assert [(f["rule"], f["article"]) for f in findings] == [("no_building_after_final", "18")]
        assert "另行申报项目" in findings[0]["remedy"]
    operation = rest | {
        "subject": "service",
        "outsourced": False,
        "free_ops_months": 0,
        "maintenance": {},
    }
    view = intake.done(f"/projects/{project}/contracts", operation)
    assert [(f["rule"], f["severity"]) for f in view["warnings"]] == [
        ("no_building_after_final", "warn")
    ]
    for aspects, more in (
        (["scale"], {"new_cloud_plan": {"vcpus": 128}}),
        (["responsibility"], {"new_responsible_person": "李四"}),
    ):
        change = intake.done(path, {"aspects": aspects, "description": "运行。"} | more)
        intake.done(f"/changes/{change['id']}/filing")


def _document() -> tuple[str, bytes]:
    return "合同.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
