"""From the contract to the end of building: Arts 13 to 18."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from govproject.terms import ImplementationPlan, ProcessFileKind
from govproject_local.documents import CONTRACT_TERMS

from .case import Case

CONTRACTOR, SUPERVISOR = "盐城软件公司", "盐城监理公司"


def contract_body(case: Case, **changes: Any) -> dict[str, Any]:
    """A lawful contract for 95 in a hundred of the budget, over nine months."""
    amount = (case.budget_yuan * 95 / 100).quantize(Decimal("0.01"))
    return {
        "contractor": CONTRACTOR,
        "supervisor": SUPERVISOR,
        "amount_yuan": str(amount),
        "procurement_method": "open_tender",
        "award_notice_on": case.today,
        "contract_filed_on": case.today,
        "free_ops_months": 24,
        "ends_on": (case.calendar.today + timedelta(days=270)).isoformat(),
        "personnel": [{"name": "赵工", "role": "project_lead"}],
        "file_id": case.upload("intake", f"{changes.get('contractor', CONTRACTOR)}合同文本"),
        "award_notice_file_id": case.upload("intake", "中标通知书"),
        **CONTRACT_TERMS,
        **changes,
    }


def contract(case: Case, **changes: Any) -> Any:
    """Record the contract; the archive learns what has fallen due (Arts 13, 31, 40)."""
    view = case.do("intake", "contracts", contract_body(case, **changes))
    assert case.see("intake", "contracts")["contracts"][-1]["id"] == view["id"]
    case.until("archive", "", lambda v: {"procurement", "contract"} <= due(v))
    case.until("acceptance", "", lambda v: view["ends_on"] in last_days(v))
    return view


def last_days(acceptance_view: Any) -> set[str]:
    """The days by which contracts are to be completed (Art 15)."""
    duties = acceptance_view["obligations"]
    return {each["due_on"] for each in duties if each["rule"] == "schedule_management"}


def due(archive_view: Any) -> set[str]:
    """The classes of files that are to be archived by now (Art 40)."""
    return {each["file_class"] for each in archive_view["classes"] if each["due_on"] is not None}


def schedule(case: Case, contract_id: str) -> None:
    """Two milestones, of which one is reached today (Art 15)."""
    milestones = [
        {"title": "开工", "due_on": case.today},
        {"title": "竣工", "due_on": (case.calendar.today + timedelta(days=200)).isoformat()},
    ]
    case.do("intake", f"/contracts/{contract_id}/schedules", {"milestones": milestones})
    reached = {"title": "开工", "reached_on": case.today}
    case.do("intake", f"/contracts/{contract_id}/milestones", reached)
    progress = case.see("intake", f"/contracts/{contract_id}/progress")
    assert (len(progress["schedules"]), progress["overdue"]) == (1, [])


def implement(case: Case) -> None:
    """The implementation file: eight plans, of which the cloud's came with the project (Art 14)."""
    kinds = [each for each in ImplementationPlan if each is not ImplementationPlan.CLOUD]
    first, *others = kinds
    body = {"plans": [{"kind": first, "file_id": case.upload("acceptance", first.zh)}]}
    view = case.do("acceptance", "implementation-plans", body)
    assert view["missing"] == [each.value for each in others]
    body = {
        "plans": [{"kind": k, "file_id": case.upload("acceptance", k.zh)} for k in others],
    }
    view = case.do("acceptance", "implementation-plans", body)
    assert (view["missing"], view["decision"]["outcome"]) == ([], "allowed")


def upload_process_files(case: Case, *kinds: ProcessFileKind) -> None:
    """What the milestones have brought is uploaded as it comes (Art 18)."""

    def is_due(view: Any) -> bool:
        reached = {p["kind"] for p in view["process_material"] if p["reached_on"] is not None}
        return set(kinds) <= reached

    case.until("archive", "", is_due)
    for kind in kinds:
        file_id = case.upload("archive", kind.zh)
        case.do("archive", "process-files", {"kind": kind, "file_id": file_id})
    material = {p["kind"]: p["files"] for p in case.see("archive")["process_material"]}
    assert all(material[kind] == 1 for kind in kinds)
