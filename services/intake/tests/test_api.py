"""Who may do what, and what one key does."""

from collections import defaultdict
from uuid import UUID

import pytest

from govproject.identity import Role
from govproject.persistence.tables import Idempotency, Outbox, RecordedRelief
from govproject_intake.tables import (
    AnnualPlan,
    Change,
    Confirmation,
    Contract,
    Filing,
    PlanEntry,
    Project,
    QualityControl,
    RectificationOrder,
    Schedule,
    SpotCheck,
    SpotCheckResult,
)

NOBODY = UUID(int=99)
EVERYBODY = {role.value.replace("_", "-") for role in Role}
INSPECTORS = {"bureau", "party-office", "cyberspace", "finance", "audit"}
REASON = {"reason": "职能调整。"}

# path → body, and who may
WRITES: dict[str, tuple[object, set[str]]] = {
    "/projects": ("declaration", {"unit"}),
    "/projects/{project}/registration": ({"city_system_ref": "320902-2026-0009"}, {"bureau"}),
    "/projects/{project}/related/{related}": (None, {"bureau"}),
    "/projects/{project}/related/{related}/confirmation": (None, {"bureau"}),
    "/projects/{project}/related/{related}/dismissal": (None, {"bureau"}),
    "/annual-plans/2027/projects": ({"project_ids": ["{project}"]}, {"bureau"}),
    "/annual-plans/2027/drafts": ({"add": ["{project}"]}, {"bureau"}),
    "/annual-plans/2027/consolidation": (None, {"bureau"}),
    "/annual-plans/2027/publication": ({}, {"bureau"}),
    "/annual-plans/2027/import": (None, {"bureau"}),
    "/registrations/import": (None, {"bureau"}),
    "/projects/import": (None, {"unit"}),
    "/filings/import": (None, {"unit"}),
    "/projects/{project}/decommission-report": (REASON, {"unit"}),
    "/projects/{project}/filings": ("filing", {"unit"}),
    "/filings/{filing}/acceptance": (None, {"bureau"}),
    "/filings/{filing}/irregularity": ({"reasons": ["缺件"]}, {"bureau"}),
    "/filings/{filing}/correction": ("filing", {"unit"}),
    "/projects/{project}/changes": ({"aspects": ["scale"], "description": "扩容。"}, {"unit"}),
    "/changes/{change}/approval": (
        {"document": "亭数批〔2026〕30号", "approved_on": "2026-08-03"},
        {"bureau"},
    ),
    "/changes/{change}/filing": (None, {"unit"}),
    "/changes/{change}/withdrawal": (REASON, {"unit", "bureau"}),
    "/projects/{project}/contracts": ("contract", {"unit"}),
    "/contracts/{contract}/termination": ("termination", {"unit"}),
    "/projects/{project}/quality-controls": ("control", {"unit"}),
    "/contracts/{contract}/schedules": (
        {"milestones": [{"title": "上线", "due_on": "2026-12-01"}]},
        {"unit"},
    ),
    "/contracts/{contract}/milestones": ({"title": "上线", "reached_on": "2026-08-03"}, {"unit"}),
    "/contracts/{contract}/personnel": (
        {"personnel": [{"name": "张三", "role": "project_lead"}]},
        {"unit"},
    ),
    "/contracts/{contract}/extensions": (
        {
            "reason": "机房迁移。",
            "new_ends_on": "2027-03-31",
            "milestones": [{"title": "上线", "due_on": "2027-03-01"}],
        },
        {"unit"},
    ),
    "/contracts/{contract}/personnel-changes": (
        {"leaves": "张三", "joins": "王五", "reason": "离职。"},
        {"unit"},
    ),
    "/confirmations/{confirmation}/signatures": (
        {"party": "unit", "signer": "赵六", "signed_on": "2026-08-03"},
        {"unit"},
    ),
    "/confirmations/{confirmation}/expert-review": (
        {"held_on": "2026-08-03", "experts": ["专家甲"], "conclusion": "同意。"},
        {"unit"},
    ),
    "/confirmations/{confirmation}/completion": (None, {"unit"}),
    "/confirmations/{confirmation}/withdrawal": (None, {"unit"}),
    "/working-days": (
        {"days": [{"day": "2026-08-08", "is_working": True, "notice": "苏政办发〔2026〕1号"}]},
        {"bureau"},
    ),
    "/spot-checks": ({"size": 1, "occasion": "第三季度抽查"}, INSPECTORS),
    "/spot-checks/{check}/results": (
        {
            "project_id": "{project}",
            "items": {
                key: {"in_order": True, "finding": "与报备一致。"}
                for key in ("delivery", "resources", "data_sharing", "security")
            },
        },
        INSPECTORS,
    ),
    "/projects/{project}/rectification-orders": (
        {"problem": "日志留存不足。", "due_on": "2026-08-31"},
        INSPECTORS,
    ),
    "/rectification-orders/{order}/report": ("report", {"unit"}),
    "/rectification-orders/{order}/failure": (REASON, INSPECTORS),
    "/rectification-orders/{order}/clearance": (REASON, INSPECTORS),
    "/projects/{project}/exceptions": (
        {
            "rule": "filing_duplicate",
            "reason": "确需实施。",
            "document": "会议纪要",
            "expires_on": "2026-12-31",
        },
        {"bureau"},
    ),
    "/exceptions/{exception}/withdrawal": (REASON, {"bureau"}),
    "/obligations/{obligation}/closure": ({"proof": "已整改。"}, {"unit"}),
}
SHARED = ("/api/v1/checks", "/api/v1/events", "/api/v1/files", "/api/v1/tokens")
READS = (
    "/projects",
    "/projects/{project}",
    "/projects/{project}/next-step",
    "/projects/{project}/next-step.html",
    "/annual-plans/2027",
    "/projects.xlsx",
    "/filings.xlsx",
    "/working-days.xlsx?year=2026",
    "/annual-plans/2027/summary.xlsx",
    "/projects/{project}/related",
    "/projects/{project}/contracts",
    "/projects/{project}/quality-controls",
    "/projects/{project}/baseline",
    "/contracts/{contract}/progress",
    "/confirmations/{confirmation}",
    "/filings",
    "/filings/{filing}",
    "/projects/{project}/filing",
    "/projects/{project}/changes",
    "/projects/{project}/rectification-orders",
    "/rectification-orders",
    "/rectification-orders/{order}",
    "/obligations",
    "/projects/{project}/exceptions",
    "/checks",
    "/working-days?year=2026",
)
TABLES = (
    Project,
    Filing,
    Change,
    Contract,
    QualityControl,
    RectificationOrder,
    RecordedRelief,
    AnnualPlan,
    PlanEntry,
    Schedule,
    Confirmation,
    SpotCheck,
    SpotCheckResult,
    Outbox,
    Idempotency,
)


