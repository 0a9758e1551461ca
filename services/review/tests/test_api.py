"""Who may do what, and what bad input is answered with."""

from uuid import UUID

import pytest

from govproject_review.rules.article_07_pre_review import POINTS
from govproject_review.tables import Table
from govproject_review.views import ApplyForApproval

NOBODY = UUID(int=99)
EVERYBODY = {
    "unit",
    "bureau",
    "party-office",
    "cyberspace",
    "finance",
    "audit",
    "expert",
    "archivist",
    "portal",
    "ops",
}
DEPARTMENTS = {"party-office", "cyberspace", "finance", "audit"}
EXPERT = {"name": "新专家", "employer": "盐城工学院", "account": "x", "fields": ["business"]}
SIGNED = {"expert_id": str(NOBODY), "in_favour": True, "comments": {"necessity": "必要"}}

# Every write: its body, who may, and the members that may be left out.
WRITES = {
    "/projects/{project}/pre-reviews": (
        {"files": [], "statements": {"mobile": "none"}, "materials": ["可研报告"]},
        {"unit"},
        {"files", "statements", "materials"},
    ),
    "/pre-reviews/{pre_review}/verdict": (
        {"points": dict.fromkeys(POINTS, True), "reasons": ["退回"]},
        {"bureau"},
        {"reasons"},
    ),
    "/projects/{project}/opinions": ({"verdict": "pass", "opinion": "同意"}, DEPARTMENTS, set()),
    "/projects/{project}/opinions/finance/answer": ({"answer": "已改"}, {"unit"}, set()),
    "/experts": ({**EXPERT, "declared_conflicts": []}, {"bureau"}, {"declared_conflicts"}),
    "/experts/import": ({}, {"bureau"}, set()),
    "/experts/{expert}/conflicts": ({"declared_conflicts": []}, {"bureau"}, set()),
    "/experts/{expert}/account": ({"account": "new"}, {"bureau"}, set()),
    "/experts/{expert}/retirement": ({}, {"bureau"}, set()),
    "/projects/{project}/panels": (
        {"size": 5, "fields": ["business"], "parties": ["某咨询公司"]},
        {"bureau"},
        {"size", "fields", "parties"},
    ),
    "/panels/{panel}/withdrawals": (
        {"expert_id": str(NOBODY), "reason": "因病"},
        {"bureau"},
        set(),
    ),
    "/panels/{panel}/opinions": (SIGNED, {"expert"}, set()),
    "/panels/{panel}/conclusion": ({"attended": [str(NOBODY)]}, {"unit"}, set()),
    "/projects/{project}/fiscal-evaluations": (
        {"report_number": "亭财评1号", "evaluated_yuan": "1.00"},
        {"finance"},
        set(),
    ),
    "/projects/{project}/applications": (
        {"project_code": "2608-320902-04-01-123456", "documents": [str(NOBODY)]},
        {"unit"},
        set(),
    ),
    "/projects/{project}/approval": (
        {"approval_number": "亭数批1号", "approved_yuan": "1.00"},
        {"bureau"},
        set(),
    ),
    "/projects/{project}/earlier-approval": (
        {
            "approval_number": "亭数批1号",
            "project_code": "2408-320902-04-01-123456",
            "approved_yuan": "1.00",
            "approved_on": "2024-08-01",
            "file_id": str(NOBODY),
        },
        {"bureau"},
        set(),
    ),
    "/projects/{project}/rejection": ({"reason": "不予立项"}, {"bureau"}, set()),
    "/projects/{project}/tender-documents": (
        {
            "documents": [str(NOBODY)],
            "based_on": ["fiscal_report"],
            "clauses": {"ip_ownership": "第3页"},
        },
        {"unit"},
        {"based_on", "clauses"},
    ),
}
READS = {
    "/projects": EVERYBODY,
    "/projects/{project}": EVERYBODY,
    "/projects/{project}/next-step": EVERYBODY,
    "/projects/{project}/next-step.html": EVERYBODY,
    "/projects/{project}/pre-reviews": EVERYBODY,
    "/projects/{project}/panels": EVERYBODY,
    "/panels/{panel}": EVERYBODY,
    "/experts": {"bureau", "audit"},
    "/experts.xlsx": {"bureau", "audit"},
}


@pytest.fixture
def places(review):
    """The ids of a project in the middle of its review."""
    pre_review = review.submitted()
    body = {"points": dict.fromkeys(POINTS, True)}
    review.done(f"/pre-reviews/{pre_review}/verdict", body, "bureau")
    expert, *_ = review.pool(6)
    return {
        "project": review.project,
        "pre_review": pre_review,
        "expert": expert,
        "panel": review.drawn()["id"],
    }


@pytest.fixture
def stored(review):
    """Everything in the service's tables and its outbox."""

    def rows():
        with review.runtime.db.read() as session:
            own = {
                table.name: sorted(map(repr, session.execute(table.select())))
                for table in Table.metadata.sorted_tables
            }
        return own, review.published()

    return rows


