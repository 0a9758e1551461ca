"""A contract's last day is a duty, pointed out and overdue as others (Art 15)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import delete, select

from govproject.contracts.intake import ProjectDecommissioned
from govproject.messaging import outbox
from govproject.obligations import reminding
from govproject.persistence.tables import Obligation
from govproject.terms import ContractSubject, ProjectKind
from govproject_acceptance.handlers.contract_duties import keep_next
from govproject_acceptance.handlers.obligations import KEEPER
from govproject_acceptance.projection import Contract, Project

RULE = "schedule_management"
FIRST, SECOND = (UUID(int=number) for number in (151, 152))
COMPLETED = {"completed_on": "2026-08-03"}


@dataclass
class Given:
    """What the worker is given, of a running service."""

    db: Any
    clock: Any

    def publish(self, session, event):
        return outbox.append(session, event, now=self.clock())


def duties(acceptance):
    return [o for o in acceptance.view()["obligations"] if o["rule"] == RULE]


def states(acceptance):
    """Each duty's day and what closed it."""
    return [(o["due_on"], o["proof"]) for o in duties(acceptance)]


def told(acceptance, name):
    """The events of a name that are about such duties."""
    ids = {o["id"] for o in duties(acceptance)}
    return [e for e in acceptance.published(name) if str(e.obligation_id) in ids]


def said(acceptance, clock):
    """The day of each near and overdue event, up to now."""
    while reminding.notice_next(acceptance.runtime.db, KEEPER.events, clock()):
        pass
    names = ("obligation.near", "obligation.overdue")
    return {name: [e.due_on for e in told(acceptance, name)] for name in names}


def kept(acceptance, clock):
    """How often the worker finds something to be put right."""
    count = 0
    while keep_next(Given(acceptance.runtime.db, clock)):
        count += 1
        assert count < 10, "it does not come to an end"
    return count


def change(acceptance, table, key, **values: Any):
    """Change a row as an older build would have left it."""
    with acceptance.runtime.db.write() as session:
        row = session.get_one(table, key)
        for name, value in values.items():
            setattr(row, name, value)


def decommissioned(acceptance, clock):
    return ProjectDecommissioned(
        project_id=acceptance.project, reason="职能划转", reported_at=clock()
    )


@pytest.fixture
def contracted_until(acceptance, events):
    """An approved project under contract until the days given, one contract a day."""

    def tell(*ends_on: str | None, **changes: object):
        lots = [
            events.contract(contract_id=key, contractor=name, ends_on=day, **changes)
            for key, name, day in zip((FIRST, SECOND), ("甲公司", "乙公司"), ends_on, strict=False)
        ]
        acceptance.tell(events.declared(), events.pre_reviewed(), events.approved(), *lots)
        acceptance.plan()
        acceptance.fix_indicators()
        return acceptance

    return tell


@pytest.fixture
def built(contracted_until):
    """Under one contract, until a holiday."""
    return contracted_until("2026-10-01", amount_yuan="1149999.00")


@pytest.fixture
def of_before(built):
    """Its contract was taken in by an older build."""
    with built.runtime.db.write() as session:
        session.exec(delete(Obligation).where(Obligation.rule == RULE))
    change(built, Contract, FIRST, duty_id=None)
    return built


def test_it_is_opened_with_a_day_that_is_certain(built):
    (event,) = built.published("obligation.opened")
    assert (event.rule, event.due_on, event.due_provisional) == (RULE, date(2026, 10, 1), False)
    (duty,) = duties(built)
    assert (duty["article"], duty["due_on"], duty["closed_at"]) == ("15", "2026-10-01", None)
    assert "甲公司" in duty["task"]


def test_a_day_far_ahead_is_certain_too(contracted_until):
    """No calendar of that year is known, and none is needed."""
    (duty,) = duties(contracted_until("2029-10-01"))
    assert (duty["due_on"], duty["due_provisional"]) == ("2029-10-01", False)


