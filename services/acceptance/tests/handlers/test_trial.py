from datetime import date

import pytest

from govproject.contracts.acceptance import TestReportRecorded, TrialEnded, TrialStarted


class TestStart:
    def test_it_says_when_the_trial_may_end(self, in_trial):
        assert in_trial.published("trial.started") == [
            TrialStarted(
                project_id=in_trial.project,
                started_on=date(2026, 4, 1),
                earliest_end=date(2026, 7, 1),
                latest_end=date(2026, 10, 1),
            )
        ]
        assert in_trial.view()["state"] == "in_trial"

    def test_not_before_the_preliminary_passed(self, built, bodies):
        problem = built.refused("trials", {"started_on": "2026-04-01"})
        assert built.rules(problem) == ["prelim_opinion_and_fix"]
        built.do("preliminary-rounds", bodies.preliminary())
        problem = built.refused("trials", {"started_on": "2026-03-01"})
        assert built.rules(problem) == ["prelim_opinion_and_fix"]
        assert built.do("trials", {"started_on": "2026-03-02"})["started_on"] == "2026-03-02"

    def test_nor_before_the_approval(self, built):
        """The approval is there; it is the day that is wrong, so nobody is sent to apply again."""
        problem = built.refused("trials", {"started_on": "2026-02-02"})
        (finding,) = [f for f in problem["findings"] if f["rule"] == "no_build_before_approval"]
        assert finding["article"] == "6"
        assert "请核对日期：试运行日期应不早于立项批复日期2026-02-03" in finding["remedy"]

    def test_not_in_the_future(self, built, bodies):
        built.do("preliminary-rounds", bodies.preliminary())
        built.refused("trials", {"started_on": "2026-08-04"}, "date_in_future")
        assert built.do("trials", {"started_on": "2026-08-03"})["number"] == 1

    def test_not_while_one_is_running(self, in_trial):
        problem = in_trial.refused("trials", {"started_on": "2026-05-01"}, "step_not_possible")
        assert problem["detail"].startswith("项目目前为“试运行中”，不能办理“开始试运行”")
        assert problem["detail"].endswith("目前可以办理：结束试运行。")

    def test_one_after_the_other(self, in_trial, trial_id):
        in_trial.do(f"/trials/{trial_id}/end", {"ended_on": "2026-04-30"})
        problem = in_trial.refused("trials", {"started_on": "2026-04-29"}, "before_last_trial")
        assert problem["ended_on"] == "2026-04-30"
        assert in_trial.do("trials", {"started_on": "2026-04-30"})["number"] == 2

    def test_what_is_not_completed_does_not_run(self, small):
        small.do("completion", {"completed_on": "2026-06-30"})
        early = {"started_on": "2026-06-29"}
        problem = small.refused("trials", early, "trial_before_completion")
        assert problem["completed_on"] == "2026-06-30"
        small.do("trials", {"started_on": "2026-06-30"})

    def test_a_small_project_may_have_one_without_a_preliminary(self, small):
        assert small.do("trials", {"started_on": "2026-04-01"})["number"] == 1
        assert small.view()["next_step"]["stage"] == "final"

    def test_an_amount_raised_after_it_asks_for_a_meeting_and_another(self, small, events, bodies):
        trial = small.do("trials", {"started_on": "2026-03-01"})
        small.do(f"/trials/{trial['id']}/end", {"ended_on": "2026-06-15"})
        raised = events.change_filed(budget_yuan=1050000)
        small.tell(events.change(), raised, events.approved(approved_yuan=1050000))
        assert small.view()["next_step"]["stage"] == "preliminary"
        small.do("preliminary-rounds", bodies.preliminary(held_on="2026-06-20"))
        assert small.view()["next_step"]["stage"] == "trial"
        small.do("guidance", bodies.guidance(), "bureau")
        problem = small.refused("final-rounds", bodies.final(settled_yuan="900000.00"))
        assert "final_after_trial" in small.rules(problem)
        small.do("trials", {"started_on": "2026-06-21"})


class TestEnd:
    def test_it_is_recorded_and_published(self, in_trial, trial_id):
        view = in_trial.do(f"/trials/{trial_id}/end", {"ended_on": "2026-07-15"})
        assert view["ended_on"] == "2026-07-15"
        assert in_trial.published("trial.ended") == [
            TrialEnded(project_id=in_trial.project, ended_on=date(2026, 7, 15))
        ]
        assert in_trial.view()["state"] == "trial_ended"

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ({"ended_on": "2026-03-31"}, "end_before_start"),
            ({"ended_on": "2026-08-04"}, "date_in_future"),
            ({"ended_on": "2026-07-15", "overrun_reason": "等待接口"}, "no_overrun"),
        ],
    )
    def test_the_day_must_make_sense(self, in_trial, trial_id, body, code):
        in_trial.refused(f"/trials/{trial_id}/end", body, code)

    def test_it_ends_once(self, in_trial, trial_id):
        in_trial.do(f"/trials/{trial_id}/end", {"ended_on": "2026-07-15"})
        in_trial.refused(f"/trials/{trial_id}/end", {"ended_on": "2026-07-16"}, "trial_ended")

    def test_one_that_was_too_short_is_followed_by_another(self, in_trial, trial_id):
        in_trial.do(f"/trials/{trial_id}/end", {"ended_on": "2026-04-30"})
        step = in_trial.view()["next_step"]
        assert "trial_period_3_to_6_months" in in_trial.rules(step["decision"])
        assert in_trial.do("trials", {"started_on": "2026-05-02"})["number"] == 2
        second = in_trial.view()["trials"][1]
        in_trial.do(f"/trials/{second['id']}/end", {"ended_on": "2026-08-02"})
        step = in_trial.view()["next_step"]
        assert "trial_period_3_to_6_months" not in in_trial.rules(step["decision"])


