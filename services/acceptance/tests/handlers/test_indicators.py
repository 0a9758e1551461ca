"""What a project has to reach is fixed before anybody meets, and judged one by one (Art 19)."""

from uuid import UUID

import pytest
from sqlmodel import select

from govproject.terms import ChangeAspect, Veto
from govproject_acceptance.tables import FinalRound, Indicator

CHANGE = str(UUID(int=1))


def body(acceptance, bodies, *names: str, **changes: object):
    file_id = acceptance.handed_in()
    return {"indicators": [bodies.indicator(file_id, name, **changes) for name in names]}


def record(acceptance, bodies, *names: str, **changes: object):
    return acceptance.do("indicators", body(acceptance, bodies, *names, **changes))["indicators"]


def refused(acceptance, bodies, code, *names: str, **changes: object):
    return acceptance.refused("indicators", body(acceptance, bodies, *names, **changes), code)


def forgotten(acceptance):
    """As an older build left it: nobody was asked for indicators."""
    with acceptance.runtime.db.write() as session:
        for each in session.exec(select(Indicator)).all():
            session.delete(each)


class TestTheList:
    def test_it_is_shown_with_what_fixes_each(self, built, bodies):
        added = record(built, bodies, "并发用户数")
        assert built.view()["indicators"] == added
        assert [(i["name"], i["source"], i["paper"]["name"]) for i in added] == [
            ("页面响应时间", "contract", "材料.docx"),
            ("并发用户数", "contract", "材料.docx"),
        ]

    def test_no_preliminary_without_it(self, built, bodies):
        forgotten(built)
        problem = built.refused("preliminary-rounds", bodies.preliminary())
        assert built.rules(problem) == ["indicators_on_record"]
        record(built, bodies, "并发用户数")
        assert built.do("preliminary-rounds", bodies.preliminary())["passed"]

    def test_the_filing_track_is_reminded(self, small, bodies):
        forgotten(small)
        view = small.do("final-rounds", bodies.final(settled_yuan="900000.00"))
        assert view["passed"]
        assert "indicators_on_record" in [f["rule"] for f in view["decision"]["findings"]]

    def test_the_next_step_page_asks_for_it_until_it_is_there(self, acceptance, events, bodies):
        def asked():
            page = acceptance.get(f"/projects/{acceptance.project}/next-step").json()
            return [errand["step"] for errand in page["errands"]]

        acceptance.tell(events.declared(), events.pre_reviewed(), events.approved())
        assert asked() == []
        acceptance.tell(events.contract())
        assert asked() == ["登记主要技术、效率指标"]
        record(acceptance, bodies, "并发用户数")
        assert asked() == []

    def test_a_mistake_is_replaced_before_anybody_meets(self, built, bodies):
        (first,) = built.view()["indicators"]
        old, new = record(built, bodies, "页面响应时间", promised="1秒", replaces=[first["id"]])
        assert (old["replaced_by"], new["replaced_by"]) == (new["id"], None)
        refused(built, bodies, "indicator_unknown", "吞吐量", replaces=[first["id"]])

    def test_the_same_name_twice_is_a_mistake(self, built, bodies):
        problem = refused(built, bodies, "indicator_recorded", "页面响应时间")
        assert "取代" in problem["remedy"]
        refused(built, bodies, "invalid_request", "并发用户数", "并发用户数")

    def test_a_formal_change_is_named_where_it_fixes_an_indicator_and_nowhere_else(
        self, built, bodies
    ):
        refused(built, bodies, "invalid_request", "并发用户数", source="change")
        refused(built, bodies, "invalid_request", "并发用户数", change_id=CHANGE)
        refused(built, bodies, "change_unknown", "并发用户数", source="change", change_id=CHANGE)


class TestOnceSomebodyMet:
    @pytest.fixture
    def met(self, built, bodies):
        built.do("preliminary-rounds", bodies.preliminary())
        return built

    def test_the_list_is_fixed(self, met, bodies):
        problem = refused(met, bodies, "indicators_fixed", "并发用户数")
        assert "正式变更" in problem["detail"]

    def test_a_formal_change_goes_on(self, met, bodies, events):
        (first,) = met.view()["indicators"]
        met.tell(events.change(), events.change_approved(), events.change_filed())
        by_change = {"source": "change", "change_id": CHANGE}
        record(met, bodies, "页面响应时间", **by_change, replaces=[first["id"]])
        shown = record(met, bodies, "并发用户数", **by_change)
        holding = [each["name"] for each in shown if each["replaced_by"] is None]
        assert holding == ["页面响应时间", "并发用户数"]

    @pytest.mark.parametrize("left_out", ["change_filed", "change_approved", "content"])
    def test_another_change_does_not(self, met, bodies, events, left_out):
        aspects = (ChangeAspect.RESPONSIBILITY if left_out == "content" else ChangeAspect.SCALE,)
        met.tell(events.change(aspects=aspects))
        for what in ("change_approved", "change_filed"):
            if what != left_out:
                met.tell(getattr(events, what)())
        by_change = {"source": "change", "change_id": CHANGE}
        refused(met, bodies, "change_not_formal", "并发用户数", **by_change)

    def test_a_change_of_before_the_first_meeting_replaces_nothing(
        self, built, bodies, events, clock
    ):
        """It was known when the list was fixed; it may still add to it."""
        clock.set(2026, 3, 1)
        built.tell(events.change(at=clock()), events.change_approved(at=clock()))
        built.tell(events.change_filed(at=clock()))
        clock.set(2026, 8, 3)
        built.do("preliminary-rounds", bodies.preliminary())
        (first,) = built.view()["indicators"]
        by_change = {"source": "change", "change_id": CHANGE}
        problem = refused(
            built, bodies, "change_before_meeting", "有首页", **by_change, replaces=[first["id"]]
        )
        assert "2026-03-02" in problem["detail"]
        assert len(record(built, bodies, "有首页", **by_change)) == 2

    def test_a_change_of_the_amount_alone_changes_no_indicator(self, met, bodies, events):
        met.tell(events.change(aspects=(ChangeAspect.AMOUNT,)))
        met.tell(events.change_approved(), events.change_filed())
        by_change = {"source": "change", "change_id": CHANGE}
        refused(met, bodies, "change_not_formal", "并发用户数", **by_change)

    def test_a_list_that_nobody_had_asked_for_can_still_be_made(self, before_final, bodies, clock):
        forgotten(before_final)
        clock.set(2026, 8, 4)
        problem = before_final.refused("final-rounds", bodies.final())
        assert before_final.rules(problem) == ["indicators_on_record"]
        record(before_final, bodies, "并发用户数")
        record(before_final, bodies, "吞吐量")
        assert before_final.do("final-rounds", bodies.final())["passed"]