def test_it_is_pointed_out_and_overdue_once_the_day_after(built, clock):
    last = date(2026, 10, 1)
    clock.set(2026, 9, 23)
    assert said(built, clock) == {"obligation.near": [], "obligation.overdue": []}
    clock.set(2026, 10, 1)
    assert said(built, clock) == {"obligation.near": [last], "obligation.overdue": []}
    clock.set(2026, 10, 2)
    assert said(built, clock) == {"obligation.near": [last], "obligation.overdue": [last]}
    clock.set(2026, 10, 20)
    assert said(built, clock) == {"obligation.near": [last], "obligation.overdue": [last]}
    assert duties(built)[0]["overdue"] is True
    built.do("completion", {"completed_on": "2026-10-20"})
    assert states(built) == [("2026-10-01", "项目已登记建设完成")]


class TestMoved:
    def test_by_an_extension_and_pointed_out_again(self, built, events, clock):
        clock.set(2026, 10, 2)
        said(built, clock)
        built.tell(events.scheduled(FIRST, "2026-12-31"))
        (event,) = built.published("obligation.rescheduled")
        assert (event.rule, event.previous_due_on, event.due_on, event.due_provisional) == (
            RULE,
            date(2026, 10, 1),
            date(2026, 12, 31),
            False,
        )
        (duty,) = duties(built)
        assert (duty["due_on"], duty["overdue"]) == ("2026-12-31", False)
        clock.set(2027, 1, 1)
        assert said(built, clock)["obligation.overdue"] == [date(2026, 10, 1), date(2026, 12, 31)]

    def test_not_by_a_schedule_within_the_same_term(self, built, events):
        built.tell(events.scheduled(FIRST, "2026-10-01"))
        assert built.published("obligation.rescheduled") == []
        assert len(built.published("obligation.opened")) == 1

    def test_not_once_it_is_closed(self, built, events):
        built.do("completion", COMPLETED)
        built.tell(events.scheduled(FIRST, "2026-12-31"))
        assert states(built) == [("2026-10-01", "项目已登记建设完成")]

    def test_a_day_that_comes_with_the_schedule_opens_it(self, contracted_until, events):
        built = contracted_until(None)
        assert states(built) == []
        built.tell(events.scheduled(FIRST, "2026-12-31"))
        assert states(built) == [("2026-12-31", None)]


def test_an_event_that_comes_again_changes_nothing(acceptance, events):
    declared, recorded, extended = (
        acceptance.arrival(each)
        for each in (
            events.declared(),
            events.contract(contract_id=FIRST, ends_on="2026-10-01"),
            events.scheduled(FIRST, "2026-12-31"),
        )
    )
    acceptance.deliver(declared, recorded, recorded, extended, extended)
    assert states(acceptance) == [("2026-12-31", None)]
    assert len(acceptance.published("obligation.opened")) == 1
    assert len(acceptance.published("obligation.rescheduled")) == 1


