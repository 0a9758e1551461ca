from datetime import date, datetime

import pytest

from govproject.clock import SHANGHAI
from govproject.contracts.acceptance import PreliminaryFailed, PreliminaryPassed

EXPLANATION = {"explained_on": "2026-03-20", "explanation": "厂商停产，改由防火墙承担"}


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 10, tzinfo=SHANGHAI)


class TestHold:
    def test_a_passed_meeting_is_recorded_and_published(self, built, bodies):
        view = built.do("preliminary-rounds", bodies.preliminary(must_fix=["补充日志审计"]))
        assert (view["round"], view["passed"]) == (1, True)
        assert [item["item"] for item in view["must_fix"]] == ["补充日志审计"]
        assert view["decision"]["outcome"] == "allowed"
        assert built.published("preliminary.passed") == [
            PreliminaryPassed(project_id=built.project, passed_on=date(2026, 3, 2))
        ]
        assert built.view()["state"] == "preliminary_passed"

    def test_a_failed_meeting_is_recorded_and_the_next_is_a_new_round(self, built, bodies):
        failed = bodies.preliminary(passed=False, reasons=["功能缺失"])
        assert built.do("preliminary-rounds", failed)["round"] == 1
        assert built.view()["state"] == "building"
        again = bodies.preliminary(held_on="2026-03-20")
        assert built.do("preliminary-rounds", again)["round"] == 2
        meetings = [e for e in built.published() if e.name.startswith("preliminary.")]
        assert meetings == [
            PreliminaryFailed(
                project_id=built.project, reasons=("功能缺失",), held_on=date(2026, 3, 2)
            ),
            PreliminaryPassed(project_id=built.project, passed_on=date(2026, 3, 20)),
        ]

    @pytest.mark.parametrize("outcome", [{}, {"passed": False, "reasons": ["功能缺失"]}])
    def test_the_signed_opinion_is_a_file(self, built, bodies, outcome):
        silent = bodies.preliminary(opinion_file_id=None, **outcome)
        problem = built.refused("preliminary-rounds", silent)
        assert built.rules(problem) == ["prelim_opinion_on_file"]
        assert "初步验收意见" in problem["detail"]
        assert problem["findings"][0]["article"] == "19"
        file_id = built.handed_in()
        view = built.do("preliminary-rounds", silent | {"opinion_file_id": file_id})
        assert view["opinion_paper"]["file_id"] == file_id

    def test_nobody_comes_for_two_parties(self, built, bodies):
        body = bodies.preliminary()
        body["participants"][4] |= {"name": "代表 ２"}
        problem = built.refused("preliminary-rounds", body)
        assert built.rules(problem) == ["prelim_one_role_each"]
        assert "代表2（承建单位、专家）" in problem["findings"][0]["message"]
        assert built.view()["preliminary_rounds"] == []

    @pytest.mark.parametrize(
        ("n", "employer", "roles"),
        [
            (0, "亭湖区民政局", ["technical_head"]),
            (1, "盐城市教育局", []),
            (2, "盐城软件公司研发中心", []),
            (2, "单位2", ["contractor"]),
            (3, "盐城软件公司", ["supervisor"]),
            (4, "某大学", []),
        ],
    )
    def test_who_comes_for_a_party_is_of_it(self, built, bodies, n, employer, roles):
        body = bodies.preliminary()
        body["participants"][n]["employer"] = employer
        view = built.do("preliminary-rounds", body | {"opinion_file_id": built.handed_in()})
        said = [
            f["fact"]["roles_of_others"]
            for f in view["decision"]["findings"]
            if f["rule"] == "prelim_people_of_parties"
        ]
        assert said == [roles] * bool(roles)

    def test_all_five_roles_must_be_there(self, built, bodies):
        body = bodies.preliminary()
        body["participants"] = body["participants"][:3]
        problem = built.refused("preliminary-rounds", body)
        assert built.rules(problem) == ["prelim_participants"]
        assert "监理单位、专家" in problem["detail"]

    @pytest.mark.parametrize(("supervisor", "allowed"), [(None, True), ("盐城监理公司", False)])
    def test_no_supervisor_can_be_declared_where_none_is_under_contract(
        self, acceptance, events, bodies, supervisor, allowed
    ):
        acceptance.tell(
            events.declared(), events.approved(), events.contract(supervisor=supervisor)
        )
        acceptance.fix_indicators()
        body = bodies.preliminary(without_supervisor=True)
        body["participants"] = [p for p in body["participants"] if p["role"] != "supervisor"]
        if allowed:
            assert acceptance.do("preliminary-rounds", body)["without_supervisor"] is True
        else:
            problem = acceptance.refused("preliminary-rounds", body)
            assert acceptance.rules(problem) == ["prelim_participants"]

    def test_a_contract_of_its_own_engages_a_supervisor_too(self, acceptance, events, bodies):
        acceptance.tell(
            events.declared(),
            events.approved(),
            events.contract(supervisor=None),
            events.contract(supervisor=None, subject="supervision"),
        )
        acceptance.fix_indicators()
        body = bodies.preliminary(without_supervisor=True)
        body["participants"] = [p for p in body["participants"] if p["role"] != "supervisor"]
        problem = acceptance.refused("preliminary-rounds", body)
        assert acceptance.rules(problem) == ["prelim_participants"]

    def test_without_approval_there_is_no_meeting(self, acceptance, events, bodies):
        acceptance.tell(events.declared(), events.contract())
        acceptance.fix_indicators()
        problem = acceptance.refused("preliminary-rounds", bodies.preliminary())
        assert acceptance.rules(problem) == ["no_build_before_approval"]

    def test_an_unfiled_change_forbids_the_meeting(self, built, events, bodies):
        built.tell(events.change())
        problem = built.refused("preliminary-rounds", bodies.preliminary())
        assert built.rules(problem) == ["no_change_filing_no_acceptance"]
        assert [f["article"] for f in problem["findings"]] == ["28"]

    @pytest.mark.parametrize(
        ("determined", "filed", "allowed"),
        [
            (at(2, 20), at(3, 1), True),
            (at(2, 20), at(3, 2), True),
            (at(2, 20), at(3, 3), False),
            (at(3, 2), at(3, 3), False),
            (at(3, 3), at(3, 4), True),
        ],
    )
    def test_what_counts_is_the_day_of_the_meeting(
        self, built, events, bodies, determined, filed, allowed
    ):
        built.tell(events.change(at=determined), events.change_filed(at=filed))
        answer = built.post(f"/projects/{built.project}/preliminary-rounds", bodies.preliminary())
        assert answer.status_code == (201 if allowed else 409)

    def test_once_is_enough(self, built, bodies):
        built.do("preliminary-rounds", bodies.preliminary())
        built.refused("preliminary-rounds", bodies.preliminary(), "step_not_possible")

    def test_no_meeting_of_tomorrow_or_before_the_last_one(self, built, bodies):
        tomorrow = bodies.preliminary(held_on="2026-08-04")
        built.refused("preliminary-rounds", tomorrow, "date_in_future")
        built.do("preliminary-rounds", bodies.preliminary(passed=False, reasons=["功能缺失"]))
        earlier = bodies.preliminary(held_on="2026-03-01")
        built.refused("preliminary-rounds", earlier, "before_last_round")

    def test_the_record_must_not_contradict_itself(self, built, bodies):
        for changes in (
            {"passed": False},
            {"reasons": ["功能缺失"]},
            {"without_supervisor": True},
        ):
            body = bodies.preliminary(**changes)
            built.refused("preliminary-rounds", body, "invalid_request")