@pytest.fixture
def fill(intake):
    """A project with a filing, a change and an order; fills their ids into what a test sends."""
    project = intake.registered()
    change = {"aspects": ["content"], "description": "增加模块。"}
    filing = intake.filed(project)
    contract = intake.contracted(project, ends_on="2026-12-31")
    extension = WRITES["/contracts/{contract}/extensions"][0]
    ids = {
        "project": project,
        "filing": filing,
        "change": intake.done(f"/projects/{project}/changes", change)["id"],
        "order": intake.ordered(project),
        "check": intake.done("/spot-checks", WRITES["/spot-checks"][0], "audit")["id"],
        "exception": intake.done(
            f"/projects/{project}/exceptions",
            WRITES["/projects/{project}/exceptions"][0],
            "bureau",
        )["id"],
        "related": intake.declared(),
        "contract": contract,
        "confirmation": intake.done(f"/contracts/{contract}/extensions", extension)["id"],
    }
    ids["obligation"] = intake.get("/obligations").json()["items"][0]["id"]
    bodies = {
        "declaration": intake.declaration(),
        "filing": intake.filing(),
        "contract": intake.contract(),
        "report": {
            "report": "已整改。",
            "file_id": intake.handed_in("整改报告.pdf", b"%PDF-1.7\n%%EOF\n"),
        },
        "control": {
            "phase": "ongoing",
            "controlled_on": "2026-08-03",
            "controlled_by": "张三",
            "key_points": "数据割接。",
            "result": "符合要求。",
            "file_id": intake.handed_in("质量控制.pdf", b"%PDF-1.7\n%%EOF\n"),
        },
        "termination": {
            "terminated_on": "2026-08-03",
            "settled_yuan": "0",
            "reason": "登记有误。",
            "file_id": intake.handed_in("更正说明.pdf", b"%PDF-1.7\n%%EOF\n"),
        },
    }

    def fill(path: str) -> tuple[str, object]:
        body: object = WRITES[path][0] if path in WRITES else None
        if isinstance(body, str):
            body = bodies[body]
        elif isinstance(body, dict) and "project_ids" in body:
            body = {"project_ids": [project]}
        elif isinstance(body, dict) and "add" in body:
            body = {"add": [project]}
        elif isinstance(body, dict) and "project_id" in body:
            body = body | {"project_id": project}
        return path.format(**ids), body

    return fill


