"""The project's page, which says what it waits for."""

from uuid import UUID


def test_each_step_done_leads_to_the_next_stage(review):
    def stage():
        return review.page()["stage"]

    assert stage() == "pre_review"
    review.pre_reviewed()
    assert stage() == "joint_review"
    review.jointly_reviewed()
    assert stage() == "expert_review"
    review.pool(5)
    review.expertly_reviewed()
    assert stage() == "fiscal_evaluation"
    assert review.evaluate().is_success
    assert stage() == "approval"
    assert review.apply().is_success
    assert stage() == "approval"
    assert review.approve().is_success
    assert stage() == "approved"
    page = review.page("unit")
    assert page["pre_review"]["state"] == "passed"
    assert page["panel"]["state"] == "passed"
    assert page["fiscal_evaluation"]["report_number"] == "亭财评〔2026〕3号"
    assert page["application"]["approval_number"] == "亭数批〔2026〕12号"


def test_an_approved_project_stays_approved_when_its_amount_falls(review, events):
    review.ready_for_approval()
    assert review.approve().is_success
    review.tell(events.change_filed("900000.00"))
    assert review.page()["stage"] == "approved"


def test_a_unit_sees_its_own_projects(review, events):
    review.tell(events.declared(UUID(int=8), unit="亭湖区卫健委"))
    own = review.get("/projects", "unit", unit="亭湖区卫健委").json()["items"]
    assert [project["unit"] for project in own] == ["亭湖区卫健委"]
    assert len(review.get("/projects", "audit").json()["items"]) == 2
    assert review.get(f"/projects/{review.project}", "unit", unit="亭湖区卫健委").status_code == 403


def test_projects_are_listed_in_pages(review, events):
    review.tell(*(events.declared(UUID(int=n)) for n in range(8, 12)))
    first = review.get("/projects", params={"limit": 3}).json()
    query = {"limit": 3, "cursor": first["next_cursor"]}
    second = review.get("/projects", params=query).json()
    assert [UUID(p["id"]).int for p in first["items"] + second["items"]] == [7, 8, 9, 10, 11]
    assert second["next_cursor"] is None
