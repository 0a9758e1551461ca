"""Spot checks of filed projects, and the orders that follow (Art 29)."""

from uuid import UUID, uuid4

import pytest

from govproject_intake.draw import sample
from govproject_intake.tables import RectificationOrder, SpotCheckResult

GOOD = {"in_order": True, "finding": "与报备一致。"}
BAD = {"in_order": False, "finding": "日志留存不足六个月。"}
ITEMS = dict.fromkeys(("delivery", "resources", "data_sharing", "security"), GOOD)
DRAW = {"size": 2, "occasion": "2026年第三季度抽查"}
INSPECTORS = ["bureau", "party-office", "cyberspace", "finance", "audit"]


@pytest.fixture
def filed(intake):
    """Three filed projects."""
    projects = [intake.registered(f"320902-2026-000{number}") for number in range(1, 4)]
    for project in projects:
        intake.filed(project)
    return projects


@pytest.mark.parametrize("inspector", INSPECTORS)
def test_filed_projects_are_drawn_with_a_seed_that_proves_it(intake, filed, inspector):
    intake.declared()
    gone = intake.registered("320902-2026-0009")
    intake.filed(gone)
    intake.done(f"/projects/{gone}/decommission-report", {"reason": "停用。"})
    view = intake.done("/spot-checks", DRAW, inspector)
    assert view["population"] == sorted(filed)
    drawn = [project["project_id"] for project in view["projects"]]
    repeated = sample([UUID(project) for project in view["population"]], view["seed"], 2)
    assert drawn == [str(project) for project in repeated]
    assert {project["items"] for project in view["projects"]} == {None}
    assert intake.get(f"/spot-checks/{view['id']}", inspector).json() == view
    again = intake.done("/spot-checks", DRAW, inspector)
    assert again["seed"] != view["seed"]
    listed = intake.get("/spot-checks", inspector).json()["items"]
    assert listed == [again, view]


def test_fewer_filed_projects_than_asked_for(intake, problem, filed):
    body = problem(intake.post("/spot-checks", DRAW | {"size": 4}, "audit"), 409, "too_few_filed")
    assert body["filed"] == len(filed)
    for size in (0, 201):
        answer = intake.post("/spot-checks", DRAW | {"size": size}, "audit")
        problem(answer, 422, "invalid_request")


def test_what_a_check_finds_leads_to_an_order(intake, problem, filed):
    check = intake.done("/spot-checks", DRAW | {"size": 3}, "cyberspace")
    good, bad, unchecked = (project["project_id"] for project in check["projects"])
    path = f"/spot-checks/{check['id']}/results"
    intake.done(path, {"project_id": good, "items": ITEMS}, "cyberspace")
    items = ITEMS | {"security": BAD}
    view = intake.done(path, {"project_id": bad, "items": items}, "cyberspace")
    found = {project["project_id"]: project for project in view["projects"]}
    assert found[bad]["items"] == items
    assert found[bad]["inspector"] == "cyberspace"
    assert found[unchecked]["items"] is None
    waits = {project for project, each in found.items() if each["order_wanting"]}
    assert waits == {bad}

    order = {"problem": BAD["finding"], "due_on": "2026-08-31", "spot_check_id": check["id"]}
    for project in (good, unchecked):
        answer = intake.post(f"/projects/{project}/rectification-orders", order, "cyberspace")
        problem(answer, 409, "nothing_found_wanting")
    answer = intake.post(
        f"/projects/{bad}/rectification-orders",
        order | {"spot_check_id": str(uuid4())},
        "cyberspace",
    )
    problem(answer, 404, "not_found")
    assert intake.count(RectificationOrder) == 0
    view = intake.done(f"/projects/{bad}/rectification-orders", order, "cyberspace")
    assert view["spot_check_id"] == check["id"]
    checked = intake.get(f"/spot-checks/{check['id']}", "audit").json()["projects"]
    assert [each["order_wanting"] for each in checked] == [False, False, False]
    assert {each["project_id"]: each["order_id"] for each in checked}[bad] == view["id"]
    assert len(intake.published("rectification.ordered")) == 1


@pytest.mark.parametrize("item", list(ITEMS))
def test_each_of_the_four_items_is_answered(intake, problem, filed, item):
    check = intake.done("/spot-checks", DRAW, "audit")
    items = {key: finding for key, finding in ITEMS.items() if key != item}
    body = {"project_id": check["projects"][0]["project_id"], "items": items}
    answer = intake.post(f"/spot-checks/{check['id']}/results", body, "audit")
    detail = problem(answer, 422, "invalid_request")["detail"]
    assert "四项核查内容须逐项填写" in detail
    assert intake.count(SpotCheckResult) == 0


def test_only_drawn_projects_are_checked_and_each_once(intake, problem, filed):
    check = intake.done("/spot-checks", DRAW, "audit")
    path = f"/spot-checks/{check['id']}/results"
    drawn = {project["project_id"] for project in check["projects"]}
    for stranger in (*(set(filed) - drawn), str(uuid4())):
        answer = intake.post(path, {"project_id": stranger, "items": ITEMS}, "audit")
        problem(answer, 422, "not_drawn")
    body = {"project_id": drawn.pop(), "items": ITEMS}
    intake.done(path, body, "audit")
    problem(intake.post(path, body, "finance"), 409, "already_checked")
    assert intake.count(SpotCheckResult) == 1
