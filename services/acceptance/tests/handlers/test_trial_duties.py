"""A trial's last day is a duty, pointed out and overdue as others (Art 19)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlmodel import delete, select

from govproject.contracts.intake import ProjectDecommissioned
from govproject.messaging import outbox
from govproject.obligations import reminding
from govproject.persistence.tables import Obligation
from govproject_acceptance.handlers.obligations import KEEPER
from govproject_acceptance.handlers.trial_duties import open_next

RULE = "trial_period_3_to_6_months"


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
    return [(o["due_on"], o["closed_at"] is not None) for o in duties(acceptance)]


def said(acceptance, clock):
    """The day of each near and overdue event about trials, up to now."""
    while reminding.notice_next(acceptance.runtime.db, KEEPER.events, clock()):
        pass
    names = ("obligation.near", "obligation.overdue")
    return {
        name: [e.due_on for e in acceptance.published(name) if e.rule == RULE] for name in names
    }


def opened(acceptance, clock):
    """The duties that the worker opens."""
    before = len(acceptance.published("obligation.opened"))
    while open_next(Given(acceptance.runtime.db, clock)):
        pass
    return acceptance.published("obligation.opened")[before:]


@pytest.fixture
def of_before(in_trial):
    """A trial that an older build began, and which runs."""
    with in_trial.runtime.db.write() as session:
        session.exec(delete(Obligation).where(Obligation.rule == RULE))
    return in_trial


def test_it_is_pointed_out_and_late_the_day_after(in_trial, trial_id, clock):
    assert states(in_trial) == [("2026-10-01", False)]
    last = date(2026, 10, 1)
    clock.set(2026, 9, 23)
    assert said(in_trial, clock) == {"obligation.near": [], "obligation.overdue": []}
    clock.set(2026, 10, 1)
    assert said(in_trial, clock) == {"obligation.near": [last], "obligation.overdue": []}
    clock.set(2026, 10, 2)
    assert said(in_trial, clock) == {"obligation.near": [last], "obligation.overdue": [last]}
    assert duties(in_trial)[0]["overdue"] is True
    in_trial.do(f"/trials/{trial_id}/end", {"ended_on": "2026-10-02"})
    assert states(in_trial) == [("2026-10-01", True)]


def test_only_the_end_closes_it(in_trial, trial_id):
    (duty,) = duties(in_trial)
    body = {"proof": "已结束", "file_id": in_trial.handed_in()}
    problem = in_trial.refused(f"/obligations/{duty['id']}/closure", body, "closed_by_trial_end")
    assert "第19条" in problem["detail"]
    in_trial.do(f"/trials/{trial_id}/end", {"ended_on": "2026-07-15"})
    (closed,) = in_trial.published("obligation.closed")
    assert str(closed.obligation_id) == duty["id"]
    assert duties(in_trial)[0]["proof"] == "试运行于2026-07-15结束"


def test_each_trial_has_its_own(in_trial, trial_id):
    in_trial.do(f"/trials/{trial_id}/end", {"ended_on": "2026-04-30"})
    in_trial.do("trials", {"started_on": "2026-05-02"})
    assert states(in_trial) == [("2026-10-01", True), ("2026-11-02", False)]


def test_what_is_refused_opens_none(built):
    built.refused("trials", {"started_on": "2026-04-01"})
    assert duties(built) == []


def test_a_trial_that_an_older_build_began_gets_one_at_the_start(of_before, trial_id, clock):
    assert duties(of_before) == []
    (event,) = opened(of_before, clock)
    assert (event.rule, event.due_on) == (RULE, date(2026, 10, 1))
    assert opened(of_before, clock) == []
    of_before.do(f"/trials/{trial_id}/end", {"ended_on": "2026-07-15"})
    assert states(of_before) == [("2026-10-01", True)]
    assert opened(of_before, clock) == []


def test_one_that_no_longer_runs_gets_none(of_before, trial_id, clock):
    of_before.do(f"/trials/{trial_id}/end", {"ended_on": "2026-07-15"})
    assert opened(of_before, clock) == []


def test_nor_one_of_what_is_decommissioned(of_before, clock):
    of_before.tell(
        ProjectDecommissioned(project_id=of_before.project, reason="职能划转", reported_at=clock())
    )
    assert opened(of_before, clock) == []


@pytest.fixture
def ended_by_an_older_build(in_trial, trial_id):
    """Its end is on record and its duty is open: one replica was not upgraded yet."""
    (duty,) = duties(in_trial)
    in_trial.do(f"/trials/{trial_id}/end", {"ended_on": "2026-04-30"})
    with in_trial.runtime.db.write() as session:
        session.exec(select(Obligation).where(Obligation.rule == RULE)).one().closed_at = None
    return in_trial, duty["id"]


def test_what_an_older_build_ended_the_unit_closes(ended_by_an_older_build):
    acceptance, duty = ended_by_an_older_build
    acceptance.do(f"/obligations/{duty}/closure", {"proof": "已于4月30日结束"})


def test_or_the_next_trial(ended_by_an_older_build):
    acceptance, _ = ended_by_an_older_build
    acceptance.do("trials", {"started_on": "2026-05-02"})
    assert states(acceptance) == [("2026-10-01", True), ("2026-11-02", False)]


def test_the_page_names_the_end_while_it_runs(in_trial, trial_id):
    def ends():
        page = in_trial.get(f"/projects/{in_trial.project}/next-step").json()
        return [step for step in page["errands"] if step["step"] == "结束试运行"]

    (end,) = ends()
    assert "2026-07-01至2026-10-01" in end["about"]
    assert trial_id in str(end["command"])
    in_trial.do(f"/trials/{trial_id}/end", {"ended_on": "2026-07-15"})
    assert ends() == []
