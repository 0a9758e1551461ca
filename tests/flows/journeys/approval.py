"""From the pre-review to the tender: Arts 7 to 11."""

from typing import Any

from govproject.terms import ContractClause, TenderInput
from govproject_local.review_documents import pre_review_materials
from govproject_review.rules.article_07_pre_review import POINTS
from govproject_review.rules.article_10_panel import Dimension

from .case import Case

FIELDS = ("business", "informatization", "network_security")


def fill_pool(case: Case, count: int = 15) -> None:
    """So many experts in the pool, unless they are there."""
    known = case.see("review", "/experts", "bureau")["items"]
    for number in range(len(known), count):
        body = {
            "name": f"专家{number + 1:02}",
            "employer": f"高校{number % 5 + 1}",
            "account": f"expert:{number + 1:02}",
            "fields": [FIELDS[number % len(FIELDS)]],
        }
        case.do("review", "/experts", body, "bureau")


def materials(case: Case, *revised: str) -> list[dict[str, str]]:
    """Every document of Art 8 that such a project needs, as a real file; some as others."""
    return [
        {
            "kind": kind,
            "file_id": case.upload("review", name, content + b"\n" * (kind in revised)),
        }
        for kind, (name, content) in pre_review_materials(case.kind, case.budget_yuan).items()
    ]


def submit(case: Case, *revised: str) -> str:
    """Hand the materials in; they are read, and nothing is missing (Art 8)."""
    body = {"files": materials(case, *revised), "statements": {"mobile": "none"}}
    view = case.do("review", "pre-reviews", body)
    assert view["state"] == "submitted"
    assert [each for each in view["findings"] if each["severity"] == "block"] == []
    assert len(view["files"]) == len(body["files"])
    return str(view["id"])


def passes(case: Case, pre_review_id: str) -> None:
    """The bureau looks at the six points and passes (Art 7)."""
    body = {"points": dict.fromkeys(POINTS, True)}
    view = case.do("review", f"/pre-reviews/{pre_review_id}/verdict", body, "bureau")
    assert view["state"] == "passed"


def opinion(case: Case, department: str, verdict: str = "pass") -> Any:
    """A department's own opinion (Art 9)."""
    body = {"verdict": verdict, "opinion": "已审阅全部材料，意见如上。"}
    return case.do("review", "opinions", body, department)


def joint_review(case: Case) -> None:
    """All four departments speak; the audit bureau's observation is answered (Art 9)."""
    for department in ("party-office", "cyberspace", "finance"):
        opinion(case, department)
    opinion(case, "audit", "pass_with_conditions")
    answered = case.do("review", "opinions/audit/answer", {"answer": "已安排专人保管。"})
    assert answered["answered_at"] is not None
    opinions = case.see("review")["opinions"]
    assert {each["department"]: each["verdict"] for each in opinions} == {
        "party_office": "pass",
        "cyberspace": "pass",
        "finance": "pass",
        "audit": "pass_with_conditions",
    }


def draw(case: Case) -> Any:
    """The bureau draws the least number of experts, from all three fields (Art 10)."""
    panel = case.do("review", "panels", {"fields": list(FIELDS)}, "bureau")
    assert {f for member in panel["members"] for f in member["fields"]} == set(FIELDS)
    assert panel["warnings"] == []
    return panel


def account(case: Case, expert_id: str) -> str:
    """With which an expert signs."""
    pool = case.see("review", "/experts", "bureau")["items"]
    return next(str(expert["account"]) for expert in pool if expert["id"] == expert_id)


def sign(
    case: Case,
    panel_id: str,
    expert_id: str,
    *,
    in_favour: bool = True,
    because: str | None = None,
) -> None:
    """An expert's signed opinion on all five dimensions; a second one says why (Art 10)."""
    body = {
        "because": because,
        "expert_id": expert_id,
        "in_favour": in_favour,
        "comments": {
            dimension.value: "符合要求。" if in_favour else "论证不足。" for dimension in Dimension
        },
    }
    case.do("review", f"/panels/{panel_id}/opinions", body, account(case, expert_id))


def expert_review(case: Case, panel_id: str) -> Any:
    """Everybody who sits on the panel signs, and the unit concludes (Art 10)."""
    panel = case.see("review", f"/panels/{panel_id}")
    attended = [member["expert_id"] for member in panel["members"]]
    signed = {opinion["expert_id"] for opinion in panel["opinions"]}
    for expert_id in attended:
        because = "到会讨论后重新签署。" if expert_id in signed else None
        sign(case, panel_id, expert_id, because=because)
    concluded = case.do("review", f"/panels/{panel_id}/conclusion", {"attended": attended})
    assert concluded["state"] == "passed"
    assert {o["expert_id"] for o in concluded["opinions"] if o["earlier"]} == signed
    return concluded


def evaluate(case: Case) -> str:
    """The finance bureau's report, of which intake learns (Art 10)."""
    number = f"亭财评〔{case.calendar.today.year}〕{case.id[-6:]}-{case.budget_yuan:.0f}"
    body = {"report_number": number, "evaluated_yuan": str(case.budget_yuan)}
    case.do("review", "fiscal-evaluations", body, "finance")
    case.until("intake", "", lambda v: v["fiscal_report"] == number)
    return number


def apply(case: Case) -> None:
    """Project code and documents (Art 11)."""
    code = f"{case.calendar.today:%y%m}-320902-04-01-{int(case.id[-5:], 16) % 10**6:06}"
    body = {"project_code": code, "documents": [case.upload("review", "项目审批请示")]}
    view = case.do("review", "applications", body)
    assert view["state"] == "submitted"


def approval(case: Case) -> dict[str, str]:
    """What the bureau approves."""
    case.approval_number = f"亭数批〔{case.calendar.today.year}〕{case.id[-6:]}号"
    return {"approval_number": case.approval_number, "approved_yuan": str(case.budget_yuan)}


def approve(case: Case) -> Any:
    """The bureau approves, and everybody learns of it (Art 11)."""
    case.hears("review")
    view = case.do("review", "approval", approval(case), "bureau")
    assert (view["state"], view["approved_on"]) == ("approved", case.today)
    for service, path in (("intake", ""), ("acceptance", ""), ("cloud-alloc", "standing")):
        case.until(service, path, lambda v: v["approval_number"] == case.approval_number)
    return view


def tender(case: Case, *inputs: TenderInput) -> None:
    """The tender documents rest on what the project has (Art 11)."""
    body = {
        "documents": [case.upload("review", "招标文件")],
        "based_on": [each.value for each in inputs],
        "clauses": {each.value: "第12页" for each in ContractClause},
    }
    view = case.do("review", "tender-documents", body)
    assert [link["input"] for link in view["links"]] == body["based_on"]