def test_every_write_is_in_the_table(intake):
    document = intake.http.get("/openapi.json").json()
    written = {
        path.removeprefix("/api/v1")
        for path, operations in document["paths"].items()
        if "post" in operations and not path.startswith(SHARED)
    }
    names = {
        "{project}": "{project_id}",
        "{filing}": "{filing_id}",
        "{change}": "{change_id}",
        "{order}": "{order_id}",
        "{check}": "{spot_check_id}",
        "{exception}": "{exception_id}",
        "{contract}": "{contract_id}",
        "{related}": "{related_id}",
        "{confirmation}": "{confirmation_id}",
        "{obligation}": "{obligation_id}",
        "2027": "{plan_year}",
    }
    listed = set()
    for path in WRITES:
        for short, long in names.items():
            path = path.replace(short, long)  # noqa: PLW2901  # step by step
        listed.add(path)
    assert written == listed


@pytest.mark.parametrize("path", WRITES)
def test_a_write_is_open_to_its_roles_and_to_nobody_else(intake, fill, problem, path):
    address, body = fill(path)
    before = intake.count(*TABLES)
    problem(intake.post(address, body, None), 401, "token_missing")
    for account in sorted(EVERYBODY - WRITES[path][1]):
        answer = problem(intake.post(address, body, account), 403, "role_not_allowed")
        assert "该操作只能由" in answer["detail"]
    assert intake.count(*TABLES) == before
    for account in sorted(WRITES[path][1]):
        answer = intake.post(address, body, account)
        assert answer.status_code not in {401, 403}, answer.text


@pytest.mark.parametrize("path", READS)
def test_every_role_reads(intake, fill, problem, path):
    address, _ = fill(path)
    problem(intake.get(address, None), 401, "token_missing")
    for account in sorted(EVERYBODY):
        assert intake.get(address, account).status_code == 200, account


@pytest.mark.parametrize("path", ["/spot-checks", "/spot-checks.xlsx", "/spot-checks/{check}"])
def test_spot_checks_are_for_inspectors(intake, fill, problem, path):
    address, _ = fill(path)
    for account in sorted(EVERYBODY - INSPECTORS):
        problem(intake.get(address, account), 403, "role_not_allowed")
    for account in sorted(INSPECTORS):
        assert intake.get(address, account).status_code == 200, account


@pytest.mark.parametrize(
    "path", [path for path, (_, roles) in WRITES.items() if roles == {"unit"} and "{" in path]
)
def test_another_units_token_changes_nothing(intake, fill, problem, path):
    address, body = fill(path)
    before = intake.count(*TABLES)
    problem(intake.post(address, body, unit="亭湖区卫健委"), 403, "not_your_unit")
    assert intake.count(*TABLES) == before


@pytest.mark.parametrize("path", [path for path in (*WRITES, *READS) if "{" in path])
def test_what_does_not_exist_is_not_found(intake, fill, problem, path):
    _, body = fill(path)
    address = path.format_map(defaultdict(lambda: NOBODY))
    if path in WRITES:
        account = min(WRITES[path][1])
        answer = intake.post(address, body, account)
    else:
        answer = intake.get(address)
    body = problem(answer, 404, "not_found")
    assert body["id"] == str(NOBODY)


def test_one_key_has_one_effect(intake, problem):
    key = {"Idempotency-Key": "declare-1"}
    first = intake.post("/projects", intake.declaration(), headers=key)
    again = intake.post("/projects", intake.declaration(), headers=key)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert (intake.count(Project), len(intake.published())) == (1, 1)
    other = intake.post("/projects", intake.declaration(budget_yuan="1"), headers=key)
    problem(other, 422, "idempotency_key_reused")


def test_a_refused_request_leaves_its_key_free(intake, problem):
    key = {"Idempotency-Key": "declare-1"}
    refused = intake.post("/projects", intake.declaration(policy_basis=[]), headers=key)
    problem(refused, 409, "refused")
    assert intake.count(*TABLES) == 0
    assert intake.post("/projects", intake.declaration(), headers=key).status_code == 201
