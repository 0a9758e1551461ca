"""From the declaration to the plan: Arts 3 to 6, and the filing track's 26 and 27."""

from typing import Any

from govproject.terms import FilingCondition
from govproject_local import documents

from .case import PLAN, Case


def declaration(case: Case, **changes: Any) -> dict[str, Any]:
    """What the unit declares; its materials are uploaded now."""
    builds = case.kind in ("new", "renewal", "upgrade")
    return {
        "project_name": case.name,
        "scope": "government_it",
        "kind": case.kind,
        "budget_yuan": str(case.budget_yuan),
        "plan_year": case.calendar.today.year + 1,
        "builds_system": builds,
        "deployment_target": "district_cloud" if builds else "none",
        "responsible_body": "信息中心",
        "responsible_person": "王䶮",
        "policy_basis": ["区政府会议纪要第5号"],
        "cloud_plan": PLAN,
        "materials": [
            {"kind": kind, "file_id": case.upload("intake", name, content)}
            for kind, (name, content) in documents.materials(case.kind).items()
        ],
        **changes,
    }


def declare(case: Case, **changes: Any) -> Any:
    """Declare the project; it has an id from now on, and four services learn of it."""
    view = case.do("intake", "/projects", declaration(case, **changes))
    case.id = view["id"]
    for service in ("review", "acceptance", "archive"):
        case.until(service, "", lambda v: v["project_name"] == case.name)
    case.until("cloud-alloc", "standing", lambda v: v["project_name"] == case.name)
    for service in ("intake", "review", "acceptance", "archive"):
        case.hidden_from_others(service)
    return view


def register(case: Case) -> None:
    """Into the municipal system (Art 3)."""
    reference = f"320902-{case.id[-12:]}"
    view = case.do("intake", "registration", {"city_system_ref": reference}, "bureau")
    assert view["city_system_ref"] == reference
    case.until("cloud-alloc", "standing", lambda v: v["city_system_ref"] == reference)


def adopt(case: Case) -> None:
    """Into the annual plan, version by version (Arts 5, 6)."""
    year = case.see("intake")["plan_year"]
    body = {"add": [case.id], "reason": "汇总各单位申报"}
    drafted = case.do("intake", f"/annual-plans/{year}/drafts", body, "bureau")
    assert case.id in [entry["project_id"] for entry in drafted["projects"]]
    shown = case.see("intake", f"/annual-plans/{year}")
    assert case.id not in [entry["project_id"] for entry in shown["projects"]]
    case.do("intake", f"/annual-plans/{year}/consolidation", who="bureau")
    published = case.do("intake", f"/annual-plans/{year}/publication", {}, "bureau")
    assert case.id in published["adopted"]
    shown = case.see("intake", f"/annual-plans/{year}")
    assert case.id in [entry["project_id"] for entry in shown["projects"]]
    case.until("review", "", lambda v: v["plan_adopted_year"] == year)


def filing(case: Case, *conditions: FilingCondition) -> dict[str, Any]:
    """A filing that declares these conditions and none of the others (Art 26)."""
    return {
        "internal_review_on": case.today,
        "internal_review_record_file_id": case.upload("intake", "内部技术审查论证记录"),
        "conditions": {each.value: each in conditions for each in FilingCondition},
        "mobile": "none",
    }


def file(case: Case, *conditions: FilingCondition) -> str:
    """File the project; the bureau has yet to look at it (Art 27)."""
    view = case.do("intake", "filings", filing(case, *conditions))
    assert view["status"] == "submitted"
    for service, path in (("cloud-alloc", "standing"), ("review", "")):
        case.until(service, path, lambda v: v["filing_status"] == "submitted")
    return str(view["id"])


def except_from(case: Case, rule: str) -> None:
    """The bureau excepts the project from a 原则上 rule until the end of next year."""
    body = {
        "rule": rule,
        "reason": "经区政府专题会议研究同意。",
        "document": f"亭政会纪{rule}",
        "expires_on": f"{case.calendar.today.year + 1}-12-31",
    }
    case.do("intake", "exceptions", body, "bureau")


def accept(case: Case, filing_id: str) -> Any:
    """The bureau finds the filing regular, and the others learn of it (Art 27)."""
    view = case.do("intake", f"/filings/{filing_id}/acceptance", who="bureau")
    assert view["status"] == "accepted"
    for service, path in (("cloud-alloc", "standing"), ("acceptance", "")):
        case.until(service, path, lambda v: v["filing_status"] == "accepted")
    return view
