"""One project that meets every return, failure, change and exception on its way."""

from decimal import Decimal

from govproject.terms import FileClass, FilingCondition, ProcessFileKind, TenderInput, Veto

from . import acceptance, approval, archiving, beginning, construction, ending
from .case import PLAN, blocking


def test_a_project_with_every_return_failure_change_and_exception(case):
    project = case(unit="亭湖区卫生健康委", name="基层医疗协同平台", budget_yuan=Decimal(950000))
    declare_late(project)
    file_with_an_exception(project)
    cross_the_boundary(project)
    return_the_pre_review(project)
    object_and_observe(project)
    fail_before_the_experts(project)
    replace_an_expert(project)
    approve_less(project)
    build_against_resistance(project)
    suspend_and_resume(project)
    fail_the_preliminary(project)
    end_the_trial_too_early(project)
    fail_the_final(project)
    evaluate_as_poor(project)
    ending.stop(project)
    rounds = project.until("acceptance", "", lambda v: v["decommissioned_at"])["final_rounds"]
    assert [(r["round"], r["passed"]) for r in rounds] == [(1, False), (2, True)]
    assert project.see("intake")["track"] == "full_process"
    assert all(ending.stages(project).values())
    assert all(each["handed_over"] for each in project.see("archive")["classes"])
    assert project.see("review")["stage"] == "approved"
    ending.nothing_is_lost(project)


def declare_late(project):
    """Art 5: a missing plan is refused, a late declaration is taken with a warning."""
    project.day(0, 10, 8)
    whole = beginning.declaration(project)
    incomplete = whole | {
        "materials": [m for m in whole["materials"] if m["kind"] != "implementation_plan"]
    }
    assert project.refused("intake", "/projects", incomplete) == [
        ("5", "material_implementation_plan")
    ]
    declared = beginning.declare(project, cloud_plan=None, system_name="基层医疗平台")
    assert [(w["article"], w["rule"]) for w in declared["warnings"]] == [
        ("5", "plan_submission_q3")
    ]
    assert declared["track"] == "filing"
    assert project.turned_down() == ["3", "14", "27"]
    beginning.register(project)
    assert project.turned_down() == ["14", "27"]


def file_with_an_exception(project):
    """Arts 26, 27, 14: a condition, an exception that expires, an irregular filing, a plan."""
    filing = beginning.file(project, FilingCondition.NO_SHARED_RESOURCES)
    assert project.turned_down() == ["14", "26", "27"]
    approval.evaluate(project)
    accept = f"/filings/{filing}/acceptance"
    refused = project.refused("intake", accept, who="bureau")
    assert refused == [("26", "filing_no_shared_resources")]
    exception = {
        "rule": "filing_no_shared_resources",
        "reason": "专线业务暂不能使用政务外网。",
        "document": "亭政会纪8号",
        "expires_on": f"{project.calendar.today.year}-10-31",
    }
    unliftable = exception | {"rule": "no_registration_no_resource"}
    project.problem("intake", "exceptions", "not_liftable", unliftable, "bureau")
    project.do("intake", "exceptions", exception, "bureau")
    irregular = {"reasons": ["内部技术审查材料不全"]}
    project.do("intake", f"/filings/{filing}/irregularity", irregular, "bureau")
    project.until("cloud-alloc", "standing", lambda v: v["filing_status"] == "irregular")
    assert project.see("intake", f"/filings/{filing}")["irregular_reasons"] == irregular["reasons"]
    assert project.turned_down() == ["14", "27"]  # the exception has lifted Art 26
    corrected = beginning.filing(project, FilingCondition.NO_SHARED_RESOURCES)
    project.do("intake", f"/filings/{filing}/correction", corrected)
    beginning.accept(project, filing)
    assert project.turned_down() == ["14"]
    change(project, {"aspects": ["scale"], "new_cloud_plan": PLAN})
    project.until("cloud-alloc", "standing", lambda v: v["filing_status"] == "submitted")
    assert project.turned_down() == ["27"]
    beginning.accept(project, filing)
    lifted = [f for f in project.granted()["decision"]["findings"] if f["lifted_by"] is not None]
    assert [(f["article"], f["lifted_by"]["document"]) for f in lifted] == [("26", "亭政会纪8号")]
    project.day(0, 11, 2)
    assert project.turned_down() == ["26"]  # it has expired


