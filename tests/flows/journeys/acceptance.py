"""From the preliminary to the final: Arts 19 and 20."""

from decimal import Decimal
from typing import Any

from govproject.terms import FinalMaterial, ParticipantRole, PreReviewMaterial, ReportSubject, Veto

from .case import Case
from .construction import CONTRACTOR, SUPERVISOR

_LISTS = (
    PreReviewMaterial.SHARING_LIST,
    PreReviewMaterial.OPENING_LIST,
    PreReviewMaterial.DIGITAL_ASSET_CATALOGUE,
)
_EMPLOYERS = {ParticipantRole.CONTRACTOR: CONTRACTOR, ParticipantRole.SUPERVISOR: SUPERVISOR}


def fix_indicators(case: Case) -> None:
    """What the project has to reach, before anybody meets (Art 19)."""
    body = {
        "name": "页面响应时间",
        "promised": "不超过2秒",
        "source": "contract",
        "document": "建设合同第3.2条",
        "file_id": case.upload("acceptance", "建设合同指标条款"),
    }
    case.do("acceptance", "indicators", {"indicators": [body]})


def met(case: Case) -> list[dict[str, Any]]:
    """Each indicator as reached, by what is among the materials (Art 19)."""
    page = case.see("acceptance")
    return [
        {
            "indicator_id": indicator["id"],
            "achieved": "1.4秒",
            "met": True,
            "file_id": page["final_materials"][-1]["paper"]["file_id"],
        }
        for indicator in page["indicators"]
    ]


def preliminary(case: Case, *must_fix: str, **changes: Any) -> Any:
    """The meeting of today; what it wants mended is on its list (Art 19)."""
    case.hears("acceptance")
    if not case.see("acceptance")["indicators"]:
        fix_indicators(case)
    body = {
        "held_on": case.today,
        "participants": [
            {"role": role, "name": role.zh, "employer": _EMPLOYERS.get(role, case.unit)}
            for role in ParticipantRole
        ],
        "opinion": "听取汇报，查看系统，形成初步验收意见。",
        "opinion_file_id": case.upload("acceptance", "初步验收意见（签署）"),
        "passed": True,
        "must_fix": must_fix,
        **changes,
    }
    view = case.do("acceptance", "preliminary-rounds", body)
    assert [item["item"] for item in view["must_fix"]] == list(must_fix)
    return view


def mend(case: Case, meeting: dict[str, Any]) -> None:
    """Everything on the list is done (Art 19)."""
    for item in meeting["must_fix"]:
        body = {"fixed_on": case.today, "proof": "已整改，见整改报告。"}
        case.do("acceptance", f"/must-fix-items/{item['id']}/closure", body)


def start_trial(case: Case) -> Any:
    view = case.do("acceptance", "trials", {"started_on": case.today})
    case.until("acceptance", "", lambda v: v["state"] == "in_trial")
    return view


def end_trial(case: Case, trial_id: str) -> None:
    view = case.do("acceptance", f"/trials/{trial_id}/end", {"ended_on": case.today})
    assert view["ended_on"] == case.today


def test_report(case: Case) -> None:
    """A qualified agency's report on quality and MLPS (Art 19)."""
    body = {
        "report_number": f"CP-{case.id[-6:]}",
        "agency": "江苏某测评有限公司",
        "qualification_number": "CNAS L1234",
        "covers": list(ReportSubject),
        "finished_on": case.today,
        "file_id": case.upload("acceptance", "第三方测评报告"),
    }
    case.do("acceptance", "test-reports", body)


def guide(case: Case) -> None:
    """The bureau agrees the plan of the final acceptance (Art 19)."""
    body = {"agreed_on": case.today, "plan": "同意终验方案，请如期组织。"}
    case.do("acceptance", "guidance", body, "bureau")


def hand_in_materials(case: Case) -> None:
    """What the experts look at (Art 19)."""
    for kind in FinalMaterial:
        body = {"kind": kind, "file_id": case.upload("acceptance", kind.zh)}
        case.do("acceptance", "final-materials", body)


def experts(count: int) -> list[dict[str, Any]]:
    return [
        {"name": f"终验专家{n}", "employer": f"大学{n}", "in_favour": True, "signed": True}
        for n in range(count)
    ]


def settled(case: Case) -> Decimal:
    """What was paid in the end; the rest of the approved amount goes back (Art 18)."""
    return (case.budget_yuan * 90 / 100).quantize(Decimal("0.01"))


def meeting(case: Case, *found: Veto, **changes: Any) -> dict[str, Any]:
    """A final acceptance of today; what is found fails it (Arts 19, 20)."""
    case.hears("acceptance")
    month = f"{case.calendar.today.year + 1}-01-31"
    outcome = (
        {"reasons": ["详见专家组意见"], "rectify_by": month}
        if found
        else {"settled_yuan": str(settled(case))}
    )
    return {
        "held_on": case.today,
        "experts": experts(5),
        "vetoes": {veto.value: veto in found for veto in Veto},
        "mobile": "none",
        "xinchuang": "已对照区委办会审意见核查，全部落实。",
        "indicators": met(case),
        "compared": dict.fromkeys(_LISTS, "已对照清单核查，全部落实。"),
        "opinion": "专家组听取了汇报，查阅了资料，抽查了系统。",
        "opinion_file_id": case.upload("acceptance", f"终验意见（专家签字，{case.today}）"),
        **outcome,
        **changes,
    }


def mend_final(case: Case) -> None:
    """Each case that the last final found is mended, with proof (Art 20)."""
    last = case.see("acceptance")["final_rounds"][-1]
    for veto in last["found"]:
        body = {
            "veto": veto,
            "rectified_on": case.today,
            "rectification": "已按整改意见完成，见佐证材料。",
            "file_id": case.upload("acceptance", "整改佐证材料"),
        }
        case.do("acceptance", f"/final-rounds/{last['id']}/rectifications", body)


def final(case: Case) -> Any:
    """The final passes, and intake and the archive learn of it (Arts 19, 40)."""
    shown = case.see("acceptance")["next_step"]
    assert shown["stage"] == "final"
    view = case.do("acceptance", "final-rounds", meeting(case))
    assert (view["passed"], view["found"]) == (True, [])
    page = case.see("acceptance")
    assert (page["state"], page["next_step"]) == ("accepted", None)
    case.until("intake", "", lambda v: v["accepted_on"] == case.today)
    case.until("archive", "", lambda v: v["final_passed_on"] == case.today)
    return view
