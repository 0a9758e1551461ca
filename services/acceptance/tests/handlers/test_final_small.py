"""The final of small projects and of services: without the steps before, with reasons."""

import pytest

from govproject.terms import (
    ProjectKind,
    Track,
)


class TestSmall:
    def test_it_goes_straight_to_the_final(self, small, bodies):
        step = small.view()["next_step"]
        assert step["stage"] == "final"
        view = small.do("final-rounds", bodies.final(settled_yuan="999999.99"))
        assert view["passed"] is True
        warned = {f["rule"] for f in view["decision"]["findings"]}
        assert warned == {"under_100_skip_prelim", "third_party_test_report"}

    def test_not_before_its_filing_is_regular(self, acceptance, events, bodies):
        contract = events.contract(amount_yuan="900000.00")
        acceptance.tell(events.small(), events.filing(), contract, events.archived())
        acceptance.plan()
        acceptance.hand_in_materials()
        problem = acceptance.refused("final-rounds", bodies.final(settled_yuan="900000.00"))
        assert acceptance.rules(problem) == ["under_100_self_final_after_filing"]

    @pytest.mark.parametrize("contracted", ["900000.00"])
    def test_a_full_process_that_a_change_made_small_stays_guided(
        self, before_final, events, bodies
    ):
        """It was approved, so it cannot be filed (Art 4)."""
        lowered = events.change_filed(budget_yuan=900000)
        lowered = lowered.model_copy(update={"track": Track.FULL_PROCESS})
        before_final.tell(events.change(), events.change_approved(), lowered)
        assert before_final.do("final-rounds", bodies.final(settled_yuan="900000.00"))["passed"]

    def test_a_filing_of_the_next_day_does_not_count(self, small, bodies):
        body = bodies.final(held_on="2026-08-02", rectify_by="2026-09-30", settled_yuan=None)
        problem = small.refused("final-rounds", body)
        assert "under_100_self_final_after_filing" in small.rules(problem)


def test_a_service_project_with_its_reasons(service_project, events, bodies):
    problem = service_project.refused("final-rounds", bodies.final())
    assert service_project.rules(problem).count("goods_services_acceptance") == 2
    service_project.do("waivers", {"stage": "preliminary", "reason": "无建设内容"})
    service_project.do("waivers", {"stage": "trial", "reason": "按月考核"})
    service_project.do("guidance", bodies.guidance(), "bureau")
    service_project.tell(events.archived())
    view = service_project.do("final-rounds", bodies.final())
    assert view["passed"] is True
    rules = [obligation["rule"] for obligation in service_project.view()["obligations"]]
    assert "free_ops_start" not in rules


def test_a_small_service_project_gives_its_reasons_too(acceptance, events, bodies):
    """Below 100万 nobody asked it why it had neither preliminary nor trial."""
    acceptance.tell(
        events.small(kind=ProjectKind.OPS), events.filed(), events.contract(), events.archived()
    )
    acceptance.plan()
    acceptance.hand_in_materials()
    body = bodies.final(settled_yuan="400000.00")
    problem = acceptance.refused("final-rounds", body)
    found = [f for f in problem["findings"] if f["rule"] == "goods_services_acceptance"]
    assert {(f["article"], f["severity"]) for f in found} == {("19", "block")}
    assert "未开展初验，也未说明理由" in found[0]["message"]
    for stage in ("preliminary", "trial"):
        acceptance.do("waivers", {"stage": stage, "reason": "按月考核"})
    assert acceptance.do("final-rounds", body)["passed"] is True
