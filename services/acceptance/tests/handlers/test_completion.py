"""What is completed is accepted: the duty is open until the final passes (Art 19)."""

from datetime import date

import pytest

from govproject.contracts import intake
from govproject.terms import Veto

COMPLETED = {"completed_on": "2026-02-27"}
RIGHT = {"completed_on": "2026-02-26", "reason": "竣工验收单载明为26日"}


def duty(acceptance):
    (found,) = [o for o in acceptance.view()["obligations"] if o["rule"] == "acceptance_required"]
    return found


def test_completion_opens_the_duty(built):
    view = built.do("completion", COMPLETED)
    assert (view["rule"], view["article"], view["due_on"]) == ("acceptance_required", "19", None)
    assert "2026-02-27" in view["task"]
    assert built.view()["completed_on"] == "2026-02-27"
    assert duty(built)["closed_at"] is None
    assert [e.rule for e in built.published("obligation.opened")] == ["acceptance_required"]


def test_it_is_recorded_once_and_has_happened(built):
    built.refused("completion", {"completed_on": "2026-08-04"}, "date_in_future")
    built.do("completion", COMPLETED)
    built.refused("completion", COMPLETED, "already_completed")


class TestCorrection:
    @pytest.fixture
    def completed(self, built):
        built.do("completion", COMPLETED)
        return built

    def test_the_earlier_day_stays_visible(self, completed):
        view = completed.do("completion-corrections", RIGHT)
        assert "2026-02-26" in view["task"]
        assert duty(completed)["task"] == view["task"]
        page = completed.view()
        assert page["completed_on"] == "2026-02-26"
        (correction,) = page["completion_corrections"]
        assert (correction["completed_on"], correction["corrected_to"]) == (
            "2026-02-27",
            "2026-02-26",
        )
        assert (correction["reason"], correction["recorded_by"]) == (RIGHT["reason"], "unit")
        first, again = completed.published("construction.completed")
        assert (first.completed_on, first.corrected_from) == (date(2026, 2, 27), None)
        assert (again.completed_on, again.corrected_from, again.reason) == (
            date(2026, 2, 26),
            date(2026, 2, 27),
            RIGHT["reason"],
        )

    def test_the_meeting_follows_the_right_day(self, completed, bodies):
        completed.do("completion-corrections", {**RIGHT, "completed_on": "2026-03-03"})
        completed.refused("preliminary-rounds", bodies.preliminary(), "before_completion")
        completed.do("completion-corrections", RIGHT)
        completed.do("preliminary-rounds", bodies.preliminary())

    def test_what_a_meeting_rests_on_stays(self, completed, bodies):
        failed = bodies.preliminary(passed=False, reasons=["功能缺失"])
        completed.do("preliminary-rounds", failed)
        problem = completed.refused("completion-corrections", RIGHT, "completion_relied_on")
        assert "2026-02-27" in problem["detail"]

    def test_what_a_trial_rests_on_stays(self, service_project):
        service_project.do("completion", COMPLETED)
        service_project.do("waivers", {"stage": "preliminary", "reason": "服务类项目"})
        service_project.do("trials", {"started_on": "2026-03-02"})
        service_project.refused("completion-corrections", RIGHT, "completion_relied_on")

    def test_the_gate_is_asked_again(self, completed):
        early = {**RIGHT, "completed_on": "2026-02-02"}
        problem = completed.refused("completion-corrections", early)
        assert "no_build_before_approval" in completed.rules(problem)

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"completed_on": "2026-08-04"}, "date_in_future"),
            ({"completed_on": "2026-02-27"}, "completion_unchanged"),
            ({"reason": "无"}, "correction_without_reason"),
        ],
    )
    def test_it_is_another_day_that_has_come_and_has_a_reason(self, completed, changes, code):
        completed.refused("completion-corrections", RIGHT | changes, code)

    def test_what_is_not_recorded_is_not_corrected(self, built):
        built.refused("completion-corrections", RIGHT, "not_completed")

    def test_the_contracts_term_is_compared_with_the_right_day(self, acceptance, events):
        contract = events.contract(ends_on="2026-02-26")
        acceptance.tell(events.declared(), events.approved(), contract)
        late = acceptance.do("completion", COMPLETED)["warnings"]
        assert [finding["rule"] for finding in late] == ["completed_within_contract_term"]
        assert acceptance.do("completion-corrections", RIGHT)["warnings"] == []


