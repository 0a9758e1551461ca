"""What the filing declares and where it stands decides on building and meetings (Arts 26, 27)."""

from datetime import date, datetime
from itertools import zip_longest
from uuid import UUID

import pytest

from govproject.clock import SHANGHAI
from govproject.terms import FilingCondition

JULY = datetime(2026, 7, 1, 9, tzinfo=SHANGHAI)
COMPLETED = {"completed_on": "2026-08-03"}


def nine(day: date) -> datetime:
    """That day's morning."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)


@pytest.fixture
def excluded(acceptance, events):
    """A small project that its unit builds itself and files as built a second time."""
    filing = events.filing(FilingCondition.DUPLICATE, reviewed_on=JULY.date())
    acceptance.tell(events.small(), filing)
    acceptance.do("contract-absence", {"reason": "本单位自行开发"})
    return acceptance


def test_what_declares_a_condition_is_neither_begun_nor_completed(excluded, bodies):
    """It signs no contract, so intake's refusal of one never met it."""
    for path, body, step in (
        ("implementation-plans", excluded.plans(), "实施启动"),
        ("completion", COMPLETED, "建设完成登记"),
    ):
        problem = excluded.refused(path, body)
        assert excluded.rules(problem) == ["no_building_in_an_excluded_case"]
        (finding,) = problem["findings"][:1]
        assert (finding["article"], finding["clause"]) == ("26", "2")
        assert "不符合统一规划或重复建设" in finding["message"]
        assert step in finding["message"]
        assert "例外" in finding["remedy"]


def test_nor_is_it_met_for(excluded, bodies):
    problem = excluded.refused("final-rounds", bodies.final(settled_yuan="0.00"))
    assert "no_building_in_an_excluded_case" in excluded.rules(problem)


@pytest.mark.parametrize("way", ["mended", "excepted", "found regular"])
def test_what_settles_it(excluded, events, way):
    told = {
        "mended": (events.irregular(), events.corrected()),
        "excepted": (events.exception("filing_duplicate"),),
        "found regular": (events.filed(),),
    }
    excluded.tell(*told[way])
    excluded.do("completion", COMPLETED)


def test_an_exception_for_another_condition_does_not(excluded, events):
    excluded.tell(events.exception("filing_security"))
    problem = excluded.refused("completion", COMPLETED)
    assert excluded.rules(problem) == ["no_building_in_an_excluded_case"]


def test_what_a_change_sent_back_has_it_open_again(excluded, events):
    excluded.tell(events.filed(), events.filing(FilingCondition.DUPLICATE))
    problem = excluded.refused("completion", COMPLETED)
    assert excluded.rules(problem) == ["no_building_in_an_excluded_case"]


def test_declarations_that_an_older_build_did_not_keep_are_pointed_out(acceptance, events):
    acceptance.tell(events.small(), events.irregular())
    body = {"project_id": str(acceptance.project), "suppose": {"stage": "completion"}}
    answer = acceptance.post("/checks/acceptance", body).json()
    found = {f["rule"]: f["severity"] for f in answer["findings"]}
    assert found["no_building_in_an_excluded_case"] == "warn"


class TestMeetings:
    """项目验收前 is before the preliminary and before a lot as well (Arts 19, 27)."""

    LOT = UUID(int=101)

    @pytest.fixture
    def unfiled(self, acceptance, events):
        """A small project, built in two lots and never filed."""
        second = events.contract(contractor="乙公司")
        acceptance.tell(events.small(), events.contract(contract_id=self.LOT), second)
        return acceptance

    def refusal(self, acceptance, path, body):
        (found,) = [
            finding
            for finding in acceptance.refused(path, body)["findings"]
            if finding["rule"] == "filed_before_meetings"
        ]
        assert (found["article"], found["clause"], found["severity"]) == ("27", "1", "block")
        assert "提交报备" in found["remedy"]
        return found["message"]

    def test_nobody_meets_before_the_filing(self, unfiled, events, bodies):
        lot = bodies.lot(str(self.LOT), unfiled.handed_in(), held_on="2026-08-03")
        meetings = (
            ("preliminary-rounds", bodies.preliminary(held_on="2026-08-03"), "初验"),
            ("lot-acceptances", lot, "标段验收"),
        )
        for path, body, step in meetings:
            assert self.refusal(unfiled, path, body).endswith(f"未报备，不能组织{step}。")
        unfiled.tell(events.filing())
        unfiled.tell(events.irregular())
        assert "报备信息不规范" in self.refusal(unfiled, *meetings[0][:2])
        unfiled.tell(events.corrected())
        for path, body, _ in meetings:
            assert unfiled.do(path, body)["passed"] is True

    @pytest.mark.parametrize(("held_on", "held"), [("2026-06-30", False), ("2026-07-01", True)])
    def test_a_filing_of_a_later_day_does_not_count(self, unfiled, events, bodies, held_on, held):
        unfiled.tell(events.filing(at=JULY), events.filed())
        body = bodies.preliminary(held_on=held_on)
        if held:
            unfiled.do("preliminary-rounds", body)
        else:
            assert "未报备" in self.refusal(unfiled, "preliminary-rounds", body)

    @pytest.mark.parametrize(
        ("held_on", "held"),
        [("2026-07-04", True), ("2026-07-05", False), ("2026-07-19", False), ("2026-07-20", True)],
    )
    def test_what_was_irregular_on_the_day_stays_so(self, unfiled, events, bodies, held_on, held):
        """Its correction does not make up for a meeting of before."""
        unfiled.tell(
            events.filing(at=JULY),
            events.irregular(at=datetime(2026, 7, 5, 9, tzinfo=SHANGHAI)),
            events.corrected(at=datetime(2026, 7, 20, 9, tzinfo=SHANGHAI)),
            events.filed(),
        )
        body = bodies.preliminary(held_on=held_on)
        if held:
            unfiled.do("preliminary-rounds", body)
        else:
            assert "报备信息不规范" in self.refusal(unfiled, "preliminary-rounds", body)

    @pytest.mark.parametrize(
        ("held_on", "held"),
        [("2026-07-15", False), ("2026-07-22", True), ("2026-07-26", False), ("2026-07-31", True)],
    )
    def test_no_time_of_several_is_forgotten(self, unfiled, events, bodies, held_on, held):
        """Nor does the last one, which goes on, reach back before its first day."""
        found = (date(2026, 7, 10), date(2026, 7, 25), date(2026, 8, 1))
        mended = (date(2026, 7, 20), date(2026, 7, 28))
        unfiled.tell(events.filing(at=JULY))
        for irregular, corrected in zip_longest(found, mended):
            unfiled.tell(events.irregular(at=nine(irregular)))
            if corrected is not None:
                unfiled.tell(events.corrected(at=nine(corrected)))
        body = bodies.preliminary(held_on=held_on)
        if held:
            unfiled.do("preliminary-rounds", body)
        else:
            assert "报备信息不规范" in self.refusal(unfiled, "preliminary-rounds", body)

    def test_what_a_change_sent_back_was_filed_when_it_was_first(self, unfiled, events, bodies):
        unfiled.tell(events.filing(at=JULY), events.filed(), events.filing())
        unfiled.do("preliminary-rounds", bodies.preliminary(held_on="2026-07-01"))
