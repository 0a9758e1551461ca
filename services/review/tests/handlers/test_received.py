"""What intake's events change here."""

from uuid import UUID

import pytest

from govproject.resources import Resources
from govproject.terms import ChangeAspect
from govproject_review.tables import Project


def test_a_project_is_known_from_its_declaration(empty, events):
    assert empty.get(f"/projects/{empty.project}").status_code == 404
    empty.tell(events.declared())
    page = empty.page()
    assert page["project_name"] == "智慧教育平台"
    assert (page["budget_yuan"], page["track"]) == ("1200000.00", "full_process")
    assert (page["city_system_ref"], page["plan_adopted_year"]) == (None, None)
    assert page["cloud_plan"]["vcpus"] == 64
    assert page["rule_pack"] == "tinghu-2025"


def test_registration_and_plan_are_kept(review):
    page = review.page()
    assert (page["city_system_ref"], page["plan_adopted_year"]) == ("320902-7", 2027)


def test_a_filed_change_gives_new_values(review, events):
    review.tell(events.change_filed("800000.00", Resources(vcpus=32)))
    page = review.page()
    assert (page["budget_yuan"], page["track"]) == ("800000.00", "filing")
    assert page["cloud_plan"]["vcpus"] == 32
    assert page["stage"] == "not_reviewed"


@pytest.mark.parametrize("known", [True, False])
def test_a_withdrawn_change_touches_nothing(review, events, known):
    determined = events.change_determined(ChangeAspect.CONTENT)
    if known:
        review.tell(determined)
    before = review.page()
    outcomes = review.tell(events.change_withdrawn(determined))
    assert {str(outcome) for outcome in outcomes} == {"done"}
    assert review.page() == before


def test_a_reference_that_an_older_build_told_is_kept_with_hyphens(review, events):
    told = events.registered().model_copy(update={"city_system_ref": "320902\u20132026－0001"})
    review.tell(told)
    with review.runtime.db.read() as session:
        assert session.get_one(Project, told.project_id).city_system_ref == "320902-2026-0001"


def test_the_end_of_a_project_is_kept(review, events):
    review.tell(events.decommissioned())
    assert review.page()["decommissioned_at"] is not None


def test_an_event_of_a_project_never_declared_is_parked(empty, events):
    outcomes = empty.tell(events.registered())
    assert {str(outcome) for outcome in outcomes} == {"parked"}
    assert empty.get("/projects").json()["items"] == []


def test_projects_do_not_mix(review, events):
    other = UUID(int=8)
    review.tell(events.declared(other, "2000000.00", unit="亭湖区卫健委"))
    assert review.page()["budget_yuan"] == "1200000.00"
    units = [item["unit"] for item in review.get("/projects").json()["items"]]
    assert units == ["亭湖区教育局", "亭湖区卫健委"]