def test_who_meets_for_acceptance_says_that_it_is_completed(built, bodies):
    built.do("preliminary-rounds", bodies.preliminary(passed=False, reasons=["功能缺失"]))
    assert built.view()["completed_on"] == "2026-03-02"
    assert duty(built)["closed_at"] is None


def test_no_meeting_before_completion(built, bodies):
    built.do("completion", {"completed_on": "2026-03-03"})
    built.refused("preliminary-rounds", bodies.preliminary(), "before_completion")


def test_proof_does_not_take_the_place_of_acceptance(built):
    built.do("completion", COMPLETED)
    path = f"/obligations/{duty(built)['id']}/closure"
    built.refused(path, {"proof": "已投入使用"}, "closed_by_acceptance")


def test_only_a_passed_final_closes_it(before_final, bodies, clock):
    before_final.do("final-rounds", bodies.final(Veto.XINCHUANG))
    assert duty(before_final)["closed_at"] is None
    clock.set(2026, 8, 4)
    before_final.mend_final("2026-08-04")
    before_final.do("final-rounds", bodies.final(held_on="2026-08-04"))
    closed = duty(before_final)
    assert closed["closed_at"] is not None
    assert closed["proof"] == "2026-08-04终验合格"


def test_a_small_project_owes_it_no_less(small, bodies):
    small.do("completion", COMPLETED)
    assert duty(small)["closed_at"] is None
    small.do("final-rounds", bodies.final(settled_yuan="999999.99"))
    assert duty(small)["closed_at"] is not None


@pytest.mark.parametrize("recorded", [True, False])
def test_what_is_decommissioned_without_acceptance_is_not_accepted(built, bodies, clock, recorded):
    if recorded:
        built.do("completion", COMPLETED)
    else:
        built.do("preliminary-rounds", bodies.preliminary())
    built.tell(
        intake.ProjectDecommissioned(
            project_id=built.project, reason="职能划转", reported_at=clock()
        )
    )
    assert duty(built)["closed_at"] is None
    assert built.view()["state"] != "accepted"
    built.refused(
        f"/obligations/{duty(built)['id']}/closure", {"proof": "无"}, "closed_by_acceptance"
    )


def test_what_was_completed_before_its_approval_is_refused(acceptance, events, bodies):
    """Built in January, approved in February, completed and met for as if nothing had been."""
    contract = events.contract(award_notice_on="2026-02-03")
    acceptance.tell(events.declared(), events.approved(), contract)
    for path, body in (
        ("completion", {"completed_on": "2026-02-02"}),
        ("preliminary-rounds", bodies.preliminary(held_on="2026-02-02")),
    ):
        problem = acceptance.refused(path, body)
        (finding,) = [f for f in problem["findings"] if f["rule"] == "no_build_before_approval"]
        assert (finding["article"], finding["clause"]) == ("6", "2")
        assert "立项批复于2026-02-03取得" in finding["message"]
        assert finding["remedy"].startswith("请核对日期：")
        assert "不早于立项批复日期2026-02-03" in finding["remedy"]
    acceptance.do("completion", {"completed_on": "2026-02-03"})


def test_what_is_not_approved_is_not_completed(acceptance, events):
    acceptance.tell(events.declared())
    problem = acceptance.refused("completion", COMPLETED)
    assert acceptance.rules(problem) == ["no_build_before_approval"]
