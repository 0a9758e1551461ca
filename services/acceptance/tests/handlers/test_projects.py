from uuid import UUID

import pytest

from govproject.terms import Track


def test_the_page_shows_everything_that_is_on_record(accepted):
    view = accepted.view()
    assert view["approval_number"] == "亭数批〔2026〕12号"
    assert {key: len(view[key]) for key in ("preliminary_rounds", "trials", "final_rounds")} == {
        "preliminary_rounds": 1,
        "trials": 1,
        "final_rounds": 1,
    }
    assert [r["report_number"] for r in view["test_reports"]] == ["CP-2026-017"]
    assert [g["recorded_by"] for g in view["guidance"]] == ["bureau"]
    assert len(view["obligations"]) == 7
    assert [m["kind"] for m in view["final_materials"]] == [
        "self_evaluation",
        "presentation",
        "documents",
    ]
    assert (len(view["plans"]), view["plans_missing"]) == (8, [])


def test_the_next_step_says_what_is_missing(built, bodies):
    step = built.view()["next_step"]
    assert step["stage"] == "preliminary"
    assert built.rules(step["decision"]) == ["prelim_opinion_on_file", "prelim_participants"]

    body = bodies.preliminary(must_fix=["补充日志审计"])
    (entry,) = built.do("preliminary-rounds", body)["must_fix"]
    step = built.view()["next_step"]
    assert step["stage"] == "trial"
    assert built.rules(step["decision"]) == ["prelim_opinion_and_fix"]

    closure = {"fixed_on": "2026-03-20", "proof": "已复测"}
    built.do(f"/must-fix-items/{entry['id']}/closure", closure)
    assert built.view()["next_step"]["decision"]["outcome"] == "allowed"

    built.do("trials", {"started_on": "2026-04-01"})
    step = built.view()["next_step"]
    assert step["stage"] == "final"
    assert set(built.rules(step["decision"])) == {
        "final_after_trial",
        "final_expert_group",
        "final_opinion_on_file",
        "final_materials",
        "ge_100_final_under_guidance",
        "third_party_test_report",
        "veto_archive_not_accepted",
        "veto_list_is_any",
    }


def test_only_the_meeting_itself_is_missing_when_all_else_is_there(before_final):
    decision = before_final.view()["next_step"]["decision"]
    assert before_final.rules(decision) == [
        "final_expert_group",
        "final_opinion_on_file",
        "veto_list_is_any",
    ]


def test_a_look_is_not_counted_as_a_decision(acceptance, events):
    acceptance.tell(events.declared())
    acceptance.view()
    assert "govproject_decisions_total{" not in acceptance.http.get("/metrics").text


@pytest.mark.parametrize(
    ("told", "required"),
    [("declared", ["preliminary", "trial", "final"]), ("small", ["final"])],
)
def test_the_steps_that_a_project_goes_through_are_shown(acceptance, events, told, required):
    acceptance.tell(getattr(events, told)())
    stages = acceptance.view()["stages"]
    assert [s["stage"] for s in stages] == ["preliminary", "trial", "final"]
    assert [s["stage"] for s in stages if s["required"]] == required


def test_a_step_left_out_shows_why(service_project):
    service_project.do("waivers", {"stage": "preliminary", "reason": "无建设内容"})
    preliminary, trial, final = service_project.view()["stages"]
    assert (preliminary["required"], trial["required"], final["required"]) == (False, True, True)
    assert "无建设内容" in preliminary["why"]


def test_projects_come_in_pages_and_a_unit_sees_its_own(acceptance, events):
    for number in range(1, 6):
        unit = "亭湖区教育局" if number % 2 else "亭湖区民政局"
        acceptance.tell(events.declared(UUID(int=number), unit=unit))
    seen, cursor = [], ""
    while cursor is not None:
        page = acceptance.get(f"/projects?limit=2{cursor and f'&cursor={cursor}'}").json()
        seen += [UUID(item["id"]).int for item in page["items"]]
        cursor = page["next_cursor"]
    assert seen == [1, 2, 3, 4, 5]
    own = acceptance.get("/projects", "unit").json()["items"]
    assert [UUID(item["id"]).int for item in own] == [1, 3, 5]
    assert {item["track"] for item in own} == {Track.FULL_PROCESS}