class TestMustFix:
    @pytest.fixture
    def item(self, built, bodies):
        body = bodies.preliminary(must_fix=["补充日志审计", "修复弱口令"])
        first, _ = built.do("preliminary-rounds", body)["must_fix"]
        return first["id"]

    def test_the_trial_waits_for_every_item(self, built, item):
        problem = built.refused("trials", {"started_on": "2026-04-01"})
        assert built.rules(problem) == ["prelim_opinion_and_fix"]
        assert problem["findings"][0]["fact"] == {"must_fix_open": 2}
        for entry in built.view()["preliminary_rounds"][0]["must_fix"]:
            built.do(
                f"/must-fix-items/{entry['id']}/closure",
                {"fixed_on": "2026-03-20", "proof": "已复测"},
            )
        assert built.do("trials", {"started_on": "2026-04-01"})["number"] == 1

    @pytest.mark.parametrize(
        ("started_on", "allowed"), [("2026-03-19", False), ("2026-03-20", True)]
    )
    def test_items_must_be_closed_when_the_trial_starts(self, built, bodies, started_on, allowed):
        body = bodies.preliminary(must_fix=["补充日志审计"])
        (entry,) = built.do("preliminary-rounds", body)["must_fix"]
        closure = {"fixed_on": "2026-03-20", "proof": "已复测"}
        built.do(f"/must-fix-items/{entry['id']}/closure", closure)
        answer = built.post(f"/projects/{built.project}/trials", {"started_on": started_on})
        assert answer.status_code == (201 if allowed else 409)

    def test_it_is_closed_once_with_proof(self, built, item):
        closure = {"fixed_on": "2026-03-20", "proof": "已复测"}
        view = built.do(f"/must-fix-items/{item}/closure", closure)
        assert (view["fixed_on"], view["proof"]) == ("2026-03-20", "已复测")
        built.refused(f"/must-fix-items/{item}/closure", closure, "already_fixed")

    @pytest.mark.parametrize(
        ("fixed_on", "code"),
        [("2026-03-01", "fixed_before_meeting"), ("2026-08-04", "date_in_future")],
    )
    def test_the_day_must_make_sense(self, built, item, fixed_on, code):
        closure = {"fixed_on": fixed_on, "proof": "已复测"}
        built.refused(f"/must-fix-items/{item}/closure", closure, code)


