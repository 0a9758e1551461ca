from datetime import date
from textwrap import dedent
from uuid import UUID

import pytest

from govproject.contracts.acceptance import FinalFailed, FinalPassed
from govproject.terms import (
    FileClass,
    MobileScope,
    PreReviewMaterial,
    ProjectKind,
    Veto,
)
from govproject_acceptance import repository

DUE_BEFORE_FINAL = {
    FileClass.APPROVAL,
    FileClass.PROCUREMENT,
    FileClass.CONTRACT,
    FileClass.TEST,
}


def contract_ids(acceptance):
    with acceptance.runtime.db.read() as session:
        return {each.id for each in repository.contracts(session, acceptance.project)}


class TestPassed:
    def test_it_is_recorded_and_published(self, before_final, bodies):
        assert before_final.view()["state"] == "trial_ended"
        view = before_final.do("final-rounds", bodies.final())
        assert (view["round"], view["passed"], view["found"]) == (1, True, [])
        assert (view["external_experts"], view["votes_in_favour"]) == (3, 3)
        assert view["decision"]["outcome"] == "allowed"
        assert before_final.published("final.passed") == [
            FinalPassed(project_id=before_final.project, passed_on=date(2026, 8, 3), round=1)
        ]
        page = before_final.view()
        assert (page["state"], page["next_step"]) == ("accepted", None)

    def test_nothing_follows(self, accepted, bodies):
        steps = {
            "preliminary-rounds": bodies.preliminary(),
            "waivers": {"stage": "trial", "reason": "不需要"},
            "trials": {"started_on": "2026-08-03"},
            "test-reports": bodies.report(report_number="CP-2"),
            "implementation-plans": accepted.plans(),
            "completion": {"completed_on": "2026-02-27"},
            "final-materials": {"kind": "documents", "file_id": accepted.handed_in()},
            "final-rounds": bodies.final(),
        }
        for path, body in steps.items():
            accepted.refused(path, body, "already_accepted")
        accepted.refused("guidance", bodies.guidance(), "already_accepted", as_="bureau")

    def test_a_majority_is_enough_and_dissent_is_on_record(self, before_final, bodies):
        body = bodies.final(experts=bodies.experts(5, against=2))
        view = before_final.do("final-rounds", body)
        assert (view["passed"], view["votes_in_favour"]) == (True, 3)
        assert [e["in_favour"] for e in view["experts"]] == [False, False, True, True, True]

    def test_the_amount_paid_must_be_known(self, before_final, bodies):
        body = bodies.final()
        del body["settled_yuan"]
        before_final.refused("final-rounds", body, "settled_amount_missing")

    @pytest.mark.parametrize("extra", [{"rectify_by": "2026-09-30"}, {"reasons": ["无"]}])
    def test_what_passed_needs_no_rectification(self, before_final, bodies, extra):
        before_final.refused("final-rounds", bodies.final(**extra), "passed_with_rectification")

    def test_operation_does_not_begin_tomorrow(self, before_final, bodies):
        body = bodies.final(in_operation_on="2026-08-04")
        before_final.refused("final-rounds", body, "date_in_future")


