"""Art 11: tender documents rest on what the project has on record."""

from datetime import datetime
from uuid import uuid4

import pytest

from govproject.clock import SHANGHAI
from govproject.contracts import intake
from govproject.terms import ContractClause, FilingCondition
from govproject_local.review_documents import chapters
from govproject_review.tables import Project

ALL = ["feasibility_report", "cost_assessment", "expert_opinion", "fiscal_report"]
NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
DECLARED = (FilingCondition.DUPLICATE, FilingCondition.SECURITY)
FILE = ("招标文件.docx", chapters(["招标公告", "采购需求"]))


@pytest.fixture
def record():
    """Record tender documents that rest on these inputs."""

    def send(review, *based_on: str, documents=None, clauses=tuple(ContractClause)):
        documents = documents or [review.handed_in(*FILE)]
        body = {
            "documents": documents,
            "based_on": list(based_on),
            "clauses": dict.fromkeys(clauses, "第12页"),
        }
        return review.post(f"/projects/{review.project}/tender-documents", body)

    return send


@pytest.fixture
def approved(review):
    review.ready_for_approval()
    assert review.approve().is_success
    return review


def test_each_input_is_linked_with_its_record(approved, record):
    answer = record(approved, *ALL)
    assert answer.status_code == 201, answer.text
    view = answer.json()
    page = approved.page()
    files = {file["kind"]: file["file_id"] for file in page["pre_review"]["files"]}
    assert [(link["input"], link["record_id"]) for link in view["links"]] == [
        ("feasibility_report", files["feasibility_report"]),
        ("cost_assessment", files["cost_assessment_report"]),
        ("expert_opinion", page["panel"]["id"]),
        ("fiscal_report", page["fiscal_evaluation"]["id"]),
    ]
    assert view["links"][3]["title"] == "亭财评〔2026〕3号"
    assert view["documents"][0]["name"] == "招标文件.docx"
    assert page["tender"] == view
    (event,) = approved.published("tender_documents.recorded")
    assert (str(event.tender_id), event.round) == (view["id"], 1)
    assert (event.documents, event.based_on) == (("招标文件.docx",), tuple(ALL))


def test_what_they_do_not_settle_is_named(approved, record, refusal):
    given = [each for each in ContractClause if each is not ContractClause.DATA_SECURITY]
    answer = record(approved, *ALL, clauses=given)
    assert refusal(answer) == ["procurement_file_clauses"]
    (found,) = answer.json()["findings"]
    assert (found["article"], "缺少：数据安全" in found["message"]) == ("13", True)
    assert "页码" in found["remedy"]
    kept = record(approved, *ALL).json()["clauses"]
    assert kept == dict.fromkeys(ContractClause, "第12页")


def test_what_they_do_not_rest_on_is_named(approved, record, refusal):
    answer = record(approved, *ALL[:3])
    assert refusal(answer) == ["tender_documents_basis"]
    assert "财评报告" in answer.json()["findings"][0]["message"]
    assert approved.page()["tender"] is None


def test_later_documents_count_instead(approved, record):
    assert record(approved, *ALL).json()["round"] == 1
    assert record(approved, *ALL).json()["round"] == 2
    assert approved.page()["tender"]["round"] == 2


def test_nothing_is_tendered_before_the_approval(review, record, refusal):
    review.ready_for_approval()
    assert refusal(record(review, *ALL)) == ["no_build_before_approval"]


def test_a_filed_project_rests_on_what_it_has(small, record, refusal, problem):
    assert refusal(record(small)) == ["tender_documents_basis"]
    assert small.evaluate("580000.00").is_success
    assert refusal(record(small)) == ["tender_documents_basis"]
    problem(record(small, "fiscal_report", "expert_opinion"), 409, "input_not_on_record")
    assert record(small, "fiscal_report").json()["links"][0]["title"] == "亭财评〔2026〕3号"


def test_below_50_wan_nothing_is_asked(empty, events, record):
    empty.tell(events.declared(budget_yuan="499999.99"), events.filing_submitted())
    assert record(empty).json()["links"] == []


def test_nothing_is_tendered_before_the_units_own_review(empty, events, record, refusal):
    empty.tell(events.declared(budget_yuan="490000.00"))
    answer = record(empty)
    assert refusal(answer) == ["no_build_before_approval"]
    [finding] = answer.json()["findings"]
    assert (finding["article"], "第26条" in finding["message"]) == ("6", True)
    assert "提交报备" in finding["remedy"]
    filed = events.filing_submitted()
    empty.tell(filed)
    assert record(empty).is_success
    about = {"project_id": empty.project, "filing_id": filed.filing_id}
    empty.tell(intake.FilingFoundIrregular(**about, reasons=("附件不全",), found_at=NOW))
    assert refusal(record(empty)) == ["no_build_before_approval"]
    corrected = {"conditions": (), "cloud_plan": None, "corrected_at": NOW}
    empty.tell(intake.FilingCorrected(**about, **corrected))
    empty.tell(intake.FilingAccepted(**about, accepted_at=NOW))
    assert record(empty).is_success


