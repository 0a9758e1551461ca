"""An upgrade that is built apart, by exceptions of the full track, and fails for all nine cases."""

from decimal import Decimal

from govproject.terms import FileClass, ProcessFileKind, TenderInput, Veto
from govproject_local import documents
from govproject_local.review_documents import chapters

from . import acceptance, approval, archiving, beginning, construction, ending

_BASIS = "国办发〔2022〕14号"
_EVALUATED = "1400000.00"


def test_an_upgrade_with_every_exception_of_the_full_track_and_every_veto(case):
    project = case(
        unit="亭湖区应急管理局",
        name="应急指挥平台升级",
        budget_yuan=Decimal(1500000),
        kind="upgrade",
    )
    declare_apart(project)
    be_reviewed_with_an_own_client(project)
    be_approved_beyond_plan_and_evaluation(project)
    grow_beyond_the_evaluation(project)
    build(project)
    try_too_long(project)
    find_all_nine(project)
    mend_all_nine(project)
    be_preferred(project)
    ending.nothing_is_lost(project)


def declare_apart(project):
    """Arts 2, 5: who builds apart names the national provision."""
    apart = {"deployment_target": "national_standalone", "system_name": "应急指挥平台"}
    asked = beginning.declaration(project, **apart)
    project.problem("intake", "/projects", "invalid_request", asked)
    declared = beginning.declare(project, **apart, standalone_basis=_BASIS)
    assert declared["track"] == "full_process"
    beginning.register(project)


def be_reviewed_with_an_own_client(project):
    """Arts 2, 7, 8, 9: what building apart asks for; an own client by exception alone."""
    project.day(1, 1, 11)
    approval.fill_pool(project)
    files = approval.materials(project)
    body = {"files": files, "statements": {"mobile": "own_client"}}
    assert set(project.refused("review", "pre-reviews", body)) == {
        ("2", "national_standalone_exemption"),
        ("2", "no_separate_mobile_app"),
    }
    basis = documents.word([(1, _BASIS), (0, "应急指挥系统单独建设，自成体系运行。")])
    files += [
        {
            "kind": "standalone_basis",
            "file_id": project.upload("review", "单独建设依据", basis),
        },
        {
            "kind": "data_sharing_plan",
            "file_id": project.upload("review", "共享协同方案", chapters(["数据共享", "业务协同"])),
        },
    ]
    assert project.refused("review", "pre-reviews", body) == [("2", "no_separate_mobile_app")]
    beginning.except_from(project, "no_separate_mobile_app")
    submitted = project.do_once_heard("review", "pre-reviews", body)
    verdict = f"/pre-reviews/{submitted['id']}/verdict"
    points = {"points": dict.fromkeys(approval.POINTS, True)}
    refused = project.refused("review", verdict, points, "bureau")
    assert refused == [("2", "mobile_into_city_portal")]
    points["points"]["mobile_portal"] = True
    assert project.do("review", verdict, points, "bureau")["state"] == "passed"
    approval.joint_review(project)
    approval.expert_review(project, approval.draw(project)["id"])


def be_approved_beyond_plan_and_evaluation(project):
    """Arts 6, 10, 11: outside the plan and beyond the ceiling, each by its exception."""
    less = {"report_number": "亭财评升级1", "evaluated_yuan": _EVALUATED}
    project.do("review", "fiscal-evaluations", less, "finance")
    project.until("intake", "", lambda v: v["evaluated_yuan"] == _EVALUATED)
    approval.apply(project)
    project.hears("review")
    wanted = approval.approval(project)
    lacking = [("6", "not_in_plan_not_approved"), ("10", "fiscal_evaluation_report")]
    assert project.refused("review", "approval", wanted, "bureau") == lacking
    beginning.except_from(project, "fiscal_evaluation_report")
    beginning.except_from(project, "not_in_plan_not_approved")
    project.until("review", "next-step", lambda v: "not_in_plan_not_approved" in lifted(v))
    view = approval.approve(project)
    used = {f["rule"] for f in view["decision"]["findings"] if f["lifted_by"] is not None}
    assert used == {rule for _, rule in lacking}
    approval.tender(project, *TenderInput)


def lifted(view):
    """The rules from which the project's next steps are excepted."""
    found = [f for step in view["steps"] for f in step["decision"]["findings"]]
    return {f["rule"] for f in found if f["lifted_by"] is not None}


def grow_beyond_the_evaluation(project):
    """Arts 10, 28: no change beyond the evaluated amount is approved without an exception."""
    project.budget_yuan = Decimal(1600000)
    body = {
        "aspects": ["amount"],
        "description": "增加两个指挥席位。",
        "new_budget_yuan": str(project.budget_yuan),
    }
    change = f"/changes/{project.do('intake', 'changes', body)['id']}"
    document = {"document": "亭数批变1", "approved_on": project.today}
    refused = project.refused("intake", f"{change}/approval", document, "bureau")
    assert refused == [("10", "change_within_evaluation")]
    beginning.except_from(project, "change_within_evaluation")
    project.do("intake", f"{change}/approval", document, "bureau")
    project.do("intake", f"{change}/filing")
    for service in ("review", "acceptance"):
        project.until(service, "", lambda v: v["budget_yuan"] == "1600000.00")


