"""A project in two lots that loses its panel, grows past 1000万, and is late with a duty."""

from decimal import Decimal

from govproject.terms import FileClass, ProcessFileKind, TenderInput

from . import acceptance, approval, archiving, beginning, construction, ending
from .case import blocking

_SECOND = "南京集成公司"
_REPORT = "upload_acceptance_report_1_month"
_EACH_LOT = (ProcessFileKind.TENDER, ProcessFileKind.AWARD, ProcessFileKind.COMMENCEMENT)


def test_a_project_in_two_lots_with_a_lost_panel_a_declined_change_and_a_late_duty(case, listener):
    listener.follow("acceptance", "obligation.overdue.v1")
    project = case(unit="亭湖区民政局", name="智慧养老服务平台", budget_yuan=Decimal(9500000))
    begin(project)
    lose_the_panel(project)
    draw_again(project)
    approve(project)
    decline_a_change(project)
    grow_past_1000_wan(project)
    contracts = build_in_two_lots(project)
    return_a_volume(project)
    file_for_each_lot(project, contracts)
    fail_a_lot(project, contracts)
    accept_the_whole(project)
    be_late(project, listener)
    project.day(1, 9, 1)
    ending.operate(project)
    ending.evaluate_itself(project)
    ending.evaluate(project, "qualified")
    ending.stop(project)
    assert project.until("acceptance", "", lambda v: v["decommissioned_at"])["state"] == "accepted"
    ending.nothing_is_lost(project)


def begin(project):
    """Arts 3 to 8: in time, registered, planned; what the experts are to see has passed."""
    assert beginning.declare(project)["track"] == "full_process"
    beginning.register(project)
    project.day(0, 11, 16)
    beginning.adopt(project)
    project.day(1, 1, 11)
    approval.passes(project, approval.submit(project))
    approval.joint_review(project)


def lose_the_panel(project):
    """Art 10: six in the pool. The alternate follows the first who steps back, nobody the second.

    The four who are left are an even number, and conclude nothing.
    """
    approval.fill_pool(project, 6)
    panel = approval.draw(project)
    path = f"/panels/{panel['id']}"
    [alternate] = panel["alternates"]
    first, second, *stay = [member["expert_id"] for member in panel["members"]]
    conflict = {"declared_conflicts": [project.unit]}
    project.do("review", f"/experts/{first}/conflicts", conflict, "bureau")
    replaced = step_back(project, path, first)
    assert (replaced["state"], replaced["alternates"]) == ("drawn", [])
    seated = [member["expert_id"] for member in replaced["members"]]
    assert alternate["expert_id"] in seated
    for expert_id in seated:
        approval.sign(project, panel["id"], expert_id)
    project.do("review", f"/experts/{second}/conflicts", conflict, "bureau")
    refused = project.refused("review", f"{path}/conclusion", {"attended": seated})
    assert ("10", "conflicted_experts_step_back") in refused
    assert step_back(project, path, second)["state"] == "dissolved"
    left = {"attended": [*stay, alternate["expert_id"]]}
    project.problem("review", f"{path}/conclusion", "step_not_possible", left)


def step_back(project, path, expert_id):
    """An expert who has a stake in the project leaves the panel."""
    body = {"expert_id": expert_id, "reason": "申报后发现存在利害关系，予以回避。"}
    return project.do("review", f"{path}/withdrawals", body, "bureau")


def draw_again(project):
    """Art 10: four are too few to draw from; of more, nobody who stepped back is drawn."""
    short = project.problem("review", "panels", "pool_too_small", {}, "bureau")
    assert (short["eligible"], short["size"]) == (4, 5)
    approval.fill_pool(project)
    panel = approval.draw(project)
    assert panel["round"] == 2
    recused = [each["expert_id"] for each in panel["pool"] if each["recusal"]]
    drawn = [each["expert_id"] for each in panel["members"] + panel["alternates"]]
    assert (len(recused), len(drawn), set(recused) & set(drawn)) == (2, 13, set())
    approval.expert_review(project, panel["id"])
    panels = project.see("review", "panels")["items"]
    assert [each["state"] for each in panels] == ["dissolved", "passed"]