class TestExplained:
    @pytest.fixture
    def item(self, built, bodies):
        (entry,) = built.do("preliminary-rounds", bodies.preliminary(must_fix=["更换网关"]))[
            "must_fix"
        ]
        return entry["id"]

    def test_an_explanation_is_enough_for_the_final_and_not_for_the_trial(self, built, item):
        path = f"/must-fix-items/{item}/explanation"
        assert built.do(path, EXPLANATION)["explanation"] == "厂商停产，改由防火墙承担"
        problem = built.refused("trials", {"started_on": "2026-04-01"})
        assert built.rules(problem) == ["prelim_opinion_and_fix"]
        built.do("waivers", {"stage": "trial", "reason": "仅升级硬件"})
        findings = built.view()["next_step"]["decision"]["findings"]
        (found,) = [f for f in findings if f["rule"] == "final_check_fixes"]
        assert (found["severity"], found["fact"]) == ("warn", {"explained": 1})

    def test_without_one_the_final_is_refused(self, built, bodies, item):
        built.do("waivers", {"stage": "trial", "reason": "仅升级硬件"})
        assert "final_check_fixes" in built.rules(built.refused("final-rounds", bodies.final()))

    @pytest.mark.parametrize(
        ("explained_on", "code"),
        [("2026-03-01", "explained_before_meeting"), ("2026-08-04", "date_in_future")],
    )
    def test_the_day_must_make_sense(self, built, item, explained_on, code):
        body = EXPLANATION | {"explained_on": explained_on}
        built.refused(f"/must-fix-items/{item}/explanation", body, code)

    def test_what_is_done_or_explained_is_not_explained_again(self, built, item):
        path = f"/must-fix-items/{item}/explanation"
        built.do(path, EXPLANATION)
        built.refused(path, EXPLANATION, "already_explained")
        built.do(f"/must-fix-items/{item}/closure", {"fixed_on": "2026-03-25", "proof": "已更换"})
        built.refused(path, EXPLANATION, "already_fixed")


class TestWaive:
    def test_a_service_project_goes_straight_to_the_final_with_its_reasons(self, service_project):
        assert service_project.view()["next_step"]["stage"] == "preliminary"
        service_project.do("waivers", {"stage": "preliminary", "reason": "无建设内容"})
        assert service_project.view()["next_step"]["stage"] == "trial"
        service_project.do("waivers", {"stage": "trial", "reason": "按月考核"})
        step = service_project.view()["next_step"]
        assert step["stage"] == "final"
        shown = [f["message"] for f in step["decision"]["findings"] if f["severity"] == "warn"]
        assert any("无建设内容" in message for message in shown)
        assert any("按月考核" in message for message in shown)

    def test_construction_cannot_leave_the_preliminary_out(self, built):
        waiver = {"stage": "preliminary", "reason": "工期紧"}
        built.refused("waivers", waiver, "preliminary_not_optional")

    def test_construction_may_leave_the_trial_out_with_a_reason(self, built, bodies):
        built.do("preliminary-rounds", bodies.preliminary())
        built.do("waivers", {"stage": "trial", "reason": "仅升级硬件"})
        assert built.view()["next_step"]["stage"] == "final"

    def test_a_trial_that_began_cannot_be_left_out(self, in_trial):
        in_trial.refused("waivers", {"stage": "trial", "reason": "不需要"}, "stage_begun")

    def test_a_reason_is_given_once(self, service_project):
        waiver = {"stage": "trial", "reason": "按月考核"}
        service_project.do("waivers", waiver)
        service_project.refused("waivers", waiver, "already_waived")

    def test_a_preliminary_that_passed_cannot_be_left_out(self, service_project, bodies):
        service_project.do("preliminary-rounds", bodies.preliminary())
        waiver = {"stage": "preliminary", "reason": "无建设内容"}
        service_project.refused("waivers", waiver, "stage_begun")


class TestGoods:
    """货物类项目根据实际需求开展验收: known from what its contracts are about (Art 19)."""

    @pytest.mark.parametrize(
        ("subjects", "optional"),
        [
            (("goods",), True),
            (("goods", "supervision"), True),
            (("goods", "construction"), False),
            ((), False),
        ],
    )
    def test_who_only_buys_goods_may_say_why_it_needs_no_preliminary(
        self, acceptance, events, bodies, subjects, optional
    ):
        acceptance.tell(events.declared(), events.approved())
        acceptance.tell(*(events.contract(subject=subject) for subject in subjects))
        reason = {"stage": "preliminary", "reason": "到货即验，无系统建设"}
        if not optional:
            acceptance.refused("waivers", reason, "preliminary_not_optional")
            return
        acceptance.refused("trials", {"started_on": "2026-04-01"})
        acceptance.do("waivers", reason)
        acceptance.do("waivers", {"stage": "trial", "reason": "无系统上线"})
        step = acceptance.view()["next_step"]
        assert step["stage"] == "final"
        warned = {f["rule"] for f in step["decision"]["findings"] if f["severity"] == "warn"}
        assert {"goods_services_acceptance", "third_party_test_report"} <= warned
        assert "free_ops_of_goods" not in warned
        blocked = acceptance.rules(step["decision"])
        assert "final_after_trial" not in blocked