class TestClosed:
    def test_by_completion_and_by_no_paper(self, built):
        (duty,) = duties(built)
        body = {"proof": "已完成", "file_id": built.handed_in()}
        problem = built.refused(f"/obligations/{duty['id']}/closure", body, "closed_by_completion")
        assert "第15条" in problem["detail"]
        built.do("completion", COMPLETED)
        (event,) = told(built, "obligation.closed")
        assert str(event.obligation_id) == duty["id"]

    def test_by_the_meeting_that_says_it_is_completed(self, built, bodies):
        built.do("preliminary-rounds", bodies.preliminary(passed=False, reasons=["功能缺失"]))
        assert states(built) == [("2026-10-01", "项目已登记建设完成")]

    def test_by_a_final_that_comes_without(self, acceptance, events, bodies):
        contract = events.contract(
            contract_id=FIRST, amount_yuan="999999.99", ends_on="2026-10-01", contractor="甲公司"
        )
        acceptance.tell(events.small(), events.filed(), contract, events.archived())
        acceptance.plan()
        acceptance.fix_indicators()
        acceptance.hand_in_materials()
        assert states(acceptance) == [("2026-10-01", None)]
        assert acceptance.do("final-rounds", bodies.final(settled_yuan="999999.99"))["passed"]
        assert states(acceptance) == [("2026-10-01", "项目已登记建设完成")]

    def test_a_corrected_day_leaves_it_closed(self, built):
        built.do("completion", COMPLETED)
        body = {"completed_on": "2026-08-01", "reason": "竣工验收单载明为1日"}
        built.do("completion-corrections", body)
        assert states(built) == [("2026-10-01", "项目已登记建设完成")]
        assert len(told(built, "obligation.closed")) == 1

    def test_by_termination(self, built, events):
        built.tell(events.terminated(FIRST))
        assert states(built) == [("2026-10-01", "合同于2026-03-10终止")]

    def test_by_decommissioning(self, built, clock):
        built.tell(decommissioned(built, clock))
        assert states(built) == [("2026-10-01", "项目已报停用")]

    def test_what_is_refused_closes_none(self, built):
        built.refused("completion", {"completed_on": "2026-02-02"})
        assert states(built) == [("2026-10-01", None)]


class TestSeveralContracts:
    @pytest.fixture
    def lots(self, contracted_until):
        return contracted_until("2026-10-01", "2026-11-30")

    def test_each_has_its_own(self, lots):
        assert states(lots) == [("2026-10-01", None), ("2026-11-30", None)]
        assert ["甲公司" in each["task"] for each in duties(lots)] == [True, False]

    def test_an_extension_moves_that_of_its_contract(self, lots, events):
        lots.tell(events.scheduled(FIRST, "2026-12-31"))
        assert states(lots) == [("2026-12-31", None), ("2026-11-30", None)]

    def test_a_lot_that_is_accepted_is_done_with(self, lots, bodies):
        body = bodies.lot(str(SECOND), lots.handed_in(), passed=False, reasons=["设备未到货"])
        lots.do("lot-acceptances", body)
        assert states(lots) == [("2026-10-01", None), ("2026-11-30", None)]
        lots.do("lot-acceptances", bodies.lot(str(SECOND), lots.handed_in()))
        accepted = "标段于2026-07-20验收合格"
        assert states(lots) == [("2026-10-01", None), ("2026-11-30", accepted)]
        lots.do("completion", COMPLETED)
        assert states(lots) == [("2026-10-01", "项目已登记建设完成"), ("2026-11-30", accepted)]

    def test_termination_ends_that_of_its_contract(self, lots, events):
        lots.tell(events.terminated(SECOND))
        assert states(lots) == [("2026-10-01", None), ("2026-11-30", "合同于2026-03-10终止")]

    def test_decommissioning_ends_all(self, lots, clock):
        lots.tell(decommissioned(lots, clock))
        assert [proof for _, proof in states(lots)] == ["项目已报停用"] * 2
        assert len(told(lots, "obligation.closed")) == 2


@pytest.mark.parametrize(
    ("kind", "subject", "opened"),
    [
        (kind, subject, subject.carries_out(kind))
        for kind in (ProjectKind.NEW, ProjectKind.SERVICE)
        for subject in ContractSubject
    ],
)
def test_only_a_contract_that_carries_the_project_out_has_one(
    acceptance, events, clock, kind, subject, opened
):
    contract = events.contract(contract_id=FIRST, subject=subject, ends_on="2026-10-01")
    acceptance.tell(events.declared(kind=kind), contract)
    assert len(duties(acceptance)) == opened
    assert kept(acceptance, clock) == 0
    change(acceptance, Contract, FIRST, duty_id=None)
    assert kept(acceptance, clock) == opened