def approve(project):
    """Arts 10, 11."""
    approval.evaluate(project)
    project.day(0, 2, 22)
    approval.apply(project)
    approval.approve(project)
    approval.tender(project, *TenderInput)


def decline_a_change(project):
    """Art 28: what the bureau declines is gone, and bars no acceptance."""
    body = {"aspects": ["content"], "description": "增加老年食堂管理模块。"}
    change = f"/changes/{project.do('intake', 'changes', body)['id']}"
    project.until("acceptance", "", lambda v: v["unfiled_changes"] == 1)
    declined = {"reason": "不属于批复的建设内容，请另行申报。"}
    project.do("intake", f"{change}/withdrawal", declined, "bureau")
    project.problem("intake", f"{change}/filing", "change_withdrawn")
    project.until("acceptance", "", lambda v: v["unfiled_changes"] == 0)


def grow_past_1000_wan(project):
    """Arts 8, 10, 28: the bureau approves an amount from which a preliminary design is needed."""
    project.budget_yuan = Decimal(10500000)
    body = {
        "aspects": ["amount"],
        "description": "新增两个镇的养老机构接入。",
        "new_budget_yuan": str(project.budget_yuan),
    }
    determined = project.do("intake", "changes", body)
    assert [(w["article"], w["rule"]) for w in determined["warnings"]] == [
        ("28", "change_crosses_threshold")
    ]
    assert "第8条" in determined["warnings"][0]["message"]
    change = f"/changes/{determined['id']}"
    refused = project.refused("intake", f"{change}/filing")
    assert refused == [("28", "change_approved_before_filing")]
    document = {"document": f"变更批复{project.id[-4:]}", "approved_on": project.today}
    refused = project.refused("intake", f"{change}/approval", document, "bureau")
    assert refused == [("10", "change_within_evaluation")]
    approval.evaluate(project)
    project.do("intake", f"{change}/approval", document, "bureau")
    filed = project.do("intake", f"{change}/filing")
    assert filed["track"] == "full_process"
    for service in ("review", "acceptance"):
        project.until(service, "", lambda v: v["budget_yuan"] == "10500000.00")


def build_in_two_lots(project):
    """Arts 13 to 18: two contractors, each with a contract and a schedule of their own."""
    project.day(0, 3, 15)
    amounts = {construction.CONTRACTOR: "6000000.00", _SECOND: "4000000.00"}
    contracts = {}
    for contractor, amount in amounts.items():
        made = construction.contract(project, contractor=contractor, amount_yuan=amount)
        construction.schedule(project, made["id"])
        contracts[contractor] = made["id"]
    archiving.organise(project)
    construction.upload_process_files(project, *_EACH_LOT)
    construction.implement(project)
    project.granted()
    project.day(0, 7, 1)
    acceptance.preliminary(project)
    trial = acceptance.start_trial(project)
    construction.upload_process_files(project, ProcessFileKind.COMPLETION, ProcessFileKind.PROGRESS)
    project.day(0, 10, 12)
    acceptance.end_trial(project, trial["id"])
    acceptance.test_report(project)
    return contracts


def return_a_volume(project):
    """Art 41: who composed it does not review it, who counts too few returns it."""
    body = archiving.volume(project, FileClass.CONTRACT)
    path = f"/volumes/{project.do('archive', 'volumes', body)['id']}"
    own = {"reviewed_by": body["composed_by"]}
    project.problem("archive", f"{path}/review", "reviewer_is_composer", own)
    project.do("archive", f"{path}/review", {"reviewed_by": "李四"})
    project.do("archive", f"{path}/handover-list", {"prepared_by": "张三"})
    listed = len(body["items"])
    counted = {"confirmed_by": "王五", "item_count": listed + 1}
    problem = project.problem(
        "archive", f"{path}/confirmations", "count_mismatch", counted, "archivist"
    )
    assert (problem["listed"], problem["counted"]) == (listed, listed + 1)
    returned = {"withdrawn_by": "张三", "reason": "清册漏列补充协议。"}
    assert project.do("archive", f"{path}/withdrawal", returned)["state"] == "withdrawn"
    counted = {"confirmed_by": "王五", "item_count": listed}
    project.problem("archive", f"{path}/confirmations", "step_not_possible", counted, "archivist")
    before = (FileClass.APPROVAL, FileClass.PROCUREMENT, FileClass.CONTRACT, FileClass.TEST)
    archiving.hand_over(project, *before)
    states = [each["state"] for each in project.see("archive", "volumes")["items"]]
    assert sorted(states) == ["handed_over"] * 4 + ["withdrawn"]


