"""A project of 1200万 through the whole regulation, from declaration to disposal."""

from decimal import Decimal

from govproject.terms import FileClass, ProcessFileKind, TenderInput

from . import acceptance, approval, archiving, beginning, construction, ending


def test_a_project_of_1200_wan_from_declaration_to_disposal(case):
    project = case(
        unit="亭湖区行政审批局", name="政务服务一体化平台", budget_yuan=Decimal(12000000)
    )
    days = begin(project)
    days |= approve(project)
    days |= build(project)
    days |= accept(project)
    days |= follow_up(project)
    end(project, days)


def begin(project):
    """Art 5: in the third quarter nothing is late; Art 3: without registration no resources."""
    declared = beginning.declare(project, system_name="政务服务平台")
    assert (declared["track"], declared["warnings"]) == ("full_process", [])
    sections = project.see("intake", "materials")["plan_sections"]
    assert {each["verdict"] for each in sections} == {"pass"}
    assert project.turned_down() == ["3", "6"]
    problem = project.problem("intake", "filings", "not_on_filing_track", beginning.filing(project))
    assert "第4条" in problem["detail"]
    beginning.register(project)
    assert project.turned_down() == ["6"]
    days = {"declared": project.today, "registered": project.today}
    project.day(0, 11, 16)
    beginning.adopt(project)
    return days | {"planned": project.today}


def approve(project):
    """Arts 7 to 11: pre-review, four departments, five experts, the evaluation, the approval."""
    project.day(1, 1, 11)
    approval.fill_pool(project)
    pre_review = approval.submit(project)
    files = project.see("review", "pre-reviews", "bureau")["items"][0]["files"]
    assert {"feasibility_report", "preliminary_design", "sharing_list", "opening_list"} <= {
        each["kind"] for each in files
    }
    approval.passes(project, pre_review)
    approval.joint_review(project)
    panel = approval.draw(project)
    assert panel["size"] == 5
    concluded = approval.expert_review(project, panel["id"])
    assert len(concluded["opinions"]) == 5
    report = approval.evaluate(project)
    project.day(0, 2, 22)
    approval.apply(project)
    view = approval.approve(project)
    assert view["filing_form_due_on"] > project.today
    baseline = project.until("intake", "baseline", lambda v: v["baseline"])["baseline"]
    assert (baseline["approval_number"], baseline["fiscal_report"]) == (
        project.approval_number,
        report,
    )
    approval.tender(project, *TenderInput)
    return {"approved": project.today}


def build(project):
    """Arts 13 to 18: contract and schedule, the cloud within the plan, the implementation file."""
    project.day(0, 3, 15)
    beyond = construction.contract_body(project, amount_yuan="12000000.01")
    assert project.refused("intake", "contracts", beyond) == [("18", "implement_as_approved")]
    contract = construction.contract(project)
    construction.schedule(project, contract["id"])
    days = {"contracted": project.today}
    archiving.organise(project)
    construction.upload_process_files(
        project, ProcessFileKind.TENDER, ProcessFileKind.AWARD, ProcessFileKind.COMMENCEMENT
    )
    awarded, begun = archiving.uploads(project, "closed")
    assert awarded.startswith("上传招标文件、中标文件：")
    assert begun.startswith("上传工程开工资料：")
    construction.implement(project)
    assert project.turned_down(machines=5) == ["7"]
    assert project.granted(machines=3)["resources"]["vcpus"] == 24
    assert project.turned_down(machines=2) == ["7"]
    assert project.see("cloud-alloc", "standing")["in_use"]["vcpus"] == 24
    return days


