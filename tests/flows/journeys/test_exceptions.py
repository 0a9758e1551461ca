"""A service on the filing track that lives by exceptions, each recorded, shown and ended."""

from datetime import timedelta
from decimal import Decimal

from govproject.terms import (
    FileClass,
    MaterialKind,
    ProcessFileKind,
    ProjectScope,
    TenderInput,
)
from govproject_local import documents
from govproject_local.review_documents import sheet

from . import acceptance, approval, archiving, beginning, construction, ending
from .case import blocking

_MIGRATION = "existing_system_migrate"
_EVALUATED = "550000.00"
_CHECKED = ("delivery", "resources", "data_sharing", "security")


def test_a_service_with_a_decision_of_the_bureau_and_every_exception_of_its_track(case, listener):
    project = case(
        unit="亭湖区市场监管局",
        name="市场监管数据服务",
        budget_yuan=Decimal(600000),
        kind="service",
    )
    turn_away(project)
    system = plan_to_move_what_runs_elsewhere(project, listener)
    let_through_unfiled(project)
    file_with_an_own_client(project)
    put_the_move_off(project, listener, system)
    review_with_two_experts(project)
    file_beyond_the_evaluation(project)
    check_by_lot(project)
    contract_with_an_outsider(project)
    move(project, listener, system)
    confirm_without_a_supervisor(project)
    have_an_incident(project)
    accept_the_service(project)
    run_it(project)
    declare_its_operation_by_table(project)
    ending.nothing_is_lost(project)


def turn_away(project):
    """Arts 1, 3, 5: what the regulation does not govern, and what a service has to bring."""
    asked = beginning.declaration(project)
    for scope in ("state_secrets", "out_of_scope"):
        project.problem("intake", "/projects", "turned_away", asked | {"scope": scope})
    first = [each for each in asked["materials"] if each["kind"] != "prior_contract"]
    assert project.refused("intake", "/projects", asked | {"materials": first}) == [
        ("5", "material_prior_contract")
    ]
    told = project.see("intake", "/projects?limit=100")["items"]
    assert project.name not in [each["project_name"] for each in told]
    new = "首次购买服务，没有上一期合同。"
    declared = beginning.declare(project, materials=first, first_period_note=new)
    assert declared["track"] == "filing"
    beginning.register(project)


def plan_to_move_what_runs_elsewhere(project, listener):
    """Art 2: a system that runs elsewhere is to be moved, on the day that its unit plans."""
    for event in ("opened", "near", "overdue", "rescheduled", "closed"):
        listener.follow("cloud-alloc", f"obligation.{event}.v1")
    body = {
        "unit": project.unit,
        "system_name": "企业信用查询系统",
        "located_at": "局机房",
        "move_planned_on": f"{project.calendar.today.year}-10-31",
    }
    system = project.do("cloud-alloc", "/existing-systems", body)["id"]
    event = listener.next(lambda event: event["project_id"] == system)
    assert (event["rule"], event["due_on"]) == (_MIGRATION, body["move_planned_on"])
    return system


def duty_to_move(project, system, status):
    """The system's duty, which is open or closed."""
    page = project.see("cloud-alloc", f"/obligations?status={status}")["items"]
    (duty,) = (each for each in page if each["project_id"] == system)
    assert duty["rule"] == _MIGRATION
    return duty


def let_through_unfiled(project):
    """Art 27, 可: the bureau decides for a time, and takes it back."""
    assert project.turned_down() == ["27"]
    decided = {
        "rule": "unfiled_may_refuse_resource",
        "reason": "防汛期间先行测试。",
        "document": "亭数函3号",
        "expires_on": f"{project.calendar.today.year}-12-31",
    }
    other = decided | {"rule": "no_registration_no_resource"}
    project.problem("cloud-alloc", "bureau-decisions", "not_liftable", other, "bureau")
    decision = project.do("cloud-alloc", "bureau-decisions", decided, "bureau")["id"]
    found = project.granted()["decision"]["findings"]
    lifted = [(f["article"], f["lifted_by"]["document"]) for f in found if f["lifted_by"]]
    assert lifted == [("27", "亭数函3号")]
    body = {"reason": "测试已结束。"}
    project.do("cloud-alloc", f"/bureau-decisions/{decision}/withdrawal", body, "bureau")
    assert project.turned_down() == ["27"]