class TestFailed:
    @pytest.mark.parametrize("veto", Veto)
    def test_one_veto_fails_the_round(self, before_final, bodies, veto):
        view = before_final.do("final-rounds", bodies.final(veto))
        assert (view["passed"], view["found"]) == (False, [veto.value])
        (event,) = before_final.published("final.failed")
        assert event == FinalFailed(
            project_id=before_final.project,
            vetoes=(veto,),
            reasons=(f"存在不得通过终验的情形：{veto.zh}。", "详见专家组意见"),
            rectify_by=date(2026, 9, 30),
            round=1,
        )
        assert before_final.published("final.passed") == []
        opened = [e.rule for e in before_final.published("obligation.opened")]
        assert opened == [
            "acceptance_required",
            "trial_period_3_to_6_months",
            "failed_final_rectify",
        ]

    def test_the_next_meeting_is_a_new_round(self, before_final, bodies, clock):
        before_final.do("final-rounds", bodies.final(Veto.XINCHUANG))
        assert before_final.view()["state"] == "trial_ended"
        clock.set(2026, 8, 20)
        before_final.mend_final("2026-08-20")
        body = bodies.final(held_on="2026-08-20")
        assert before_final.do("final-rounds", body)["round"] == 2
        assert [e.round for e in before_final.published("final.passed")] == [2]
        assert [r["passed"] for r in before_final.view()["final_rounds"]] == [False, True]

    def test_a_meeting_after_the_limit_is_late_but_held(self, before_final, bodies, clock):
        before_final.do("final-rounds", bodies.final(Veto.XINCHUANG, rectify_by="2026-09-30"))
        clock.set(2026, 10, 8)
        before_final.mend_final("2026-10-08")
        view = before_final.do("final-rounds", bodies.final(held_on="2026-10-08"))
        assert view["passed"] is True
        late = [f for f in view["decision"]["findings"] if f["rule"] == "failed_final_rectify"]
        assert [f["severity"] for f in late] == ["warn"]

    def test_without_an_archive_check_it_fails_whatever_was_ticked(
        self, before_final, events, bodies
    ):
        before_final.tell(events.archive_failed())
        body = bodies.final(rectify_by="2026-09-30", settled_yuan=None)
        view = before_final.do("final-rounds", body)
        assert (view["passed"], view["found"]) == (False, ["archive_not_accepted"])

    def test_an_archive_check_after_the_meeting_comes_too_late(self, before_final, bodies):
        body = bodies.final(held_on="2026-08-02", rectify_by="2026-09-30", settled_yuan=None)
        view = before_final.do("final-rounds", body)
        assert view["found"] == ["archive_not_accepted"]

    @pytest.mark.parametrize("late", sorted(DUE_BEFORE_FINAL))
    def test_an_archive_check_before_a_class_fell_due_does_not_cover_it(
        self, before_final, events, bodies, late
    ):
        before_final.tell(events.archived(classes=tuple(DUE_BEFORE_FINAL - {late})))
        body = bodies.final(rectify_by="2026-09-30", settled_yuan=None)
        view = before_final.do("final-rounds", body)
        assert (view["passed"], view["found"]) == (False, ["archive_not_accepted"])

    @pytest.mark.parametrize("late", ["contract", "test report"])
    def test_an_archive_check_before_a_second_record_does_not_cover_its_files(
        self, before_final, events, bodies, clock, late
    ):
        """All classes were archived once; the second contract's files are asked for nowhere."""
        clock.set(2026, 8, 5)
        if late == "contract":
            after = {"contract_filed_on": date(2026, 8, 4), "recorded_at": clock()}
            second = events.contract(**after, amount_yuan="0.00")
            before_final.tell(second)
            for contract in before_final.view()["lots"]:
                own = contract["contract_id"], before_final.handed_in()
                lot = bodies.lot(*own, held_on="2026-08-05")
                before_final.do("lot-acceptances", lot)
        else:
            before_final.do("test-reports", bodies.report(report_number="CP-2026-018"))
        body = bodies.final(held_on="2026-08-05", rectify_by="2026-09-30", settled_yuan=None)
        view = before_final.do("final-rounds", body)
        assert (view["passed"], view["found"]) == (False, ["archive_not_accepted"])

    @pytest.mark.parametrize(("seen", "passed"), [(True, True), (False, False)])
    def test_an_archive_check_covers_the_contracts_that_the_archive_had_heard_of(
        self, small, events, bodies, seen, passed
    ):
        """The news of the second one was still on its way there."""
        second = UUID(int=102)
        small.tell(events.contract(contract_id=second, subject="test", amount_yuan="0.00"))
        first = next(iter(contract_ids(small) - {second}))
        contracts = (first, second) if seen else (first,)
        covered = [f"{c}/{number}" for number in contracts for c in ("procurement", "contract")]
        small.tell(events.archived(covered=tuple(covered)))
        limit = {"settled_yuan": "400000.00"}
        limit = limit if passed else {"rectify_by": "2026-09-30", "settled_yuan": None}
        assert small.do("final-rounds", bodies.final(**limit))["passed"] is passed

    @pytest.mark.parametrize(("filed_on", "passed"), [("2026-08-03", False), ("2026-08-04", True)])
    def test_what_falls_due_after_the_meeting_is_not_asked_of_it(
        self, acceptance, events, bodies, filed_on, passed
    ):
        acceptance.tell(events.small(), events.filed())
        acceptance.plan()
        acceptance.hand_in_materials()
        acceptance.do("contract-absence", {"reason": "本单位自行开发"})
        acceptance.tell(events.contract(award_notice_on=filed_on, contract_filed_on=filed_on))
        acceptance.tell(events.archived(classes=()))
        limit = {"settled_yuan": "0.00"}
        limit = limit if passed else {"rectify_by": "2026-09-30", "settled_yuan": None}
        assert acceptance.do("final-rounds", bodies.final(**limit))["passed"] is passed

    def test_a_later_archive_check_does_not_change_what_counted_at_a_meeting(
        self, before_final, events, bodies, clock
    ):
        clock.set(2026, 8, 5)
        before_final.tell(events.archived(at=clock()))
        assert before_final.do("final-rounds", bodies.final())["passed"] is True

    def test_no_majority_fails(self, before_final, bodies):
        body = bodies.final(
            experts=bodies.experts(3, against=2), rectify_by="2026-09-30", settled_yuan=None
        )
        view = before_final.do("final-rounds", body)
        assert (view["passed"], view["found"]) == (False, ["expert_resolution"])

    @pytest.mark.parametrize("rectify_by", [None, "2026-08-03"])
    def test_the_opinion_must_set_a_limit(self, before_final, bodies, rectify_by):
        body = bodies.final(Veto.XINCHUANG, rectify_by=rectify_by)
        problem = before_final.refused("final-rounds", body)
        assert before_final.rules(problem) == ["veto_xinchuang", "failed_final_rectify"]

    def test_a_veto_needs_its_grounds(self, before_final, bodies):
        body = bodies.final(Veto.XINCHUANG, reasons=[])
        before_final.refused("final-rounds", body, "invalid_request")