def accept(project):
    """Art 19: preliminary, trial, report, archive check, guidance, final."""
    project.day(0, 7, 1)
    assert list(ending.obligations(project, "open")) == ["schedule_management"]
    project.do("acceptance", "completion", {"completed_on": project.today})
    assert list(ending.obligations(project, "open")) == ["acceptance_required"]
    held = acceptance.preliminary(project, "补充操作手册", "优化首页响应时间")
    body = {"started_on": project.today}
    assert project.refused("acceptance", "trials", body) == [("19", "prelim_opinion_and_fix")]
    acceptance.mend(project, held)
    trial = acceptance.start_trial(project)
    days = {"preliminary_passed": project.today, "trial_started": project.today}
    project.hears("archive")
    (built,) = archiving.uploads(project, "open")
    assert built.startswith("上传工程竣工资料、项目建设实施进展材料：")
    construction.upload_process_files(project, ProcessFileKind.COMPLETION, ProcessFileKind.PROGRESS)
    assert archiving.uploads(project, "closed")[2:] == [built]
    project.day(0, 10, 12)
    acceptance.end_trial(project, trial["id"])
    acceptance.test_report(project)
    project.hears("archive")
    early = project.refused("archive", "archive-checks", {"inspector": "王五"}, "archivist")
    assert {article for article, _ in early} == {"40"}
    before = (FileClass.APPROVAL, FileClass.PROCUREMENT, FileClass.CONTRACT, FileClass.TEST)
    archiving.hand_over(project, *before)
    assert archiving.check(project)["warnings"] == []
    acceptance.hand_in_materials(project)
    unguided = project.refused("acceptance", "final-rounds", acceptance.meeting(project))
    assert unguided == [("19", "ge_100_final_under_guidance")]
    acceptance.guide(project)
    acceptance.final(project)
    archiving.finish(
        project, FileClass.IMPLEMENTATION, FileClass.SUPERVISION, FileClass.FINAL_ACCEPTANCE
    )
    return days | {"trial_ended": project.today, "accepted": project.today}


def follow_up(project):
    """Arts 18, 20 to 25, 30 to 32: duties, the yearly report, both evaluations."""
    closed = {"schedule_management", "acceptance_required", "trial_period_3_to_6_months"}
    assert set(ending.obligations(project, "closed")) == closed
    duties = ending.obligations(project, "open")
    assert "1200000.00" in duties["return_surplus"]["task"]
    project.day(0, 11, 2)
    for rule in ("return_surplus", "asset_registration", "upload_acceptance_report_1_month"):
        ending.close(project, rule)
    ending.operate(project)
    ending.close(project, "owner_responsible")
    project.day(1, 1, 20)
    ending.report_year(project, project.calendar.today.year - 1)
    unready = ending.evaluation(project, "excellent")
    refused = project.refused("acceptance", "evaluations", unready, "finance")
    assert refused == [("23", "evaluation_two_parts")]
    project.day(0, 9, 1)
    ending.evaluate_itself(project)
    ending.close(project, "self_evaluation_12_months")
    ending.evaluate(project, "excellent")
    return {"evaluated": project.today}


def end(project, days):
    """Arts 31 and 34: free maintenance runs out, the system is stopped; then all views."""
    duty = ending.obligations(project, "open")["free_ops_start"]
    path = f"/obligations/{duty['id']}/closure"
    project.problem("acceptance", path, "period_running", {"proof": "期满"})
    project.day(1, 11, 1)
    ending.close(project, "free_ops_start")
    assert ending.obligations(project, "open") == {}
    ending.stop(project)
    days |= {"decommissioned": project.today, "filed": None}
    assert ending.stages(project) == days
    review = project.see("review")
    assert (review["stage"], review["application"]["state"]) == ("approved", "approved")
    assert review["decommissioned_at"] is not None
    accepted = project.until("acceptance", "", lambda v: v["decommissioned_at"])
    assert [(r["round"], r["passed"]) for r in accepted["final_rounds"]] == [(1, True)]
    assert [each["grade"] for each in accepted["evaluations"]] == ["excellent"]
    assert all(each["handed_over"] for each in project.see("archive")["classes"])
    ending.nothing_is_lost(project)