def file_with_an_own_client(project):
    """Arts 2, 5, 26: an app of its own is refused, until the bureau excepts it."""
    project.day(0, 11, 16)
    beginning.adopt(project)
    body = beginning.filing(project) | {"mobile": "own_client"}
    filing = project.do("intake", "filings", body)["id"]
    project.until("review", "", lambda v: v["filing_status"] == "submitted")
    refused = project.refused("intake", f"/filings/{filing}/acceptance", who="bureau")
    assert refused == [("2", "no_separate_mobile_app"), ("10", "fiscal_evaluation_ge_50")]
    beginning.except_from(project, "no_separate_mobile_app")
    (granted,) = project.see("intake", "exceptions")["items"]
    withdrawn = {"reason": "批准文件有误，另行批准。"}
    project.do("intake", f"/exceptions/{granted['id']}/withdrawal", withdrawn, "bureau")
    assert project.refused("intake", f"/filings/{filing}/acceptance", who="bureau") == refused
    beginning.except_from(project, "no_separate_mobile_app")


def put_the_move_off(project, listener, system):
    """Art 2: that it is late is told; another day is planned, with a reason."""
    assert duty_to_move(project, system, "open")["overdue"] is True
    # A service looks for what is late when it starts, and every hour.
    suite = project.people.suite
    suite.stop("cloud-alloc")
    suite.start("cloud-alloc")
    event = listener.next(lambda event: event["project_id"] == system)
    assert (event["noticed_on"], event["due_on"][5:]) == (project.today, "10-31")
    later = f"{project.calendar.today.year + 1}-04-30"
    body = {"move_planned_on": later, "reason": "等待信创适配。"}
    project.do("cloud-alloc", f"/existing-systems/{system}/plan", body)
    event = listener.next(lambda event: event["project_id"] == system)
    assert (event["previous_due_on"][5:], event["due_on"]) == ("10-31", later)
    duty = duty_to_move(project, system, "open")
    assert (duty["due_on"], duty["overdue"]) == (later, False)


def review_with_two_experts(project):
    """Art 10: two experts are too few and no odd number, until the bureau excepts the project."""
    approval.fill_pool(project, 5)
    two = {"size": 2}
    refused = project.refused("review", "panels", two, "bureau")
    assert refused == [("10", "expert_count_min_3_odd")]
    beginning.except_from(project, "expert_count_min_3_odd")
    panel = project.do_once_heard("review", "panels", two, "bureau")
    assert len(panel["members"]) == 2
    concluded = approval.expert_review(project, panel["id"])
    lifted = {f["rule"] for f in concluded["warnings"] if f["lifted_by"] is not None}
    assert lifted == {"expert_count_min_3_odd"}


def file_beyond_the_evaluation(project):
    """Art 10: the evaluated amount is a ceiling for the filing, until the bureau excepts it."""
    less = {"report_number": "亭财评服务1", "evaluated_yuan": _EVALUATED}
    project.do("review", "fiscal-evaluations", less, "finance")
    project.until("intake", "", lambda v: v["evaluated_yuan"] == _EVALUATED)
    filing = project.see("intake", "filing")["id"]
    refused = project.refused("intake", f"/filings/{filing}/acceptance", who="bureau")
    assert refused == [("10", "fiscal_evaluation_report")]
    beginning.except_from(project, "fiscal_evaluation_report")
    own = {"rule": "fiscal_evaluation_report", "reason": "再次申请。", "document": "二"}
    again = own | {"expires_on": f"{project.calendar.today.year + 1}-12-31"}
    project.problem("intake", "exceptions", "exception_in_force", again, "bureau")
    view = beginning.accept(project, filing)
    lifted = {f["rule"] for f in view["decision"]["findings"] if f["lifted_by"] is not None}
    assert lifted == {"no_separate_mobile_app", "fiscal_evaluation_report"}
    approval.tender(project, TenderInput.EXPERT_OPINION, TenderInput.FISCAL_REPORT)


def check_by_lot(project):
    """Art 29: a draw with its seed, four items each, and an order for what was found."""
    drawn = {"size": 1, "occasion": "年度报备抽查"}
    check = project.do("intake", "/spot-checks", drawn, "cyberspace")
    assert len(check["seed"]) == 32
    (chosen,) = check["projects"]
    assert chosen["project_id"] in check["population"]
    assert project.id in check["population"]
    looked_at = {
        item: {"in_order": item != "security", "finding": "已现场核查。"} for item in _CHECKED
    }
    found = {"project_id": chosen["project_id"], "items": looked_at}
    result = project.do("intake", f"/spot-checks/{check['id']}/results", found, "cyberspace")
    assert [each["order_wanting"] for each in result["projects"]] == [True]
    body = {
        "problem": "未落实安全建设要求。",
        "due_on": f"{project.calendar.today.year}-12-15",
        "ground": "untrue_filing",
        "spot_check_id": check["id"],
    }
    order = project.do("intake", "rectification-orders", body, "cyberspace")["id"]
    report = {"report": "已补充安全措施。", "file_id": project.upload("intake", "整改报告")}
    project.do("intake", f"/rectification-orders/{order}/report", report)
    passed = {"reason": "复查合格。"}
    cleared = project.do("intake", f"/rectification-orders/{order}/clearance", passed, "cyberspace")
    assert cleared["state"] == "cleared"


