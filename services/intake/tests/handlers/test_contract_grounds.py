"""What a contract rests on, who supervises it, and what it is called (Arts 12, 26, 31)."""

from uuid import UUID

import pytest

from govproject_intake.tables import Filing
from govproject_local import documents


def rules(body):
    return [(finding["rule"], finding["article"]) for finding in body["findings"]]


@pytest.fixture
def unrecorded(intake):
    """A project whose filing names a day of its internal review, and shows no record of it."""
    project = intake.registered()
    return project, intake.filed(project, internal_review_record_file_id=None)


def test_a_day_of_review_without_its_record_is_not_enough(intake, problem, unrecorded):
    project, filing = unrecorded
    path = f"/projects/{project}/contracts"
    body = problem(intake.post(path, intake.contract()), 409, "refused")
    assert rules(body) == [("contract_after_recorded_review", "26")]
    assert "没有审查及论证记录" in body["detail"]
    assert "报备更正" in body["findings"][0]["remedy"]
    assert intake.published("contract.recorded") == []
    test = {"subject": "test", "maintenance": {}, "free_ops_months": 0, "amount_yuan": "1000"}
    intake.contracted(project, **test)
    intake.done(f"/filings/{filing}/correction", intake.filing())
    intake.contracted(project)


def test_what_was_found_regular_before_records_goes_on_without(intake, unrecorded):
    project, filing = unrecorded
    with intake.runtime.db.write() as session:
        session.get_one(Filing, UUID(filing)).review_record_excused = True
    intake.contracted(project)


def test_what_is_called_a_service_says_why_it_builds_nothing(intake, problem):
    project = intake.buildable()
    path = f"/projects/{project}/contracts"
    bare = {"subject": "service", "outsourced": False, "maintenance": {}, "free_ops_months": 0}
    intake.contracted(project, amount_yuan="60000", **bare)
    more = intake.contract(amount_yuan="0.01", **bare)
    body = problem(intake.post(path, more), 409, "refused")
    assert rules(body) == [("service_builds_nothing", "31")]
    assert "合计60000.01元" in body["detail"]
    assert "20%（60000.00元）" in body["detail"]
    assert "登记为建设合同" in body["findings"][0]["remedy"]
    view = intake.done(path, more | {"service_note": "云资源租用，不开发软件。"})
    (finding,) = view["warnings"]
    assert (finding["rule"], finding["severity"]) == ("service_builds_nothing", "warn")
    assert "云资源租用，不开发软件。" in finding["message"]
    shown = intake.get(path, "bureau").json()["contracts"]
    assert [each["service_note"] for each in shown] == [None, "云资源租用，不开发软件。"]
    # What a building costs is not counted with services.
    intake.contracted(project, amount_yuan="200000")


def test_what_ended_counts_as_it_was_settled(intake):
    project = intake.buildable()
    bare = {"subject": "service", "outsourced": False, "maintenance": {}, "free_ops_months": 0}
    ended = intake.contracted(project, amount_yuan="60000", **bare)
    end = {
        "terminated_on": "2026-08-01",
        "settled_yuan": "0",
        "reason": "登记有误。",
        "file_id": intake.handed_in("更正说明.docx", documents.internal_review()),
    }
    intake.done(f"/contracts/{ended}/termination", end)
    intake.contracted(project, amount_yuan="60000", **bare)


def test_nobody_supervises_what_they_build(intake, problem):
    project = intake.buildable()
    path = f"/projects/{project}/contracts"
    own = intake.contract(supervisor="盐城软件公司")
    body = problem(intake.post(path, own), 409, "refused")
    assert rules(body) == [("supervisor_does_not_build", "12")]
    assert "“盐城软件公司”既承建又监理本项目" in body["detail"]
    intake.contracted(project, amount_yuan="200000")
    bare = {"subject": "supervision", "maintenance": {}, "free_ops_months": 0}
    supervision = intake.contract(amount_yuan="10000", **bare)
    assert rules(problem(intake.post(path, supervision), 409, "refused")) == [
        ("supervisor_does_not_build", "12")
    ]
    intake.done(path, supervision | {"contractor": "盐城监理公司"})
    second = intake.contract(contractor="盐城监理公司", amount_yuan="10000")
    assert rules(problem(intake.post(path, second), 409, "refused")) == [
        ("supervisor_does_not_build", "12")
    ]