def cross_the_boundary(project):
    """Arts 4, 28, 6: from 95万 to 120万 the project is of the other track."""
    project.budget_yuan = Decimal(1200000)
    grown = {"aspects": ["amount"], "new_budget_yuan": str(project.budget_yuan)}
    view = change(project, grown)
    assert view["track"] == "full_process"
    project.until("cloud-alloc", "standing", lambda v: v["track"] == "full_process")
    for service in ("review", "acceptance"):
        project.until(service, "", lambda v: v["track"] == "full_process")
    assert project.turned_down() == ["6"]
    plans = {"plans": [{"kind": "quality", "file_id": project.upload("acceptance", "质量计划")}]}
    refused = project.refused("acceptance", "implementation-plans", plans)
    assert refused == [("6", "no_build_before_approval")]


def change(project, decided):
    """A change that is decided and filed (Art 28)."""
    body = {"description": "经集体研究确定的变更。"} | decided
    determined = project.do("intake", "changes", body)
    assert determined["filed_at"] is None
    return project.do("intake", f"/changes/{determined['id']}/filing")


def return_the_pre_review(project):
    """Arts 7, 8: a missing document is refused, a weak one returned; the second round passes."""
    files = [m for m in approval.materials(project) if m["kind"] != "crypto_plan"]
    body = {"files": files, "statements": {"mobile": "none"}}
    refused = project.refused("review", "pre-reviews", body)
    assert {article for article, _ in refused} == {"8"}
    first = approval.submit(project)
    opinion = {"verdict": "pass", "opinion": "同意。"}
    project.problem("review", "opinions", "pre_review_not_passed", opinion, "finance")
    points = {**dict.fromkeys(approval.POINTS, True), "data_needs": False}
    returned = {"points": points, "reasons": ["数据资源需求不明确"]}
    verdict = f"/pre-reviews/{first}/verdict"
    assert project.do("review", verdict, returned, "bureau")["state"] == "returned"
    assert project.see("review")["pre_review"]["reasons"] == ["数据资源需求不明确"]
    approval.passes(project, approval.submit(project))
    rounds = project.see("review", "pre-reviews")["items"]
    assert [(r["round"], r["state"]) for r in rounds] == [(1, "returned"), (2, "passed")]


def object_and_observe(project):
    """Arts 6, 9: out of plan, one department against, an observation without an answer."""
    approval.apply(project)
    approval.opinion(project, "cyberspace", "fail")
    approval.opinion(project, "audit", "pass_with_conditions")
    project.hears("review")
    refused = project.refused("review", "approval", approval.approval(project), "bureau")
    assert {
        ("6", "not_in_plan_not_approved"),
        ("9", "joint_department_review"),
        ("9", "review_cyberspace"),
        ("9", "review_audit"),
        ("10", "expert_review_led_by_unit"),
    } <= set(refused)
    beginning.adopt(project)
    answer = {"answer": "已补充网络安全建设内容。"}
    project.do("review", "opinions/cyberspace/answer", answer)
    for department in ("party-office", "finance"):
        approval.opinion(project, department)
    # Other materials in the place of those that were said no to; who has seen the rest has spoken.
    approval.passes(project, approval.submit(project, "network_security_plan"))
    approval.opinion(project, "cyberspace")
    project.do("review", "opinions/audit/answer", {"answer": "已安排专人保管。"})
    project.hears("review")
    refused = project.refused("review", "approval", approval.approval(project), "bureau")
    assert {article for article, _ in refused} == {"10"}


