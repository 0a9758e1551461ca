"""Correcting a filing, and deciding on it again (Arts 26, 27)."""

from govproject.terms import FilingCondition

NO_CONDITION = {condition.value: False for condition in FilingCondition}


def changed(intake, project, budget_yuan):
    body = {"aspects": ["amount"], "description": "调整。", "new_budget_yuan": budget_yuan}
    change = intake.done(f"/projects/{project}/changes", body)["id"]
    intake.done(f"/changes/{change}/filing")


def test_an_irregular_filing_is_corrected_and_decided_on_again(intake, problem):
    project = intake.registered()
    filing = intake.filed(project)
    intake.done(f"/filings/{filing}/acceptance", as_="bureau")
    body = {"reasons": ["测评范围与立项内容不一致", "附件缺失"]}
    found = intake.done(f"/filings/{filing}/irregularity", body, "bureau")
    assert (found["status"], found["irregular_reasons"]) == ("irregular", body["reasons"])
    answer = intake.post(f"/filings/{filing}/acceptance", as_="bureau")
    assert problem(answer, 409, "step_not_possible")["detail"] == (
        "报备目前为“报备信息不规范”，不能办理“认定报备规范（区数据局）”（第27条）。"
        "目前可以办理：更正报备。"
    )
    intake.clock.turn(days=2)
    corrected = intake.done(f"/filings/{filing}/correction", intake.filing())
    assert corrected["status"] == "submitted"
    assert (corrected["irregular_reasons"], corrected["decided_at"]) == ([], None)
    assert corrected["submitted_at"] == "2026-08-05T09:30:00+08:00"
    assert intake.done(f"/filings/{filing}/acceptance", as_="bureau")["status"] == "accepted"
    names = [event.name for event in intake.published() if event.name.startswith("filing")]
    assert names == [
        "filing.submitted",
        "filing.accepted",
        "filing.found_irregular",
        "filing.corrected",
        "filing.accepted",
    ]
    assert intake.published("filing.found_irregular")[0].reasons == tuple(body["reasons"])


def test_what_is_regular_is_not_corrected(intake, problem):
    filing = intake.filed(intake.registered())
    intake.done(f"/filings/{filing}/acceptance", as_="bureau")
    path = f"/filings/{filing}/correction"
    problem(intake.post(path, intake.filing()), 409, "step_not_possible")
    assert intake.published("filing.corrected") == []


def test_what_waits_for_the_bureau_is_corrected(intake):
    project = intake.registered()
    filing = intake.filed(project, conditions=NO_CONDITION | {"duplicate": True})
    intake.clock.turn(days=1)
    corrected = intake.done(f"/filings/{filing}/correction", intake.filing(cloud_plan={"vcpus": 8}))
    assert (corrected["status"], corrected["submitted_at"]) == (
        "submitted",
        "2026-08-04T09:30:00+08:00",
    )
    (event,) = intake.published("filing.corrected")
    assert (event.conditions, event.cloud_plan.vcpus) == ((), 8)
    assert intake.done(f"/filings/{filing}/acceptance", as_="bureau")["status"] == "accepted"


def test_what_a_change_sent_back_is_corrected_and_keeps_its_plan(intake, problem):
    project = intake.registered()
    filing = intake.filed(project)
    intake.done(f"/filings/{filing}/acceptance", as_="bureau")
    changed(intake, project, "280000")
    path = f"/filings/{filing}/correction"
    another = intake.filing(cloud_plan={"vcpus": 999})
    body = problem(intake.post(path, another), 409, "change_not_filed")
    assert "第28条" in body["detail"]
    same = intake.get(f"/projects/{project}").json()["cloud_plan"]
    content = intake.filing(internal_review_on="2026-08-03", cloud_plan=same)
    corrected = intake.done(path, content)
    assert (corrected["status"], corrected["internal_review_on"]) == ("submitted", "2026-08-03")
    assert intake.done(f"/filings/{filing}/acceptance", as_="bureau")["status"] == "accepted"


def test_what_left_the_filing_track_is_not_corrected(intake, problem):
    project = intake.registered()
    filing = intake.filed(project)
    changed(intake, project, "1000000")
    answer = intake.post(f"/filings/{filing}/correction", intake.filing(cloud_plan={"vcpus": 8}))
    problem(answer, 409, "not_on_filing_track")
    assert intake.get(f"/projects/{project}").json()["cloud_plan"]["vcpus"] == 64
