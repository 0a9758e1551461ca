"""After the final: duties, operation, evaluation, the end of the system; and the books."""

import json
import subprocess
import sys
from typing import Any

from govproject.terms import EvaluationDimension, SecurityMeasure, SelfEvaluationPart
from govproject_cloud_alloc.lifecycle import DisposalItem

from .case import SERVICES, Case

_RELEASE = {
    "reason": "系统停用",
    "data_handed_over": True,
    "data_wiped": True,
    "asset_ledger_updated": True,
}


def obligations(case: Case, status: str) -> dict[str, Any]:
    """The duties of the project that are open or closed, by rule."""
    page = case.see("acceptance", f"/obligations?status={status}&limit=100")["items"]
    return {each["rule"]: each for each in page if each["project_id"] == case.id}


def close(case: Case, rule: str) -> None:
    """Prove that a duty is done (Arts 18, 20, 21, 30, 31)."""
    duty = obligations(case, "open")[rule]
    body = {
        "proof": f"{duty['task']}：已办结，见佐证材料。",
        "file_id": case.upload("acceptance", "义务办结佐证材料"),
    }
    closed = case.do("acceptance", f"/obligations/{duty['id']}/closure", body)
    assert closed["closed_at"] is not None


def operation(case: Case) -> dict[str, Any]:
    """Who operates the system, who uses it, and how it is kept safe (Arts 30, 32)."""
    return {
        "operator": "区大数据中心",
        "user_unit": case.unit,
        "in_service_since": case.today,
        "operation_rules": case.upload("acceptance", "运行维护管理制度"),
        "security_rules": case.upload("acceptance", "网络安全管理制度"),
        "security_body": "信息科",
        "security_officer": "李四",
        "security_funds_yuan": "50000.00",
        "measures": {measure.value: "已落实" for measure in SecurityMeasure},
        "outsourced": False,
    }


def operate(case: Case) -> None:
    """All of it is on record (Arts 30, 32)."""
    view = case.do("acceptance", "operation", operation(case), method="PUT")
    assert view["decision"]["outcome"] == "allowed"


def evaluate_itself(case: Case) -> None:
    """The unit evaluates its project and mends what it found (Arts 21, 23)."""
    body = {
        "evaluated_on": case.today,
        "parts": {part.value: "详见自评估报告" for part in SelfEvaluationPart},
        "file_id": case.upload("acceptance", "自评估报告"),
    }
    own = case.do("acceptance", "self-evaluations", body)
    mended = {"rectified_on": case.today, "rectification": "已按改进计划完成整改。"}
    case.do("acceptance", f"/self-evaluations/{own['id']}/rectification", mended)


def evaluation(case: Case, grade: str) -> dict[str, Any]:
    """The finance bureau's evaluation of today (Arts 23, 24)."""
    return {
        "evaluated_on": case.today,
        "experts": [{"name": "绩效专家", "employer": "南京某大学"}],
        "agencies": ["江苏某评价咨询公司"],
        "dimensions": {dimension.value: "已评价" for dimension in EvaluationDimension},
        "grade": grade,
        "opinion": "评价结论见报告。",
    }


def evaluate(case: Case, grade: str) -> None:
    """The first performance evaluation; its result comes back to intake (Arts 24, 25)."""
    eligible = case.see("acceptance", "/evaluations/eligible-projects?limit=100", "finance")
    assert case.id in [each["id"] for each in eligible["items"]]
    case.do("acceptance", "evaluations", evaluation(case, grade), "finance")
    view = case.until("intake", "", lambda v: v["results"])
    assert [(r["project_id"], r["grade"]) for r in view["results"]] == [(case.id, grade)]


def report_year(case: Case, year: int) -> None:
    """The unit's yearly report on all its projects (Art 22)."""
    body = {
        "year": year,
        "summary": "整体运行平稳。",
        "projects": [{"project_id": case.id, "account": "建设、运行正常。"}],
        "file_id": case.upload("acceptance", "年度运行效能自评价报告"),
    }
    view = case.do("acceptance", "/annual-reports", body)
    assert (view["late"], [p["project_id"] for p in view["projects"]]) == (False, [case.id])


def stop(case: Case) -> None:
    """The system is stopped, gives everything back, and its assets are disposed of (Art 34)."""
    body = {"reason": "职能调整，业务并入市级平台。"}
    case.do("intake", "decommission-report", body)
    stopped = case.until("cloud-alloc", "standing", lambda v: v["decommissioned_at"])
    assert stopped["in_use"]["vcpus"] > 0
    assert "34" in case.turned_down()
    held = case.see("cloud-alloc", "disposal")["held"]
    proofs = {"proofs": {item.value: "已办理，见凭证。" for item in DisposalItem}}
    assert case.problem("cloud-alloc", "disposal", "resources_held", proofs)["article"] == "34"
    for allocation in held:
        path = f"/allocations/{allocation}/release"
        early = _RELEASE | {"data_wiped": False}
        assert case.problem("cloud-alloc", path, "disposal_incomplete", early)["article"] == "34"
        assert case.do("cloud-alloc", path, _RELEASE)["state"] == "released"
    assert case.do("cloud-alloc", "disposal", proofs)["complete"] is True
    assert case.see("cloud-alloc", "standing")["in_use"]["vcpus"] == 0


def stages(case: Case) -> dict[str, str | None]:
    """On which day the project came to each stage, as intake shows it (Art 6)."""
    return {s["stage"]: s["reached_on"] for s in case.see("intake", "lifecycle")["stages"]}


def nothing_is_lost(case: Case) -> None:
    """No event waits for anybody, the decision log is whole, and `events verify` is clean."""

    def is_quiet(lag: Any) -> bool:
        return lag["unpublished"] == 0 and lag["kept"] == []

    for service in SERVICES:
        assert case.see(service, "/events/parked", "ops")["items"] == []
        case.until(service, "/events/lag", is_quiet, "ops")
        assert case.see(service, "/events/verify", "ops")["total"] == 0
    log = case.see("cloud-alloc", "/decisions/verification", "audit")
    assert log["links"] > 0
    assert log["first_broken"] is None
    data = str(case.people.suite.suite.directory)
    verify = [sys.executable, "-m", "govproject_local", "events", "verify"]
    done = subprocess.run(  # noqa: S603  # our own interpreter and our own code
        [*verify, "--data", data, "--json"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["clean"] is True
