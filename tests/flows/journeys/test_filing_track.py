"""Projects on the filing track, below 50万 and from 50万 on, from declaration to evaluation."""

from decimal import Decimal

from govproject.terms import FileClass, ProcessFileKind, TenderInput

from . import acceptance, approval, archiving, beginning, construction, ending


def test_a_project_of_30_wan_files_and_organises_its_own_final(case):
    project = case(unit="亭湖区新洋街道", name="社区事务一体化平台", budget_yuan=Decimal(300000))
    declared = beginning.declare(project)
    assert (declared["track"], declared["warnings"]) == ("filing", [])
    beginning.register(project)
    assert project.turned_down() == ["27"]
    problem = project.problem("review", "pre-reviews", "not_on_full_track", {"files": []})
    assert "第4条" in problem["detail"]
    days = {"declared": project.today, "registered": project.today}
    project.day(0, 11, 16)
    beginning.adopt(project)
    days |= {"planned": project.today}
    project.day(1, 1, 11)
    problem = project.problem(
        "review",
        "fiscal-evaluations",
        "evaluation_not_required",
        {"report_number": "亭财评1", "evaluated_yuan": "300000.00"},
        "finance",
    )
    assert "第10条" in problem["detail"]
    filing = beginning.file(project)
    assert project.turned_down() == ["27"]
    beginning.accept(project, filing)
    days |= {"filed": project.today}
    days |= build_and_accept(project)
    days |= evaluate(project)
    assert ending.stages(project) == days | {
        "approved": None,
        "preliminary_passed": None,
        "trial_started": None,
        "trial_ended": None,
        "decommissioned": None,
    }
    assert project.see("review")["stage"] == "not_reviewed"
    assert project.see("acceptance")["test_reports"] == []
    ending.nothing_is_lost(project)


def test_a_project_of_80_wan_needs_the_fiscal_evaluation(case):
    project = case(unit="亭湖区教育局", name="智慧校园管理平台", budget_yuan=Decimal(800000))
    assert beginning.declare(project)["track"] == "filing"
    beginning.register(project)
    days = {"declared": project.today, "registered": project.today}
    project.day(0, 11, 16)
    beginning.adopt(project)
    days |= {"planned": project.today}
    filing = beginning.file(project)
    unevaluated = project.refused("intake", f"/filings/{filing}/acceptance", who="bureau")
    assert unevaluated == [("10", "fiscal_evaluation_ge_50")]
    approval.evaluate(project)
    beginning.accept(project, filing)
    days |= {"filed": project.today}
    approval.tender(project, TenderInput.FISCAL_REPORT)
    days |= build_and_accept(project)
    days |= evaluate(project)
    reached = {stage: day for stage, day in ending.stages(project).items() if day is not None}
    assert reached == days
    assert project.see("review")["fiscal_evaluation"]["evaluated_yuan"] == "800000.00"
    ending.nothing_is_lost(project)


def build_and_accept(project):
    """Arts 13 to 20 for a small project: no preliminary, no trial, no guidance."""
    project.day(1, 3, 15)
    construction.contract(project, supervisor=None)
    days = {"contracted": project.today}
    archiving.organise(project)
    construction.upload_process_files(
        project, ProcessFileKind.TENDER, ProcessFileKind.AWARD, ProcessFileKind.COMMENCEMENT
    )
    construction.implement(project)
    assert project.turned_down(machines=5) == ["7"]
    project.granted(machines=2)
    project.day(0, 8, 2)
    archiving.hand_over(project, FileClass.PROCUREMENT, FileClass.CONTRACT)
    archiving.check(project)
    acceptance.fix_indicators(project)
    acceptance.hand_in_materials(project)
    view = acceptance.final(project)
    warned = {f["rule"] for f in view["decision"]["findings"] if f["severity"] == "warn"}
    assert warned == {"under_100_skip_prelim", "third_party_test_report"}
    construction.upload_process_files(project, ProcessFileKind.COMPLETION, ProcessFileKind.PROGRESS)
    archiving.finish(project, FileClass.IMPLEMENTATION, FileClass.FINAL_ACCEPTANCE)
    supervision = [c for c in project.see("archive")["classes"] if c["file_class"] == "supervision"]
    assert [each["due_on"] for each in supervision] == [None]
    return days | {"accepted": project.today}


def evaluate(project):
    """Arts 18 to 25 and 30: every duty that has a day or needs none is done."""
    for rule in ("return_surplus", "asset_registration", "upload_acceptance_report_1_month"):
        ending.close(project, rule)
    ending.operate(project)
    ending.close(project, "owner_responsible")
    project.day(1, 3, 1)
    ending.evaluate_itself(project)
    ending.close(project, "self_evaluation_12_months")
    ending.evaluate(project, "good")
    assert list(ending.obligations(project, "open")) == ["free_ops_start"]
    return {"evaluated": project.today}