def file_for_each_lot(project, contracts):
    """Art 18: the tender and the start of one lot are not those of the other."""
    project.hears("archive")
    unfiled = project.refused("archive", "archive-checks", {"inspector": "王五"}, "archivist")
    assert set(unfiled) == {("18", "upload_process_files")}
    for kind in _EACH_LOT:
        file_id = project.upload("archive", f"{kind.zh}（二标段）")
        body = {"kind": kind, "file_id": file_id, "contract_id": contracts[_SECOND]}
        project.do("archive", "process-files", body)
    archiving.check(project)


def fail_a_lot(project, contracts):
    """Art 19: the whole waits for the lot that failed, which is accepted in another round."""
    acceptance.hand_in_materials(project)
    acceptance.guide(project)
    hold_lot(project, contracts[construction.CONTRACTOR])
    hold_lot(project, contracts[_SECOND], ["养老机构接入接口未联通"])
    refused = project.refused("acceptance", "final-rounds", acceptance.meeting(project))
    assert refused == [("19", "multi_lot_overall")]
    asked = project.see("acceptance")["next_step"]
    left = [f["fact"]["not_accepted"] for f in blocking(asked["decision"]) if "lots" in f["fact"]]
    assert left == [[_SECOND]]
    project.day(0, 10, 26)
    hold_lot(project, contracts[_SECOND])
    lots = project.see("acceptance")
    assert [each["passed"] for each in lots["lot_rounds"]] == [True, False, True]
    assert all(each["accepted_on"] for each in lots["lots"])


def hold_lot(project, contract, reasons=()):
    """The acceptance of one lot; with reasons it fails."""
    project.hears("acceptance")
    body = {
        "contract_id": contract,
        "held_on": project.today,
        "opinion": "查看标段建设内容，形成标段验收意见。",
        "passed": not reasons,
        "reasons": reasons,
        "file_id": project.upload("acceptance", "标段验收材料"),
    }
    return project.do("acceptance", "lot-acceptances", body)


def accept_the_whole(project):
    """Arts 19, 40."""
    acceptance.final(project)
    archiving.finish(
        project, FileClass.IMPLEMENTATION, FileClass.SUPERVISION, FileClass.FINAL_ACCEPTANCE
    )


def be_late(project, listener):
    """Art 20: after a month without the report everybody who listens is told; then it is done.

    A day is certain only once the year's notice is out, and what is not certain is not late.
    """
    duty = ending.obligations(project, "open")[_REPORT]
    assert duty["due_provisional"] is True
    publish(project, int(duty["due_on"][:4]))

    def certain():
        known = ending.obligations(project, "open")[_REPORT]
        return None if known["due_provisional"] else known

    duty = project.people.until(certain)
    project.day(1, 1, 11)
    assert ending.obligations(project, "open")[_REPORT]["overdue"] is True
    # A service looks for what is late when it starts, and every hour.
    suite = project.people.suite
    suite.stop("acceptance")
    suite.start("acceptance")
    event = listener.next(lambda event: event["rule"] == _REPORT)
    assert (event["obligation_id"], event["due_on"]) == (duty["id"], duty["due_on"])
    assert event["noticed_on"] == project.today
    ending.close(project, _REPORT)
    assert _REPORT in ending.obligations(project, "closed")


def publish(project, year):
    """The bureau enters the notice of a year's working days."""
    days = [
        {"day": f"{year}-{day}", "is_working": False, "notice": f"国办发明电〔{year - 1}〕7号"}
        for day in ("01-01", "02-04", "04-05", "05-01", "06-19", "10-01")
    ]
    project.do("intake", "/working-days", {"days": days}, "bureau")