def fail_before_the_experts(project):
    """Art 10: the first experts say no; others are drawn for other materials only."""
    approval.fill_pool(project)
    panel = approval.draw(project)
    members = [member["expert_id"] for member in panel["members"]]
    for expert_id in members:
        approval.sign(project, panel["id"], expert_id, in_favour=False)
    conclusion = {"attended": members}
    failed = project.do("review", f"/panels/{panel['id']}/conclusion", conclusion)
    assert failed["state"] == "failed"
    project.problem("review", "panels", "panel_failed", {}, "bureau")
    approval.passes(project, approval.submit(project, "network_security_plan", "crypto_plan"))
    approval.opinion(project, "party-office")


def replace_an_expert(project):
    """Art 10: who withdraws is replaced by an alternate; four are no panel."""
    panel = approval.draw(project)
    path = f"/panels/{panel['id']}"
    gone = panel["members"][0]["expert_id"]
    body = {"expert_id": gone, "reason": "因故不能到会。"}
    replaced = project.do("review", f"{path}/withdrawals", body, "bureau")
    members = [member["expert_id"] for member in replaced["members"]]
    assert (len(members), gone in members) == (5, False)
    signed = {"expert_id": gone, "in_favour": True, "comments": {}}
    who = approval.account(project, gone)
    project.problem("review", f"{path}/opinions", "not_drawn", signed, who)
    for expert_id in members[:4]:
        approval.sign(project, panel["id"], expert_id)
    refused = project.refused("review", f"{path}/conclusion", {"attended": members[:4]})
    assert refused == [
        ("10", "absent_experts_are_replaced"),
        ("10", "expert_count_min_5_odd_ge_100"),
    ]
    concluded = approval.expert_review(project, panel["id"])
    assert [w["expert_id"] for w in concluded["withdrawals"]] == [gone]


def approve_less(project):
    """Arts 10, 11: the evaluated amount is a ceiling, and a rejected application comes again."""
    project.day(1, 2, 22)
    wanted = approval.approval(project)
    project.budget_yuan = Decimal(1100000)
    approval.evaluate(project)
    project.hears("review")
    refused = project.refused("review", "approval", wanted, "bureau")
    assert refused == [("10", "fiscal_evaluation_report")]
    rejected = project.do("review", "rejection", {"reason": "请按财评金额调整。"}, "bureau")
    assert rejected["state"] == "rejected"
    approval.apply(project)
    approval.approve(project)
    inputs = [each for each in TenderInput if each is not TenderInput.FISCAL_REPORT]
    body = {"documents": [project.upload("review", "招标文件")], "based_on": inputs}
    refused = project.refused("review", "tender-documents", body)
    assert refused == [("11", "tender_documents_basis"), ("13", "procurement_file_clauses")]
    approval.tender(project, *TenderInput)


def build_against_resistance(project):
    """Arts 13 to 17, 31 and 7: a poor contract, an extension, another project lead."""
    project.day(0, 3, 15)
    poor = construction.contract_body(
        project, clauses={"ip_ownership": "第3页"}, free_ops_months=12
    )
    assert set(project.refused("intake", "contracts", poor)) == {
        ("13", "contract_mandatory_clauses"),
        ("31", "free_ops_min_2_years"),
    }
    contract = f"/contracts/{construction.contract(project)['id']}"
    construction.schedule(project, contract.removeprefix("/contracts/"))
    ends_on = project.see("intake", f"{contract}/progress")["ends_on"]
    late = f"{int(ends_on[:4]) + 1}-06-30"
    milestones = [{"title": "竣工", "due_on": late}]
    body = {"reason": "需求调整。", "new_ends_on": late, "milestones": milestones}
    confirm(project, f"{contract}/extensions", body, ("15", "extension_three_party_sign"))
    body = {"leaves": "赵工", "joins": "钱工", "reason": "工作调动。"}
    confirm(project, f"{contract}/personnel-changes", body, ("17", "personnel_change_confirm"))
    progress = project.see("intake", f"{contract}/progress")
    assert progress["ends_on"] == late
    assert [person["name"] for person in progress["personnel"]] == ["钱工"]
    archiving.organise(project)
    construction.upload_process_files(
        project, ProcessFileKind.TENDER, ProcessFileKind.AWARD, ProcessFileKind.COMMENCEMENT
    )
    construction.implement(project)
    assert project.turned_down(machines=4) == ["7"]
    project.granted()