def contract_with_an_outsider(project):
    """Arts 10, 33: what outsiders answer for, and the ceiling once more."""
    project.day(1, 3, 15)
    body = construction.contract_body(
        project, subject="service", supervisor=None, amount_yuan="580000.00", outsourced=True
    )
    assert set(project.refused("intake", "contracts", body)) == {
        ("10", "contracts_within_evaluation"),
        ("33", "outsourcing_contract_clause"),
    }
    beginning.except_from(project, "contracts_within_evaluation")
    lawful = body | {"security_clause": "第7页"}
    mistaken = project.do("intake", "contracts", lawful | {"amount_yuan": "590000.00"})
    lawful["file_id"] = project.upload("intake", "合同文本（更正）")
    assert project.refused("intake", "contracts", lawful) == [("18", "implement_as_approved")]
    ended = {
        "terminated_on": project.today,
        "settled_yuan": "0",
        "recorded_by_mistake": True,
        "reason": "金额登记有误。",
        "file_id": project.upload("intake", "更正说明"),
    }
    project.do("intake", f"/contracts/{mistaken['id']}/termination", ended)
    project.do("intake", "contracts", lawful)


def move(project, listener, system):
    """Art 2: only the move closes the duty, and that is told, too."""
    duty = duty_to_move(project, system, "open")
    path = f"/obligations/{duty['id']}/closure"
    project.problem("cloud-alloc", path, "closed_by_move", {"proof": "已迁移。"})
    moved = {"moved_on": project.today, "proof": "迁移验收单。"}
    project.do("cloud-alloc", f"/existing-systems/{system}/move", moved)
    event = listener.next(lambda event: event["project_id"] == system)
    assert event["obligation_id"] == duty["id"]
    assert event["closed_at"].startswith(project.today)
    assert duty_to_move(project, system, "closed")["overdue"] is False


def confirm_without_a_supervisor(project):
    """Arts 15, 17: where nobody supervises, experts confirm with the two parties."""
    mistaken, contract = project.see("intake", "contracts")["contracts"]
    assert mistaken["terminated_on"] == project.today
    ends_on = project.calendar.today + timedelta(days=330)
    body = {
        "reason": "服务范围调整。",
        "new_ends_on": ends_on.isoformat(),
        "milestones": [{"title": "服务期满", "due_on": ends_on.isoformat()}],
    }
    asked = project.do("intake", f"/contracts/{contract['id']}/extensions", body)
    confirmation = f"/confirmations/{asked['id']}"
    for party, signer in {"unit": "孙某", "contractor": "周某"}.items():
        signature = {"party": party, "signer": signer, "signed_on": project.today}
        project.do("intake", f"{confirmation}/signatures", signature)
    unasked = {"party": "supervisor", "signer": "李某", "signed_on": project.today}
    project.problem("intake", f"{confirmation}/signatures", "no_supervisor", unasked)
    refused = project.refused("intake", f"{confirmation}/completion")
    assert refused == [("15", "extension_three_party_sign")]
    reviewed = {"held_on": project.today, "experts": ["评审甲"], "conclusion": "同意延期。"}
    project.do("intake", f"{confirmation}/expert-review", reviewed)
    assert project.do("intake", f"{confirmation}/completion")["state"] == "effective"


def have_an_incident(project):
    """Art 32: an open one is shown with what the gate grants; it is handled, and is gone."""
    body = {"found_by": "self", "found_on": project.today, "description": "发现弱口令。"}
    incident = project.do("cloud-alloc", "incidents", body)["id"]
    shown = [f for f in project.granted()["decision"]["findings"] if f["article"] == "32"]
    assert [f["severity"] for f in shown] == ["warn"]
    handled = {"handled_on": project.today, "measures": "已全部改为强口令。"}
    project.do("cloud-alloc", f"/incidents/{incident}/handling", handled)
    found = project.granted()["decision"]["findings"]
    assert "32" not in [f["article"] for f in found]