def test_who_declares_an_excluding_condition_tenders_nothing(empty, events, record, refusal):
    filed = events.filing_submitted(empty.project, *DECLARED)
    empty.tell(events.declared(budget_yuan="490000.00"), filed)
    answer = record(empty)
    assert refusal(answer) == ["no_tender_in_an_excluded_case"]
    [finding] = answer.json()["findings"]
    assert (finding["article"], finding["fact"]["conditions"]) == ("26", ["duplicate", "security"])
    assert "网络和数据安全" in finding["message"]
    assert ("更正报备" in finding["remedy"], "例外" in finding["remedy"]) == (True, True)
    # An exception lifts its own condition, until it is withdrawn.
    granted = [events.exception_granted(f"filing_{each.value}") for each in DECLARED]
    empty.tell(granted[0])
    assert refusal(record(empty)) == ["no_tender_in_an_excluded_case"]
    empty.tell(granted[1])
    assert record(empty).is_success
    empty.tell(events.exception_withdrawn(granted[1]))
    assert refusal(record(empty)) == ["no_tender_in_an_excluded_case"]
    # So does mending what is declared, and the bureau that finds the filing regular.
    about = {"project_id": empty.project, "filing_id": filed.filing_id}
    corrected = {"cloud_plan": None, "corrected_at": NOW}
    empty.tell(intake.FilingCorrected(**about, conditions=(DECLARED[1],), **corrected))
    [finding] = record(empty).json()["findings"]
    assert finding["fact"]["conditions"] == ["security"]
    empty.tell(intake.FilingAccepted(**about, accepted_at=NOW))
    assert record(empty).is_success
    # A change that sends the filing back asks again.
    empty.tell(filed)
    assert refusal(record(empty)) == ["no_tender_in_an_excluded_case"]
    empty.tell(intake.FilingCorrected(**about, conditions=(), **corrected))
    assert record(empty).is_success


def test_what_an_older_build_heard_of_a_filing_is_a_warning(small, record):
    with small.runtime.db.write() as session:
        session.get_one(Project, small.project).filing_conditions = None
    assert small.evaluate("580000.00").is_success
    view = record(small, "fiscal_report").json()
    assert [(f["rule"], f["severity"]) for f in view["findings"]] == [
        ("no_tender_in_an_excluded_case", "warn")
    ]


def test_a_filing_that_was_never_heard_of_is_a_warning(small, record):
    with small.runtime.db.write() as session:
        session.get_one(Project, small.project).filing_status = None
    assert small.evaluate("580000.00").is_success
    view = record(small, "fiscal_report").json()
    assert [(f["rule"], f["severity"]) for f in view["findings"]] == [
        ("no_build_before_approval", "warn")
    ]


def test_files_are_the_units_own_and_the_project_goes_on(approved, events, record, problem):
    foreign = approved.handed_in(*FILE, "亭湖区民政局")
    problem(record(approved, *ALL, documents=[foreign]), 403, "not_your_unit")
    problem(record(approved, *ALL, documents=[str(uuid4())]), 422, "file_unknown")
    approved.tell(events.decommissioned())
    problem(record(approved, *ALL), 409, "decommissioned")


def test_a_name_is_no_reference_and_is_told_so_in_chinese(review, problem):
    path = f"/projects/{review.project}/tender-documents"
    answer = problem(review.post(path, {"documents": ["招标文件"]}), 422, "invalid_request")
    assert answer["detail"] == "填写不符合要求：documents 第1项 须为编号（UUID）。"


def test_a_project_code_is_told_by_an_example(review, problem):
    path = f"/projects/{review.project}/applications"
    body = {"project_code": "320902", "documents": ["请示"]}
    answer = problem(review.post(path, body), 422, "invalid_request")
    assert "project_code 须为24位项目代码，写法如 2608-320902-04-01-123456" in answer["detail"]


def test_a_name_that_is_none_is_told_which_are(review, problem):
    path = f"/projects/{review.project}/pre-reviews"
    body = {"statements": {"zero_costs": {"餐费": "无"}}}
    answer = problem(review.post(path, body), 422, "invalid_request")
    assert "zero_costs 餐费 （这一名称） 须为以下之一：direct_cost（" in answer["detail"]