class TestNone:
    """What is not to be completed any more has no last day."""

    def test_is_opened_once_construction_is_completed(self, built, events):
        built.do("completion", COMPLETED)
        built.tell(events.contract(contract_id=SECOND, ends_on="2026-12-31"))
        assert len(duties(built)) == 1

    def test_is_opened_for_what_is_decommissioned(self, built, events, clock):
        built.tell(
            decommissioned(built, clock), events.contract(contract_id=SECOND, ends_on="2026-12-31")
        )
        assert len(duties(built)) == 1


class TestOlderBuild:
    def test_what_it_took_in_gets_one_at_the_start(self, of_before, clock):
        assert duties(of_before) == []
        assert kept(of_before, clock) == 1
        assert states(of_before) == [("2026-10-01", None)]
        assert of_before.published("obligation.opened")[-1].due_on == date(2026, 10, 1)
        assert kept(of_before, clock) == 0
        of_before.do("completion", COMPLETED)
        assert kept(of_before, clock) == 0

    def test_what_it_took_in_gets_one_with_the_next_schedule(self, of_before, events, clock):
        of_before.tell(events.scheduled(FIRST, "2026-12-31"))
        assert states(of_before) == [("2026-12-31", None)]
        assert kept(of_before, clock) == 0

    @pytest.fixture(params=["completed", "accepted", "terminated", "decommissioned", "lot"])
    def over(self, request, bodies, events, clock):
        """Done behind the back of the duty."""

        def end(acceptance):
            project = acceptance.project
            match request.param:
                case "completed":
                    change(acceptance, Project, project, completed_on=date(2026, 8, 3))
                case "accepted":
                    change(acceptance, Project, project, state="accepted")
                case "terminated":
                    change(acceptance, Contract, FIRST, terminated_on=date(2026, 3, 10))
                case "decommissioned":
                    change(acceptance, Project, project, decommissioned_at=clock())
                case "lot":
                    acceptance.tell(events.contract(contract_id=SECOND, amount_yuan="1.00"))
                    body = bodies.lot(str(FIRST), acceptance.handed_in())
                    acceptance.do("lot-acceptances", body)

        return end

    def test_what_is_over_gets_none(self, of_before, clock, over):
        over(of_before)
        assert kept(of_before, clock) == 0
        assert duties(of_before) == []

    def test_what_it_did_not_close_is_closed(self, built, clock, over):
        over(built)
        with built.runtime.db.write() as session:
            session.exec(select(Obligation).where(Obligation.rule == RULE)).one().closed_at = None
        assert kept(built, clock) == 1
        assert duties(built)[0]["closed_at"] is not None
        assert kept(built, clock) == 0

    def test_what_it_did_not_move_is_moved(self, built, clock):
        change(built, Contract, FIRST, ends_on=date(2026, 12, 31))
        assert kept(built, clock) == 1
        assert states(built) == [("2026-12-31", None)]
        assert kept(built, clock) == 0

    def test_what_a_paper_closed_stays_closed(self, built, events, clock):
        with built.runtime.db.write() as session:
            duty = session.exec(select(Obligation).where(Obligation.rule == RULE)).one()
            duty.closed_at, duty.proof = clock(), "见材料"
        built.tell(events.scheduled(FIRST, "2026-12-31"))
        assert kept(built, clock) == 0
        assert states(built) == [("2026-10-01", "见材料")]


def test_the_page_names_each_term_until_it_is_kept(contracted_until, bodies, clock):
    lots = contracted_until("2026-08-02", "2026-11-30")

    def terms():
        page = lots.get(f"/projects/{lots.project}/next-step").json()
        return [step for step in page["errands"] if step["step"] == "按合同工期完成建设"]

    first, second = terms()
    assert first["about"] == "甲公司：工期至2026-08-02，已逾期1天"
    assert second["about"] == "乙公司：工期至2026-11-30"
    assert f"/projects/{lots.project}/completion" in str(second["command"])
    lots.do("lot-acceptances", bodies.lot(str(FIRST), lots.handed_in()))
    assert [each["about"] for each in terms()] == ["乙公司：工期至2026-11-30"]
    lots.do("completion", COMPLETED)
    assert terms() == []