def accept_the_service(project):
    """Arts 14, 19, 40: the need of a service decides, with a reason, on preliminary and trial."""
    archiving.organise(project)
    construction.upload_process_files(
        project, ProcessFileKind.TENDER, ProcessFileKind.AWARD, ProcessFileKind.COMMENCEMENT
    )
    construction.implement(project)
    project.day(0, 8, 2)
    opinion = {"opinion": "请完善档案保管条件。"}
    given = project.do("archive", "supervision-opinions", opinion, "bureau")
    answer = {"answer": "已配备恒温档案柜。"}
    project.do("archive", f"/supervision-opinions/{given['id']}/answer", answer)
    archiving.hand_over(project, FileClass.PROCUREMENT, FileClass.CONTRACT)
    archiving.check(project)
    acceptance.fix_indicators(project)
    acceptance.hand_in_materials(project)
    assert project.see("acceptance")["next_step"]["stage"] == "preliminary"
    for stage in ("preliminary", "trial"):
        left_out = {"stage": stage, "reason": "按月考核的数据服务，没有系统交付。"}
        project.do("acceptance", "waivers", left_out)
    project.problem("acceptance", "waivers", "already_waived", left_out)
    final = acceptance.final(project)
    shown = {f["rule"] for f in final["decision"]["findings"] if f["severity"] == "warn"}
    assert "goods_services_acceptance" in shown


def run_it(project):
    """Arts 30, 33: what is done by others has rules and an assessment of its own."""
    body = ending.operation(project) | {"outsourced": True}
    view = project.do("acceptance", "operation", body, method="PUT")
    assert sorted((f["article"], f["rule"]) for f in blocking(view["decision"])) == [
        ("33", "outsourcing_risk"),
        ("33", "outsourcing_security_rules"),
    ]
    more = {
        "outsourcing_rules": project.upload("acceptance", "外包网络安全管理制度"),
        "outsourcing_assessed_on": project.today,
        "outsourcing_risk": "风险可控。",
    }
    view = project.do("acceptance", "operation", body | more, method="PUT")
    assert view["decision"]["outcome"] == "allowed"
    project.day(1, 3, 1)
    ending.evaluate_itself(project)
    ending.evaluate(project, "excellent")
    standing = project.see("intake", "exceptions", "bureau")["items"]
    assert {each["rule"]: each["status"] for each in standing} == {
        "no_separate_mobile_app": "expired",
        "expert_count_min_3_odd": "expired",
        "fiscal_evaluation_report": "expired",
        "contracts_within_evaluation": "in_force",
    }
    counted = project.see("intake", "/exceptions/counts", "bureau")["units"]
    (own,) = [each for each in counted if each["unit"] == project.unit]
    assert (own["granted"], own["in_force"]) == (5, 1)


def declare_its_operation_by_table(project):
    """Arts 5, 8: next year's operation, as a row; what the table lacks is named at its cell."""
    project.day(0, 8, 3)
    files = {
        kind: project.upload("intake", name, content)
        for kind, (name, content) in documents.materials("ops").items()
    }
    papers = "\n".join(f"{MaterialKind(kind).zh}：{id_}" for kind, id_ in files.items())
    row = {
        "项目名称": "市场监管数据服务运维",
        "项目单位": project.unit,
        "适用范围": ProjectScope.GOVERNMENT_IT.zh,
        "类型": "运维",
        "计划年度": project.calendar.today.year + 1,
        "预算（万元）": "30 万元",
        "项目实施机构": "信息中心",
        "项目责任人": "王䶮",
        "新建或改造系统": "否",
        "部署位置": "不部署系统",
        "依据文件": "区政府会议纪要第9号",
        "申报材料": papers,
        "关联项目编号": project.id,
    }

    def imported(given):
        table = sheet([list(given), list(given.values())])
        file_id = project.upload("intake", "申报计划.xlsx", table)
        return f"/projects/import?file_id={file_id}"

    lacking = imported(row | {"项目责任人": None})
    bad = project.problem("intake", lacking, "rows_invalid")["bad"]
    assert [(each["place"], each["message"]) for each in bad] == [("H2", "必须填写")]
    bare = imported(row | {"预算（万元）": 300000})
    (unsure,) = project.problem("intake", bare, "rows_invalid")["bad"]
    assert unsure["place"] == "F2"
    assert unsure["message"].startswith("按表头的单位为300000万元，疑以元填写")
    view = project.do("intake", imported(row))
    assert view["counts"] == {"added": 1}