class TestNoMeeting:
    """What forbids the meeting is answered with findings, and nothing is recorded."""

    def test_order(self, in_trial, bodies):
        problem = in_trial.refused("final-rounds", bodies.final(), "refused")
        assert in_trial.rules(problem) == [
            "final_after_trial",
            "final_materials",
            "ge_100_final_under_guidance",
            "indicators_judged",
            "third_party_test_report",
            "veto_archive_not_accepted",
            "failed_final_rectify",
        ]
        assert {f["article"] for f in problem["findings"]} == {"19", "20"}

    def test_a_trial_that_was_too_short(self, in_trial, trial_id, bodies, events):
        in_trial.do(f"/trials/{trial_id}/end", {"ended_on": "2026-06-30"})
        in_trial.do("test-reports", bodies.report())
        in_trial.do("guidance", bodies.guidance(), "bureau")
        in_trial.tell(events.archived())
        in_trial.hand_in_materials()
        problem = in_trial.refused("final-rounds", bodies.final())
        assert in_trial.rules(problem) == ["trial_period_3_to_6_months"]

    def test_an_unfiled_change(self, before_final, events, bodies):
        before_final.tell(events.change())
        problem = before_final.refused("final-rounds", bodies.final())
        assert before_final.rules(problem) == ["no_change_filing_no_acceptance"]
        before_final.tell(events.change_approved(), events.change_filed())
        assert before_final.do("final-rounds", bodies.final())["passed"] is True

    @pytest.mark.parametrize("count", [1, 2, 4])
    def test_an_even_or_small_panel(self, before_final, bodies, count):
        body = bodies.final(experts=bodies.experts(count))
        problem = before_final.refused("final-rounds", body)
        assert before_final.rules(problem) == ["final_expert_group"]

    @pytest.mark.parametrize(
        "insider",
        [
            {"employer": "亭湖区教育局"},
            {"employer": "盐城软件公司"},
            {"employer": "盐城监理公司"},
            {"employer": "盐城 软件公司"},
            {"employer": "亭湖区教育局\u3000"},
            {"affiliated": True},
        ],
    )
    def test_insiders_do_not_count(self, before_final, bodies, insider):
        experts = bodies.experts(3)
        experts[0] |= insider
        problem = before_final.refused("final-rounds", bodies.final(experts=experts))
        assert before_final.rules(problem) == ["final_expert_group"]
        experts.append(bodies.experts(1, against=1)[0] | {"name": "专家9", "employer": "大学9"})
        view = before_final.do("final-rounds", bodies.final(experts=experts))
        assert (view["external_experts"], view["votes_in_favour"]) == (3, 2)

    def test_an_unanswered_veto(self, before_final, bodies):
        body = bodies.final()
        del body["vetoes"]["digital_assets"]
        problem = before_final.refused("final-rounds", body)
        assert before_final.rules(problem) == ["veto_list_is_any"]

    @pytest.mark.parametrize(
        ("held_on", "rules"),
        [
            ("2026-07-19", ["ge_100_final_under_guidance"]),
            ("2026-06-30", ["ge_100_final_under_guidance", "third_party_test_report"]),
        ],
    )
    def test_what_came_after_the_meeting_does_not_count(self, before_final, bodies, held_on, rules):
        problem = before_final.refused("final-rounds", bodies.final(held_on=held_on))
        assert set(rules) <= set(before_final.rules(problem))

    @pytest.mark.parametrize(
        ("held_on", "code"), [("2026-08-04", "date_in_future"), ("2026-08-02", "before_last_round")]
    )
    def test_the_day_must_make_sense(self, before_final, bodies, held_on, code):
        before_final.do("final-rounds", bodies.final(Veto.XINCHUANG))
        before_final.refused("final-rounds", bodies.final(held_on=held_on), code)

    def test_nobody_votes_twice(self, before_final, bodies):
        experts = [*bodies.experts(2), bodies.experts(1)[0]]
        before_final.refused("final-rounds", bodies.final(experts=experts), "invalid_request")


