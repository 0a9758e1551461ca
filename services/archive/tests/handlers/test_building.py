"""What is built for a long time may be archived in phases, and the unit is told so (Art 40)."""

from datetime import date, datetime

import pytest
from sqlmodel import select

from govproject.clock import SHANGHAI
from govproject.contracts.intake import (
    ContractScheduled,
    ContractTerminated,
    ProjectDecommissioned,
)
from govproject.terms import ContractSubject
from govproject_archive.tables import ContractTerm

RECORDED = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
LONG = date(2027, 3, 21)
"""A year and a day after the contract was filed."""


@pytest.fixture
def told(archive, events):
    archive.tell(events.declared(), events.approved())
    return archive


@pytest.fixture
def contract(events):
    return events.contract().model_copy(update={"ends_on": LONG})


def phases(archive):
    page = archive.get(f"/projects/{archive.project}/next-step", "unit").json()
    return [each["about"] for each in page["errands"] if each["step"] == "分阶段归档"]


def scheduled(contract, ends_on):
    return ContractScheduled(
        project_id=contract.project_id,
        contract_id=contract.contract_id,
        ends_on=ends_on,
        recorded_at=RECORDED,
    )


def terminated(contract, settled_yuan=0):
    return ContractTerminated(
        project_id=contract.project_id,
        contract_id=contract.contract_id,
        terminated_on=date(2026, 7, 1),
        settled_yuan=settled_yuan,
        reason="承建单位注销",
        recorded_at=RECORDED,
    )


@pytest.mark.parametrize(
    ("ends_on", "long"),
    [(None, False), (date(2027, 3, 19), False), (date(2027, 3, 20), False), (LONG, True)],
)
def test_a_contract_of_more_than_a_year_is_pointed_out(told, contract, ends_on, long):
    told.tell(contract.model_copy(update={"ends_on": ends_on}))
    assert phases(told) == ["实施文件，建设期2026-03-20至2027-03-21"] * long


def test_the_command_is_that_of_any_volume(told, contract):
    told.tell(contract)
    page = told.get(f"/projects/{told.project}/next-step", "unit").json()
    [errand] = [each for each in page["errands"] if each["step"] == "分阶段归档"]
    assert errand["command"]["path"] == f"/api/v1/projects/{told.project}/volumes"


def test_an_extension_makes_it_long(told, contract):
    told.tell(contract.model_copy(update={"ends_on": date(2026, 12, 31)}))
    assert phases(told) == []
    told.tell(scheduled(contract, LONG))
    assert len(phases(told)) == 1
    told.tell(scheduled(contract, date(2026, 12, 31)))
    assert phases(told) == []


def test_the_last_of_several_contracts_counts_from_the_first(told, contract, events):
    told.tell(contract.model_copy(update={"ends_on": date(2026, 12, 31)}))
    told.tell(
        events.contract().model_copy(
            update={"contract_filed_on": date(2026, 7, 1), "ends_on": LONG}
        )
    )
    assert phases(told) == ["实施文件，建设期2026-03-20至2027-03-21"]


@pytest.mark.parametrize("subject", [ContractSubject.SERVICE, ContractSubject.SUPERVISION])
def test_what_builds_nothing_is_no_construction(told, contract, events, subject):
    told.tell(contract.model_copy(update={"subject": subject}))
    assert phases(told) == []
    told.tell(events.contract())
    assert phases(told) == []


def test_what_was_terminated_is_not_waited_for(told, contract):
    told.tell(contract, terminated(contract))
    assert phases(told) == []
    with told.runtime.db.read() as session:
        assert session.exec(select(ContractTerm)).all() == []


@pytest.fixture
def mistyped(events):
    """A filing day of two years before."""
    return events.contract().model_copy(update={"contract_filed_on": date(2024, 3, 20)})


def test_what_was_recorded_by_mistake_begins_no_construction(told, mistyped, contract):
    right = contract.model_copy(update={"ends_on": date(2026, 12, 31)})
    told.tell(mistyped, terminated(mistyped), right)
    assert phases(told) == []
    told.tell(scheduled(right, LONG))
    assert phases(told) == ["实施文件，建设期2026-03-20至2027-03-21"]


def test_under_a_contract_on_which_something_was_settled_it_had_begun(told, mistyped, contract):
    told.tell(mistyped, terminated(mistyped, 200_000))
    told.tell(contract.model_copy(update={"ends_on": date(2026, 12, 31)}))
    assert phases(told) == ["实施文件，建设期2024-03-20至2026-12-31"]


def test_a_termination_that_comes_twice_is_one(told, mistyped):
    told.tell(mistyped, terminated(mistyped))
    told.tell(terminated(mistyped))
    assert phases(told) == []


def test_what_nobody_planned_is_long_when_it_has_taken_long(told, events):
    """So are projects of which an older build kept no last day."""
    told.tell(events.contract())
    assert phases(told) == []
    later = datetime(2027, 3, 21, 9, 0, tzinfo=SHANGHAI)
    told.runtime.clock = lambda: later
    assert phases(told) == ["实施文件，建设期2026-03-20至2027-03-21"]


def test_what_is_complete_was_not_long_whatever_was_planned(told, contract, events):
    told.tell(contract, events.completed())
    assert phases(told) == []


def test_whoever_has_begun_is_told_no_more(told, contract):
    told.tell(contract)
    volume = told.composed("implementation")
    assert phases(told) == []
    told.step(volume, "withdrawal", withdrawn_by="张三", reason="页码有误")
    assert len(phases(told)) == 1


def test_after_the_final_all_is_archived(told, contract, events):
    told.tell(contract, events.final())
    assert phases(told) == []


def test_what_is_stopped_is_built_no_further(told, contract):
    told.tell(contract)
    assert len(phases(told)) == 1
    told.tell(
        ProjectDecommissioned(
            project_id=contract.project_id, reason="系统停用", reported_at=RECORDED
        )
    )
    assert phases(told) == []
    page = told.get(f"/projects/{told.project}/next-step", "unit").json()
    assert "组卷归档" in [each["step"] for each in page["errands"]]


def test_a_schedule_may_come_before_its_project_is_known(archive, contract, events):
    archive.tell(contract, scheduled(contract, LONG), events.declared())
    assert len(phases(archive)) == 1