def confirm(project, path, body, unsigned):
    """The three confirm together, and nothing takes effect before (Arts 15, 17)."""
    confirmation = f"/confirmations/{project.do('intake', path, body)['id']}"
    assert project.refused("intake", f"{confirmation}/completion") == [unsigned]
    for party, signer in {"unit": "孙某", "supervisor": "李某", "contractor": "周某"}.items():
        signature = {"party": party, "signer": signer, "signed_on": project.today}
        project.do("intake", f"{confirmation}/signatures", signature)
    assert project.do("intake", f"{confirmation}/completion")["state"] == "effective"


def suspend_and_resume(project):
    """Art 29: an order that fails, a suspension that a person confirms, and its end."""
    body = {"problem": "日志留存不足六个月。", "due_on": f"{project.calendar.today.year}-04-15"}
    order = project.do("intake", "rectification-orders", body, "cyberspace")["id"]
    failure = f"/rectification-orders/{order}/failure"
    reason = {"reason": "期满未整改。"}
    project.problem("intake", failure, "not_yet_due", reason, "cyberspace")
    project.day(0, 4, 16)
    project.do("intake", failure, reason, "cyberspace")

    def orders(state):
        found = {"order_id": order, "state": state}
        return lambda page: any(found.items() <= each.items() for each in page["items"])

    project.until("cloud-alloc", "/suspension-orders", orders("proposed"), "bureau")
    assert "29" in [f["article"] for f in project.granted()["decision"]["findings"]]
    project.do("cloud-alloc", f"/suspension-orders/{order}/confirmation", who="bureau")
    assert project.turned_down() == ["29"]
    assert states(project) == {"suspended"}
    clearance = f"/rectification-orders/{order}/clearance"
    passed = {"reason": "复查合格。"}
    project.problem("intake", clearance, "step_not_possible", passed, "cyberspace")
    report = {"report": "日志留存已延长。", "file_id": project.upload("intake", "整改报告")}
    project.do("intake", f"/rectification-orders/{order}/report", report)
    project.do("intake", clearance, passed, "cyberspace")
    project.until("cloud-alloc", "/suspension-orders", orders("cleared"), "bureau")
    project.do("cloud-alloc", f"/suspension-orders/{order}/resumption", who="bureau")
    assert states(project) == {"active"}


def states(project):
    """Of what was ever granted to the project."""
    page = project.see("cloud-alloc", "allocations")["items"]
    return {each["state"] for each in page} - {"refused"}


def fail_the_preliminary(project):
    """Arts 28, 19: no meeting while a change is unfiled; one that fails, one that passes."""
    project.day(0, 7, 1)
    body = {"aspects": ["scale"], "description": "增加两个街道的部署点位。"}
    determined = project.do("intake", "changes", body)["id"]
    project.until("acceptance", "", lambda v: v["unfiled_changes"] == 1)
    asked = project.see("acceptance")["next_step"]
    assert "28" in [f["article"] for f in blocking(asked["decision"])]
    meeting = acceptance.meeting(project)
    assert ("28", "no_change_filing_no_acceptance") in project.refused(
        "acceptance", "final-rounds", meeting
    )
    filing = f"/changes/{determined}/filing"
    refused = project.refused("intake", filing)
    assert refused == [("28", "change_approved_before_filing")]
    approved = {"document": f"变更批复{project.id[-4:]}", "approved_on": project.today}
    project.do("intake", f"/changes/{determined}/approval", approved, "bureau")
    project.do("intake", filing)
    project.until("acceptance", "", lambda v: v["unfiled_changes"] == 0)
    failed = {"passed": False, "reasons": ["核心功能未实现"]}
    held = acceptance.preliminary(project, "完成核心功能", **failed)
    assert project.see("acceptance")["state"] == "building"
    assert ("19", "prelim_opinion_and_fix") in project.refused(
        "acceptance", "trials", {"started_on": project.today}
    )
    project.day(0, 7, 20)
    acceptance.mend(project, held)
    assert acceptance.preliminary(project)["round"] == 2
    construction.upload_process_files(project, ProcessFileKind.COMPLETION, ProcessFileKind.PROGRESS)


