"""Results of evaluations and what follows for projects on the same system (Art 25)."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from govproject.contracts.acceptance import EvaluationCompleted
from govproject.messaging.receiving import Outcome
from govproject_intake.tables import Evaluation, PlanEntry, Project

PLAN = "/annual-plans/2027"


def evaluated(intake, project: str, grade: str, on: str = "2026-06-30") -> None:
    event = EvaluationCompleted(
        project_id=UUID(project), grade=grade, evaluated_on=date.fromisoformat(on)
    )
    assert intake.tell(event) == {Outcome.DONE: 1}


@pytest.fixture
def system(intake):
    """A project on a system that others go on with."""
    return intake.declared(plan_year=2025, system_name="智慧校园平台")


def test_the_latest_results_stand_beside_an_application(intake, system):
    upgrade = intake.declared(kind="upgrade", related_project_ids=[system])
    assert intake.get(f"/projects/{upgrade}").json()["results"] == []
    evaluated(intake, system, "qualified", "2025-06-30")
    evaluated(intake, system, "excellent")
    # Handed over late, an earlier result is not the latest.
    evaluated(intake, system, "good", "2026-01-31")
    shown = [
        {
            "project_id": system,
            "project_name": "智慧校园",
            "grade": "excellent",
            "evaluated_on": "2026-06-30",
        }
    ]
    for project in (upgrade, system):
        assert intake.get(f"/projects/{project}", "finance").json()["results"] == shown
    intake.done(f"{PLAN}/drafts", {"add": [upgrade]}, "bureau")
    (entry,) = intake.get(PLAN).json()["projects"]
    assert entry["results"] == shown


@pytest.mark.parametrize(
    ("kind", "grade", "preferred"),
    [
        ("renewal", "excellent", True),
        ("upgrade", "excellent", True),
        ("new", "excellent", False),
        ("upgrade", "good", False),
        ("upgrade", "qualified", False),
    ],
)
def test_what_goes_on_with_an_excellent_system_comes_first(intake, system, kind, grade, preferred):
    evaluated(intake, system, grade)
    plain = [intake.declared(), intake.declared()]
    upgrade = intake.declared(kind=kind, related_project_ids=[system])
    projects = [*plain, upgrade]
    in_order = [upgrade, *plain] if preferred else projects
    assert [p["project_id"] for p in intake.get(PLAN).json()["left_out"]] == in_order
    intake.done(f"{PLAN}/projects", {"project_ids": projects}, "bureau")
    listed = intake.get(PLAN).json()["projects"]
    assert [project["project_id"] for project in listed] == in_order
    assert [p["preferred"] for p in listed if p["project_id"] == upgrade] == [preferred]
    assert not any(p["preferred"] for p in listed if p["project_id"] in plain)


def test_excellence_relaxes_no_rule(intake, problem, system):
    evaluated(intake, system, "excellent")
    declaration = intake.declaration(kind="upgrade", related_project_ids=[system], policy_basis=[])
    problem(intake.post("/projects", declaration), 409, "refused")


def test_a_poor_result_bars_what_is_declared_for_the_year_after(intake, problem, system):
    evaluated(intake, system, "poor")
    declaration = intake.declaration(kind="upgrade", related_project_ids=[system])
    body = problem(intake.post("/projects", declaration), 409, "refused")
    assert [(f["rule"], f["article"]) for f in body["findings"]] == [
        ("poor_no_related_project", "25")
    ]
    intake.done("/projects", declaration | {"plan_year": 2028})
    # Nothing else of the unit is barred.
    intake.declared()


def test_a_poor_result_bars_adoption_and_publication(intake, problem, system):
    upgrade = intake.declared(kind="upgrade", related_project_ids=[system])
    other = intake.declared()
    intake.done(f"{PLAN}/drafts", {"add": [upgrade, other]}, "bureau")
    intake.done(f"{PLAN}/consolidation", as_="bureau")
    evaluated(intake, system, "poor")
    body = problem(intake.post(f"{PLAN}/publication", {}, "bureau"), 409, "refused")
    assert [f["rule"] for f in body["findings"]] == ["poor_no_related_project"]
    assert intake.published("project.plan_adopted") == []
    intake.done(f"{PLAN}/drafts", {"remove": [upgrade]}, "bureau")
    intake.done(f"{PLAN}/consolidation", as_="bureau")
    assert intake.done(f"{PLAN}/publication", {}, "bureau")["adopted"] == [other]
    addition = {"project_ids": [upgrade], "reason": "追加。"}
    problem(intake.post(f"{PLAN}/projects", addition, "bureau"), 409, "refused")
    assert intake.count(PlanEntry) == 1


@pytest.mark.parametrize("name", ["智慧校园平台", " 智慧校园 平台 "])
def test_the_same_systems_projects_are_proposed_and_count_once_confirmed(
    intake, problem, system, name
):
    evaluated(intake, system, "poor")
    upgrade = intake.declared(kind="upgrade", system_name=name)
    path = f"/projects/{upgrade}/related"
    (link,) = intake.get(path, "unit").json()["links"]
    assert (link["related_id"], link["related_name"], link["state"]) == (
        system,
        "智慧校园",
        "proposed",
    )
    assert intake.get(f"/projects/{upgrade}").json()["results"] == []
    (link,) = intake.done(f"{path}/{system}/confirmation", as_="bureau")["links"]
    assert (link["state"], link["decided_by"]) == ("confirmed", "bureau")
    assert len(intake.get(f"/projects/{upgrade}").json()["results"]) == 1
    answer = intake.post(f"{PLAN}/projects", {"project_ids": [upgrade]}, "bureau")
    problem(answer, 409, "refused")
    for step in ("confirmation", "dismissal"):
        problem(intake.post(f"{path}/{system}/{step}", as_="bureau"), 409, "step_not_possible")


def test_a_proposal_that_is_wrong_is_dismissed(intake, problem, system):
    evaluated(intake, system, "poor")
    upgrade = intake.declared(kind="upgrade", system_name="智慧校园平台")
    path = f"/projects/{upgrade}/related"
    (link,) = intake.done(f"{path}/{system}/dismissal", as_="bureau")["links"]
    assert link["state"] == "dismissed"
    intake.done(f"{PLAN}/projects", {"project_ids": [upgrade]}, "bureau")


def test_a_proposal_that_nobody_decided_holds_the_project_up(intake, problem, system):
    evaluated(intake, system, "poor")
    upgrade = intake.registered(kind="upgrade", system_name="智慧校园平台")
    filing = intake.filed(upgrade)
    accept = f"/filings/{filing}/acceptance"
    for path, body, rule in (
        (f"{PLAN}/projects", {"project_ids": [upgrade]}, "poor_no_related_project"),
        (accept, None, "poor_no_related_filing"),
    ):
        answer = problem(intake.post(path, body, "bureau"), 409, "refused")
        assert [(f["rule"], f["article"]) for f in answer["findings"]] == [(rule, "25")]
        assert "区数据局" in answer["findings"][0]["remedy"]
    intake.done(f"/projects/{upgrade}/related/{system}/dismissal", as_="bureau")
    intake.done(accept, as_="bureau")


@pytest.mark.parametrize("turned", [False, True])
def test_the_bureau_links_what_the_unit_did_not_name(intake, problem, system, turned):
    evaluated(intake, system, "poor")
    upgrade = intake.registered(kind="upgrade")
    filing = intake.filed(upgrade)
    first, second = (system, upgrade) if turned else (upgrade, system)
    path = f"/projects/{first}/related/{second}"
    (link,) = intake.done(path, as_="bureau")["links"]
    assert (link["state"], link["decided_by"]) == ("confirmed", "bureau")
    assert (link["project_id"], link["related_id"]) == (upgrade, system)
    assert intake.get(f"/projects/{system}/related").json()["links"] == []
    problem(intake.post(path, as_="bureau"), 409, "already_related")
    itself = f"/projects/{upgrade}/related/{upgrade}"
    problem(intake.post(itself, as_="bureau"), 422, "related_to_itself")
    answer = problem(intake.post(f"/filings/{filing}/acceptance", as_="bureau"), 409, "refused")
    assert [finding["rule"] for finding in answer["findings"]] == ["poor_no_related_filing"]


def test_what_is_not_admitted_signs_no_contract_that_carries_it_out(intake, problem, system):
    evaluated(intake, system, "poor")
    upgrade = intake.registered(kind="upgrade")
    accept = f"/filings/{intake.filed(upgrade)}/acceptance"
    intake.done(f"/projects/{upgrade}/related/{system}", as_="bureau")
    problem(intake.post(accept, as_="bureau"), 409, "refused")
    path = f"/projects/{upgrade}/contracts"
    body = problem(intake.post(path, intake.contract(amount_yuan="300000")), 409, "refused")
    assert [(f["rule"], f["article"]) for f in body["findings"]] == [
        ("poor_no_related_contract", "25")
    ]
    assert "2028年度起可以重新申报" in body["findings"][0]["remedy"]
    assert intake.published("contract.recorded") == []


def test_what_was_found_regular_before_the_link_is_carried_out(intake, problem, system):
    evaluated(intake, system, "poor")
    upgrade = intake.registered(kind="upgrade")
    filing = intake.filed(upgrade)
    intake.done(f"/filings/{filing}/acceptance", as_="bureau")
    intake.done(f"/projects/{upgrade}/related/{system}", as_="bureau")
    intake.contracted(upgrade, amount_yuan="200000")
    intake.done(f"/filings/{filing}/irregularity", {"reasons": ["附件缺失"]}, "bureau")
    intake.done(f"/filings/{filing}/correction", intake.filing())
    intake.contracted(upgrade, amount_yuan="100000")


def test_a_filing_that_a_change_reopened_is_not_refused_for_a_later_poor_result(intake, system):
    upgrade = intake.registered(kind="upgrade", related_project_ids=[system])
    accept = f"/filings/{intake.filed(upgrade)}/acceptance"
    intake.done(accept, as_="bureau")
    evaluated(intake, system, "poor")
    change = {"aspects": ["amount"], "description": "压减。", "new_budget_yuan": "290000"}
    determined = intake.done(f"/projects/{upgrade}/changes", change)["id"]
    intake.done(f"/changes/{determined}/filing")
    assert intake.done(accept, as_="bureau")["status"] == "accepted"


def test_what_is_named_is_not_proposed_again(intake, problem, system):
    upgrade = intake.declared(
        kind="upgrade", system_name="智慧校园平台", related_project_ids=[system]
    )
    (link,) = intake.get(f"/projects/{upgrade}/related").json()["links"]
    assert link["state"] == "named"
    path = f"/projects/{upgrade}/related/{system}/dismissal"
    problem(intake.post(path, as_="bureau"), 409, "step_not_possible")


def test_another_system_or_unit_is_not_proposed(intake, problem, system):
    others = [
        intake.declared(system_name="阳光食堂"),
        intake.declared(),
        intake.declared("亭湖区卫健委", system_name="智慧校园平台"),
    ]
    for project in others:
        assert intake.get(f"/projects/{project}/related").json()["links"] == []
    path = f"/projects/{others[0]}/related/{system}/confirmation"
    problem(intake.post(path, as_="bureau"), 404, "not_found")
    answer = intake.get(f"/projects/{others[2]}/related", "unit")
    problem(answer, 403, "not_your_unit")


def test_a_result_of_a_project_that_was_never_declared_is_parked(intake):
    event = EvaluationCompleted(project_id=uuid4(), grade="poor", evaluated_on=date(2026, 6, 30))
    assert intake.tell(event) == {Outcome.PARKED: 1}
    assert intake.count(Evaluation, Project) == 0


def told(intake):
    """What others are told of links: state, and results so far."""
    return [
        (str(event.related_id), event.state, [each.grade for each in event.results])
        for event in intake.published("project.linked")
    ]


def test_links_and_results_are_told_to_who_approves(intake, system):
    assert told(intake) == []
    evaluated(intake, system, "poor", "2025-06-30")
    named = intake.declared(kind="upgrade", related_project_ids=[system])
    assert told(intake) == [(system, "named", ["poor"])]
    # The declaration comes first in the project's stream.
    names = [e.name for e in intake.published() if str(e.project_id) == named]
    assert names == ["project.declared", "project.linked"]
    proposed = intake.declared(kind="upgrade", system_name="智慧校园平台")
    intake.done(f"/projects/{proposed}/related/{system}/dismissal", as_="bureau")
    intake.done(f"/projects/{proposed}/related/{system}", as_="bureau")
    assert told(intake)[1:] == [
        (system, state, ["poor"]) for state in ("proposed", "dismissed", "confirmed")
    ]
    evaluated(intake, system, "qualified")
    (first, second) = intake.published("project.evaluated")
    assert {str(first.project_id), str(second.project_id)} == {system}
    assert (second.grade, second.evaluated_on) == ("qualified", date(2026, 6, 30))