class TestOverrun:
    def test_a_reason_turns_the_refusal_into_a_warning(self, in_trial, trial_id, clock):
        clock.set(2026, 10, 8)
        in_trial.do(f"/trials/{trial_id}/end", {"ended_on": "2026-10-02"})
        step = in_trial.view()["next_step"]
        assert "trial_period_3_to_6_months" in in_trial.rules(step["decision"])
        in_trial.do(f"/trials/{trial_id}/overrun-reason", {"reason": "等待省级接口"})
        step = in_trial.view()["next_step"]
        assert "trial_period_3_to_6_months" not in in_trial.rules(step["decision"])
        assert any("等待省级接口" in f["message"] for f in step["decision"]["findings"])

    def test_it_can_be_given_when_the_trial_ends(self, in_trial, trial_id, clock):
        clock.set(2026, 10, 8)
        body = {"ended_on": "2026-10-02", "overrun_reason": "等待省级接口"}
        assert in_trial.do(f"/trials/{trial_id}/end", body)["overrun_reason"] == "等待省级接口"
        again = {"reason": "另一个原因"}
        in_trial.refused(f"/trials/{trial_id}/overrun-reason", again, "already_explained")

    def test_there_must_be_an_overrun(self, in_trial, trial_id):
        path, body = f"/trials/{trial_id}/overrun-reason", {"reason": "等待省级接口"}
        in_trial.refused(path, body, "trial_not_ended")
        in_trial.do(f"/trials/{trial_id}/end", {"ended_on": "2026-07-15"})
        in_trial.refused(path, body, "no_overrun")


class TestReport:
    def test_it_is_recorded_and_published(self, built, bodies):
        view = built.do("test-reports", bodies.report())
        assert view["covers"] == ["quality", "mlps"]
        assert built.published() == [
            TestReportRecorded(
                project_id=built.project, report_number="CP-2026-017", finished_on=date(2026, 7, 1)
            )
        ]

    def test_two_reports_may_share_the_work(self, built, bodies):
        built.do("test-reports", bodies.report(covers=["quality"]))
        built.do("test-reports", bodies.report(report_number="DB-3", covers=["mlps"]))
        assert [r["covers"] for r in built.view()["test_reports"]] == [["quality"], ["mlps"]]

    def test_one_without_its_file_is_completed_under_its_number(self, built, bodies):
        bare = bodies.report(file_id=None, covers=[])
        assert built.do("test-reports", bare)["paper"] is None
        built.refused("test-reports", bare, "report_recorded")
        built.refused("test-reports", bodies.report(agency="另一机构"), "report_differs")
        view = built.do("test-reports", bodies.report())
        assert (view["paper"]["name"], view["covers"]) == ("材料.docx", ["quality", "mlps"])
        built.refused("test-reports", bodies.report(), "report_recorded")
        assert len(built.published()) == len(built.view()["test_reports"]) == 1

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({}, "report_recorded"),
            ({"report_number": "CP-2", "finished_on": "2026-08-04"}, "date_in_future"),
        ],
    )
    def test_bad_reports(self, built, bodies, changes, code):
        built.do("test-reports", bodies.report())
        built.refused("test-reports", bodies.report(**changes), code)

    def test_each_is_a_paper_of_its_own(self, built, bodies):
        one = bodies.report(file_id=built.handed_in())
        built.do("test-reports", one)
        problem = built.refused("test-reports", one | {"report_number": "CP-2"}, "same_content")
        assert "CP-2026-017" in problem["detail"]

    @pytest.mark.parametrize(
        "agency", ["亭湖区教育局", "盐城软件公司", "盐城软件公司亭湖分公司", "盐城监理公司"]
    )
    def test_who_builds_or_supervises_is_no_third_party(self, in_trial, trial_id, bodies, agency):
        in_trial.do(f"/trials/{trial_id}/end", {"ended_on": "2026-07-15"})
        in_trial.do("test-reports", bodies.report(agency=agency))
        decision = in_trial.view()["next_step"]["decision"]
        (finding,) = [f for f in decision["findings"] if f["rule"] == "third_party_test_report"]
        assert (finding["severity"], finding["article"]) == ("block", "19")
        assert "CP-2026-017由项目单位、承建或监理单位出具，不属于第三方" in finding["message"]
        in_trial.do("test-reports", bodies.report(report_number="CP-2"))
        decision = in_trial.view()["next_step"]["decision"]
        assert "third_party_test_report" not in in_trial.rules(decision)

    @pytest.mark.parametrize(
        ("contract", "counts"),
        [
            ({"subject": "test"}, True),
            ({"subject": "service"}, True),
            ({"subject": "goods"}, False),
            ({"subject": "supervision"}, False),
        ],
    )
    def test_the_contract_on_the_test_itself_builds_nothing(
        self, in_trial, trial_id, bodies, events, contract, counts
    ):
        in_trial.do(f"/trials/{trial_id}/end", {"ended_on": "2026-07-15"})
        agency = bodies.report()["agency"]
        in_trial.tell(events.contract(contractor=agency, supervisor=None, **contract))
        in_trial.do("test-reports", bodies.report())
        decision = in_trial.view()["next_step"]["decision"]
        assert ("third_party_test_report" not in in_trial.rules(decision)) is counts