@pytest.mark.parametrize(
    ("path", "body", "roles", "optional"), [(p, *rest) for p, rest in WRITES.items()]
)
class TestWrites:
    def test_others_are_refused_and_nothing_is_written(
        self, review, places, stored, problem, path, body, roles, optional
    ):
        path, before = path.format(**places), stored()
        for role in sorted(EVERYBODY - roles):
            problem(review.post(path, body, role), 403, "role_not_allowed")
        problem(review.post(path, body, None), 401, "token_missing")
        if "unit" in roles:
            problem(review.post(path, body, unit="亭湖区卫健委"), 403, "not_your_unit")
        assert stored() == before

    def test_what_does_not_exist_is_not_found(self, review, problem, path, body, roles, optional):
        if "{" in path:
            path = path.format(project=NOBODY, pre_review=NOBODY, expert=NOBODY, panel=NOBODY)
            problem(review.post(path, body, min(roles)), 404, "not_found")

    def test_bad_bodies_are_refused_and_nothing_is_written(
        self, review, places, stored, problem, path, body, roles, optional
    ):
        path, before = path.format(**places), stored()
        if body:
            misspelt = review.post(path, {**body, "misspelt": 1}, min(roles))
            assert problem(misspelt, 422, "invalid_request")["errors"][0]["loc"][-1] == "misspelt"
        for name in body.keys() - optional:
            rest = {other: value for other, value in body.items() if other != name}
            problem(review.post(path, rest, min(roles)), 422, "invalid_request")
        for name in body:
            strange = review.post(path, {**body, name: {"a": []}}, min(roles))
            problem(strange, 422, "invalid_request")
        assert stored() == before


@pytest.mark.parametrize(("path", "roles"), READS.items())
def test_reads_are_open_to_these_roles(review, places, problem, path, roles):
    path = path.format(**places)
    for role in sorted(EVERYBODY):
        answer = review.get(path, role)
        if role in roles:
            assert answer.status_code == 200
        else:
            problem(answer, 403, "role_not_allowed")
    problem(review.get(path, None), 401, "token_missing")


@pytest.mark.parametrize("path", [path for path in READS if "{" in path])
def test_a_unit_does_not_see_anothers_project(review, places, problem, path):
    answer = review.get(path.format(**places), "unit", unit="亭湖区卫健委")
    problem(answer, 403, "not_your_unit")


@pytest.mark.parametrize("path", [path for path in READS if "{" in path])
def test_what_does_not_exist_is_not_found(review, problem, path):
    problem(review.get(path.format(project=NOBODY, panel=NOBODY)), 404, "not_found")


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("fiscal-evaluations", {"evaluated_yuan": "-1"}),
        ("fiscal-evaluations", {"evaluated_yuan": "0"}),
        ("fiscal-evaluations", {"evaluated_yuan": 1.5}),
        ("fiscal-evaluations", {"evaluated_yuan": "1.001"}),
        ("fiscal-evaluations", {"evaluated_yuan": "12万"}),
        ("fiscal-evaluations", {"report_number": " "}),
        ("approval", {"approved_yuan": "-1100000"}),
        ("approval", {"approval_number": "a\nb"}),
        ("applications", {"project_code": "2608-320902-04-01-12345"}),
        ("applications", {"project_code": "2608-320902-04-01-1234567"}),
        ("applications", {"project_code": "2608_320902_04_01_123456"}),
        ("applications", {"documents": []}),
        ("opinions", {"verdict": "maybe"}),
        ("pre-reviews", {"statements": {"mobile": "phone"}}),
        ("pre-reviews", {"statements": {"empty_lists": {"sharing": "无"}}}),
        ("pre-reviews", {"files": [{"kind": "crypto_plan", "file_id": "1"}]}),
        ("pre-reviews", {"files": [{"kind": "crypto_plan", "file_id": str(NOBODY)}] * 2}),
        ("tender-documents", {"documents": []}),
        ("tender-documents", {"based_on": ["minutes"]}),
        ("panels", {"fields": ["law"]}),
        ("panels", {"size": 0}),
        ("panels", {"size": 100}),
        ("panels", {"size": "5"}),
        ("panels", {"size": 5.0}),
    ],
)
def test_values_that_make_no_sense(review, places, stored, problem, path, change):
    before = stored()
    body, roles, _ = WRITES[f"/projects/{{project}}/{path}"]
    answer = review.post(f"/projects/{review.project}/{path}", {**body, **change}, min(roles))
    problem(answer, 422, "invalid_request")
    assert stored() == before


def test_a_repeated_request_takes_effect_once(review):
    path, body = f"/projects/{review.project}/pre-reviews", review.submission()
    key = {"headers": {"Idempotency-Key": "k-1"}}
    first, again = review.post(path, body, **key), review.post(path, body, **key)
    assert first.json() == again.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert len(review.get(path).json()["items"]) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "２６０８-320902-04-01-123456",
        "2608\u2013320902\u201304\u201301\u2013123456",
        "2608-320902-04-01-123456\n",
    ],
)
def test_a_project_code_is_kept_as_it_was_meant(typed):
    command = ApplyForApproval(project_code=typed, documents=[UUID(int=1)])
    assert command.project_code == "2608-320902-04-01-123456"