class TestTheFinal:
    def test_it_says_what_was_reached_and_on_what(self, before_final, bodies):
        (judged,) = before_final.do("final-rounds", bodies.final())["indicators"]
        assert (judged["name"], judged["promised"]) == ("页面响应时间", "不超过2秒")
        assert (judged["achieved"], judged["met"]) == ("1.4秒", True)
        assert judged["paper"]["name"] == "材料.docx"

    def test_no_is_not_said_of_the_case_without_looking_at_each(self, before_final, bodies):
        problem = before_final.refused("final-rounds", bodies.final(indicators=[]))
        assert before_final.rules(problem) == ["indicators_judged"]
        found = bodies.final(Veto.INDICATORS, indicators=[])
        assert before_final.do("final-rounds", found)["found"] == ["indicators"]

    def test_one_that_is_not_met_fails_it_whatever_was_ticked(self, before_final, bodies):
        (result,) = before_final.met()
        missed = bodies.final(indicators=[result | {"met": False}], rectify_by="2026-09-30")
        view = before_final.do("final-rounds", missed)
        assert (view["passed"], view["found"]) == (False, ["indicators"])

    def test_it_rests_on_what_is_on_record(self, before_final, bodies):
        (result,) = before_final.met()
        loose = result | {"file_id": before_final.handed_in(text="别处的材料")}
        strange = result | {"indicator_id": str(UUID(int=9))}
        for results, code in (
            ([loose], "indicator_unsupported"),
            ([strange], "indicator_unknown"),
            ([result, result], "invalid_request"),
        ):
            before_final.refused("final-rounds", bodies.final(indicators=results), code)

    def test_a_meeting_judges_what_held_on_its_day(self, before_final, bodies, events, clock):
        """Neither by a change that was filed later, nor by a report that was not there yet."""
        (first,) = before_final.met()
        clock.set(2026, 8, 6)
        before_final.tell(events.change(at=clock()), events.change_approved(at=clock()))
        before_final.tell(events.change_filed(at=clock()))
        by_change = {"source": "change", "change_id": CHANGE}
        shown = record(
            before_final, bodies, "有首页", **by_change, replaces=[first["indicator_id"]]
        )
        later = first | {"indicator_id": shown[-1]["id"]}
        before_final.refused("final-rounds", bodies.final(indicators=[later]), "indicator_unknown")
        late = bodies.report(report_number="CP-2026-019", finished_on="2026-08-05")
        before_final.do("test-reports", late)
        reports = before_final.view()["test_reports"]
        (paper,) = (r["paper"] for r in reports if r["report_number"] == "CP-2026-019")
        unsupported = bodies.final(indicators=[first | {"file_id": paper["file_id"]}])
        before_final.refused("final-rounds", unsupported, "indicator_unsupported")

    def test_a_final_of_an_older_build_was_asked_for_none(self, accepted):
        forgotten(accepted)
        with accepted.runtime.db.write() as session:
            for each in session.exec(select(FinalRound)).all():
                each.indicators = None
        asked = {"project_id": str(accepted.project)}
        assert accepted.post("/checks/acceptance", asked, "bureau").json()["findings"] == []

    def test_a_list_begun_after_a_failed_final_is_pointed_out(self, small, bodies, clock):
        forgotten(small)
        small.do("final-rounds", bodies.final(Veto.XINCHUANG))
        clock.set(2026, 8, 20)
        small.mend_final("2026-08-19")
        record(small, bodies, "页面响应时间")
        again = bodies.final(held_on="2026-08-20", settled_yuan="900000.00")
        view = small.do("final-rounds", again)
        found = {f["rule"]: f["fact"] for f in view["decision"]["findings"]}
        assert view["passed"]
        assert found["indicators_before_failed_final"] == {"failed_on": "2026-08-03"}

    def test_one_begun_before_it_is_not(self, small, bodies, clock):
        small.do("final-rounds", bodies.final(Veto.XINCHUANG))
        clock.set(2026, 8, 20)
        small.mend_final("2026-08-19")
        view = small.do(
            "final-rounds", bodies.final(held_on="2026-08-20", settled_yuan="900000.00")
        )
        rules = [finding["rule"] for finding in view["decision"]["findings"]]
        assert view["passed"]
        assert "indicators_before_failed_final" not in rules