def build(project):
    """Arts 13 to 18."""
    project.day(0, 3, 15)
    construction.contract(project)
    archiving.organise(project)
    construction.upload_process_files(
        project, ProcessFileKind.TENDER, ProcessFileKind.AWARD, ProcessFileKind.COMMENCEMENT
    )
    construction.implement(project)
    project.granted()


def try_too_long(project):
    """Art 19: a trial of seven months needs its reason."""
    project.day(0, 6, 1)
    acceptance.preliminary(project)
    trial = acceptance.start_trial(project)
    construction.upload_process_files(project, ProcessFileKind.COMPLETION, ProcessFileKind.PROGRESS)
    project.day(1, 1, 4)
    acceptance.end_trial(project, trial["id"])
    acceptance.test_report(project)
    acceptance.hand_in_materials(project)
    acceptance.guide(project)
    body = acceptance.meeting(project, mobile="in_portal")
    assert ("19", "trial_period_3_to_6_months") in project.refused(
        "acceptance", "final-rounds", body
    )
    reason = {"reason": "汛期延长试运行，检验峰值负荷。"}
    project.do("acceptance", f"/trials/{trial['id']}/overrun-reason", reason)


def find_all_nine(project):
    """Arts 19, 20: an open dispute holds whatever is ticked; a failed final names all nine."""
    issue = {"kind": "legal_dispute", "happened_on": project.today, "issue": "分包款诉讼。"}
    project.do("acceptance", "issues", issue)
    body = acceptance.meeting(project, mobile="in_portal")
    found = project.do("acceptance", "final-rounds", body | failing(project))
    assert (found["passed"], set(found["found"])) == (
        False,
        {"archive_not_accepted", "major_issue_or_dispute"},
    )
    project.day(0, 1, 18)
    acceptance.mend_final(project)
    acceptance.guide(project)
    body = acceptance.meeting(project, *Veto, mobile="in_portal")
    unwritten = project.refused("acceptance", "final-rounds", body)
    assert ("19", "expert_resolution_on_file") in unwritten
    resolution = {"resolution_file_id": project.upload("acceptance", "不通过决议（载明票数）")}
    found = project.do("acceptance", "final-rounds", body | resolution)
    assert (found["passed"], set(found["found"])) == (False, {veto.value for veto in Veto})


def failing(project):
    """What the opinion of a failed meeting says."""
    limit = f"{project.calendar.today.year}-06-30"
    return {"reasons": ["详见专家组意见"], "rectify_by": limit, "settled_yuan": None}


def mend_all_nine(project):
    """Art 20: each case is mended with proof, the archive checked; then it passes."""
    project.day(0, 3, 2)
    (issue,) = project.see("acceptance")["issues"]
    settled = {
        "settled_on": project.today,
        "settlement": "已调解结案。",
        "file_id": project.upload("acceptance", "民事调解书"),
    }
    project.do("acceptance", f"/issues/{issue['id']}/settlement", settled)
    before = (FileClass.APPROVAL, FileClass.PROCUREMENT, FileClass.CONTRACT, FileClass.TEST)
    archiving.hand_over(project, *before)
    archiving.check(project)
    acceptance.mend_final(project)
    acceptance.guide(project)
    passed = project.do(
        "acceptance", "final-rounds", acceptance.meeting(project, mobile="in_portal")
    )
    assert (passed["passed"], passed["round"]) == (True, 3)
    warned = {f["rule"] for f in passed["decision"]["findings"] if f["severity"] == "warn"}
    assert "trial_period_3_to_6_months" in warned
    # Nothing is lifted at this step, and the acts of the bureau are shown all the same.
    assert {act["rule"] for act in passed["decision"]["reliefs"]} == {
        "no_separate_mobile_app",
        "not_in_plan_not_approved",
        "fiscal_evaluation_report",
        "change_within_evaluation",
    }
    project.until("archive", "", lambda v: v["final_passed_on"] == project.today)
    archiving.finish(
        project, FileClass.IMPLEMENTATION, FileClass.SUPERVISION, FileClass.FINAL_ACCEPTANCE
    )


def be_preferred(project):
    """Art 25: after an excellent result the renewal comes first in the next plan."""
    project.day(0, 8, 3)
    ending.evaluate_itself(project)
    ending.evaluate(project, "excellent")
    more = {"kind": "renewal", "project_name": "应急指挥平台二期"}
    apart = {"deployment_target": "national_standalone", "standalone_basis": _BASIS}
    body = beginning.declaration(project, **more, **apart, related_project_ids=[project.id])
    renewal = project.do("intake", "/projects", body)["id"]
    year = project.calendar.today.year + 1
    draft = {"add": [renewal], "reason": "汇总各单位申报"}
    drafted = project.do("intake", f"/annual-plans/{year}/drafts", draft, "bureau")
    assert (drafted["projects"][0]["project_id"], drafted["projects"][0]["preferred"]) == (
        renewal,
        True,
    )
