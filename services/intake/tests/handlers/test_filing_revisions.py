"""The bureau decides on the filing that it looked at (Arts 26, 27, 28)."""

import pytest

STEP = "认定报备规范"


def decided(intake, filing, step, **body: object):
    if step == "irregularity":
        body |= {"reasons": ["缺件"]}
    return intake.post(f"/filings/{filing}/{step}", body, "bureau")


def about(intake, project):
    steps = intake.get(f"/projects/{project}/next-step").json()["steps"]
    return [step["about"] for step in steps if step["step"] == STEP]


@pytest.mark.parametrize("step", ["acceptance", "irregularity"])
def test_what_was_corrected_since_is_looked_at_again(intake, problem, step):
    project = intake.registered()
    filing = intake.filed(project)
    seen = intake.get(f"/filings/{filing}").json()["revision"]
    assert (seen, about(intake, project)) == (1, ["报备第1版"])
    intake.done(f"/filings/{filing}/correction", intake.filing(internal_review_on="2026-07-01"))
    assert about(intake, project) == ["报备第2版"]
    body = problem(decided(intake, filing, step, revision=seen), 409, "filing_changed")
    assert "查看的是报备第1版，现为第2版" in body["detail"]
    assert "第26、27、28条" in body["detail"]
    assert body["revision"] == 2
    assert intake.get(f"/filings/{filing}").json()["status"] == "submitted"
    answer = decided(intake, filing, step, revision=2)
    assert answer.is_success
    assert (answer.json()["revision"], answer.json()["decided_revision"]) == (2, 2)
    names = ("filing.submitted", "filing.corrected", "filing.accepted", "filing.found_irregular")
    told = [event for event in intake.published() if event.name in names]
    assert [event.revision for event in told] == [1, 2, 2]


@pytest.mark.parametrize(
    "change",
    [
        {"aspects": ["amount"], "new_budget_yuan": "280000"},
        {"aspects": ["scale"], "new_cloud_plan": {"vcpus": 8}},
    ],
)
@pytest.mark.parametrize("was_regular", [False, True])
def test_a_changed_amount_or_plan_is_looked_at_again(intake, problem, change, was_regular):
    project = intake.registered()
    filing = intake.filed(project)
    if was_regular:
        assert decided(intake, filing, "acceptance", revision=1).is_success
    body = {"description": "调整。"} | change
    change_id = intake.done(f"/projects/{project}/changes", body)["id"]
    intake.done(f"/changes/{change_id}/filing")
    problem(decided(intake, filing, "acceptance", revision=1), 409, "filing_changed")
    view = intake.get(f"/filings/{filing}").json()
    assert (view["revision"], view["status"]) == (2, "submitted")
    assert view["cloud_plan"] == intake.get(f"/projects/{project}").json()["cloud_plan"]
    assert decided(intake, filing, "acceptance", revision=2).is_success


def test_a_change_of_nothing_that_is_filed_leaves_the_revision(intake):
    project = intake.registered()
    filing = intake.filed(project)
    body = {"aspects": ["content"], "description": "增加模块。"}
    change_id = intake.done(f"/projects/{project}/changes", body)["id"]
    intake.done(f"/changes/{change_id}/filing")
    assert decided(intake, filing, "acceptance", revision=1).is_success


@pytest.mark.parametrize("body", [None, {}, {"revision": None}])
def test_who_names_none_decides_on_the_present_one(intake, body):
    filing = intake.filed(intake.registered())
    intake.done(f"/filings/{filing}/correction", intake.filing())
    view = intake.done(f"/filings/{filing}/acceptance", body, "bureau")
    assert (view["status"], view["decided_revision"]) == ("accepted", 2)


@pytest.mark.parametrize("revision", [-1, "1", 1.5, True])
def test_a_revision_is_a_number(intake, problem, revision):
    filing = intake.filed(intake.registered())
    problem(decided(intake, filing, "acceptance", revision=revision), 422, "invalid_request")
