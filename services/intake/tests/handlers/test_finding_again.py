"""Whoever has to decide on a filing or a change finds it, and its id, without the unit's answer."""

CHANGE = {"aspects": ["content"], "description": "增加报表模块。"}


def steps(intake, project):
    body = intake.get(f"/projects/{project}/next-step").json()
    return {step["step"]: step for step in body["steps"]}


def test_the_bureau_finds_what_waits_for_it(intake):
    other = intake.filed(intake.registered("320902-2026-0002"))
    project = intake.registered()
    filing = intake.filed(project)
    intake.done(f"/filings/{other}/acceptance", as_="bureau")
    (found,) = intake.get("/filings?status=submitted").json()["items"]
    assert found == intake.get(f"/projects/{project}/filing").json()
    assert (found["id"], found["project_id"]) == (filing, project)
    assert [each["id"] for each in intake.get("/filings").json()["items"]] == [other, filing]
    assert intake.get(f"/projects/{project}").json()["filing_id"] == filing
    path = f"/api/v1/filings/{filing}/acceptance"
    assert steps(intake, project)["认定报备规范"]["command"] == {"method": "POST", "path": path}
    assert path in intake.get(f"/projects/{project}/next-step.html").text
    assert intake.done(f"/filings/{found['id']}/acceptance", as_="bureau")["status"] == "accepted"


def test_what_is_to_be_corrected_is_named(intake):
    project = intake.registered()
    filing = intake.filed(project)
    intake.done(f"/filings/{filing}/irregularity", {"reasons": ["附件缺失"]}, "bureau")
    path = steps(intake, project)["更正报备并经认定规范"]["command"]["path"]
    assert path == f"/api/v1/filings/{filing}/correction"


def test_a_unit_finds_its_own_filings_only(intake, problem):
    project = intake.registered()
    assert intake.get(f"/projects/{project}").json()["filing_id"] is None
    body = problem(intake.get(f"/projects/{project}/filing"), 404, "not_filed")
    assert body["detail"] == "项目“智慧校园”尚未提交报备。"
    filing = intake.filed(project)
    assert [each["id"] for each in intake.get("/filings", "unit").json()["items"]] == [filing]
    strange = {"as_": "unit", "unit": "亭湖区卫健委"}
    assert intake.get("/filings", **strange).json()["items"] == []
    problem(intake.get(f"/projects/{project}/filing", **strange), 403, "not_your_unit")
    problem(intake.get(f"/projects/{project}/changes", **strange), 403, "not_your_unit")


def test_all_changes_are_listed_and_the_open_one_is_named(intake):
    project = intake.buildable()
    path = f"/projects/{project}/changes"
    given_up, filed, open_ = (intake.done(path, CHANGE)["id"] for _ in range(3))
    intake.done(f"/changes/{given_up}/withdrawal", {"reason": "不再需要。"})
    intake.done(f"/changes/{filed}/filing")
    listed = intake.get(path).json()["changes"]
    assert [each["id"] for each in listed] == [given_up, filed, open_]
    assert [each["withdrawal_reason"] for each in listed] == ["不再需要。", None, None]
    assert [each["filed_at"] is None for each in listed] == [True, False, True]
    path = steps(intake, project)["变更报备"]["command"]["path"]
    assert path == f"/api/v1/changes/{open_}/filing"