def end_the_trial_too_early(project):
    """Art 19: one month is no trial; another of three months is."""
    trial = acceptance.start_trial(project)
    project.day(0, 8, 20)
    acceptance.end_trial(project, trial["id"])
    acceptance.test_report(project)
    acceptance.hand_in_materials(project)
    acceptance.guide(project)
    meeting = acceptance.meeting(project, Veto.INDICATORS)
    refused = project.refused("acceptance", "final-rounds", meeting)
    assert ("19", "trial_period_3_to_6_months") in refused
    trial = acceptance.start_trial(project)
    problem = {"problem": "高峰时段响应缓慢", "found_on": project.today}
    noted = project.do("acceptance", f"/trials/{trial['id']}/problems", problem)
    project.day(0, 11, 23)
    acceptance.end_trial(project, trial["id"])
    project.hears("acceptance")
    refused = project.refused("acceptance", "final-rounds", meeting | {"held_on": project.today})
    assert ("19", "final_check_fixes") in refused
    solved = {"solved_on": project.today, "proof": "已扩容。"}
    project.do("acceptance", f"/trial-problems/{noted['id']}/closure", solved)


def fail_the_final(project):
    """Arts 19, 20: the archive fails, the final fails, both are mended, the next round passes."""
    failed = {"inspector": "王五", "reasons": ["合同文件缺页"]}
    project.do("archive", "archive-check-failures", failed, "archivist")
    project.until("acceptance", "", lambda v: v["archive_check_passed"] is False)
    unlimited = acceptance.meeting(project, Veto.INDICATORS, rectify_by=None)
    refused = project.refused("acceptance", "final-rounds", unlimited)
    assert ("20", "failed_final_rectify") in refused
    even = acceptance.meeting(project, Veto.INDICATORS, experts=acceptance.experts(4))
    assert ("19", "final_expert_group") in project.refused("acceptance", "final-rounds", even)
    body = acceptance.meeting(project, Veto.INDICATORS)
    view = project.do("acceptance", "final-rounds", body)
    assert (view["passed"], set(view["found"])) == (False, {"indicators", "archive_not_accepted"})
    assert project.see("acceptance")["state"] == "trial_ended"
    assert project.see("intake")["accepted_on"] is None
    project.day(0, 12, 14)
    before = (FileClass.APPROVAL, FileClass.PROCUREMENT, FileClass.CONTRACT, FileClass.TEST)
    archiving.hand_over(project, *before)
    archiving.check(project)
    unmended = project.refused("acceptance", "final-rounds", acceptance.meeting(project))
    assert unmended == [("19", "ge_100_final_under_guidance"), ("20", "failed_final_rectify")]
    acceptance.mend_final(project)
    acceptance.guide(project)
    assert acceptance.final(project)["round"] == 2
    archiving.finish(
        project, FileClass.IMPLEMENTATION, FileClass.SUPERVISION, FileClass.FINAL_ACCEPTANCE
    )
    checks = project.see("archive", "archive-checks", "archivist")["items"]
    assert [each["outcome"] for each in checks] == ["failed", "passed", "passed"]


def evaluate_as_poor(project):
    """Art 25: a poor result bars what runs on the same system from the next year's plan only."""
    project.day(1, 8, 3)
    ending.evaluate_itself(project)
    ending.evaluate(project, "poor")
    again = {"kind": "upgrade", "project_name": "基层医疗协同平台升级"}
    related = again | {"related_project_ids": [project.id]}
    next_year = beginning.declaration(project, **related)
    refused = project.refused("intake", "/projects", next_year)
    assert refused == [("25", "poor_no_related_project")]
    project.day(1, 8, 3)
    later = project.do("intake", "/projects", beginning.declaration(project, **related))
    assert [(r["grade"], r["project_id"]) for r in later["results"]] == [("poor", project.id)]