class TestDepartment:
    """A department's own rule is no veto of Art 19: it forbids the meeting, and can be lifted."""

    RULE = """
        from govproject import AcceptanceFacts, Findings, block, rule
        from govproject.terms import AcceptanceStage, ReliefKind


        @rule(
            "acceptance",
            source="亭财〔2026〕3号",
            article="2",
            quote="终验前须完成决算审计",
            relief=ReliefKind.EXCEPTION,
        )
        def audit_before_final(facts: AcceptanceFacts) -> Findings:
            if facts.stage is AcceptanceStage.FINAL:
                yield block("尚未完成决算审计。", remedy="请先完成决算审计。")
    """

    @pytest.fixture
    def plugins_dir(self, tmp_path):
        (tmp_path / "finance.py").write_text(dedent(self.RULE), encoding="utf-8")
        return tmp_path

    @pytest.mark.parametrize("found", [(), (Veto.XINCHUANG,)])
    def test_it_forbids_the_meeting(self, before_final, bodies, found):
        problem = before_final.refused("final-rounds", bodies.final(*found))
        assert "audit_before_final" in before_final.rules(problem)

    def test_an_exception_lifts_it_and_shows(self, before_final, events, bodies):
        before_final.tell(events.exception("audit_before_final"))
        view = before_final.do("final-rounds", bodies.final())
        (finding,) = view["decision"]["findings"]
        assert view["passed"] is True
        assert finding["lifted_by"]["document"] == "亭政会纪〔2026〕8号"
        assert finding["message"].endswith("8号，bureau批准，有效期至2027-08-03）")

    def test_a_withdrawn_exception_lifts_nothing(self, before_final, events, bodies):
        before_final.tell(granted := events.exception("audit_before_final"))
        before_final.tell(events.withdrawn(granted))
        problem = before_final.refused("final-rounds", bodies.final())
        assert before_final.rules(problem) == ["audit_before_final"]


class TestPromised:
    """What the pre-review has is compared with what was built (Arts 2, 8, 19)."""

    LISTS = (PreReviewMaterial.SHARING_LIST, PreReviewMaterial.DIGITAL_ASSET_CATALOGUE)
    SEEN = dict.fromkeys(LISTS, "已在区数据共享平台核对，全部挂接。")

    def test_nothing_passes_unless_it_was_compared(self, before_final, events, bodies):
        before_final.tell(events.pre_reviewed(MobileScope.CITY_PORTAL, self.LISTS))
        problem = before_final.refused("final-rounds", bodies.final())
        assert before_final.rules(problem) == [
            "mobile_into_city_portal",
            "veto_list_is_any",
            "veto_list_is_any",
        ]
        answers = {"mobile": "in_portal", "compared": self.SEEN}
        view = before_final.do("final-rounds", bodies.final(**answers))
        assert (view["passed"], view["mobile"], view["compared"]) == (True, "in_portal", self.SEEN)
        assert view["decision"]["findings"] == []
        asked = before_final.post(
            "/checks/acceptance", {"project_id": str(before_final.project)}
        ).json()
        assert asked["findings"] == []

    def test_what_is_not_in_the_portal_is_not_accepted(self, before_final, events, bodies):
        before_final.tell(events.pre_reviewed(MobileScope.CITY_PORTAL))
        body = bodies.final(mobile="not_in_portal")
        problem = before_final.refused("final-rounds", body)
        assert before_final.rules(problem) == ["mobile_into_city_portal"]

    def test_a_build_that_says_nothing_takes_back_nothing(self, before_final, events, bodies):
        before_final.tell(
            events.pre_reviewed(MobileScope.OWN_CLIENT, self.LISTS), events.pre_reviewed(None, None)
        )
        problem = before_final.refused("final-rounds", bodies.final())
        assert set(before_final.rules(problem)) == {"mobile_into_city_portal", "veto_list_is_any"}

    def test_a_later_round_says_what_counts(self, before_final, events, bodies):
        before_final.tell(
            events.pre_reviewed(MobileScope.CITY_PORTAL, self.LISTS), events.pre_reviewed()
        )
        assert before_final.do("final-rounds", bodies.final())["passed"] is True


def test_what_an_older_build_did_not_say_is_pointed_out(acceptance, events):
    acceptance.tell(events.declared(), events.approved(), events.pre_reviewed(None, None))
    body = {"project_id": str(acceptance.project), "suppose": {"stage": "final"}}
    found = acceptance.post("/checks/acceptance", body).json()["findings"]
    severity = {finding["rule"]: finding["severity"] for finding in found}
    assert severity["mobile_into_city_portal"] == "warn"


def test_several_projects_do_not_mix(before_final, events, bodies):
    other = UUID(int=8)
    before_final.tell(events.declared(other, kind=ProjectKind.UPGRADE))
    answer = before_final.post(f"/projects/{other}/final-rounds", bodies.final(indicators=[]))
    assert answer.status_code == 409
    assert before_final.do("final-rounds", bodies.final())["passed"] is True
