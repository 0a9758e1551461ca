"""The problems of a trial operation, and what the final asks of them (Art 19)."""

import pytest

PROBLEM = {"problem": "高峰时段响应超过3秒", "found_on": "2026-05-06"}
SOLVED = {"solved_on": "2026-06-01", "proof": "扩容后复测1秒"}
EXPLAINED = {"explained_on": "2026-07-10", "explanation": "依赖省级接口升级，已列入计划"}


@pytest.fixture
def problem_id(in_trial, trial_id):
    return in_trial.do(f"/trials/{trial_id}/problems", PROBLEM)["id"]


def found(acceptance):
    findings = acceptance.view()["next_step"]["decision"]["findings"]
    return [f["severity"] for f in findings if f["rule"] == "final_check_fixes"]


def test_an_open_problem_refuses_the_final(in_trial, trial_id, bodies, problem_id):
    assert found(in_trial) == ["block"]
    in_trial.do(f"/trials/{trial_id}/end", {"ended_on": "2026-07-15"})
    problem = in_trial.refused("final-rounds", bodies.final())
    assert "final_check_fixes" in in_trial.rules(problem)


def test_a_solved_one_does_not(in_trial, problem_id):
    view = in_trial.do(f"/trial-problems/{problem_id}/closure", SOLVED)
    assert (view["solved_on"], view["proof"]) == ("2026-06-01", "扩容后复测1秒")
    assert found(in_trial) == []
    assert in_trial.view()["trial_problems"] == [view]


def test_an_explained_one_is_for_the_experts_to_judge(in_trial, problem_id):
    in_trial.do(f"/trial-problems/{problem_id}/explanation", EXPLAINED)
    assert found(in_trial) == ["warn"]
    in_trial.do(f"/trial-problems/{problem_id}/closure", SOLVED)
    assert found(in_trial) == []


@pytest.mark.parametrize(("held_on", "refused"), [("2026-05-31", True), ("2026-06-01", False)])
def test_what_was_solved_after_the_meeting_does_not_count(
    in_trial, bodies, problem_id, held_on, refused
):
    in_trial.do(f"/trial-problems/{problem_id}/closure", SOLVED)
    problem = in_trial.refused("final-rounds", bodies.final(held_on=held_on))
    assert ("final_check_fixes" in in_trial.rules(problem)) is refused


@pytest.mark.parametrize(
    ("found_on", "code"),
    [
        ("2026-03-31", "not_in_trial"),
        ("2026-07-16", "not_in_trial"),
        ("2026-08-04", "date_in_future"),
    ],
)
def test_it_shows_in_the_trial(in_trial, trial_id, found_on, code):
    in_trial.do(f"/trials/{trial_id}/end", {"ended_on": "2026-07-15"})
    path = f"/trials/{trial_id}/problems"
    in_trial.refused(path, PROBLEM | {"found_on": found_on}, code)
    assert in_trial.do(path, PROBLEM | {"found_on": "2026-07-15"})["solved_on"] is None


@pytest.mark.parametrize(
    ("step", "body", "code"),
    [
        ("closure", SOLVED | {"solved_on": "2026-05-05"}, "solved_before_found"),
        ("closure", SOLVED | {"solved_on": "2026-08-04"}, "date_in_future"),
        ("explanation", EXPLAINED | {"explained_on": "2026-05-05"}, "explained_before_found"),
        ("explanation", EXPLAINED | {"explained_on": "2026-08-04"}, "date_in_future"),
    ],
)
def test_the_day_must_make_sense(in_trial, problem_id, step, body, code):
    in_trial.refused(f"/trial-problems/{problem_id}/{step}", body, code)


def test_each_step_is_taken_once(in_trial, problem_id):
    path = f"/trial-problems/{problem_id}"
    in_trial.do(f"{path}/explanation", EXPLAINED)
    in_trial.refused(f"{path}/explanation", EXPLAINED, "already_explained")
    in_trial.do(f"{path}/closure", SOLVED)
    in_trial.refused(f"{path}/closure", SOLVED, "already_solved")
    in_trial.refused(f"{path}/explanation", EXPLAINED, "already_solved")


def test_another_unit_has_no_say(in_trial, problem_id):
    path = f"/trial-problems/{problem_id}/closure"
    answer = in_trial.post(path, SOLVED, "unit", unit="亭湖区民政局")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_unit")
